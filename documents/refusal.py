"""Why a file cannot be read, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from documents.messages import Message


class ImportRefused(Exception):
    """A file that is not imported.

    `code` is stable (for tests and logs), `message` says what is wrong and
    `advice` what to do about it. Nothing has been written when it is raised.
    """

    def __init__(self, code: str, message: Message, advice: Message) -> None:
        super().__init__(f"{message} {advice}")
        self.code = code
        self.message = message
        self.advice = advice

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.message.to_json(),
            "advice": self.advice.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        message, advice = Message.from_json(data["message"]), Message.from_json(data["advice"])
        return cls(data["code"], message, advice)

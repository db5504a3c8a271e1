"""Why a file cannot be read, in words that a person can act on."""

from __future__ import annotations


class ImportRefused(Exception):
    """A file that is not imported.

    `code` is stable (for tests and logs), `message` says what is wrong and
    `advice` what to do about it. Nothing has been written when it is raised.
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}".strip())
        self.code = code
        self.message = message
        self.advice = advice

"""How far a reading has come, told while it goes on."""

from __future__ import annotations

from collections.abc import Callable

from documents.messages import Message

# What is being done, for a person, and how many percent are behind it (None: not known).
OnProgress = Callable[[Message, int | None], None]


def silent(message: Message, percent: int | None) -> None:
    """Nobody is waiting to be told."""


def part(on_progress: OnProgress, start: int, end: int) -> OnProgress:
    """A step's own 0 to 100 as its part, from `start` to `end`, of the whole."""

    def tell(message: Message, percent: int | None) -> None:
        done = start if percent is None else start + (end - start) * percent // 100
        on_progress(message, done)

    return tell

"""How far a reading has come, told while it goes on."""

from __future__ import annotations

from collections.abc import Callable

# What is being done, in a person's words, and how many percent are behind it (None: not known).
OnProgress = Callable[[str, int | None], None]


def silent(words: str, percent: int | None) -> None:
    """Nobody is waiting to be told."""


def part(on_progress: OnProgress, start: int, end: int) -> OnProgress:
    """A step's own 0 to 100 as its part, from `start` to `end`, of the whole."""

    def tell(words: str, percent: int | None) -> None:
        done = start if percent is None else start + (end - start) * percent // 100
        on_progress(words, done)

    return tell

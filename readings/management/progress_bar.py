"""Telling who waits at a shell how far the reading of a long file is."""

import time
from typing import Any

from documents.messages import Message
from documents.progress import OnProgress
from readings.essays import translated

# Of short files nothing is told; of long ones, this often.
EVERY_SECONDS = 2


def told_on(stream: Any) -> OnProgress:
    """Write a line to `stream` every two seconds."""
    last = time.monotonic()

    def tell(message: Message, percent: int | None) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            words = translated(message)
            stream.write(words if percent is None else f"{words} ({percent} %)")

    return tell

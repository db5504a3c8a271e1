"""A reading on paper: the text with its paragraph numbers, and the talk below it."""

from discussions.printing.mark_rendering import PrintWriter, Sign
from discussions.printing.text import (
    PrintedBlock,
    picture_addresses,
    printed_blocks,
    safe_lines,
    title_of,
)

__all__ = [
    "PrintWriter",
    "PrintedBlock",
    "Sign",
    "picture_addresses",
    "printed_blocks",
    "safe_lines",
    "title_of",
]

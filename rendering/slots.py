"""Slots: the places in kept HTML that each viewer fills with what is their own.

Kept HTML holds one of two kinds. A *choice* is decided by who looks: whether one of these
authors is the viewer, whether one of these threads has something new to them; blocks have such,
which are written by plain formatting (readings.page.slots). A *named* slot takes what the page
gives for its name, like the CSRF token; what templates render has such. Filling is joining of
strings: no template, no query.

Nobody can write a slot. The control characters that set slots apart stand in no text that is
formatted: `escape` and `without_marks` take them out. Named slots hold a secret of this process.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from html import escape as escape_html

OPEN, CLOSE, APART = "\x02", "\x03", "\x1f"
_MARKS = str.maketrans("", "", OPEN + CLOSE + APART)
_SECRET = secrets.token_hex(8)
_NAMED = re.compile(f"{OPEN}{_SECRET}([a-z0-9-]+){CLOSE}")


def without_marks(text: str) -> str:
    """Return `text` without the characters that make a slot; HTML has no use for them."""
    # To look for three characters is a tenth of the work of translating a paragraph.
    if OPEN in text or CLOSE in text or APART in text:
        return text.translate(_MARKS)
    return text


def escape(text: str) -> str:
    """Return `text` as it may stand in an element or in an attribute."""
    return escape_html(without_marks(text))


def named(name: str) -> str:
    return f"{OPEN}{_SECRET}{name}{CLOSE}"


# The key of one post: another in each form of each page.
CLIENT_KEY = named("client-key")


Values = Mapping[str, Callable[[], str | bytes]]


class NamedSlots:
    """What a template rendered, cut at its named slots."""

    __slots__ = ("_parts", "size")

    def __init__(self, html: str) -> None:
        parts = _NAMED.split(html)
        self.size = len(html)
        # Bytes, and the names between them.
        self._parts: list[bytes | str] = [
            part if index % 2 else without_marks(part).encode() for index, part in enumerate(parts)
        ]

    def fill(self, values: Values) -> bytes:
        """Return the HTML with its slots filled; raise KeyError for a name without a value."""
        filled: list[bytes] = []
        for part in self._parts:
            value = values[part]() if isinstance(part, str) else part
            filled.append(value if isinstance(value, bytes) else value.encode())
        return b"".join(filled)

"""Slots: the places in kept HTML that each viewer fills with what is their own.

Kept HTML holds one of two kinds. A *choice* is decided by who looks: whether one of these
authors is the viewer, whether one of these threads has something new to them; blocks have such,
which are written by plain formatting. A *named* slot takes what the page gives for its name,
like the CSRF token; what templates render has such. Filling is joining of strings: no template,
no query.

Nobody can write a slot. The control characters that set choices apart stand in no text that is
formatted: `escape` and `without_marks` take them out. Named slots hold a secret of this process.
"""

import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape as escape_html

from django.utils.translation import ngettext

OPEN, CLOSE, APART = "\x02", "\x03", "\x1f"
_MARKS = str.maketrans("", "", OPEN + CLOSE + APART)
_CHOICE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
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


@dataclass(frozen=True, slots=True)
class Own:
    """What is one viewer's own on a page: who they are, and what is new to them.

    `unread` has, for each thread with something new, how many comments that is.
    """

    member: int = 0
    unread: Mapping[int, int] = field(default_factory=dict)


NOBODY = Own()


# --- Writing them ------------------------------------------------------------------------------
def named(name: str) -> str:
    return f"{OPEN}{_SECRET}{name}{CLOSE}"


# The key of one post: another in each form of each page.
CLIENT_KEY = named("client-key")


def if_own(authors: Iterable[int], yes: str, no: str = "") -> str:
    """`yes` to a viewer who is one of the authors, else `no`."""
    return _choice("own", authors, yes, no)


def if_unread(threads: Iterable[int], yes: str, no: str = "") -> str:
    """`yes` where one of the threads has something new, else `no`."""
    return _choice("new", threads, yes, no)


def unread_comments(threads: Iterable[int], before: str, after: str, otherwise: str = "") -> str:
    """How many comments are new in the threads, between `before` and `after`; else `otherwise`."""
    return _choice("comments", threads, before, after, otherwise)


def unread_threads(threads: Iterable[int]) -> str:
    """How many of the threads have something new, as the end of a label; nothing for none."""
    return _choice("threads", threads)


def unread_names(threads: Iterable[int]) -> str:
    """The threads with something new, as an attribute; nothing for none."""
    return _choice("names", threads)


def _choice(kind: str, numbers: Iterable[int], *texts: str) -> str:
    return OPEN + APART.join([kind, " ".join(map(str, numbers)), *texts]) + CLOSE


# --- Reading and filling them -------------------------------------------------------------------
Choice = Callable[[Own], str]


def _own(authors: Collection[int], yes: str, no: str) -> Choice:
    return lambda own: yes if own.member in authors else no


def _new(threads: Collection[int], yes: str, no: str) -> Choice:
    return lambda own: no if own.unread.keys().isdisjoint(threads) else yes


def _comments(threads: Collection[int], before: str, after: str, otherwise: str) -> Choice:
    def choose(own: Own) -> str:
        count = sum(own.unread.get(one, 0) for one in threads)
        return f"{before}{new_words(count)}{after}" if count else otherwise

    return choose


def _threads(threads: Collection[int]) -> Choice:
    def choose(own: Own) -> str:
        count = sum(one in own.unread for one in threads)
        return ngettext(", %d unread", ", %d unread", count) % count if count else ""

    return choose


def _names(threads: Collection[int]) -> Choice:
    def choose(own: Own) -> str:
        names = " ".join(str(one) for one in threads if one in own.unread)
        return f' data-unread="{names}"' if names else ""

    return choose


def new_words(count: int) -> str:
    return ngettext("%d new", "%d new", count) % count


_KINDS: Mapping[str, Callable[..., Choice]] = {
    "own": _own,
    "new": _new,
    "comments": _comments,
    "threads": _threads,
    "names": _names,
}


class Slotted:
    """Kept HTML, cut at its choices.

    `authors` and `threads` are those that any of them asks for: to a viewer who is none of the
    one and to whom none of the other has anything new, it is `plain`.
    """

    __slots__ = ("_parts", "authors", "html", "plain", "threads")

    def __init__(self, html: str) -> None:
        self.html = html
        authors: set[int] = set()
        threads: set[int] = set()
        self._parts: list[bytes | Choice] = []
        for index, part in enumerate(_CHOICE.split(html)):
            if index % 2 == 0:
                self._parts.append(part.encode())
                continue
            kind, numbers, *texts = part.split(APART)
            known = tuple(map(int, numbers.split()))
            (authors if kind == "own" else threads).update(known)
            self._parts.append(_KINDS[kind](known, *texts))
        self.authors = frozenset(authors)
        self.threads = frozenset(threads)
        self.plain = self._fill(NOBODY)

    def fill(self, own: Own) -> bytes:
        """Return the HTML as this viewer sees it."""
        if own.member not in self.authors and own.unread.keys().isdisjoint(self.threads):
            return self.plain
        return self._fill(own)

    def _fill(self, own: Own) -> bytes:
        return b"".join(
            part if isinstance(part, bytes) else part(own).encode() for part in self._parts
        )


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


def fill(html: str, own: Own) -> str:
    """Fill the choices of HTML that is shown once and not kept."""
    return Slotted(html).fill(own).decode()

"""Choices: slots in a block's kept HTML that are decided by who looks.

Whether one of these authors is the viewer, whether one of these threads has something new to
them. What kinds of slots there are, and why nobody can write one: rendering.slots.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language, ngettext

from rendering.slots import APART, CLOSE, OPEN

KEPT_FILLED = 2  # ways in which a piece is filled that are kept beside the plain one
_CHOICE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


@dataclass(frozen=True, slots=True)
class Own:
    """What is one viewer's own on a page: who they are, and what is new to them.

    `unread` has, for each thread with something new, how many comments that is.
    """

    member: int = 0
    unread: Mapping[int, int] = field(default_factory=dict)


NOBODY = Own()


# --- Writing them ------------------------------------------------------------------------------
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
Choice = Callable[[Own], bytes]


def _own(authors: Collection[int], yes: str, no: str) -> Choice:
    theirs, others = yes.encode(), no.encode()
    return lambda own: theirs if own.member in authors else others


def _new(threads: Collection[int], yes: str, no: str) -> Choice:
    unread, read = yes.encode(), no.encode()
    return lambda own: read if own.unread.keys().isdisjoint(threads) else unread


def _comments(threads: Collection[int], before: str, after: str, otherwise: str) -> Choice:
    nothing = otherwise.encode()

    def choose(own: Own) -> bytes:
        count = sum(own.unread.get(one, 0) for one in threads)
        return f"{before}{new_words(count)}{after}".encode() if count else nothing

    return choose


def _threads(threads: Collection[int]) -> Choice:
    def choose(own: Own) -> bytes:
        count = sum(one in own.unread for one in threads)
        return _unread_words(count, get_language()) if count else b""

    return choose


def _names(threads: Collection[int]) -> Choice:
    def choose(own: Own) -> bytes:
        names = " ".join(str(one) for one in threads if one in own.unread)
        return f' data-unread="{names}"'.encode() if names else b""

    return choose


def new_words(count: int) -> str:
    return _new_words(count, get_language())


# The same few numbers come again and again, and Django takes longer to look for their words than
# all else that a block with something new is filled with.
@lru_cache(maxsize=1024)
def _new_words(count: int, language: str | None) -> str:  # noqa: ARG001 - for the cache
    return ngettext("%d new", "%d new", count) % count


@lru_cache(maxsize=1024)
def _unread_words(count: int, language: str | None) -> bytes:  # noqa: ARG001 - for the cache
    return (ngettext(", %d unread", ", %d unread", count) % count).encode()


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
    one and to whom none of the other has anything new, it is `plain`. What few others see of it
    is kept as well: who comes back sees the same again, and so do most who were away as long.
    """

    __slots__ = ("_filled", "_parts", "authors", "html", "plain", "threads")

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
        self._filled: dict[tuple[object, ...], bytes] = {}
        self.plain = self._fill(NOBODY)

    @property
    def size(self) -> int:
        """About how many bytes it takes: as written, cut, and filled."""
        return (3 + KEPT_FILLED) * len(self.html)

    def fill(self, own: Own) -> bytes:
        """Return the HTML as this viewer sees it."""
        author = own.member if own.member in self.authors else 0
        if not author and own.unread.keys().isdisjoint(self.threads):
            return self.plain
        new = self.threads & own.unread.keys()
        seen = (author, *((thread, own.unread[thread]) for thread in new))
        filled = self._filled.get(seen)
        if filled is None:
            filled = self._fill(own)
            if len(self._filled) >= KEPT_FILLED:
                self._filled = {}
            self._filled[seen] = filled
        return filled

    def _fill(self, own: Own) -> bytes:
        return b"".join([part if isinstance(part, bytes) else part(own) for part in self._parts])


def fill(html: str, own: Own) -> str:
    """Fill the choices of HTML that is shown once and not kept."""
    return Slotted(html).fill(own).decode()

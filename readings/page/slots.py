"""Slots: the places in kept HTML that each viewer fills with what is their own.

Kept HTML holds two kinds. A *choice* is decided by who looks: whether one of these authors is
the viewer, whether one of these threads has something new to them. A *named* slot takes what
the page gives for its name, like the CSRF token. Filling is joining of strings: no template,
no query. The three control characters that set slots apart stand in no text of ours:
`without_marks` takes them out of whatever comes from elsewhere.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape as escape_html

from django.utils.translation import ngettext

OPEN, CLOSE, APART = "\x02", "\x03", "\x1f"
_MARKS = str.maketrans("", "", OPEN + CLOSE + APART)
_SLOT = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def without_marks(text: str) -> str:
    """Return `text` without the characters that make a slot; HTML has no use for them."""
    return text.translate(_MARKS)


def escape(text: str) -> str:
    """Return `text` as it may stand in an element or in an attribute."""
    return escape_html(text.translate(_MARKS))


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
    return f"{OPEN}{name}{CLOSE}"


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
    """Kept HTML, cut at its slots.

    `authors` and `threads` are those that any of its choices asks for: to a viewer who is none
    of the one and to whom none of the other has anything new, it is `plain`.
    """

    __slots__ = ("_parts", "authors", "html", "plain", "threads")

    def __init__(self, html: str) -> None:
        self.html = html
        authors: set[int] = set()
        threads: set[int] = set()
        self._parts: list[bytes | Choice | str] = []
        for index, part in enumerate(_SLOT.split(html)):
            if index % 2 == 0:
                self._parts.append(part.encode())
                continue
            kind, *rest = part.split(APART)
            if not rest:
                self._parts.append(kind)
                continue
            numbers = tuple(map(int, rest[0].split()))
            (authors if kind == "own" else threads).update(numbers)
            self._parts.append(_KINDS[kind](numbers, *rest[1:]))
        self.authors = frozenset(authors)
        self.threads = frozenset(threads)
        self.plain = b"" if self._named else self._fill(NOBODY, {})

    @property
    def _named(self) -> bool:
        return any(isinstance(part, str) for part in self._parts)

    def fill(
        self, own: Own, values: Mapping[str, Callable[[], str | bytes]] | None = None
    ) -> bytes:
        """Return the HTML as this viewer sees it; raise KeyError for a name without a value."""
        is_plain = values is None and own.member not in self.authors
        if is_plain and own.unread.keys().isdisjoint(self.threads):
            return self.plain
        return self._fill(own, values or {})

    def _fill(self, own: Own, values: Mapping[str, Callable[[], str | bytes]]) -> bytes:
        filled: list[bytes] = []
        for part in self._parts:
            if isinstance(part, bytes):
                filled.append(part)
                continue
            text = values[part]() if isinstance(part, str) else part(own)
            filled.append(text if isinstance(text, bytes) else text.encode())
        return b"".join(filled)


def fill(html: str, own: Own) -> str:
    """Fill the choices of HTML that is shown once and not kept."""
    return Slotted(html).fill(own).decode()

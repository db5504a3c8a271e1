"""What other apps lay over an essay: notes, threads, checkpoints.

The reading page knows the text; threads and quizzes know their readings. So that
imports flow one way, each app hands the page a `Layer` in its AppConfig.ready():
what to mark in the text, which cards stand beside a block, after it, or at the
end. What a guide adds goes the same way: `readings.guides.handlers`.

What a layer says of a page is kept for a whole class of viewers, and filled with what is each
viewer's own (readings.page.slots). So the member that `content` is asked about may be one
without a row (readings.page.viewers.class_member), and the HTML of its cards holds slots.
"""

# ruff: noqa: ARG002 - a layer that says nothing needs none of what it is asked with

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from readings.models import Passage, Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class Mark:
    """Words marked in the text. `card` is the HTML id of the card they belong to, like `t12`."""

    block_key: str
    start: int
    end: int
    card: str
    # Whose own it is; 0 for nobody's.
    author: int = 0
    # Of a thread, its audience; of a guide note, "guide": everyone sees those.
    audience: str = "seminar"
    # Whether the passage begins here, and not in an earlier block.
    begins: bool = True

    @classmethod
    def of_passage(
        cls, rows: Iterable[Passage], card: str, *, author: int = 0, audience: str = "seminar"
    ) -> "list[Mark]":
        """The marks of a passage with these rows, in reading order; none of whole blocks."""
        marks: list[Mark] = []
        for row in rows:
            if row.start is not None and row.end is not None:
                marks.append(
                    cls(row.block_key, row.start, row.end, card, author, audience, not marks)
                )
        return marks


@dataclass(frozen=True, slots=True)
class Card:
    """A piece of the page, hung on a block: HTML with slots, or a template with what it needs."""

    block_key: str
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    # Guide notes come before threads; within them by place in the text, then by age.
    order: tuple[int, int, int] = (0, 0, 0)
    # How the contents name it under its section, like “Checkpoint 1 · not answered”; or not at all.
    label: str = ""
    # Its HTML id, so that the page finds the label again when what it tells has changed.
    id: str = ""
    # HTML with slots, made when it is shown: most threads of a page wait until they are asked for.
    html: Callable[[], str] | None = None
    # The thread that it is the card of: of these, a page shows the first of each block.
    thread: int = 0


@dataclass(frozen=True, slots=True)
class CountedThread:
    """A thread as far as a page counts it."""

    thread: int
    block_key: str  # of its first words; "" where it is about the whole reading
    author: int
    is_highlight: bool  # marked, and not counted
    shown_under: str  # to others: the choices of the annotation filter, like "group all"


@dataclass(frozen=True, slots=True)
class AttachedItem:
    """What hangs on a passage, for one member.

    `passage` is the pk of the chain's first row. Where the member may not see it,
    `name` is empty, and so is the rest: it is counted and nothing more is told.
    """

    passage: int
    name: str = ""  # “Thread by Carol”, “Checkpoint 2”
    words: str = ""  # how it begins
    url: str = ""


@dataclass(slots=True)
class Content:
    """All that one layer adds to one page."""

    marks: list[Mark] = field(default_factory=list)
    beside: list[Card] = field(default_factory=list)
    after: list[Card] = field(default_factory=list)
    # The end of the page: the cards of threads about the whole reading, and the HTML around them.
    at_end: list[Card] = field(default_factory=list)
    around_end: tuple[str, str] = ("", "")
    talk: list[CountedThread] = field(default_factory=list)
    # The passages whose words changed or are gone: pk of the first row, and the block of its card.
    altered: dict[int, str] = field(default_factory=dict)

    def add(self, other: "Content") -> None:
        self.marks += other.marks
        self.beside += other.beside
        self.after += other.after
        self.at_end += other.at_end
        (before, after), (more, last) = self.around_end, other.around_end
        self.around_end = before + more, last + after
        self.talk += other.talk
        self.altered |= other.altered

    @property
    def counts(self) -> dict[str, int]:
        """Per block key: how many threads can be seen there."""
        counts: dict[str, int] = {}
        for one in self.talk:
            if not one.is_highlight:
                counts[one.block_key] = counts.get(one.block_key, 0) + 1
        return counts


@dataclass(frozen=True, slots=True)
class Unread:
    """What is new to one member of a reading, by thread: how many comments of others, and when
    the last of them was published."""

    counts: Mapping[int, int] = field(default_factory=dict)
    latest: Mapping[int, datetime] = field(default_factory=dict)


NOTHING_UNREAD = Unread()


@dataclass(frozen=True, slots=True)
class Tally:
    """What a page counts for one viewer: threads with something new, how many of them came
    `since` their last visit (None on the first), and threads that each choice of the annotation
    filter keeps out of sight."""

    unread: int
    recent: int
    since: datetime | None
    out_of_sight: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A tally as HTML: in the top bar, among the reading tools of a narrow page, below the
    contents, and at the essay's end."""

    bar: str = ""
    dock: str = ""
    aside: str = ""
    at_end: str = ""


class Layer:
    """One app's part of the reading page. What it does not say is nothing."""

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,
        segments: Mapping[int, Sequence[Passage]],
        keys: Collection[str] | None = None,
    ) -> Content:
        """Return what `membership` may see of this layer in the text, in a fixed number of queries.

        `segments` has, for each passage of the reading, its rows in order: the
        passage itself, and those that continue it. With `keys`, of the blocks of these
        keys ("" for what is about the whole reading); `segments` then has the passages
        that touch them.
        """
        return Content()

    def after_blocks(self, *, reading: Reading, membership: Membership) -> Sequence[Card]:
        """Return the cards that stand after blocks, as this member's class sees them.

        They are kept until the versions of all blocks are raised: what shapes one is watched as
        Shapes.ALL_BLOCKS, and nothing that people say may.
        """
        return ()

    def tools(self, *, reading: Reading, membership: Membership) -> Sequence[Card]:
        """Return what is no part of the text, like the form that starts a thread."""
        return ()

    def slots(self, *, reading: Reading, membership: Membership) -> Mapping[str, str]:
        """Return the HTML of what its tools leave open, by slot: this member's own, which their
        class does not share; in a fixed number of queries."""
        return {}

    def attached_items(self, *, reading: Reading, membership: Membership) -> Sequence[AttachedItem]:
        """Return what hangs on the reading's passages, in a fixed number of queries.

        For the page that tells what became of them when the text changed.
        """
        return ()

    def own_blocks(self, *, reading: Reading, membership: Membership) -> set[str]:
        """Return the keys of the blocks where this member sees what their class does not."""
        return set()

    def own_cards(self, *, reading: Reading, membership: Membership) -> Sequence[Card]:
        """Return the cards after blocks that are this member's own, in place of those of the same
        id that their class sees; in one query where there are none."""
        return ()

    def unread(self, *, reading: Reading, membership: Membership, begun_at: datetime) -> Unread:
        """Return what is new to a member whose first visit began then; of all threads, also of
        those that they do not see."""
        return NOTHING_UNREAD

    def visible_unread(
        self, *, reading: Reading, membership: Membership, begun_at: datetime
    ) -> Mapping[int, int]:
        """Return, by thread, how much is new of what such a member sees: for sums, which tell of
        each."""
        return {}

    def tell(self, tally: Tally) -> Told:
        """Return what is said of the viewer's numbers."""
        return Told()


_layers: list[Layer] = []


def register(layer: Layer) -> None:
    """Add a layer; called from AppConfig.ready(), so the order is that of INSTALLED_APPS."""
    _layers.append(layer)


def registered_layers() -> Sequence[Layer]:
    return tuple(_layers)

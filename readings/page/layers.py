"""What other apps lay over an essay: notes, threads, checkpoints.

The reading page knows the text; threads and quizzes know their readings. So that
imports flow one way, each app hands the page a `Layer` in its AppConfig.ready():
what to mark in the text, which cards stand beside a block, after it, or at the
end. What a guide adds goes the same way: `readings.guides.handlers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from readings.models import Passage, Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class Mark:
    """Words marked in the text. `card` is the HTML id of the card they belong to, like `t12`."""

    block_key: str
    start: int
    end: int
    card: str
    own: bool = False
    # Of a thread, its audience; of a guide note, "guide": everyone sees those.
    audience: str = "seminar"


@dataclass(frozen=True, slots=True)
class Card:
    """A piece of the page: a template with what it needs, hung on a block."""

    block_key: str
    template: str
    context: Mapping[str, Any]
    # Guide notes come before threads; within them by place in the text, then by age.
    order: tuple[int, int, int] = (0, 0, 0)
    # How the contents name it under its section, like “Checkpoint 1 · not answered”; or not at all.
    label: str = ""
    # Its HTML id, so that the page finds the label again when what it tells has changed.
    id: str = ""


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
    at_end: list[Card] = field(default_factory=list)
    # What belongs to no block and is no part of the text, like <comment-composer> with the form
    # that starts a thread. Their block key is "".
    tools: list[Card] = field(default_factory=list)
    # What stands below the contents, like how many threads the reader's filter keeps out of sight.
    aside: list[Card] = field(default_factory=list)
    # What stands in the top bar, like the way to the next unread thread.
    bar: list[Card] = field(default_factory=list)
    # Per block key: how many threads the viewer can see there, and how many of them are unread.
    counts: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    # The first rows of those passages that the viewer sees and whose words changed or are gone.
    altered: set[int] = field(default_factory=set)


class Layer(Protocol):
    """One app's part of the reading page."""

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,
        segments: Mapping[int, Sequence[Passage]],
    ) -> Content:
        """Return what `membership` may see of this layer, in a fixed number of queries.

        `segments` has, for each passage of the reading, its rows in order: the
        passage itself, and those that continue it.
        """
        ...

    def attached_items(self, *, reading: Reading, membership: Membership) -> Sequence[AttachedItem]:
        """Return what hangs on the reading's passages, in a fixed number of queries.

        For the page that tells what became of them when the text changed.
        """
        ...


_layers: list[Layer] = []


def register(layer: Layer) -> None:
    """Add a layer; called from AppConfig.ready(), so the order is that of INSTALLED_APPS."""
    _layers.append(layer)


def registered_layers() -> Sequence[Layer]:
    return tuple(_layers)

"""Two readings side by side: both texts as one member is served them, and the links between.

The order of the two in the address is that of the page: the first text stands at its start.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext

from discussions.threads import LinkEnd, ShownLink, links_at, short_title
from documents.block_names import block_anchor
from readings.models import Essay, Reading
from readings.page import (
    ReadingPage,
    Standing,
    begin_visit,
    build_page,
    card_renderer,
    essay_of,
    renderer,
)
from rendering.store import BoundedStore
from seminars import permissions
from seminars.models import Membership

# What the ids of each text begin with: two texts have a paragraph 7 each.
FIRST, SECOND = "first", "second"
OTHER = {FIRST: SECOND, SECOND: FIRST}


@dataclass(frozen=True, slots=True)
class PairEnd:
    """One end of a link, where it stands on the page."""

    side: str
    end: LinkEnd
    is_shown: bool  # its paragraph stands in the text as it is served

    @property
    def anchor(self) -> str:
        """The id of its paragraph; where that is gone, of what is told of it at the text's end."""
        if not self.is_shown:
            return f"{self.side}-gone"
        return f"{self.side}-{block_anchor(self.end.number, self.end.block_key)}"

    @property
    def name(self) -> str:
        """“Good Fences ¶ 7”."""
        return self.end.short_label


@dataclass(frozen=True, slots=True)
class PairLink:
    """A link between the two texts, for one member."""

    shown: ShownLink
    unread: int  # comments that are new to them
    ends: dict[str, PairEnd]

    @property
    def pk(self) -> int:
        return self.shown.pk

    @property
    def near(self) -> PairEnd:
        """Where it was begun: “near answers far”."""
        return next(one for one in self.ends.values() if one.end is self.shown.near)

    @property
    def far(self) -> PairEnd:
        return self.ends[OTHER[self.near.side]]

    @property
    def target(self) -> str:
        """The side that its arrow points to; "" where it reads alike from both."""
        return self.far.side if self.shown.kind.is_directed else ""

    @property
    def ends_in_order(self) -> Sequence[PairEnd]:
        return self.ends[FIRST], self.ends[SECOND]

    @property
    def comments_label(self) -> str:
        """How much is said about it, and whether some of that is new."""
        count = self.shown.card.comments
        told = ngettext("%d comment", "%d comments", count) % count
        if self.unread:
            told += ngettext(", %d unread", ", %d unread", self.unread) % self.unread
        return told

    @property
    def lost(self) -> Sequence[PairEnd]:
        """The ends that have lost their words."""
        return [one for one in self.ends.values() if one.end.is_lost]

    def words_at(self, side: str) -> str:
        """How it reads from that text: “answers”, or “is answered by”."""
        return self.shown.words_from(self.ends[side].end.reading.pk)


@dataclass(frozen=True, slots=True)
class PairText:
    """One of the two texts, as it is served to this member."""

    side: str
    standing: Standing
    page: ReadingPage

    @property
    def reading(self) -> Reading:
        return self.standing.reading

    @property
    def within(self) -> str:
        """What the ids of its part of the page begin with."""
        return f"{self.side}-"

    @property
    def title(self) -> str:
        return short_title(self.reading.essay.title)

    @property
    def paragraphs(self) -> int:
        """How many have a number."""
        return sum(block.number is not None for block in self.page.text.shown)

    def talk_at(self, key: str) -> int:
        """How many threads the member sees at this block."""
        fragment = self.page.fragments.get(key)
        return sum(not one.is_highlight for one in fragment.talk) if fragment else 0


@dataclass(frozen=True, slots=True)
class ReadingPair:
    """Both texts, and the links between them in the order of the first."""

    member: Membership
    first: PairText
    second: PairText
    links: Sequence[PairLink]

    @property
    def may_link(self) -> bool:
        """Whether the member may write in both."""
        return all(permissions.can_write(self.member, one.reading) for one in self.texts)

    @property
    def texts(self) -> tuple[PairText, PairText]:
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class KeptLinks:
    """What one member sees between two readings, as it was at `stamp`."""

    stamp: str
    links: Sequence[ShownLink]


KEPT_LINKS = 20_000  # in one process: those of some hundreds of members
_kept: BoundedStore[tuple[int, int, int], KeptLinks] = BoundedStore(
    KEPT_LINKS, lambda kept: 1 + len(kept.links)
)


KEPT_ESSAYS = 1_000  # in one process
_essays: BoundedStore[int, tuple[str, Essay]] = BoundedStore(KEPT_ESSAYS, lambda _: 1)


def build_pair(first: Standing, second: Standing) -> ReadingPair:
    """Put both texts and their links together for the member who stands so in them.

    Both are read: it is a visit to each. What is kept of the two readings' own pages is what
    these are made of.
    """
    texts = _text(FIRST, first), _text(SECOND, second)
    found = _links_between(first, second)
    unread = {**texts[0].page.own.unread, **texts[1].page.own.unread}
    links = [PairLink(one, unread.get(one.pk, 0), _ends(one, texts)) for one in found]
    return ReadingPair(first.membership, *texts, sorted(links, key=_place))


def _text(side: str, standing: Standing) -> PairText:
    _know_essay(standing)
    visit = begin_visit(standing.reading, by=standing.membership, visit=standing.visit)
    page = build_page(standing=standing, visit=visit, render=card_renderer(standing))
    return PairText(side, standing, page)


def _know_essay(standing: Standing) -> None:
    """Let the reading have its essay, as its own page does, from memory where nothing changed."""
    reading, digest = standing.reading, standing.versions.digest(standing.reading)
    kept = _essays.get(reading.pk)
    if kept is not None and kept[0] == digest:
        reading.essay = kept[1]
    else:
        _essays.put(reading.pk, (digest, essay_of(reading)))


def _links_between(first: Standing, second: Standing) -> Sequence[ShownLink]:
    """Return what the member sees: from memory as long as nothing has changed at either end, as it
    is with what is their own of a reading's page. Whatever changes a link raises the version of
    both of its readings (discussions.threads.watches)."""
    stamp = f"{_stamp(first)} {_stamp(second)}"
    key = (first.reading.pk, second.reading.pk, first.membership.pk)
    kept = _kept.get(key)
    if kept is None or kept.stamp != stamp:
        here = links_at(first.reading, first.membership)
        beside = second.reading.pk
        found = [one for one in here if beside in (one.near.reading.pk, one.far.reading.pk)]
        kept = KeptLinks(stamp, found)
        _kept.put(key, kept)
    return kept.links


def _stamp(standing: Standing) -> str:
    """Name all that shapes this member's page of a reading."""
    visit = standing.visit.own_version if standing.visit else 0
    name = (renderer(), get_language(), standing.viewer.key)
    return f"{standing.versions.stamp(standing.reading, *name)}.{visit}"


def _ends(link: ShownLink, texts: tuple[PairText, PairText]) -> dict[str, PairEnd]:
    here, there = link.ends_from(texts[0].reading.pk)
    return {
        text.side: PairEnd(text.side, end, end.block_key in text.page.text.shown_keys)
        for text, end in zip(texts, (here, there), strict=True)
    }


def _place(link: PairLink) -> tuple[int, int, int]:
    end = link.ends[FIRST].end
    last = 1_000_000  # what has lost its paragraph comes last
    return (end.position if end.position is not None else last, end.rows[0].start or 0, link.pk)

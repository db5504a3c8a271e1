"""Two readings side by side: both texts as one member is served them, and the links between.

The order of the two in the address is that of the page: the first text stands at its start.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from discussions.links.pair_talk import know_essay, talk_between
from discussions.threads import LinkEnd, ShownLink, short_title
from documents.block_names import block_anchor
from readings.models import Block, Reading, Visit
from readings.page import RevisionText, Standing, begin_visit, revision_text
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
        return self.end.short_label.replace("¶ ", "¶\xa0")  # no line ends within it


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
    """One of the two texts, as it is served to this member; `counts` has how many threads they see
    at each block."""

    side: str
    reading: Reading
    text: RevisionText
    counts: Mapping[str, int]

    @property
    def within(self) -> str:
        """What the ids of its part of the page begin with."""
        return f"{self.side}-"

    @property
    def title(self) -> str:
        return short_title(self.reading.title)

    @property
    def paragraphs(self) -> int:
        """How many have a number."""
        return sum(block.number is not None for block in self.text.shown)

    @property
    def sections(self) -> Sequence[Block]:
        """Its headings."""
        return [block for block in self.text.shown if block.kind == "heading"]


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


def build_pair(first: Standing, second: Standing) -> ReadingPair:
    """Put both texts and their links together for the member who stands so in them.

    Both are read: it is a visit to each.
    """
    both = [(one, _visit(one)) for one in (first, second)]
    talk = talk_between(both[0], both[1])
    texts = _text(FIRST, first, talk.counts[0]), _text(SECOND, second, talk.counts[1])
    links = [PairLink(one, talk.unread.get(one.pk, 0), _ends(one, texts)) for one in talk.links]
    return ReadingPair(first.membership, *texts, sorted(links, key=_place))


def _visit(standing: Standing) -> Visit:
    return begin_visit(standing.reading, by=standing.membership, visit=standing.visit)


def _text(side: str, standing: Standing, counts: Mapping[str, int]) -> PairText:
    know_essay(standing)
    blocks = standing.versions.blocks
    text = revision_text(standing.reading, blocks, member=standing.membership)
    return PairText(side, standing.reading, text, counts)


def _ends(link: ShownLink, texts: tuple[PairText, PairText]) -> dict[str, PairEnd]:
    here, there = link.ends_from(texts[0].reading.pk)
    return {
        text.side: PairEnd(text.side, end, end.block_key in text.text.shown_keys)
        for text, end in zip(texts, (here, there), strict=True)
    }


def _place(link: PairLink) -> tuple[int, int, int]:
    end = link.ends[FIRST].end
    last = 1_000_000  # what has lost its paragraph comes last
    return (end.position if end.position is not None else last, end.rows[0].start or 0, link.pk)

"""The reading page put together from what is kept, and filled with what is the viewer's own.

Kept are: the text, for each revision; a fragment of each block, for each class of viewers; the
frame, for each class (what stands after which block); and the shell around the text, for each
class and each way of reading. Nothing of them is shaped by one member: where that member sees
what their class does not, those blocks alone are rendered for them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.utils.translation import get_language

from readings.models import Reading, Visit
from readings.page.block_html import group_opening
from readings.page.block_parts import unread_by_thread
from readings.page.fragments import END, FILTERS, BlockFragment, fragments_of, renderer
from readings.page.layers import (
    NOTHING_UNREAD,
    Card,
    Tally,
    Told,
    Unread,
    registered_layers,
)
from readings.page.layout import group_kind
from readings.page.revision_text import RevisionText, revision_text, served_part
from readings.page.slots import Own
from readings.page.standing import Standing
from rendering.slots import NamedSlots, Values
from rendering.store import BoundedStore
from seminars.models import Membership

KEPT_FRAMES, KEPT_MINE = 500, 5_000  # in one process: some classes of hundreds of readings

Render = Callable[[Card], str]


@dataclass(frozen=True, slots=True)
class AfterBlock:
    """A card that stands after a block, with slots."""

    html: NamedSlots
    label: str


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents, with the keys of its blocks and the ids of the cards after them."""

    anchor: str
    title: str
    is_sub: bool
    keys: tuple[str, ...]
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page is put together: HTML, keys of blocks, and ids of cards in their order.

    Nothing that is said on the page shapes it: a post leaves the frame as it is.
    """

    stamp: str
    parts: Sequence[tuple[str, bytes]]  # ("html", …), ("block", key) or ("card", id)
    cards: Mapping[str, AfterBlock]
    sections: Sequence[ContentsEntry]
    # Ids of cards after blocks that are no longer in the text.
    gone_cards: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mine:
    """What is one member's own, as it was at `stamp`; small, and found without a query again."""

    stamp: str
    unread: Unread = NOTHING_UNREAD
    keys: frozenset[str] = frozenset()
    cards: Mapping[str, AfterBlock] = field(default_factory=dict)


_frames: BoundedStore[tuple[int, str], Frame] = BoundedStore(KEPT_FRAMES, lambda _: 1)
_mine: BoundedStore[tuple[int, int], Mine] = BoundedStore(KEPT_MINE, lambda _: 1)


def forget_pages() -> None:
    """Keep none; for tests and the benchmark."""
    _frames.clear()
    _mine.clear()


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """The page for one member: fragments of their class, and their own where they need some."""

    text: RevisionText
    frame: Frame
    fragments: Mapping[str, BlockFragment]
    mine: Mine
    own: Own
    new_since: datetime | None
    part: int = 100  # percent of the text that this page has

    def blocks(self, values: Values) -> bytes:
        """The text with what hangs on it."""
        filled: list[bytes] = []
        for kind, part in self.frame.parts:
            if kind == "html":
                filled.append(part)
            elif kind == "block":
                filled.append(self.fragments[part.decode()].slotted.fill(self.own))
            else:
                filled.append(self.card(part.decode()).html.fill(values))
        return b"".join(filled)

    def card(self, id: str) -> AfterBlock:  # noqa: A002 - an HTML id
        return self.mine.cards.get(id) or self.frame.cards[id]

    def gone(self, values: Values) -> bytes:
        """What hung on blocks that are no longer in the text: no words are lost silently."""
        shown = self.text.shown_keys
        gone = [key for key in self.fragments if key != END and key not in shown]
        hung = [self.fragments[key].slotted.fill(self.own) for key in gone]
        cards = [self.card(id).html.fill(values) for id in self.frame.gone_cards]  # noqa: A001
        return b"".join([*hung, *cards])

    def end(self) -> bytes:
        """Threads about the whole essay."""
        return self.fragments[END].slotted.fill(self.own)

    def _unread(self, keys: Iterator[str] | Sequence[str]) -> int:
        unread = self.own.unread
        if not unread:
            return 0
        return sum(one.thread in unread for key in keys for one in self.fragments[key].talk)

    def _recent(self) -> int:
        """Of them, how many have something that came since the last visit."""
        since, latest = self.new_since, self.mine.unread.latest
        if since is None or not latest:
            return 0
        came = {thread for thread, at in latest.items() if at > since}
        return sum(
            one.thread in came for fragment in self.fragments.values() for one in fragment.talk
        )

    def section_words(self, section: ContentsEntry) -> tuple[int, list[tuple[str, str]]]:
        """How many threads of a section have something new, and the labels of its cards by id."""
        return self._unread(section.keys), [(id, self.card(id).label) for id in section.cards]  # noqa: A001

    @property
    def has_talk(self) -> bool:
        """Whether anybody has said anything of the text, for this member."""
        shown = (self.fragments[block.key].talk for block in self.text.shown)
        return any(not one.is_highlight for talk in shown for one in talk)

    @property
    def altered(self) -> int:
        """How many passages that this member sees have changed with the text."""
        return sum(len(one.altered) for one in self.fragments.values())

    def told(self) -> Told:
        """What the layers say of this member's numbers."""
        hidden = dict.fromkeys(FILTERS, 0)
        for fragment in self.fragments.values():
            for name, by_author in fragment.out_of_sight.items():
                hidden[name] += by_author[0] - by_author.get(self.own.member, 0)
        tally = Tally(self._unread(list(self.fragments)), self._recent(), self.new_since, hidden)
        told = [layer.tell(tally) for layer in registered_layers()]
        return Told(
            bar="".join(one.bar for one in told),
            dock="".join(one.dock for one in told),
            aside="".join(one.aside for one in told),
            at_end="".join(one.at_end for one in told),
        )


def build_page(*, standing: Standing, visit: Visit, render: Render) -> ReadingPage:
    """Put the page together for one member; `render` makes HTML of a card with a template."""
    reading, member, versions = standing.reading, standing.membership, standing.versions
    text = revision_text(reading, versions.blocks, member=member)
    viewer = standing.viewer
    fragments = fragments_of(
        reading=reading, versions=versions, viewer=viewer.key, membership=standing.nobody
    )
    stamp = versions.stamp(reading, renderer(), get_language(), viewer.key)
    frame = _frame_of(standing, text, render)
    mine = _mine_of(standing, visit, stamp, frame, render)
    if mine.keys:
        own = fragments_of(
            reading=reading,
            versions=versions,
            viewer=f"{viewer.key}.{member.pk}",
            membership=member,
            keys=mine.keys,
        )
        fragments = {**fragments, **{key: own[key] for key in mine.keys & fragments.keys()}}
    return ReadingPage(
        text=text,
        frame=frame,
        fragments=fragments,
        mine=mine,
        own=Own(member.pk, mine.unread.counts),
        new_since=visit.new_since,
        part=served_part(reading, text, versions.blocks),
    )


def _frame_of(standing: Standing, text: RevisionText, render: Render) -> Frame:
    reading, viewer = standing.reading, standing.viewer.key
    stamp = standing.versions.digest(reading, renderer(), get_language())
    frame = _frames.get((reading.pk, viewer))
    if frame is None or frame.stamp != stamp:
        cards = [
            card
            for layer in registered_layers()
            for card in layer.after_blocks(reading=reading, membership=standing.nobody)
            if text.serves(card.block_key)
        ]
        frame = make_frame(text, stamp, cards, render)
        _frames.put((reading.pk, viewer), frame)
    return frame


def make_frame(text: RevisionText, stamp: str, cards: Sequence[Card], render: Render) -> Frame:
    """Put the blocks into their groups, and the cards after their blocks."""
    after: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda card: card.order):
        after.setdefault(card.block_key, []).append(card)
    shown = text.shown_keys
    return Frame(
        stamp=stamp,
        parts=list(_parts(text, after)),
        cards={card.id: AfterBlock(NamedSlots(render(card)), card.label) for card in cards},
        sections=list(_sections(text, after)),
        gone_cards=[card.id for key, hung in after.items() if key not in shown for card in hung],
    )


def _parts(text: RevisionText, after: Mapping[str, Sequence[Card]]) -> Iterator[tuple[str, bytes]]:
    open_kind = ""
    for block in text.shown:
        kind = group_kind(block)
        if open_kind and kind != open_kind:
            yield "html", b"</div>\n"
        if kind and kind != open_kind:
            yield "html", group_opening(block).encode()
        open_kind = kind
        yield "block", block.key.encode()
        hung = after.get(block.key, ())
        if hung and open_kind:
            # What stands after a block (a checkpoint) is no item of a list: it ends before it.
            yield "html", b"</div>\n"
            open_kind = ""
        for card in hung:
            yield "card", card.id.encode()
    if open_kind:
        yield "html", b"</div>\n"


def _sections(text: RevisionText, after: Mapping[str, Sequence[Card]]) -> Iterator[ContentsEntry]:
    """The headings; what stands before the first belongs to none."""
    blocks = text.shown
    heads = [i for i, block in enumerate(blocks) if block.kind == "heading"]
    for head, end in pairwise([*heads, len(blocks)]):
        inside = blocks[head:end]
        yield ContentsEntry(
            anchor=blocks[head].anchor,
            title=blocks[head].text,
            is_sub=(blocks[head].level or 2) > 2,
            keys=tuple(block.key for block in inside),
            cards=tuple(
                card.id for block in inside for card in after.get(block.key, ()) if card.label
            ),
        )


def _mine_of(standing: Standing, visit: Visit, stamp: str, frame: Frame, render: Render) -> Mine:
    """Return what is this member's own: from memory as long as nothing has changed."""
    reading, member = standing.reading, standing.membership
    deadlines = reading.deadlines_for(member)
    stamp = f"{stamp}.{visit.begun_at}.{visit.own_version}.{deadlines}"
    mine = _mine.get((reading.pk, member.pk))
    if mine is None or mine.stamp != stamp:
        mine = find_mine(reading, member, visit.begun_at, stamp, frame, render)
        _mine.put((reading.pk, member.pk), mine)
    return mine


def find_mine(
    reading: Reading,
    member: Membership,
    begun_at: datetime,
    stamp: str,
    frame: Frame,
    render: Render,
) -> Mine:
    keys: set[str] = set()
    cards: list[Card] = []
    for layer in registered_layers():
        keys |= layer.own_blocks(reading=reading, membership=member)
        if frame.cards:
            cards += layer.own_cards(reading=reading, membership=member)
    return Mine(
        stamp=stamp,
        unread=unread_by_thread(reading, member, begun_at),
        keys=frozenset(keys),
        cards={card.id: AfterBlock(NamedSlots(render(card)), card.label) for card in cards},
    )

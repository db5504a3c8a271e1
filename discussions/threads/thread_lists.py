"""All threads of a reading in the order of the text, under the headings they stand in; those of
the general discussion by when something was said last.

Like the reading's page, the list is kept for a class of viewers and filled with what is each
viewer's own; who sees threads that their class does not has a list of their own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.template_tags import moment
from discussions.models import QuestionState, ThreadKind
from discussions.threads.card_html import CardWriter
from discussions.threads.linked import ShownLink, links_at
from discussions.threads.thread_list_filters import ORDERS, OfferedFilters, ThreadFilters
from discussions.threads.thread_rows import own_blocks
from discussions.threads.thread_summaries import (
    ThreadCard,
    cards_of,
)
from discussions.threads.unread_counts import unread_comments
from readings.models import Block, Passage, Reading
from readings.page import (
    NOTHING_UNREAD,
    Own,
    Slotted,
    Standing,
    if_own,
    renderer,
    revision_text,
)
from readings.passages import segments_of
from rendering.kept_html import html, kept_html, word_slot, words
from rendering.slots import escape
from rendering.store import BoundedStore
from seminars.models import Membership

OF_KIND = {"links": ThreadKind.LINK, "prompts": ThreadKind.GUIDE}
KEPT_OWN = 5_000  # members of readings
KEPT_BYTES = 16_000_000  # of HTML in one process: some forty lists of two hundred threads


@dataclass(frozen=True, slots=True)
class Line:
    """One thread in the list, as HTML with slots, and what the filters ask of it."""

    thread: int
    block_key: str
    author: int
    kind: str
    question_state: str
    is_of_group: bool
    who: str  # by their own name; an alias is another in each thread
    groups: frozenset[str]
    tags: frozenset[str]
    comments: int
    is_archived: bool
    row: Slotted

    def fits(self, filters: ThreadFilters, own: Own) -> bool:
        if filters.by not in {"", self.who}:
            return False
        if not ({filters.group} - {""} <= self.groups and {filters.tag} - {""} <= self.tags):
            return False
        # What is put away is found where it is looked for, and nowhere else.
        if self.is_archived or filters.show == "archived":
            return self.is_archived and filters.show == "archived"
        match filters.show:
            case "mine":
                return self.author == own.member
            case "questions":
                return bool(self.question_state)
            case "open":
                return self.question_state == QuestionState.OPEN
            case "links" | "prompts":
                return self.kind == OF_KIND[filters.show]
            case "group":
                return self.is_of_group
            case "new":
                return self.thread in own.unread
        return True


@dataclass(frozen=True)
class KeptList:
    """The lines under their headings, as they were at `stamp`."""

    stamp: str
    sections: list[tuple[str, list[Line]]]

    @property
    def size(self) -> int:
        return sum(one.row.size for one in self.lines)

    @cached_property
    def lines(self) -> list[Line]:
        return [one for _, lines in self.sections for one in lines]

    @cached_property
    def offered(self) -> OfferedFilters:
        """What the list can be narrowed by."""
        return OfferedFilters(
            people=tuple(sorted({one.who for one in self.lines} - {""}, key=str.casefold)),
            groups=tuple(sorted(frozenset[str]().union(*(one.groups for one in self.lines)))),
            tags=tuple(sorted(frozenset[str]().union(*(one.tags for one in self.lines)))),
            has_links=any(one.kind == ThreadKind.LINK for one in self.lines),
        )

    def in_order(self, order: str) -> Iterable[tuple[str, Iterable[Line]]]:
        """The lines under the headings of the text; in another order, under the name of that."""
        if order == "newest":
            yield str(ORDERS[order]), sorted(self.lines, key=lambda one: -one.thread)
        elif order == "active":
            by_activity = sorted(self.lines, key=lambda one: (-one.comments, one.thread))
            yield str(ORDERS[order]), by_activity
        else:
            yield from self.sections


_own: BoundedStore[tuple[int, int], tuple[str, bool]] = BoundedStore(KEPT_OWN, lambda _: 1)
_kept: BoundedStore[tuple[int, str], KeptList] = BoundedStore(KEPT_BYTES, lambda kept: kept.size)


@dataclass(frozen=True, slots=True)
class ThreadList:
    """What thread_list.html shows: headings with the lines under them."""

    sections: list[tuple[str, bytes]]
    filters: ThreadFilters
    offered: OfferedFilters
    has_new: bool

    def html(self) -> bytes:
        """The headings with their lines."""
        return b"".join(
            _section_html(number, title, rows)
            for number, (title, rows) in enumerate(self.sections, start=1)
        )


def _section_html(number: int, title: str, rows: bytes) -> bytes:
    kept = kept_html(
        "discussions/_thread_section.html",
        (),
        lambda: {name: word_slot(name) for name in ("number", "title", "rows")},
    )
    return kept.fill({"number": html(str(number)), "title": words(title), "rows": lambda: rows})


def build_thread_list(
    standing: Standing, filters: ThreadFilters, keys: Collection[str] = ()
) -> ThreadList:
    """Put the list together, in a fixed number of queries; with `keys`, of these blocks alone."""
    member, reading, visit = standing.membership, standing.reading, standing.visit
    unread = NOTHING_UNREAD
    if visit is not None:
        unread = unread_comments(reading=reading, membership=member, begun_at=visit.begun_at)
    own = Own(member.pk, unread.counts)
    sections = []
    kept = _kept_list(standing)
    is_narrowed = filters.is_narrowed or bool(keys)
    for title, lines in kept.in_order(filters.order):
        shown = [
            one.row.fill(own)
            for one in lines
            if (not is_narrowed and not one.is_archived)
            or (one.fits(filters, own) and (not keys or one.block_key in keys))
        ]
        if shown:
            sections.append((title, b"".join(shown)))
    has_new = bool(own.unread) and any(one.thread in own.unread for one in kept.lines)
    return ThreadList(sections, filters, kept.offered, has_new)


def _kept_list(standing: Standing) -> KeptList:
    member, reading = standing.membership, standing.reading
    stamp = standing.versions.stamp(reading, renderer(), get_language())
    viewer, reads = standing.viewer.key, standing.nobody
    if _has_own(standing, stamp):
        viewer, reads = f"{viewer}.{member.pk}", member
    kept = _kept.get((reading.pk, viewer))
    if kept is None or kept.stamp != stamp:
        with timezone.override(None):
            kept = KeptList(stamp, list(_sections(standing, reads)))
        _kept.put((reading.pk, viewer), kept)
    return kept


def _has_own(standing: Standing, stamp: str) -> bool:
    """Whether this member sees what their class does not; asked again when anything changes."""
    key = (standing.reading.pk, standing.membership.pk)
    known = _own.get(key)
    if known is None or known[0] != stamp:
        found = own_blocks(reading=standing.reading, membership=standing.membership)
        known = stamp, bool(found)
        _own.put(key, known)
    return known[1]


def _sections(standing: Standing, member: Membership) -> Iterator[tuple[str, list[Line]]]:
    """Yield the headings with what `member` may see under each; those that have nothing, not."""
    reading = standing.reading
    if reading.is_general:
        yield from _by_last_words(standing, member)
        return
    segments = segments_of(Passage.objects.filter(reading=reading))
    every = cards_of(reading=reading, membership=member, segments=segments)
    links = {one.pk: one for one in links_at(reading, member)}
    # Those that begin in another text stand on the words here to which they lead.
    every += [one.card_in(reading.pk) for one in links.values() if one.is_far_in(reading.pk)]
    cards = [card for card in every if not card.is_pinned]
    text = revision_text(reading, standing.versions.blocks, member=member)
    blocks = text.blocks
    known = {block.key for block in blocks}
    by_block: dict[str, list[ThreadCard]] = {}
    for card in sorted(cards, key=lambda card: (_start(card), card.pk)):
        key = card.rows[0].block_key if card.rows else ""
        by_block.setdefault(key if key in known else "", []).append(card)
    writer = LineWriter(reading, links)
    labels = {block.key: block.label for block in blocks}
    pinned = sorted((one for one in every if one.is_pinned), key=lambda one: one.pk)
    yield _("Pinned"), [writer.line(one, _place_of(one, labels)) for one in pinned]
    rest = by_block.pop("", [])
    yield from _under_headings(blocks, by_block, writer)
    place, title = _("Gone"), _("Threads whose words are gone")
    if text.is_cut:  # one's own, and no others: whether their words are gone is not told either
        place, title = _("Behind a checkpoint"), _("Your threads behind a checkpoint")
    yield title, [writer.line(card, place) for card in rest if card.rows]
    whole = [writer.line(card, _("The essay")) for card in rest if not card.rows]
    yield _("About the whole essay"), whole


def _by_last_words(standing: Standing, member: Membership) -> Iterator[tuple[str, list[Line]]]:
    reading = standing.reading
    every = cards_of(reading=reading, membership=member, segments={})
    every.sort(key=lambda card: (card.active_at, card.pk), reverse=True)
    writer = LineWriter(reading)
    yield _("Pinned"), [writer.general_line(one) for one in every if one.is_pinned]
    yield _("Threads"), [writer.general_line(one) for one in every if not one.is_pinned]


def _place_of(card: ThreadCard, labels: Mapping[str, str]) -> str:
    """Where a thread's words stand, as the end of its line says it."""
    return labels.get(card.rows[0].block_key, _("Gone")) if card.rows else _("The essay")


def _under_headings(
    blocks: Iterable[Block], by_block: dict[str, list[ThreadCard]], writer: "LineWriter"
) -> Iterator[tuple[str, list[Line]]]:
    title = _("Before the first heading")
    lines: list[Line] = []
    for block in blocks:
        if block.kind == "heading":
            yield title, lines
            # The essay's title is a heading, too, and no section.
            is_title = block.level == 1
            title, lines = _("Before the first heading") if is_title else block.text, []
        lines += [writer.line(card, block.label) for card in by_block.get(block.key, [])]
    yield title, lines


class LineWriter:
    """Writes the lines of one reading's list."""

    def __init__(self, reading: Reading, links: Mapping[int, ShownLink] | None = None) -> None:
        self.cards = CardWriter(reading, links)
        self.far = {pk for pk, one in (links or {}).items() if one.is_far_in(reading.pk)}
        url_of, shown = self.cards.url_of, self.cards.links
        # A link's conversation is where it begins.
        self.cards.url_of = lambda pk: shown[pk].thread_url if pk in self.far else url_of(pk)
        self.page = escape(reading.get_absolute_url())
        self.leads = escape(_(" – read it in its place"))

    def line(self, card: ThreadCard, place: str) -> Line:
        """A thread, and the way to its place in the text."""
        anchor = f"l{card.pk}" if card.pk in self.far else f"t{card.pk}"
        end = (
            f'<a class="place" href="{self.page}#{anchor}">{escape(place)}'
            f'<span class="vh">{self.leads}</span></a>'
        )
        return self._line(card, end)

    def general_line(self, card: ThreadCard) -> Line:
        """A thread, and when something was said in it last."""
        return self._line(card, f'<span class="meta">{moment(card.active_at)}</span>')

    def _line(self, card: ThreadCard, end: str) -> Line:
        html = (
            f'<li class="row-item thread-row"{if_own([card.author_id], " data-own")}>'
            f'<div class="row-main">{self.cards.summary(card, linked=True)}</div>'
            f'<div class="row-acts">{end}</div></li>\n'
        )
        return Line(
            thread=card.pk,
            block_key=card.rows[0].block_key if card.rows else "",
            author=card.author_id,
            kind=card.kind,
            question_state=card.question_state,
            is_of_group=card.is_of_group,
            who="" if card.is_alias else card.who,
            groups=card.groups,
            tags=frozenset(card.tags),
            comments=card.comments,
            is_archived=card.is_archived,
            row=Slotted(html),
        )


def _start(card: ThreadCard) -> int:
    return (card.rows[0].start or 0) if card.rows else 0

"""Links as one member may see them: both ends with their words, and how one stands to the other.

What is shown of the conversation is that of a card (discussions.threads.thread_summaries).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from anchoring import joined_quotes
from discussions.common.markdown import shorten
from discussions.models import LinkKind, Thread
from discussions.threads.thread_rows import ThreadRow, link_rows, thread_row
from discussions.threads.thread_summaries import SHOWN_QUOTE, ThreadCard, cards_of_rows
from documents.block_names import block_anchor, paragraph_label
from documents.visible import isolated
from readings.models import Block, Passage, Reading
from readings.passages import PassageChange, segments_of
from seminars.models import Membership

_SUBTITLE = re.compile(r":\s|：")


def short_title(title: str) -> str:
    """An essay's title without what stands behind its first colon, where two are named again and
    again."""
    return isolated(_SUBTITLE.split(title, maxsplit=1)[0])


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """One end of a link: a passage of a reading, as it stands now."""

    reading: Reading  # with its essay
    rows: tuple[Passage, ...]  # of the passage, in reading order
    number: int | None  # of the paragraph in which its words begin; None where that has none
    position: int | None  # of that block in the text; None where it is gone from it

    @property
    def title(self) -> str:
        """The essay's."""
        return isolated(self.reading.title)

    @property
    def block_key(self) -> str:
        return self.rows[0].block_key

    @property
    def place(self) -> str:
        """“¶ 14”, or "" where its paragraph has no number."""
        return paragraph_label(self.number)

    @property
    def label(self) -> str:
        """What people cite it by: “Small Doors ¶ 10”."""
        return f"{self.title} {self.place}".rstrip()

    @property
    def short_label(self) -> str:
        """The same, with the short title."""
        return f"{short_title(self.reading.title)} {self.place}".rstrip()

    @property
    def url(self) -> str:
        """Where it is read in its place."""
        anchor = block_anchor(self.number, self.block_key)
        return f"{self.reading.get_absolute_url()}#{anchor}"

    @property
    def words(self) -> str:
        """As they stand in the text, or stood before they were lost; "" of a whole paragraph."""
        return joined_quotes(row.quote for row in self.rows) or self.rows[0].earlier_quote

    @property
    def quote(self) -> str:
        """The same, shortened."""
        return isolated(shorten(self.words, SHOWN_QUOTE))

    @property
    def change(self) -> PassageChange | None:
        """What a change of the text did to its words, if it did anything."""
        return PassageChange.of(self.rows)

    @property
    def is_lost(self) -> bool:
        """Whether its words are gone from the text."""
        return self.change is not None and self.change.is_gone


def link_sentence(near: str, kind: str, far: str) -> str:
    """Say how one end stands to the other: “Small Doors ¶ 10 answers Good Fences ¶ 6”."""
    return _("%(near)s %(kind)s %(far)s") % {"near": near, "kind": kind, "far": far}


@dataclass(frozen=True, slots=True)
class LinkedEnds:
    """The two ends of a link. It reads from `near`, where it was begun: “near answers far”."""

    kind: LinkKind
    near: LinkEnd
    far: LinkEnd

    @property
    def sentence(self) -> str:
        """The same in words, wherever threads are listed."""
        return link_sentence(self.near.label, isolated(self.kind.name), self.far.label)

    def ends_from(self, reading: int) -> tuple[LinkEnd, LinkEnd]:
        """Return the end in the reading of this key, and the other one."""
        return (self.far, self.near) if self.is_far_in(reading) else (self.near, self.far)

    def other_than(self, reading: int) -> LinkEnd:
        """Return the end that is not in the reading of this key."""
        return self.near if self.is_far_in(reading) else self.far

    def is_far_in(self, reading: int) -> bool:
        return self.far.reading.pk == reading

    def words_from(self, reading: int) -> str:
        """How it reads from there: “answers”, or “is answered by”."""
        return self.kind.passive if self.is_far_in(reading) else self.kind.name


@dataclass(frozen=True, slots=True)
class ShownLink(LinkedEnds):
    """A link for one viewer, with what its card shows of the conversation."""

    card: ThreadCard

    @property
    def pk(self) -> int:
        return self.card.pk

    def card_in(self, reading: int) -> ThreadCard:
        """Its card as it stands in the reading of this key, on the words there."""
        here, _there = self.ends_from(reading)
        return replace(self.card, rows=here.rows)

    @property
    def thread_url(self) -> str:
        """The page of its conversation."""
        reading = self.near.reading
        return reverse("thread_detail", args=[reading.seminar.slug, reading.slug, self.pk])

    def url_from(self, reading: Reading) -> str:
        """Where both ends are read side by side, this reading first."""
        _here, there = self.ends_from(reading.pk)
        slugs = [reading.seminar.slug, reading.slug, there.reading.slug]
        return f"{reverse('reading_pair', args=slugs)}#l{self.pk}"


def shown_links(
    viewer: Membership,
    *,
    reading: Reading | None = None,
    other: Reading | None = None,
) -> list[ShownLink]:
    """Return the links that `viewer` may see in their seminar, oldest first; those of `reading`
    alone, at whichever end, or those between it and `other`. Eight queries, however many."""
    rows = link_rows(viewer)
    if reading is not None:
        rows = [one for one in rows if reading.pk in (one.reading_id, one.far_reading_id)]
    if other is not None:
        rows = [one for one in rows if other.pk in (one.reading_id, one.far_reading_id)]
    return links_of_rows(rows, viewer)


def links_at(
    reading: Reading, viewer: Membership, keys: Collection[str] | None = None
) -> list[ShownLink]:
    """Return those that have an end in `reading`, with `keys` in these blocks of it."""
    return links_of_rows(link_rows(viewer, reading=reading, keys=keys), viewer)


def link_of(thread: Thread, viewer: Membership) -> ShownLink | None:
    """Return a thread as the link that it is, if `viewer` may see it; None, in no query, of one
    that is no link."""
    row = thread_row(thread, viewer) if thread.is_link else None
    return next(iter(links_of_rows([row], viewer)), None) if row else None


def links_of_rows(rows: Sequence[ThreadRow], viewer: Membership) -> list[ShownLink]:
    """Return the links among these threads, with both ends, in a fixed number of queries."""
    linked = [one for one in rows if one.far_reading_id is not None]
    if not linked:
        return []
    ends = _Ends(linked)
    cards = {one.pk: one for one in cards_of_rows(linked, viewer, ends.passages)}
    return [ShownLink(*ends.of(one), cards[one.pk]) for one in linked]


def linked_ends(threads: Iterable[Thread | ThreadRow]) -> dict[int, LinkedEnds]:
    """Return the two ends of those of these threads that are links, by the thread's pk.

    In four queries, and in none where no link is among them. Who may see the threads has been
    asked: what is given here is shown.
    """
    linked = [one for one in threads if one.far_reading_id is not None]
    if not linked:
        return {}
    ends = _Ends(linked)
    return {one.pk: LinkedEnds(*ends.of(one)) for one in linked}


class _Ends:
    """The kinds, passages, readings and paragraphs of links, in four queries."""

    def __init__(self, rows: Sequence[Thread | ThreadRow]) -> None:
        self._kinds = LinkKind.objects.in_bulk({one.link_kind_id for one in rows})
        heads = {one.passage_id for one in rows} | {one.far_passage_id for one in rows}
        found = Passage.objects.filter(Q(pk__in=heads) | Q(continues__in=heads))
        self.passages: Mapping[int, Sequence[Passage]] = segments_of(found)
        readings = {one.reading_id for one in rows} | {one.far_reading_id for one in rows}
        related = Reading.objects.select_related("essay", "seminar", "revision")
        self._readings = related.in_bulk(readings)
        self._places = self._find_places(self._readings.values())

    def _find_places(
        self, readings: Iterable[Reading]
    ) -> dict[tuple[int, str], tuple[int | None, int]]:
        blocks = Block.objects.filter(
            revision__in={one.revision_id for one in readings},
            key__in={chain[0].block_key for chain in self.passages.values()},
        )
        columns = blocks.values_list("revision", "key", "number", "position")
        return {(revision, key): (number, place) for revision, key, number, place in columns}

    def of(self, link: Thread | ThreadRow) -> tuple[LinkKind, LinkEnd, LinkEnd]:
        """Its kind, where it begins and where it leads."""
        near = self._end(link.reading_id, link.passage_id)
        far = self._end(link.far_reading_id, link.far_passage_id)
        return self._kinds[link.link_kind_id or 0], near, far

    def _end(self, reading: int | None, passage: int | None) -> LinkEnd:
        here, rows = self._readings[reading or 0], tuple(self.passages[passage or 0])
        place = self._places.get((here.revision_id, rows[0].block_key), (None, None))
        return LinkEnd(here, rows, *place)

"""All threads of a reading in the order of the text, under the headings they stand in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.threads.thread_summaries import (
    ThreadCard,
    cards_of,
    new_since,
    unread_counts,
)
from readings.models import Block, Passage, Reading
from readings.passages import segments_of
from seminars.models import Membership

FILTERS = {
    "": gettext_lazy("All"),
    "mine": gettext_lazy("Mine"),
    "questions": gettext_lazy("Questions"),
    "group": gettext_lazy("My group’s"),
    "new": gettext_lazy("New"),
}


@dataclass(slots=True)
class Entry:
    """A thread with the name of its place: “¶ 4”, “Heading”."""

    card: ThreadCard
    place: str
    anchor: str


@dataclass(slots=True)
class Section:
    title: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class ThreadList:
    """What thread_list.html shows."""

    sections: list[Section]
    show: str
    total: int  # before the filter

    @property
    def filters(self) -> list[tuple[str, str]]:
        return [(value, str(name)) for value, name in FILTERS.items()]


def build_thread_list(
    reading: Reading, member: Membership, show: str, keys: Collection[str] = ()
) -> ThreadList:
    """Put the list together, in a fixed number of queries; with `keys`, of these blocks alone."""
    passages = Passage.objects.filter(reading=reading)
    segments = segments_of(passages.touching(keys) if keys else passages)
    since = new_since(reading=reading, membership=member)
    unread = unread_counts(reading=reading, membership=member, since=since)
    cards = cards_of(
        reading=reading,
        membership=member,
        segments=segments,
        unread=unread,
        keys=keys or None,
    )
    blocks = list(
        Block.objects.filter(revision_id=reading.revision_id).only(
            "position", "key", "kind", "number", "text", "level"
        )
    )
    shown = [card for card in cards if _fits(card, show)]
    sections = [one for one in _sections(blocks, shown) if one.entries]
    return ThreadList(sections, show if show in FILTERS else "", len(cards))


def _fits(card: ThreadCard, show: str) -> bool:
    match show:
        case "mine":
            return card.is_own
        case "questions":
            return card.is_question
        case "group":
            return card.is_of_group
        case "new":
            return card.unread > 0
    return True


def _sections(blocks: list[Block], cards: list[ThreadCard]) -> Iterator[Section]:
    known = {block.key for block in blocks}
    by_block: dict[str, list[ThreadCard]] = {}
    for card in sorted(cards, key=lambda card: (_start(card), card.pk)):
        key = card.rows[0].block_key if card.rows else ""
        by_block.setdefault(key if key in known else "", []).append(card)
    section = Section(_("Before the first heading"))
    for block in blocks:
        if block.kind == "heading":
            yield section
            section = Section(block.text)
        listed = by_block.get(block.key, [])
        section.entries += [Entry(card, block.label, block.anchor) for card in listed]
    yield section
    rest = by_block.get("", [])
    gone = [Entry(card, _("Gone"), "gone") for card in rest if card.rows]
    yield Section(_("Threads whose words are gone"), gone)
    whole = [Entry(card, _("The essay"), "text") for card in rest if not card.rows]
    yield Section(_("About the whole essay"), whole)


def _start(card: ThreadCard) -> int:
    return (card.rows[0].start or 0) if card.rows else 0

"""What one member may see of a reading, put together for paper, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy

from anchoring import joined_quotes
from discussions.models import Comment
from discussions.printing.mark_rendering import PrintWriter, Sign
from discussions.printing.text import (
    PrintedBlock,
    picture_addresses,
    printed_blocks,
    safe_lines,
    title_of,
)
from discussions.threads import (
    LinkEnd,
    Shown,
    ShownLink,
    ThreadCard,
    cards_of,
    links_at,
    show_comment,
    without_leaves,
)
from documents import Document, DocumentBlock
from documents.writers import addresses, head_of, labels_for
from readings.essays import document_of
from readings.models import GuideItem, Passage, Reading
from readings.passages import segments_of
from seminars.models import Membership

# Whose threads are printed.
CHOICES = {
    "all": gettext_lazy("All that I may see"),
    "group": gettext_lazy("My group’s and mine"),
    "mine": gettext_lazy("Mine"),
    "none": gettext_lazy("None"),
}


@dataclass(slots=True)
class Entry:
    """A guide note or a thread below the paragraph that it is about, with its number."""

    number: int
    quote: str
    card: ThreadCard | None = None
    note: GuideItem | None = None
    comments: list[Shown] = field(default_factory=list)
    link: ShownLink | None = None
    there: LinkEnd | None = None  # of a link: the end that is not in this text

    @property
    def note_html(self) -> SafeString:
        assert self.note is not None  # noqa: S101 - the template asks where there is one
        return mark_safe(self.note.html)  # noqa: S308 - sanitised when the guide was added


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A block on paper, and what hangs on it."""

    block: PrintedBlock
    entries: list[Entry]


@dataclass(slots=True)
class PrintPage:
    """What reading_print.html shows."""

    head: SafeString
    title_entries: list[Entry]
    rows: list[PrintRow]
    about_all: list[Entry]
    orphaned: list[Entry]  # what they were about is gone from the text
    notes: SafeString
    threads: int
    show: str
    guide: bool


def build_print_page(
    *,
    reading: Reading,
    viewer: Membership,
    show: str,
    guide: bool,
    as_file: bool = False,
) -> PrintPage:
    """Put the page together; as a file, its pictures are in it."""
    essay = reading.essay
    if reading.is_general:
        # It has no text, whose language its name could be in: both are the reader's.
        essay.title, essay.language = reading.title, get_language() or ""
    end = viewer.gate_in(reading.pk)
    document = document_of(essay, reading.revision, with_bytes=as_file, end=end)
    segments = segments_of(Passage.objects.filter(reading=reading))
    cards = cards_of(reading=reading, membership=viewer, segments=segments, tagged=False)
    links = {one.pk: one for one in links_at(reading, viewer)}
    cards += [one.card_in(reading.pk) for one in links.values() if one.is_far_in(reading.pk)]
    shown = [card for card in cards if show in card.shown_to_viewer.split()]
    if end is not None:
        # One's own words behind a gate stand in the notebook.
        served = {block.key for block in document.blocks}
        shown = [card for card in shown if served.issuperset(row.block_key for row in card.rows)]
    homes = {pk: one.near.reading for pk, one in links.items()}
    talk = _talk(reading, shown, viewer, homes)
    entries = [Entry(0, card.quote, card=card, comments=talk[card.pk]) for card in shown]
    for entry in entries:
        if entry.card and (link := links.get(entry.card.pk)):
            entry.link, entry.there = link, link.other_than(reading.pk)
    entries = [entry for entry in entries if entry.comments or entry.link]
    notes = list(GuideItem.objects.notes_of(reading).served_to(viewer)) if guide else []
    entries += [Entry(0, _quote(segments.get(note.passage_id, ())), note=note) for note in notes]
    rows = {id(entry): _passage_rows(entry, segments) for entry in entries}
    _number(entries, rows, document.blocks)
    signs = _signs(
        entries, rows, [card for card in shown if card.is_highlight and not card.is_link]
    )
    source = addresses(document) if as_file else picture_addresses(document, reading)
    writer = PrintWriter(source, signs, labels=labels_for(document.metadata.language))
    hung: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: one.number):
        hung[rows[id(entry)][0].block_key if rows[id(entry)] else ""].append(entry)
    return _page(document, writer, hung, show=show, guide=guide)


def _page(
    document: Document,
    writer: PrintWriter,
    hung: Mapping[str, list[Entry]],
    *,
    show: str,
    guide: bool,
) -> PrintPage:
    title = title_of(document)
    known = {block.key for block in document.blocks}
    return PrintPage(
        head=safe_lines(head_of(document.metadata)),
        title_entries=hung.get(title.key, []) if title else [],
        rows=[
            PrintRow(block, hung.get(block.key, [])) for block in printed_blocks(document, writer)
        ],
        about_all=[entry for entry in hung.get("", ()) if not entry.quote],
        orphaned=[
            entry
            for key, several in hung.items()
            for entry in several
            if key not in known and (key or entry.quote)
        ],
        notes=safe_lines(writer.notes(document.notes)),
        threads=sum(1 for several in hung.values() for entry in several if entry.card),
        show=show,
        guide=guide,
    )


def _talk(
    reading: Reading,
    cards: Sequence[ThreadCard],
    viewer: Membership,
    homes: Mapping[int, Reading],
) -> dict[int, list[Shown]]:
    """Return the comments of each thread as a tree, with what `viewer` may know. One query.

    `homes` are the readings, by thread, of those that may have begun in another than this.
    """
    comments = Comment.objects.filter(thread__in=[card.pk for card in cards]).spoken_to(viewer)
    people = comments.select_related("author__user", "thread").order_by("thread", "seq")
    shown: dict[int, Shown] = {}
    below: defaultdict[tuple[int, int | None], list[Shown]] = defaultdict(list)
    for comment in people:
        comment.thread.reading = homes.get(comment.thread_id, reading)
        shown[comment.pk] = one = show_comment(comment, viewer, page="")
        below[comment.thread_id, comment.parent_id].append(one)
    for (thread, parent), replies in list(below.items()):
        if parent in shown:
            shown[parent].replies = replies
        elif parent is not None:
            below[thread, None] += replies  # what they answer is withheld
    return {card.pk: without_leaves(below[card.pk, None]) for card in cards}


def _quote(rows: Sequence[Passage]) -> str:
    return joined_quotes(row.quote for row in rows)


def _passage_rows(entry: Entry, segments: Mapping[int, Sequence[Passage]]) -> Sequence[Passage]:
    if entry.card is not None:
        return entry.card.rows
    return segments.get(entry.note.passage_id, ()) if entry.note else ()


def _number(
    entries: Sequence[Entry], rows: Mapping[int, Sequence[Passage]], blocks: Sequence[DocumentBlock]
) -> None:
    """Number the entries by their place in the text: guide notes first, then threads by age."""
    place = {block.key: n for n, block in enumerate(blocks)}

    def order(entry: Entry) -> tuple[int, int, int, int]:
        first = next(iter(rows[id(entry)]), None)
        at = place.get(first.block_key, len(blocks)) if first else len(blocks) + 1
        start = (first.start or 0) if first else 0
        kind = 0 if entry.note else 1
        age = entry.card.pk if entry.card else entry.note.position if entry.note else 0
        return at, start, kind, age

    for number, entry in enumerate(sorted(entries, key=order), 1):
        entry.number = number


def _signs(
    entries: Iterable[Entry],
    rows: Mapping[int, Sequence[Passage]],
    highlights: Iterable[ThreadCard],
) -> dict[str, list[Sign]]:
    """Return what is marked on each block: the entries' words, and highlights without a number."""
    found: defaultdict[str, list[Sign]] = defaultdict(list)
    numbered = [
        (rows[id(entry)], entry.number, bool(entry.card and entry.card.is_own))
        for entry in sorted(entries, key=lambda one: one.number)
    ]
    for several, number, own in [*numbered, *((one.rows, 0, one.is_own) for one in highlights)]:
        for row in several:
            if row.start is not None and row.end is not None:
                found[row.block_key].append(Sign(row.start, row.end, number, own))
    return dict(found)

"""The reading page put together: the text, and what the layers lay over it.

A fixed number of queries, whatever the length of the essay and of the talk:
blocks, notes, passages, and what each layer asks.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from documents.block_names import note_name
from readings.essays import NO_PICTURES, ShownPicture, shown_pictures, with_pictures
from readings.models import Block, Note, Passage, Picture, Reading, Visit
from readings.page.layers import Card, Content, Mark, registered_layers
from readings.page.marks import Reference, render_block
from readings.passages import segments_of
from seminars.models import Membership

WORDS_A_MINUTE = 230  # silent reading of non-fiction, by Brysbaert's review of 190 studies
# Chinese and Japanese have no spaces between words; their readers take in about as many characters.
_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W぀-ヿ㐀-鿿]+(?:[’'-]\w+)*")
_PICTURES = re.compile(r'<img(?:\s+[a-z]+="[^"]*")*>')
_KINDS_IN_GROUPS = {"list_item": "list", "boilerplate": "boilerplate"}


@dataclass(slots=True)
class Row:
    """A block as the page shows it: its words with their marks, and the cards hung on it."""

    block: Block
    html: SafeString
    beside: list[Card] = field(default_factory=list)
    after: list[Card] = field(default_factory=list)
    count: int = 0
    unread: int = 0

    @property
    def has_words(self) -> bool:
        """Whether words can be chosen in it; a rule or a picture is commented on as a whole."""
        return bool(self.block.text)

    @property
    def tag(self) -> str:
        """The element of a heading: the essay's title is the page's h1, its sections h2."""
        return f"h{min(max(self.block.level or 2, 2), 6)}"

    @property
    def anchor(self) -> str:
        """Where a link to this block leads: `p12` where it has a number, else its own id."""
        return self.block.anchor

    @property
    def name(self) -> str:
        """What people call this block: “paragraph 12”, “this heading”."""
        if self.block.number:
            return f"paragraph {self.block.number}"
        return f"this {self.block.get_kind_display().lower()}"

    @property
    def label(self) -> str:
        """The block and its talk, as the button beside it tells a screen reader."""
        parts = [self.name]
        if self.count:
            parts.append(f"{self.count} thread{'' if self.count == 1 else 's'}")
        if self.unread:
            parts.append(f"{self.unread} unread")
        return ", ".join(parts)

    @property
    def picture_is_missing(self) -> bool:
        return "<img" not in self.html

    @property
    def pictures(self) -> SafeString:
        """The pictures of a figure, which stand before its caption."""
        return mark_safe("".join(_PICTURES.findall(self.html)))  # noqa: S308 - sanitised at import

    @property
    def caption(self) -> SafeString:
        """A figure's words without its pictures."""
        return mark_safe(_PICTURES.sub("", self.html))  # noqa: S308 - sanitised at import


@dataclass(slots=True)
class Group:
    """Rows that stand together: the items of one list, one stretch of boilerplate, or one block."""

    kind: str  # "list", "boilerplate" or ""
    rows: list[Row]

    @property
    def after(self) -> list[Card]:
        return self.rows[-1].after


@dataclass(slots=True)
class Section:
    """A line of the contents."""

    anchor: str
    title: str
    is_sub: bool
    unread: int = 0
    labels: list[Card] = field(default_factory=list)


@dataclass(slots=True)
class NoteRow:
    """A note of the essay, with the ids of the places that refer to it."""

    note: Note
    back: list[str]
    pictures: Mapping[str, ShownPicture] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return note_name(self.note.number)

    @property
    def html(self) -> SafeString:
        html = with_pictures(self.note.html, self.pictures)
        return mark_safe(html)  # noqa: S308 - sanitised when the essay was imported


@dataclass(slots=True)
class ReadingPage:
    """Everything that reading_detail.html shows of the text."""

    groups: list[Group]
    sections: list[Section]
    notes: list[NoteRow]
    at_end: list[Card]
    # What hung on blocks that are no longer in the text.
    orphaned: list[Card]
    altered: int
    tools: list[Card]
    aside: list[Card]
    bar: list[Card]
    words: int
    minutes_left: int
    threads: int
    continue_at: Row | None


def build_page(*, reading: Reading, membership: Membership, visit: Visit) -> ReadingPage:
    """Put the whole page together for one member."""
    blocks = list(Block.objects.filter(revision_id=reading.revision_id))
    notes = list(Note.objects.filter(revision_id=reading.revision_id))
    return lay_out(
        blocks=blocks,
        notes=notes,
        content=_content(reading, membership),
        visit=visit,
        pictures=pictures_of_reading(reading, [*blocks, *notes]),
    )


def pictures_of_reading(
    reading: Reading, parts: Iterable[Block | Note]
) -> Mapping[str, ShownPicture]:
    """The pictures that these blocks and notes of the reading's revision name."""

    def address(name: str) -> str:
        return reverse("reading_picture", args=[reading.seminar.slug, reading.slug, name])

    return shown_pictures(parts, Picture.objects.filter(revision_id=reading.revision_id), address)


def lay_out(
    *,
    blocks: Sequence[Block],
    notes: Iterable[Note],
    content: Content,
    visit: Visit,
    pictures: Mapping[str, ShownPicture] = NO_PICTURES,
) -> ReadingPage:
    """Put an essay's blocks and notes, and what lies over them, into the order of the page."""
    rows, references = _rows(blocks, content, pictures)
    shown = _without_title(rows)
    place = next((i for i, row in enumerate(shown) if row.block.key == visit.place), 0)
    words = [len(_WORD.findall(row.block.text)) for row in shown]
    return ReadingPage(
        groups=_groups(shown),
        sections=_sections(shown),
        notes=[NoteRow(note, references[note.number], pictures) for note in notes],
        at_end=sorted(content.at_end, key=lambda card: card.order),
        orphaned=_orphaned(content, {row.block.key for row in shown}),
        altered=len(content.altered),
        tools=content.tools,
        aside=content.aside,
        bar=content.bar,
        words=sum(words),
        minutes_left=round(sum(words[place:]) / WORDS_A_MINUTE),
        threads=sum(row.count for row in shown),
        continue_at=_continue_at(shown, place, visit),
    )


def lay_out_part(
    *,
    blocks: Sequence[Block],
    notes: Iterable[Note],
    content: Content,
    keys: Collection[str],
    pictures: Mapping[str, ShownPicture] = NO_PICTURES,
) -> tuple[list[Group], list[NoteRow]]:
    """Put the blocks with these keys, of all `blocks`, into the order of the page, with all notes.

    A note's `back` has the ids of every place that refers to it, in whatever part.
    """
    rows, references = _rows(blocks, content, pictures, only=frozenset(keys))
    return _groups(rows), [NoteRow(note, references[note.number], pictures) for note in notes]


def rows_of(*, reading: Reading, membership: Membership, keys: Collection[str]) -> list[Row]:
    """Return the rows of these blocks as the page shows them now, to replace them in it."""
    blocks = list(Block.objects.filter(revision_id=reading.revision_id))
    named = [block for block in blocks if block.key in keys]
    pictures = pictures_of_reading(reading, named)
    rows, _ = _rows(blocks, _content(reading, membership), pictures, only=frozenset(keys))
    return rows


def _content(reading: Reading, membership: Membership) -> Content:
    """Ask every layer, and join what they say."""
    segments = segments_of(Passage.objects.filter(reading=reading))
    whole = Content()
    for layer in registered_layers():
        one = layer.content(reading=reading, membership=membership, segments=segments)
        whole.marks += one.marks
        whole.beside += one.beside
        whole.after += one.after
        whole.at_end += one.at_end
        whole.tools += one.tools
        whole.aside += one.aside
        whole.bar += one.bar
        whole.altered |= one.altered
        for key, count in one.counts.items():
            whole.counts[key] = whole.counts.get(key, 0) + count
        for key, count in one.unread.items():
            whole.unread[key] = whole.unread.get(key, 0) + count
    return whole


def _rows(
    blocks: Sequence[Block],
    content: Content,
    pictures: Mapping[str, ShownPicture],
    only: frozenset[str] | None = None,
) -> tuple[list[Row], dict[str, list[str]]]:
    """Return a row for each block (or for `only` these), and the ids of the references by note."""
    marks = _by_block(content.marks)
    beside, after = _hung(content.beside), _hung(content.after)
    references: dict[str, list[str]] = defaultdict(list)
    heard: set[str] = set()
    rows = []
    for block in blocks:
        here = [_reference(ref, references) for ref in block.note_refs]
        if only is None or block.key in only:
            rows.append(
                Row(
                    block=block,
                    html=render_block(
                        with_pictures(block.html, pictures),
                        references=here,
                        marks=marks[block.key],
                        heard=heard,
                    ),
                    beside=beside[block.key],
                    after=after[block.key],
                    count=content.counts.get(block.key, 0),
                    unread=content.unread.get(block.key, 0),
                )
            )
        heard.update(mark.card for mark in marks[block.key])
    return rows, references


def _by_block(marks: Iterable[Mark]) -> defaultdict[str, list[Mark]]:
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.block_key].append(mark)
    return found


def _hung(cards: Iterable[Card]) -> defaultdict[str, list[Card]]:
    found: defaultdict[str, list[Card]] = defaultdict(list)
    for card in sorted(cards, key=lambda card: card.order):
        found[card.block_key].append(card)
    return found


def _reference(ref: dict[str, object], seen: dict[str, list[str]]) -> Reference:
    """Name this reference: `ref-7`, and `ref-7-2` where the essay refers to note 7 again."""
    number, offset = str(ref["number"]), ref["offset"]
    assert isinstance(offset, int)  # noqa: S101 - what the importer writes
    times = len(seen[number])
    name = f"ref-{note_name(number)}" + (f"-{times + 1}" if times else "")
    seen[number].append(name)
    return Reference(number=number, offset=offset, id=name)


def _without_title(rows: list[Row]) -> list[Row]:
    """The title opens the page as its h1; it does not stand in the text again."""
    if rows and rows[0].block.kind == "heading" and rows[0].block.level == 1:
        return rows[1:]
    return rows


def _groups(rows: Iterable[Row]) -> list[Group]:
    groups: list[Group] = []
    for row in rows:
        kind = _KINDS_IN_GROUPS.get(row.block.kind, "")
        # What stands after a block (a checkpoint) is no item of a list: the list ends before it.
        ended = not groups or groups[-1].kind != kind or groups[-1].rows[-1].after
        if ended or not kind:
            groups.append(Group(kind, []))
        groups[-1].rows.append(row)
    return groups


def _sections(rows: Iterable[Row]) -> list[Section]:
    sections: list[Section] = []
    for row in rows:
        if row.block.kind == "heading":
            sub = (row.block.level or 2) > 2
            sections.append(Section(row.anchor, row.block.text, sub))
        if sections:
            sections[-1].unread += row.unread
            sections[-1].labels += [card for card in row.after if card.label]
    return sections


def _orphaned(content: Content, shown: set[str]) -> list[Card]:
    """The cards whose block is not on the page: no words are lost silently."""
    orphaned = [card for card in [*content.beside, *content.after] if card.block_key not in shown]
    return sorted(orphaned, key=lambda card: card.order)


def _continue_at(rows: Sequence[Row], place: int, visit: Visit) -> Row | None:
    """The paragraph where the last visit stopped; none at the start, nor when all is read."""
    if not place or visit.progress >= 100:
        return None
    return next((row for row in rows[place:] if row.block.number), None)

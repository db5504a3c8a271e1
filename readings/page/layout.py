"""An essay's blocks and notes put into the order in which a page shows them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from documents.block_names import note_name
from readings.essays import NO_PICTURES, ShownPicture, with_pictures
from readings.models import Block, Note
from readings.page.layers import Card, Content, Mark
from readings.page.marks import Reference, render_block
from readings.page.revision_text import references_of

_KINDS_IN_GROUPS = {"list_item": "list", "boilerplate": "boilerplate"}


@dataclass(slots=True)
class BlockRow:
    """A block as a page shows it: its words with their marks, and the cards hung on it."""

    block: Block
    html: str
    beside: list[Card] = field(default_factory=list)
    after: list[Card] = field(default_factory=list)
    count: int = 0

    @property
    def anchor(self) -> str:
        return self.block.anchor

    @property
    def name(self) -> str:
        return name_of(self.block)


def name_of(block: Block) -> str:
    """What people call this block: “paragraph 12”, “this heading”."""
    if block.number:
        return f"paragraph {block.number}"
    return f"this {block.get_kind_display().lower()}"


@dataclass(slots=True)
class BlockGroup:
    """Rows that stand together: the items of one list, one stretch of boilerplate, or one block."""

    kind: str  # "list", "boilerplate" or ""
    rows: list[BlockRow]

    @property
    def after(self) -> list[Card]:
        return self.rows[-1].after


@dataclass(slots=True)
class NoteRow:
    """A note of the essay, with the ids of the places that refer to it."""

    note: Note
    back: Sequence[str]
    pictures: Mapping[str, ShownPicture] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return note_name(self.note.number)

    @property
    def html(self) -> SafeString:
        html = with_pictures(self.note.html, self.pictures)
        return mark_safe(html)  # noqa: S308 - sanitised when the essay was imported


@dataclass(slots=True)
class LaidOut:
    """The text of a page on which nobody talks."""

    groups: list[BlockGroup]
    notes: list[NoteRow]


def lay_out(
    *,
    blocks: Sequence[Block],
    notes: Iterable[Note],
    content: Content,
    keys: Collection[str] | None = None,
    pictures: Mapping[str, ShownPicture] = NO_PICTURES,
) -> LaidOut:
    """Put the blocks, or those with these keys, into the order of the page, with all notes.

    A note's `back` has the ids of every place that refers to it, in whatever part.
    """
    references, back = references_of(blocks)
    marks, beside, after = by_block(content.marks), hung(content.beside), hung(content.after)
    rows = [
        BlockRow(
            block=block,
            html=words_of(block, pictures, references.get(block.key, ()), marks[block.key]),
            beside=beside[block.key],
            after=after[block.key],
            count=content.counts.get(block.key, 0),
        )
        for block in blocks
        if keys is None or block.key in keys
    ]
    notes_shown = [NoteRow(note, back.get(note.number, ()), pictures) for note in notes]
    return LaidOut(groups_of(rows), notes_shown)


def words_of(
    block: Block,
    pictures: Mapping[str, ShownPicture],
    references: Sequence[Reference],
    marks: Sequence[Mark],
) -> str:
    """A block's own HTML, with its pictures' addresses, its references and marks."""
    html = with_pictures(block.html, pictures)
    return render_block(html, references=references, marks=marks)


def by_block(marks: Iterable[Mark]) -> defaultdict[str, list[Mark]]:
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.block_key].append(mark)
    return found


def hung(cards: Iterable[Card]) -> defaultdict[str, list[Card]]:
    """Return the cards of each block in their order."""
    found: defaultdict[str, list[Card]] = defaultdict(list)
    for card in sorted(cards, key=order_of):
        found[card.block_key].append(card)
    return found


def order_of(card: Card) -> tuple[int, int, int]:
    return card.order


def groups_of(rows: Iterable[BlockRow]) -> list[BlockGroup]:
    groups: list[BlockGroup] = []
    for row in rows:
        kind = group_kind(row.block)
        # What stands after a block (a checkpoint) is no item of a list: the list ends before it.
        ended = not groups or groups[-1].kind != kind or groups[-1].rows[-1].after
        if ended or not kind:
            groups.append(BlockGroup(kind, []))
        groups[-1].rows.append(row)
    return groups


def group_kind(block: Block) -> str:
    return _KINDS_IN_GROUPS.get(block.kind, "")

"""A document as read, with a person's edits made on it.

`apply` makes the edits one after the other on the document as the file gave it.
Nothing is changed in place, so that undoing is applying one edit fewer, and a
file that is read again (without a repair) gets the same edits once more.

**Keys.** A block keeps its key through every edit of its own: another kind, other
words, another place. A merged block has the key of the upper one. Of a split block
the first part keeps the key; the second gets a key made of that key and the place
of the cut (`s` and ten hexadecimal digits, with `-2`, `-3` … where it is taken), so
that the same edits give the same keys every time. An edit whose block is not there,
or no longer beside the block that the edit names, is not made: it is `lost`, and
said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256

from documents.document import BULLET, Document, DocumentBlock, DocumentNote, Metadata, NoteRef
from documents.editing import block_words as words
from documents.editing.block_words import HEADING_LEVELS, KINDS_OF_WORDS, LIST_LEVELS
from documents.editing.edits import (
    About,
    AddNote,
    BringBack,
    Describe,
    Drop,
    DropNote,
    Edit,
    Look,
    Merge,
    Move,
    Reword,
    RewordNote,
    SetKind,
    Split,
)
from documents.editing.open_warnings import own_warnings, warning_id
from documents.messages import Message
from documents.messages import gettext_lazy as _
from documents.numbering import NUMBERED
from documents.rich import joined

NOTE_NUMBER = re.compile(r"[^\s\[\]\\]{1,12}")


class CannotEdit(ValueError):
    """This edit cannot be made on this document; `message` says why, to a person."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Dropped:
    """A block that was taken out, and the key of the block in force above it ("" at the top)."""

    block: DocumentBlock
    below: str


@dataclass(frozen=True, slots=True)
class Edited:
    """`warning_ids` has, for each warning of the document, the name by which it is looked at."""

    document: Document
    dropped: tuple[Dropped, ...] = ()
    # Indices of the edits that could not be made.
    lost: tuple[int, ...] = ()
    warning_ids: tuple[str, ...] = ()
    looked_at: frozenset[str] = frozenset()

    def block(self, key: str) -> DocumentBlock | None:
        return next((block for block in self.document.blocks if block.key == key), None)

    def note(self, number: str) -> DocumentNote | None:
        return next((note for note in self.document.notes if note.number == number), None)

    @property
    def open_warnings(self) -> int:
        return sum(name not in self.looked_at for name in self.warning_ids)


def apply(document: Document, edits: Iterable[Edit]) -> Edited:
    """The document with the edits made on it, in their order; the same every time."""
    editor, lost = _made(document, edits)
    return editor.edited(lost)


def check(document: Document, edits: Iterable[Edit], edit: Edit) -> Edited:
    """The document with one more edit; raise CannotEdit, which says why, if it cannot be made."""
    editor, lost = _made(document, edits)
    editor.make(edit)
    return editor.edited(lost)


def _made(document: Document, edits: Iterable[Edit]) -> tuple[_DocumentEditor, tuple[int, ...]]:
    editor = _DocumentEditor(document)
    lost = []
    for index, edit in enumerate(edits):
        try:
            editor.make(edit)
        except CannotEdit:
            lost.append(index)
    return editor, tuple(lost)


@dataclass(slots=True)
class _BlockSlot:
    """A block at its place. One that is dropped keeps it, so that it can come back."""

    block: DocumentBlock
    dropped: bool = False


@dataclass(slots=True)
class _DocumentEditor:
    """Makes the edits, one after the other, on its own state of the document."""

    document: Document
    metadata: Metadata = field(init=False)
    slots: list[_BlockSlot] = field(init=False)
    notes: list[DocumentNote] = field(init=False)
    keys: set[str] = field(init=False)
    # Key of a block that was merged → key of the block that it is in.
    merged: dict[str, str] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.metadata = self.document.metadata
        self.slots = [_BlockSlot(block) for block in self.document.blocks]
        self.notes = list(self.document.notes)
        self.keys = {block.key for block in self.document.blocks}

    # --- Finding -------------------------------------------------------------------------------
    def slot(self, key: str) -> _BlockSlot:
        for slot in self.slots:
            if slot.block.key == key and not slot.dropped:
                return slot
        raise CannotEdit(_("This block is not there any more."))

    def standing(self) -> Iterator[_BlockSlot]:
        return (slot for slot in self.slots if not slot.dropped)

    def note_index(self, number: str) -> int:
        for index, note in enumerate(self.notes):
            if note.number == number:
                return index
        raise CannotEdit(_("There is no note %(number)s.", number=number))

    # --- Making --------------------------------------------------------------------------------
    def make(self, edit: Edit) -> None:  # noqa: C901 - one line for each kind of edit
        match edit:
            case SetKind():
                self.set_kind(edit)
            case Merge():
                self.merge(edit)
            case Split():
                self.split(edit)
            case Drop():
                self.slot(edit.block).dropped = True
            case BringBack():
                self.bring_back(edit)
            case Reword():
                self.reword(edit)
            case Move():
                self.move(edit)
            case Describe():
                self.describe(edit)
            case AddNote():
                self.add_note(edit)
            case RewordNote():
                self.notes[self.note_index(edit.number)] = words.note_of(edit.number, edit.words)
            case DropNote():
                self.drop_note(edit.number)
            case About():
                self.about(edit)
            case Look():
                (self.looked_at.add if edit.seen else self.looked_at.discard)(edit.warning)

    def set_kind(self, edit: SetKind) -> None:
        slot = self.slot(edit.block)
        block = slot.block
        level, marker = _level(edit), edit.marker[:12] if edit.kind == "list_item" else ""
        if edit.kind not in KINDS_OF_WORDS and edit.kind != block.kind:
            raise CannotEdit(_("A block cannot be made into this kind."))
        if block.kind == "rule" and edit.kind != "rule":
            raise CannotEdit(_("A line across the page has no words: it can be dropped or moved."))
        if block.kind == edit.kind:
            slot.block = replace(block, level=level, marker=marker)
            return
        rich = words.rich_of(block)
        if edit.kind == "verse":
            rich = words.broken_into_lines(rich)
        elif block.kind in {"verse", "code"}:
            rich = rich.without("br")
        made = replace(block, kind=edit.kind, level=level, marker=marker)
        slot.block = words.written(made, words.fitted(rich, edit.kind))

    def merge(self, edit: Merge) -> None:
        lower = self.slot(edit.block)
        standing = list(self.standing())
        at = standing.index(lower)
        if at == 0 or standing[at - 1].block.key != edit.above:
            raise CannotEdit(_("The block above is another one now."))
        upper = standing[at - 1]
        for block in (upper.block, lower.block):
            if block.kind in {"table", "rule"}:
                raise CannotEdit(_("Tables and lines across the page cannot be merged."))
        parts = [
            words.fitted(words.rich_of(slot.block), upper.block.kind) for slot in (upper, lower)
        ]
        glue = words.glue(upper.block.kind, *(part.text for part in parts))
        upper.block = words.written(upper.block, joined(parts, glue))
        self.merged[edit.block] = upper.block.key
        self.slots.remove(lower)

    def split(self, edit: Split) -> None:
        slot = self.slot(edit.block)
        block = slot.block
        if block.kind in {"table", "rule"}:
            raise CannotEdit(_("Tables and lines across the page cannot be split."))
        rich = words.rich_of(block)
        if not (rich.text[: edit.offset].strip() and rich.text[edit.offset :].strip()):
            raise CannotEdit(_("Choose a place between two words: each part needs some."))
        first, second = (words.fitted(part, block.kind) for part in words.cut(rich, edit.offset))
        kind = "paragraph" if block.kind in {"heading", "figure"} else block.kind
        level = block.level if kind == "list_item" else None
        marker = BULLET if block.marker == BULLET else ""
        slot.block = words.written(block, first)
        key = self.new_key(f"{block.key}\n{edit.offset}")
        below = words.written(DocumentBlock(kind, level, None, "", "", (), key, marker), second)
        self.slots.insert(self.slots.index(slot) + 1, _BlockSlot(below))

    def new_key(self, seed: str) -> str:
        key = first = f"s{sha256(seed.encode()).hexdigest()[:10]}"
        count = 1
        while key in self.keys:
            count += 1
            key = f"{first}-{count}"
        self.keys.add(key)
        return key

    def bring_back(self, edit: BringBack) -> None:
        for slot in self.slots:
            if slot.block.key == edit.block and slot.dropped:
                slot.dropped = False
                return
        raise CannotEdit(_("This block was not dropped."))

    def reword(self, edit: Reword) -> None:
        slot = self.slot(edit.block)
        block = slot.block
        if block.kind in {"table", "rule"}:
            raise CannotEdit(_("The words of a table cannot be edited here."))
        rich = words.typed(block, edit.words)
        known = {note.number for note in self.notes}
        if unknown := [ref.number for ref in rich.refs if ref.number not in known]:
            raise CannotEdit(
                _("There is no note %(number)s. Add the note first.", number=unknown[0])
            )
        new = words.written(block, words.fitted(rich, block.kind))
        if not new.text and "<img" not in new.html:
            raise CannotEdit(_("There are no words left. Drop the block if it is to go."))
        slot.block = new

    def move(self, edit: Move) -> None:
        slot = self.slot(edit.block)
        if edit.after == edit.block:
            raise CannotEdit(_("A block cannot stand after itself."))
        target = self.slot(edit.after) if edit.after else None
        self.slots.remove(slot)
        self.slots.insert(self.slots.index(target) + 1 if target else 0, slot)

    def describe(self, edit: Describe) -> None:
        slot = self.slot(edit.block)
        try:
            slot.block = words.described(slot.block, edit.picture, edit.alt)
        except IndexError:
            raise CannotEdit(_("This picture is not there any more.")) from None

    # --- Notes ---------------------------------------------------------------------------------
    def add_note(self, edit: AddNote) -> None:
        slot = self.slot(edit.block)
        block = slot.block
        if not NOTE_NUMBER.fullmatch(edit.number):
            raise CannotEdit(_("Number the note with up to 12 letters, figures or signs."))
        if any(note.number == edit.number for note in self.notes):
            raise CannotEdit(_("There is a note %(number)s already.", number=edit.number))
        if not block.text or not 0 <= edit.offset <= len(block.text):
            raise CannotEdit(_("There is no such place in this block."))
        refs = [*block.note_refs, NoteRef(edit.number, edit.offset)]
        refs.sort(key=lambda ref: ref.offset)
        note = words.note_of(edit.number, edit.words)
        slot.block = replace(block, note_refs=tuple(refs))
        earlier = self._referred_before(edit.number)
        last = max((n for n, one in enumerate(self.notes) if one.number in earlier), default=-1)
        self.notes.insert(last + 1 if earlier else 0, note)

    def _referred_before(self, number: str) -> set[str]:
        """The notes to which the text refers before it refers to this one."""
        seen: set[str] = set()
        for slot in self.standing():
            for ref in slot.block.note_refs:
                if ref.number == number:
                    return seen
                seen.add(ref.number)
        return seen

    def drop_note(self, number: str) -> None:
        del self.notes[self.note_index(number)]
        for slot in self.slots:
            refs = tuple(ref for ref in slot.block.note_refs if ref.number != number)
            if len(refs) < len(slot.block.note_refs):
                slot.block = replace(slot.block, note_refs=refs)

    def about(self, edit: About) -> None:
        if not set(edit.changes) <= {one.name for one in fields(Metadata)}:
            raise CannotEdit(_("This is not known of an essay."))
        changes = dict(edit.changes)
        if "authors" in changes:
            changes["authors"] = tuple(changes["authors"])
        self.metadata = replace(self.metadata, **changes)

    # --- The result ----------------------------------------------------------------------------
    def edited(self, lost: tuple[int, ...]) -> Edited:
        blocks: list[DocumentBlock] = []
        dropped: list[Dropped] = []
        count = 0
        for slot in self.slots:
            if slot.dropped:
                dropped.append(Dropped(slot.block, blocks[-1].key if blocks else ""))
                continue
            count += slot.block.kind in NUMBERED
            number = count if slot.block.kind in NUMBERED else None
            same = slot.block.number == number
            blocks.append(slot.block if same else replace(slot.block, number=number))
        places = {block.key: index for index, block in enumerate(blocks)}
        before = [block.key for block in self.document.blocks]

        def place(index: int | None) -> int | None:
            key = before[index] if index is not None else ""
            while key in self.merged:
                key = self.merged[key]
            return places.get(key)

        gone = {one.block.key for one in dropped}
        repairs = (replace(repair, block=place(repair.block)) for repair in self.document.repairs)
        found = [
            (
                warning_id(
                    one.code, before[one.block] if one.block is not None else "", str(one.message)
                ),
                replace(one, block=place(one.block)),
            )
            for one in self.document.warnings
            if one.block is None or before[one.block] not in gone
        ]
        found += own_warnings(self.document, blocks, self.notes, self.metadata)
        return Edited(
            document=replace(
                self.document,
                metadata=self.metadata,
                blocks=tuple(blocks),
                notes=tuple(self.notes),
                repairs=tuple(repairs),
                warnings=tuple(one for _, one in found),
            ),
            dropped=tuple(dropped),
            lost=lost,
            warning_ids=tuple(name for name, _ in found),
            looked_at=frozenset(self.looked_at),
        )


def _level(edit: SetKind) -> int | None:
    """The level that a block of this kind has; raise CannotEdit where it is out of range."""
    levels = {"heading": HEADING_LEVELS, "list_item": LIST_LEVELS}.get(edit.kind)
    if levels is None:
        return None
    if edit.level not in levels:
        raise CannotEdit(
            _("Choose a level from %(first)s to %(last)s.", first=levels[0], last=levels[-1])
        )
    return edit.level

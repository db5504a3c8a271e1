"""What changed between two revisions of a text, as a page shows it: section by section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import Pair, WordChange, word_diff
from readings.models import Block, Note
from readings.revisions.outcomes import TextChange

# Changes shown at once; of more, one section at a time.
ON_ONE_PAGE = 60
NAMES = {
    "changed": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "added": gettext_lazy("New"),
    "removed": gettext_lazy("Taken out"),
    "split": gettext_lazy("Parted"),
    "merged": gettext_lazy("Joined"),
    "form": gettext_lazy("Set otherwise"),
    "unchanged": "",
}


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """A block that changed, or a run of `blocks` that did not."""

    change: str  # a key of NAMES
    before: str = ""  # its place in the old text, like “¶ 4”
    now: str = ""
    words: Sequence[WordChange] = ()
    blocks: int = 0

    @property
    def name(self) -> str:
        return str(NAMES[self.change])


@dataclass(slots=True)
class ChangedSection:
    """What stands under one heading; `pairs` are those of the alignment."""

    number: int
    title: str
    pairs: list[Pair] = field(default_factory=list)
    changes: int = 0
    items: list[ChangedBlock] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TextChanges:
    """What revision_changes.html shows of the text."""

    sections: list[ChangedSection]
    notes: list[ChangedBlock]
    # Of a long text, the one section that is shown; None where all are.
    chosen: ChangedSection | None

    @property
    def shown(self) -> list[ChangedSection]:
        return [self.chosen] if self.chosen else self.sections

    @property
    def changes(self) -> int:
        return sum(section.changes for section in self.sections) + len(self.notes)


def text_changes(
    change: TextChange,
    *,
    old_notes: Sequence[Note],
    new_notes: Sequence[Note],
    section: int | None = None,
) -> TextChanges:
    """Put together what changed; `section` chooses one of a long text by its number."""
    sections = list(_sections(change))
    notes = list(_notes(old_notes, new_notes))
    chosen = None
    if sum(one.changes for one in sections) > ON_ONE_PAGE:
        with_changes = [one for one in sections if one.changes]
        chosen = next((one for one in with_changes if one.number == section), with_changes[0])
    for one in [chosen] if chosen else sections:
        one.items = list(_items(one.pairs, change))
    return TextChanges(sections, notes, chosen)


def _sections(change: TextChange) -> Iterator[ChangedSection]:
    """Cut the pairs at the headings of the new text."""
    section = ChangedSection(0, "")
    for pair in change.alignment.pairs:
        block = change.new[pair.new] if pair.new is not None else None
        if block and block.kind == "heading" and pair.change not in {"merged", "split"}:
            if section.pairs:
                yield section
            section = ChangedSection(section.number + 1, block.text)
        section.pairs.append(pair)
        section.changes += _kind_of(pair, change) != "unchanged"
    if section.pairs:
        yield section


def _kind_of(pair: Pair, change: TextChange) -> str:
    """What happened to a block; what only looks otherwise (emphasis, its kind) is “form”."""
    if pair.change not in {"same", "changed"} or pair.old is None or pair.new is None:
        return pair.change
    old, new = change.old[pair.old], change.new[pair.new]
    if old.text != new.text:
        return "changed"
    return "unchanged" if _form(old) == _form(new) else "form"


def _form(block: Block) -> tuple[str, int | None, str]:
    return block.kind, block.level, block.html


def _items(pairs: Sequence[Pair], change: TextChange) -> Iterator[ChangedBlock]:
    unchanged = 0
    for pair in pairs:
        kind = _kind_of(pair, change)
        if kind == "unchanged":
            # A heading stands above its section anyway.
            is_heading = pair.new is not None and change.new[pair.new].kind == "heading"
            unchanged += not is_heading
            continue
        if unchanged:
            yield ChangedBlock("unchanged", blocks=unchanged)
            unchanged = 0
        yield _item(kind, pair, change)
    if unchanged:
        yield ChangedBlock("unchanged", blocks=unchanged)


def _item(kind: str, pair: Pair, change: TextChange) -> ChangedBlock:
    old = change.old[pair.old] if pair.old is not None else None
    new = change.new[pair.new] if pair.new is not None else None
    before, now = block_label(old), block_label(new)
    if old is None or new is None:
        text = (old or new or Block()).text
        words = [WordChange("removed" if new is None else "added", text)] if text else []
    elif kind in {"split", "merged"}:
        # Half of a paragraph set against the whole would look like a loss.
        words = [WordChange("same", new.text if kind == "split" else old.text)]
    elif kind == "form":
        words = [WordChange("same", new.text)]
        if old.kind != new.kind or old.level != new.level:
            before, now = _kind_and_level(old), _kind_and_level(new)
    else:
        words = word_diff(old.text, new.text)
    return ChangedBlock(kind, before, now, words)


def _notes(old: Sequence[Note], new: Sequence[Note]) -> Iterator[ChangedBlock]:
    before = {note.number: note for note in old}
    after = {note.number: note for note in new}
    for number in dict.fromkeys([*after, *before]):
        first, second = before.get(number), after.get(number)
        name = _("Note %s") % number
        if first is None and second:
            yield ChangedBlock("added", "", name, [WordChange("added", second.text)])
        elif second is None and first:
            yield ChangedBlock("removed", name, "", [WordChange("removed", first.text)])
        elif first and second and first.text != second.text:
            words = word_diff(first.text, second.text)
            yield ChangedBlock("changed", name, name, words)


def block_label(block: Block | None) -> str:
    """What people call a block's place: “¶ 4”, “Heading”."""
    return block.label if block else ""


def _kind_and_level(block: Block) -> str:
    kind = str(block.get_kind_display()).lower()
    if not block.level:
        return kind
    return _("%(kind)s of level %(level)d") % {"kind": kind, "level": block.level}

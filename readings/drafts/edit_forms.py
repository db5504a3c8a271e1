"""What a person sends from the preview, as an edit."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import DocumentBlock, Metadata
from documents.editing import (
    KINDS_OF_WORDS,
    About,
    AddNote,
    BringBack,
    Describe,
    Drop,
    DropNote,
    Edit,
    Edited,
    Look,
    Merge,
    Move,
    Reword,
    RewordNote,
    SetKind,
    Split,
)
from readings.drafts.forms import MetadataForm
from readings.essays import essay_fields
from readings.models import BlockKind, Essay

MOST_WORDS = 2_000_000  # characters: a paragraph of a megabyte can still be put right
_FIELD_OF = {
    "reword": "words",
    "split": "begins",
    "kind": "level",
    "describe": "alt",
    "add_note": "number",
    "reword_note": "words",
}


class DraftEditForm(forms.Form):
    """One edit: `edit` is its name, or name and target (`drop:b12ab…`, `look:no_language`)."""

    edit = forms.CharField(max_length=120)
    version = forms.CharField(max_length=80)
    block = forms.CharField(required=False, max_length=24)
    kind = forms.ChoiceField(
        required=False, choices=[(one, BlockKind(one).label) for one in KINDS_OF_WORDS]
    )
    level = forms.IntegerField(required=False)
    marker = forms.CharField(required=False, max_length=12)
    words = forms.CharField(required=False, strip=False, max_length=MOST_WORDS)
    at = forms.IntegerField(required=False)
    begins = forms.CharField(required=False, max_length=500)
    picture = forms.IntegerField(required=False)
    alt = forms.CharField(required=False, max_length=2_000)
    number = forms.CharField(required=False, max_length=12)

    def __init__(self, data: Any, *, edited: Edited) -> None:
        super().__init__(data)
        self.edited = edited
        self.made: Edit | None = None

    @property
    def name(self) -> str:
        return str(self.data.get("edit", "")).partition(":")[0]

    @property
    def target(self) -> str:
        """The key of the block, the number of the note, or the name of the warning."""
        return str(self.data.get("edit", "")).partition(":")[2] or str(self.data.get("block", ""))

    def refuse(self, message: str) -> None:
        self.add_error(_FIELD_OF.get(self.name), message)

    def clean(self) -> dict[str, Any]:
        build = _BUILDERS.get(self.name)
        if build is None:
            raise forms.ValidationError(_("Choose what to do with this block."))
        if not self.errors:
            self.made = build(self)
        return self.cleaned_data

    # --- One for each kind of edit ---------------------------------------------------------------
    def _kind(self) -> Edit:
        kind, level = self.cleaned_data["kind"], self.cleaned_data["level"]
        marker = self.cleaned_data["marker"] if kind == "list_item" else ""
        if kind not in {"heading", "list_item"}:
            level = None
        elif level is None:
            level = 2 if kind == "heading" else 1
        return SetKind(self.target, kind or "paragraph", level, marker)

    def _merge(self) -> Edit:
        above = self._at(-1)
        if above is None:
            raise forms.ValidationError(_("No block stands above this one."))
        return Merge(self.target, above.key)

    def _split(self) -> Edit:
        block = self.edited.block(self.target)
        begins = " ".join(self.cleaned_data["begins"].split())
        if block is None or not begins:
            if self.cleaned_data["at"] is None:
                message = _("Choose a place, or write the words with which the new block begins.")
                raise forms.ValidationError({"begins": message})
            return Split(self.target, self.cleaned_data["at"])
        return Split(self.target, self._words_in(block, begins)[0])

    def _drop(self) -> Edit:
        return Drop(self.target)

    def _bring_back(self) -> Edit:
        return BringBack(self.target)

    def _reword(self) -> Edit:
        return Reword(self.target, self.cleaned_data["words"])

    def _move_up(self) -> Edit:
        above = self._at(-1)
        if above is None or (above.kind == "heading" and above.level == 1 and not self._at(-2)):
            raise forms.ValidationError(_("This block is the first already."))
        before = self._at(-2)
        return Move(self.target, before.key if before else "")

    def _move_down(self) -> Edit:
        below = self._at(1)
        if below is None:
            raise forms.ValidationError(_("This block is the last already."))
        return Move(self.target, below.key)

    def _describe(self) -> Edit:
        return Describe(self.target, self.cleaned_data["picture"] or 0, self.cleaned_data["alt"])

    def _add_note(self) -> Edit:
        block = self.edited.block(self.target)
        at = len(block.text) if block else 0
        after = " ".join(self.cleaned_data["begins"].split())
        if block and after:
            at = self._words_in(block, after)[1]
        words, number = self.cleaned_data["words"].strip(), self.cleaned_data["number"]
        if not words or not number:
            name = "number" if words else "words"
            raise forms.ValidationError({name: _("A note needs a number and words.")})
        return AddNote(number, words, self.target, at)

    def _reword_note(self) -> Edit:
        if not self.cleaned_data["words"].strip():
            raise forms.ValidationError({"words": _("Write something, or drop the note.")})
        return RewordNote(self.target, self.cleaned_data["words"])

    def _drop_note(self) -> Edit:
        return DropNote(self.target)

    def _look(self) -> Edit:
        return Look(self.target)

    def _unlook(self) -> Edit:
        return Look(self.target, seen=False)

    def _words_in(self, block: DocumentBlock, words: str) -> tuple[int, int]:
        """Where these words begin and end in the block, if they stand there once."""
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = [(one.start(), one.end()) for one in re.finditer(pattern, block.text)]
        if len(found) != 1:
            message = _("These words are not in this block. Write some more of them.")
            if found:
                message = ngettext(
                    "These words stand here %(count)d time. Write some more of them.",
                    "These words stand here %(count)d times. Write some more of them.",
                    len(found),
                ) % {"count": len(found)}
            raise forms.ValidationError({"begins": message})
        return found[0]

    def _at(self, step: int) -> DocumentBlock | None:
        """The block so many places below this one (above, where it is negative)."""
        blocks = self.edited.document.blocks
        at = next((n for n, one in enumerate(blocks) if one.key == self.target), None)
        if at is None:
            raise forms.ValidationError(_("This block is not there any more."))
        return blocks[at + step] if 0 <= at + step < len(blocks) else None


class AboutForm(MetadataForm):
    """What is known about the essay; without `data`, what is known now, checked all the same."""

    def __init__(self, data: Any, *, metadata: Metadata, bound: bool = True) -> None:
        self.now = essay_fields(metadata)
        if data is None and bound:
            data = self.now | {"authors": "\n".join(metadata.authors)}
        super().__init__(data, instance=Essay(**self.now), found=metadata)

    def refuse(self, message: str) -> None:
        self.add_error(None, message)

    @property
    def made(self) -> Edit:
        """The edit: only what differs from what was known."""
        changes = {n: value for n, value in self.cleaned_data.items() if value != self.now[n]}
        return About(changes)


_BUILDERS: dict[str, Callable[[DraftEditForm], Edit]] = {
    "kind": DraftEditForm._kind,
    "merge": DraftEditForm._merge,
    "split": DraftEditForm._split,
    "drop": DraftEditForm._drop,
    "bring_back": DraftEditForm._bring_back,
    "reword": DraftEditForm._reword,
    "move_up": DraftEditForm._move_up,
    "move_down": DraftEditForm._move_down,
    "describe": DraftEditForm._describe,
    "add_note": DraftEditForm._add_note,
    "reword_note": DraftEditForm._reword_note,
    "drop_note": DraftEditForm._drop_note,
    "look": DraftEditForm._look,
    "unlook": DraftEditForm._unlook,
}

"""What the pages of a draft's blocks, notes and changes show."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents import DocumentBlock
from documents.block_names import note_name, paragraph_label
from documents.editing import Edited, pictures_of, plain_note, plain_words
from documents.whole_number import whole_number
from readings.drafts.edit_forms import DraftEditForm
from readings.drafts.edit_log import edited, version_of
from readings.drafts.edit_words import name_of
from readings.drafts.preview import part_of, url_of
from readings.models import BlockKind, Draft
from seminars.http import Request


def changed_meanwhile() -> str:
    """What is said to who edits a state that is not the last."""
    return _(
        "The essay was changed in another window. This is how it stands now; "
        "what you did last was not done."
    )


def revised_meanwhile() -> str:
    """What is said to who publishes a revision when somebody else has just published one."""
    return _(
        "Another revision of this essay was published while you had this page open. Nothing of "
        "yours is published yet, and nothing is lost. What is known about the essay now is beside "
        "each field where yours is different. Publish again to put yours in its place."
    )


# A place to split is offered before each sentence, as long as they can be looked over.
MOST_PLACES = 40


_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s*(?=\S)")


# --- The forms of a block and a note -------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SplitPlace:
    """A place where a block can be cut, with the words on both sides."""

    at: int
    before: str
    after: str


def block_context(
    request: Request,
    draft: Draft,
    key: str,
    *,
    form: DraftEditForm | None = None,
    why: str = "",
) -> dict[str, Any] | None:
    """Everything that _block_forms.html shows; None where the block is not there."""
    whole = edited(draft)
    block = whole.block(key)
    if block is None:
        return None
    chosen = whole_number(request.GET.get("at", ""), digits=8)
    sent = form.data if form else {}
    return {
        "draft": draft,
        "piece": block,
        "name": paragraph_label(block.number) or name_of(block),
        "single": (request.POST.get("asked") or request.GET.get("form", ""))
        if request.htmx
        else "",
        "part": request.POST.get("part") or request.GET.get("part") or part_of(whole, key),
        "version": version_of(draft),
        "metadata": whole.document.metadata,
        "back": url_of(draft, part_of(whole, key), key),
        "kinds": [kind for kind in BlockKind if kind not in {BlockKind.RULE, BlockKind.TABLE}],
        # What was chosen stays chosen when the form comes back.
        "chosen": {
            name: sent.get(name, getattr(block, name)) for name in ("kind", "level", "marker")
        },
        "has_words": block.kind not in {"rule", "table"},
        "words": sent.get("words", plain_words(block)),
        "note_words": sent.get("words", "") if sent.get("asked") == "note_here" else "",
        "number": sent.get("number") or _next_number(whole),
        "begins": sent.get("begins", ""),
        "places": split_places(block, chosen),
        "pictures": [
            {
                "index": n,
                "address": address,
                "alt": sent["alt"] if sent.get("picture") == str(n) and "alt" in sent else alt,
            }
            for n, (address, alt) in enumerate(pictures_of(block))
        ],
        "failed": form.name if form else "",
        "why": why,
        "now": plain_words(block) if form and why == changed_meanwhile() else "",
    }


def split_places(block: DocumentBlock, chosen: int | None = None) -> list[SplitPlace]:
    """The places before each sentence of a block, first the one that was `chosen` by hand."""
    text = block.text
    ends = [found.end() for found in _SENTENCE.finditer(text)][:MOST_PLACES]
    lines = [found.end() for found in re.finditer("\n", text)][:MOST_PLACES]
    places = [at for at in sorted({*ends, *lines}) if 0 < at < len(text)]
    if chosen is not None and 0 < chosen < len(text):
        places = [chosen, *(at for at in places if at != chosen)]
    return [SplitPlace(at, text[max(0, at - 30) : at], text[at : at + 40]) for at in places]


def _next_number(whole: Edited) -> str:
    numbers = [int(n.number) for n in whole.document.notes if n.number.isdecimal()]
    return str(max(numbers, default=0) + 1)


def note_context(
    request: Request,
    draft: Draft,
    name: str,
    *,
    form: DraftEditForm | None = None,
    why: str = "",
) -> dict[str, Any] | None:
    """Everything that _note_form.html shows; None where the note is not there."""
    whole = edited(draft)
    note = next((one for one in whole.document.notes if note_name(one.number) == name), None)
    if note is None:
        return None
    place = next(
        (b.key for b in whole.document.blocks if note.number in {r.number for r in b.note_refs}), ""
    )
    return {
        "draft": draft,
        "note": note,
        "version": version_of(draft),
        "part": request.POST.get("part") or request.GET.get("part") or part_of(whole, place) or 1,
        "back": url_of(draft, part_of(whole, place) or 1, place),
        "words": form.data.get("words", "") if form else plain_note(note),
        "why": why,
        "now": plain_note(note) if form and why == changed_meanwhile() else "",
    }


# --- What was changed ----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list of changes. `done` is how many are in force if one goes back to it."""

    says: str
    done: int
    is_undone: bool
    is_now: bool
    is_lost: bool


def steps_of(draft: Draft) -> list[Step]:
    """What was changed, newest first, and at the end the essay as it was read."""
    lost = set(edited(draft).lost)
    now = draft.edits_done
    steps = [
        Step(logged["says"], at, at > now, at == now, at - 1 in lost)
        for at, logged in enumerate(draft.edits, start=1)
    ]
    return [
        *reversed(steps),
        Step(_("As it was read"), 0, is_undone=False, is_now=now == 0, is_lost=False),
    ]

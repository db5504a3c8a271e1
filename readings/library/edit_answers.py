"""What the views of a preview answer: a page, the part of it that changed, or a form again."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from accounts.context import display
from readings.importing import Block
from readings.importing.editing.block_words import pictures_of, plain_note, plain_words
from readings.importing.editing.edited import Edited
from readings.importing.editing.edits import Edit, Look
from readings.library.edit_forms import AboutForm, EditForm
from readings.library.edit_log import edit_of, edited, version_of
from readings.library.edit_words import block_of, name_of
from readings.library.preview import part_of, preview_of, url_of
from readings.models import BlockKind, ImportState, Reading, Revision
from readings.rendering import note_name
from seminars.http import Request

GONE = "This import was published already."
CHANGED = (
    "The essay was changed in another window. This is how it stands now; "
    "what you did last was not done."
)
# A place to split is offered before each sentence, as long as they can be looked over.
MOST_PLACES = 40
_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"'”’»)\]]*\s*(?=\S)")


def elsewhere(request: Request, draft: Revision) -> HttpResponse | None:
    """Lead on from an import that is no draft to be edited: not read yet, or published."""
    if draft.published_at:
        return leave(request, "essay_detail", draft.essay_id)
    if draft.state != ImportState.READY:
        return leave(request, "import_progress", draft.pk)
    return None


def leave(request: Request, name: str, pk: int) -> HttpResponse:
    """Go to another page; from a form sent by htmx too, which would take it for a part of this."""
    answer = redirect(name, pk)
    by_htmx = request.htmx and request.method == "POST"
    return HttpResponseClientRedirect(answer.url) if by_htmx else answer


def show_preview(
    request: Request,
    draft: Revision,
    *,
    about: AboutForm | None = None,
    focus: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show a part of the essay; with `about`, the form that was refused.

    `typed` are words for a block that is not there any more: they are shown, not lost.
    """
    preview = preview_of(draft, page=1 if about else _page(request), focus=focus)
    form = about or AboutForm(None, metadata=preview.edited.document.metadata, bound=False)
    # Whoever reads without comments must still see what was repaired.
    shown = display(request)["display"] | {"annotations": "all", "text_only": False}
    context = {"preview": preview, "draft": draft, "form": form, "typed": typed, "display": shown}
    # Of an essay that is read already: whose seminars could move to the new text at once.
    context["readings"] = Reading.objects.of_essay(draft.essay, request.user)
    if about and status == 200:
        status = 422
    return render(request, "readings/import_preview.html", context, status=status)


def sent_form(request: Request, draft: Revision) -> EditForm | AboutForm:
    whole = edited(draft)
    if request.POST.get("edit") == "about":
        return AboutForm(request.POST, metadata=whole.document.metadata)
    return EditForm(request.POST, edited=whole)


def edit_made(
    request: Request, draft: Revision, edit: Edit | None, said: str, since: int | None = None
) -> HttpResponse:
    """Show what an edit has changed; `since` is how many were in force before undo or redo."""
    if since is not None and since != draft.edits_done:
        edit = edit_of(draft.edits[min(since, draft.edits_done)])
    said = said or "Nothing was changed"
    key = block_of(edit) if edit else ""
    whole = edited(draft)
    if key and whole.block(key) is None:
        key = _beside(whole, key)
    page = part_of(whole, key) or _page(request)
    if not request.htmx:
        messages.success(request, f"{said}.")
        return redirect(url_of(draft, page, key))
    if page != _page(request):
        messages.success(request, f"{said}.")
        return HttpResponse(headers={"HX-Redirect": url_of(draft, page, key)})
    takes_focus = since is None and not isinstance(edit, Look)
    return _changed(request, draft, said, page=page, key=key, takes_focus=takes_focus)


def edit_refused(request: Request, draft: Revision, form: EditForm | AboutForm) -> HttpResponse:
    """Say why an edit cannot be made, with all that was typed."""
    if isinstance(form, AboutForm):
        return show_preview(request, draft, about=form)
    why = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return _form_again(request, draft, form, why=why, status=422)


def edited_meanwhile(
    request: Request, draft: Revision, form: EditForm | AboutForm | None
) -> HttpResponse:
    """Tell that another window was first, show its state, and keep what was typed here."""
    if isinstance(form, AboutForm):
        form.add_error(None, CHANGED)
        return show_preview(request, draft, about=form, status=409)
    return _form_again(request, draft, form, why=CHANGED, status=409)


def _form_again(
    request: Request, draft: Revision, form: EditForm | None, *, why: str, status: int
) -> HttpResponse:
    context = None
    if form and request.POST.get("asked") == "note":
        context = note_context(request, draft, note_name(form.target), form=form, why=why)
        names = ("_note_form", "import_note")
    elif form and request.POST.get("asked"):
        context = block_context(request, draft, form.target, form=form, why=why)
        names = ("_block_forms", "import_block")
    if context:
        name = names[0] if request.htmx else names[1]
        return render(request, f"readings/{name}.html", context, status=status)
    if request.htmx:
        return _changed(request, draft, why, page=_page(request), status=status)
    messages.error(request, why)
    return show_preview(
        request, draft, typed=form.data.get("words", "") if form else "", status=status
    )


def _changed(
    request: Request,
    draft: Revision,
    said: str,
    *,
    page: int,
    key: str = "",
    takes_focus: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The part of the page that changed, and what to say."""
    preview = preview_of(draft, page=page, focus=key)
    context = {
        "preview": preview,
        "draft": draft,
        "said": said,
        "focus": key if takes_focus else "",
    }
    response = render(request, "readings/_preview_changed.html", context, status=status)
    count = preview.paragraphs
    told = f"{said.rstrip('.')}. {count} paragraph{'' if count == 1 else 's'}."
    events: dict[str, Any] = {"announce": told}
    if status == 200:
        events["edit-made"] = {"block": key}
    response.headers["HX-Trigger"] = json.dumps(events)
    return response


def _beside(whole: Edited, key: str) -> str:
    """The block in force above one that was dropped; none where it was the first."""
    below = next((one.below for one in whole.dropped if one.block.key == key), "")
    return below or next((block.key for block in whole.document.blocks), "")


def _page(request: Request) -> int:
    sent = request.POST.get("part") or request.GET.get("part") or ""
    return int(sent) if sent.isdecimal() and len(sent) < 6 else 1


# --- The forms of a block and a note -------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SplitPlace:
    """A place where a block can be cut, with the words on both sides."""

    at: int
    before: str
    after: str


def block_context(
    request: Request,
    draft: Revision,
    key: str,
    *,
    form: EditForm | None = None,
    why: str = "",
) -> dict[str, Any] | None:
    """Everything that _block_forms.html shows; None where the block is not there."""
    whole = edited(draft)
    block = whole.block(key)
    if block is None:
        return None
    at = request.GET.get("at", "")
    chosen = int(at) if at.isdecimal() and len(at) < 9 else None
    sent = form.data if form else {}
    return {
        "draft": draft,
        "piece": block,
        "name": f"¶ {block.number}" if block.number else name_of(block),
        "single": (request.POST.get("asked") or request.GET.get("form", ""))
        if request.htmx
        else "",
        "part": request.POST.get("part") or request.GET.get("part") or part_of(whole, key),
        "version": version_of(draft),
        "metadata": whole.document.metadata,
        "back": url_of(draft, part_of(whole, key), key),
        "kinds": [kind for kind in BlockKind if kind not in {BlockKind.RULE, BlockKind.TABLE}],
        "has_words": block.kind not in {"rule", "table"},
        "words": sent.get("words", plain_words(block)),
        "note_words": sent.get("words", "") if sent.get("asked") == "note_here" else "",
        "number": sent.get("number") or _next_number(whole),
        "begins": sent.get("begins", ""),
        "places": split_places(block, chosen),
        "pictures": [
            {"index": n, "address": address, "alt": alt}
            for n, (address, alt) in enumerate(pictures_of(block))
        ],
        "failed": form.name if form else "",
        "why": why,
        "now": plain_words(block) if form and why == CHANGED else "",
    }


def split_places(block: Block, chosen: int | None = None) -> list[SplitPlace]:
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
    draft: Revision,
    name: str,
    *,
    form: EditForm | None = None,
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
        "now": plain_note(note) if form and why == CHANGED else "",
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


def steps_of(draft: Revision) -> list[Step]:
    """What was changed, newest first, and at the end the essay as it was read."""
    lost = set(edited(draft).lost)
    now = draft.edits_done
    steps = [
        Step(logged["says"], at, at > now, at == now, at - 1 in lost)
        for at, logged in enumerate(draft.edits, start=1)
    ]
    return [
        *reversed(steps),
        Step("As it was read", 0, is_undone=False, is_now=now == 0, is_lost=False),
    ]

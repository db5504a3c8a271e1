"""Editing a draft in its preview: the edits, their history, the forms of a block and a note."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.idempotency import mark_of
from config.refusals import refuse, sent_fields, words_among
from documents.block_names import note_name
from documents.editing import CannotEdit, Edit, Edited, Look
from documents.whole_number import whole_number
from readings.drafts import edit_actions
from readings.drafts.edit_forms import AboutForm, DraftEditForm
from readings.drafts.edit_log import EditedMeanwhile, edit_of, edited, version_of
from readings.drafts.edit_pages import block_context, changed_meanwhile, note_context, steps_of
from readings.drafts.edit_words import block_of
from readings.drafts.http import get_import
from readings.drafts.preview import part_of, preview_of, url_of
from readings.drafts.preview_responses import elsewhere, leave, part_in, show_preview
from readings.essays import essay_fields, translated
from readings.models import Draft
from seminars.access import library_view
from seminars.edit_forms import tell_current
from seminars.http import Request


@library_view
@require_POST
def import_edits(request: Request, pk: int) -> HttpResponse:
    """Make one edit, and show what it has changed."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        return away
    sent = mark_of(request)
    if done := edit_actions.repeated_edit(draft=draft, sent=sent, by=request.user):
        return edit_made(request, draft, *done)
    form = sent_form(request, draft)
    if not form.is_valid() or form.made is None:
        return edit_refused(request, draft, form)
    try:
        said = record(request, draft, form.made, sent)
    except CannotEdit as why:
        form.refuse(translated(why.message))
        return edit_refused(request, draft, form)
    except EditedMeanwhile:
        return edited_meanwhile(request, draft, form)
    except edit_actions.NoDraft:
        return elsewhere(request, get_import(request, pk)) or leave(request, "import_preview", pk)
    return edit_made(request, draft, form.made, said)


@library_view
@require_http_methods(["GET", "POST"])
def import_history(request: Request, pk: int) -> HttpResponse:
    """List what was changed; on POST, put the first `done` of it in force: undo and redo."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        return away
    if request.method == "GET":
        context = {"draft": draft, "steps": steps_of(draft), "version": version_of(draft)}
        return render(request, "readings/import_history.html", context)
    done = whole_number(request.POST.get("done", ""), digits=8)
    done = draft.edits_done if done is None else done
    before, seen = draft.edits_done, request.POST.get("version", "")
    try:
        said = edit_actions.set_edits_done(draft=draft, done=done, seen=seen, by=request.user)
    except EditedMeanwhile:
        return edited_meanwhile(request, draft, None)
    except edit_actions.NoDraft:
        return elsewhere(request, get_import(request, pk)) or leave(request, "import_preview", pk)
    return edit_made(request, draft, None, said, since=before)


@library_view
@require_GET
def import_block(request: Request, pk: int, key: str) -> HttpResponse:
    """Show all that can be done with a block; by htmx, the one form that is asked for."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        return away
    context = block_context(request, draft, key)
    if context is None:
        raise Http404(_("This block is not there any more."))
    if request.htmx:
        return render(request, "readings/_block_forms.html", context)
    return render(request, "readings/import_block.html", context)


@library_view
@require_GET
def import_note(request: Request, pk: int, name: str) -> HttpResponse:
    """Show the words of a note, to edit them or drop it."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        return away
    context = note_context(request, draft, name)
    if context is None:
        raise Http404(_("This note is not there any more."))
    if request.htmx:
        return render(request, "readings/_note_form.html", context)
    return render(request, "readings/import_note.html", context)


def record(request: Request, draft: Draft, edit: Edit, sent: str) -> str:
    """Make the edit and return what it did; of two that send one form at once, both are told so."""
    seen = request.POST.get("version", "")
    try:
        return edit_actions.record_edit(
            draft=draft, edit=edit, seen=seen, sent=sent, by=request.user
        )
    except EditedMeanwhile:
        # `draft` is brought up to date.
        if done := edit_actions.repeated_edit(draft=draft, sent=sent, by=request.user):
            return done[1]
        raise


def sent_form(request: Request, draft: Draft) -> DraftEditForm | AboutForm:
    whole = edited(draft)
    if request.POST.get("edit") == "about":
        return AboutForm(request.POST, metadata=whole.document.metadata)
    return DraftEditForm(request.POST, edited=whole)


def edit_made(
    request: Request, draft: Draft, edit: Edit | None, said: str, since: int | None = None
) -> HttpResponse:
    """Show what an edit has changed; `since` is how many were in force before undo or redo."""
    if since is not None and since != draft.edits_done:
        edit = edit_of(draft.edits[min(since, draft.edits_done)])
    said = said or _("Nothing was changed")
    whole = edited(draft)
    key = block_of(edit, whole) if edit else ""
    if key and whole.block(key) is None:
        key = _beside(whole, key)
    page = part_of(whole, key) or part_in(request)
    if not request.htmx:
        messages.success(request, f"{said}.")
        return redirect(url_of(draft, page, key))
    if page != part_in(request):
        messages.success(request, f"{said}.")
        return HttpResponse(headers={"HX-Redirect": url_of(draft, page, key)})
    stepped = since is not None
    takes_focus = not stepped and not isinstance(edit, Look)
    return _changed(
        request, draft, said, page=page, key=key, takes_focus=takes_focus, stepped=stepped
    )


def edit_refused(request: Request, draft: Draft, form: DraftEditForm | AboutForm) -> HttpResponse:
    """Say why an edit cannot be made, with all that was typed."""
    if isinstance(form, AboutForm):
        return show_preview(request, draft, about=form)
    why = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return _form_again(request, draft, form, why=why, status=422)


def edited_meanwhile(
    request: Request, draft: Draft, form: DraftEditForm | AboutForm | None
) -> HttpResponse:
    """Tell that another window was first, show its state, and keep what was typed here."""
    if isinstance(form, AboutForm):
        form.add_error(None, changed_meanwhile())
        tell_current(form, essay_fields(edited(draft).document.metadata))
        return show_preview(request, draft, about=form, status=409)
    return _form_again(request, draft, form, why=changed_meanwhile(), status=409)


def _form_again(
    request: Request, draft: Draft, form: DraftEditForm | None, *, why: str, status: int
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
    if request.htmx and request.POST.get("asked"):
        # The form stays as it is, in its dialog: there is none to put in its place.
        gone = _("What this belongs to is not in the text any more.")
        return refuse(request, status, f"{why} {gone}", page="")
    if request.htmx:
        return _changed(request, draft, why, page=part_in(request), status=status)
    messages.error(request, why)
    typed = "\n\n".join(words for _name, words in words_among(sent_fields(request)))
    return show_preview(request, draft, typed=typed, status=status)


def _changed(
    request: Request,
    draft: Draft,
    said: str,
    *,
    page: int,
    key: str = "",
    takes_focus: bool = False,
    stepped: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The part of the page that changed, and what to say.

    After undo or redo (`stepped`) the focus stays on their buttons, and goes from a block to `key`.
    """
    preview = preview_of(draft, page=page, focus=key)
    context = {
        "preview": preview,
        "draft": draft,
        "said": said,
        "focus": key if takes_focus else "",
    }
    response = render(request, "readings/_preview_changed.html", context, status=status)
    count = preview.paragraphs
    paragraphs = ngettext("%(count)d paragraph.", "%(count)d paragraphs.", count)
    announcement = f"{said.rstrip('.')}. {paragraphs % {'count': count}}"
    events: dict[str, Any] = {"announce": announcement}
    if status == 200:
        events["edit-made"] = {"block": key, "stepped": stepped}
    response.headers["HX-Trigger"] = json.dumps(events)
    return response


def _beside(whole: Edited, key: str) -> str:
    """The block in force above one that was dropped; none where it was the first."""
    below = next((one.below for one in whole.dropped if one.block.key == key), "")
    return below or next((block.key for block in whole.document.blocks), "")

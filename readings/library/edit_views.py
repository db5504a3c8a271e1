"""Editing a draft in its preview: the edits, their history, the forms of a block and a note."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from readings.http import get_import
from readings.importing.editing.edited import CannotEdit
from readings.library import edit_actions
from readings.library.edit_answers import (
    block_context,
    edit_made,
    edit_refused,
    edited_meanwhile,
    elsewhere,
    leave,
    note_context,
    sent_form,
    steps_of,
)
from readings.library.edit_log import EditedMeanwhile, version_of
from seminars.access import library_view
from seminars.http import Request


@library_view
@require_POST
def import_edits(request: Request, pk: int) -> HttpResponse:
    """Make one edit, and show what it has changed."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        return away
    form = sent_form(request, draft)
    if not form.is_valid() or form.made is None:
        return edit_refused(request, draft, form)
    seen = request.POST.get("version", "")
    try:
        said = edit_actions.record_edit(revision=draft, edit=form.made, seen=seen, by=request.user)
    except CannotEdit as why:
        form.refuse(str(why))
        return edit_refused(request, draft, form)
    except EditedMeanwhile:
        return edited_meanwhile(request, draft, form)
    except edit_actions.NoDraft:
        return leave(request, "import_preview", pk)
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
    sent = request.POST.get("done", "")
    done = int(sent) if sent.isdecimal() and len(sent) < 9 else draft.edits_done
    before, seen = draft.edits_done, request.POST.get("version", "")
    try:
        said = edit_actions.set_edits_done(revision=draft, done=done, seen=seen, by=request.user)
    except EditedMeanwhile:
        return edited_meanwhile(request, draft, None)
    except edit_actions.NoDraft:
        return leave(request, "import_preview", pk)
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
        raise Http404("This block is not there any more.")
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
        raise Http404("This note is not there any more.")
    if request.htmx:
        return render(request, "readings/_note_form.html", context)
    return render(request, "readings/import_note.html", context)

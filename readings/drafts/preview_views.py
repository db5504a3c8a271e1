"""The preview of an import: looking at it, having the file read again, publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from documents import ImportRefused
from readings.drafts import actions
from readings.drafts.edit_forms import AboutForm
from readings.drafts.edit_log import edited
from readings.drafts.edit_pages import CHANGED
from readings.drafts.http import get_import
from readings.drafts.preview_responses import GONE, elsewhere, show_preview
from readings.essays import essay_fields
from readings.revisions import chosen_readings, published
from seminars.access import library_view
from seminars.http import Request


@library_view
@require_GET
def import_preview(request: Request, pk: int) -> HttpResponse:
    """Show the essay as it will stand, or the part of it that is asked for."""
    draft = get_import(request, pk)
    return elsewhere(request, draft) or show_preview(request, draft)


@library_view
@require_POST
def import_publication(request: Request, pk: int) -> HttpResponse:
    """Publish the draft, with what the person has written about the essay."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        messages.info(request, GONE)
        return away
    sent = request.POST if "title" in request.POST else None
    form = AboutForm(sent, metadata=edited(draft).document.metadata)
    if not form.is_valid():
        return show_preview(request, draft, about=form)
    try:
        actions.publish(
            revision=draft,
            metadata=form.cleaned_data,
            by=request.user,
            readings=chosen_readings(request),
            seen=request.POST.get("version"),
        )
        messages.success(request, f"“{form.cleaned_data['title']}” is in your library now.")
    except actions.EditedMeanwhile:
        messages.error(request, CHANGED)
        return redirect("import_preview", pk)
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return published(draft)


@library_view
@require_POST
def import_repairs(request: Request, pk: int) -> HttpResponse:
    """Have the file read again without a repair that is refused, or with one after all."""
    draft = get_import(request, pk)
    if away := elsewhere(request, draft):
        return away
    refused = [one["id"] for one in draft.document.get("refused", [])]
    accepted = request.POST.getlist("accept")
    wanted = [*refused, *request.POST.getlist("refuse")]
    known = essay_fields(edited(draft).document.metadata)
    try:
        actions.reread(
            revision=draft,
            refuse=[one for one in dict.fromkeys(wanted) if one not in accepted],
            metadata=known,
            by=request.user,
        )
        messages.info(request, "The file was read again; what you have changed was done again.")
    except ImportRefused as why:
        messages.error(request, f"{why.message} {why.advice}")
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return redirect("import_preview", pk)

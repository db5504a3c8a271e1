"""The preview of an import: looking at it, putting it right, publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.context import display
from readings.http import get_import
from readings.importing import ImportRefused, Metadata
from readings.library import actions
from readings.library.forms import MetadataForm
from readings.library.import_views import GONE
from readings.library.preview import preview_of
from readings.models import Revision
from seminars.access import library_view
from seminars.http import Request


@library_view
@require_http_methods(["GET", "POST"])
def import_preview(request: Request, pk: int) -> HttpResponse:
    """Show the essay as it will stand; on POST read the file again, without what is refused."""
    draft = get_import(request, pk)
    if draft.published_at:
        return redirect("essay_detail", draft.essay_id)
    form = _metadata_form(request, draft)
    if request.method == "POST" and form.is_valid():
        _reread(request, draft, form)
        return redirect("import_preview", pk)
    return _preview(request, draft, form)


@library_view
@require_POST
def import_publication(request: Request, pk: int) -> HttpResponse:
    """Publish the draft, with what the person has written about the essay."""
    draft = get_import(request, pk)
    form = _metadata_form(request, draft)
    if not form.is_valid():
        return _preview(request, draft, form)
    if set(request.POST.getlist("refuse")) != {one["id"] for one in draft.document["refused"]}:
        # What is published is what was seen: another reading is looked at first.
        _reread(request, draft, form)
        return redirect("import_preview", pk)
    try:
        actions.publish(revision=draft, metadata=form.cleaned_data, by=request.user)
        messages.success(request, f"“{form.cleaned_data['title']}” is in your library now.")
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return redirect("essay_detail", draft.essay_id)


def _metadata_form(request: Request, draft: Revision) -> MetadataForm:
    data = request.POST if request.method == "POST" else None
    return MetadataForm(
        data, instance=draft.essay, found=Metadata.from_json(draft.document["metadata"])
    )


def _reread(request: Request, draft: Revision, form: MetadataForm) -> None:
    refuse = request.POST.getlist("refuse")
    try:
        actions.reread(revision=draft, refuse=refuse, metadata=form.cleaned_data, by=request.user)
        messages.info(request, "The file was read again. Look at the essay once more.")
    except ImportRefused as refused:
        messages.error(request, f"{refused.message} {refused.advice}")
    except actions.AlreadyPublished:
        messages.info(request, GONE)


def _preview(request: Request, draft: Revision, form: MetadataForm) -> HttpResponse:
    # Whoever reads without comments must still see what was repaired.
    shown = display(request)["display"] | {"annotations": "all", "text_only": False}
    context = {
        "draft": draft,
        "form": form,
        "preview": preview_of(draft),
        "essay": draft.essay,
        "display": shown,
    }
    status = 422 if form.errors else 200
    return render(request, "readings/import_preview.html", context, status=status)

"""Importing an essay: the file goes in, and a draft can be thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from readings.http import get_import
from readings.importing import ImportRefused
from readings.library import actions, kept_uploads
from readings.library.forms import ImportForm
from readings.models import Revision
from seminars.access import library_view
from seminars.http import Request

GONE = "This import was published already."


@library_view
@require_http_methods(["GET", "POST"])
def import_create(request: Request) -> HttpResponse:
    """Take a file and read it; what cannot be read is said in place, and the file kept."""
    sent = request.method == "POST"
    form = ImportForm(
        request.POST if sent else None, request.FILES if sent else None, user=request.user
    )
    revision = _start_import(form, request) if sent and form.is_valid() else None
    if revision:
        return redirect("import_preview", revision.pk)
    status = 422 if form.errors else 200
    return render(request, "readings/import_create.html", {"form": form}, status=status)


def _start_import(form: ImportForm, request: Request) -> Revision | None:
    data, filename = form.content()
    try:
        revision = actions.start_import(data=data, filename=filename, by=request.user)
    except ImportRefused as refused:
        kept_uploads.keep(data=data, filename=filename, user=request.user)
        form.refuse(refused)
        return None
    kept_uploads.forget(user=request.user)
    return revision


@library_view
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    """Throw the draft away, with its file."""
    draft = get_import(request, pk)
    try:
        actions.discard(revision=draft, by=request.user)
        messages.success(request, f"The import of “{draft.essay.title}” is discarded.")
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return redirect("library")

"""Importing an essay: the file goes in, is read, and can be tried again or thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.idempotency import answered_once
from config.template_tags import quoted
from readings.drafts import actions
from readings.drafts.forms import ImportForm
from readings.drafts.http import get_import, get_import_state
from readings.drafts.progress import progress_of
from readings.essays import picture_response, translated_refusal
from readings.models import Draft, ImportState
from seminars.access import library_view
from seminars.http import Request

GONE = gettext_lazy("This import was published already.")


@answered_once
@library_view
@require_http_methods(["GET", "POST"])
def import_create(request: Request) -> HttpResponse:
    """Take a file, to be read in the background."""
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        draft = actions.start_import(**form.content(), by=request.user)
        return redirect("import_progress", draft.pk)
    refused = Draft.objects.unpublished_of(request.user).refused().without_text().first()
    context = {"form": form, "refused": refused}
    status = 422 if form.errors else 200
    return render(request, "readings/import_create.html", context, status=status)


@library_view
@require_GET
def import_progress(request: Request, pk: int) -> HttpResponse:
    """Tell how far the reading is, or why there is none; once it is done, go to the preview."""
    draft = get_import_state(request, pk)
    if draft.state == ImportState.READY:
        return _to_preview(request, draft)
    progress = progress_of(draft, seen=request.GET.get("seen", ""))
    context = {"draft": draft, "progress": progress}
    if not request.htmx:
        return render(request, "readings/import_progress.html", context)
    if progress.is_seen:
        return HttpResponse(status=204)
    return render(request, "readings/_import_progress.html", context)


def _to_preview(request: Request, draft: Draft) -> HttpResponse:
    if draft.refusal:
        # A file that was read before, and could not be read again.
        messages.error(request, translated_refusal(draft.refusal))
    answer = redirect("import_preview", draft.pk)
    return HttpResponseClientRedirect(answer.url) if request.htmx else answer


@library_view
@require_POST
def import_attempt(request: Request, pk: int) -> HttpResponse:
    """Have a file that was refused, or that nobody has taken up, read again."""
    draft = get_import_state(request, pk)
    actions.retry_import(draft=draft, by=request.user)
    return redirect("import_progress", pk)


@answered_once
@library_view
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    """Throw the draft away, with its file."""
    draft = get_import(request, pk)
    try:
        actions.discard(draft=draft, by=request.user)
        messages.success(request, _("The import of “%s” is discarded.") % quoted(draft.title))
    except actions.AlreadyPublished:
        messages.info(request, GONE)
    return redirect("library")


@library_view
@require_GET
def import_picture(request: Request, pk: int, name: str) -> HttpResponse:
    """Send a picture of an imported file to who imported it."""
    draft = get_import_state(request, pk)
    return picture_response(draft.revision or draft, name)

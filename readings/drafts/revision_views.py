"""Revisions of an essay, in the library: making one, what it changed, and taking it back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.idempotency import answered_once
from readings.drafts.actions import start_import
from readings.drafts.forms import ImportForm
from readings.drafts.text_edits import start_text_edit
from readings.essays import get_essay
from readings.models import Draft, Revision
from seminars.access import library_view
from seminars.http import Request
from seminars.permissions import can_change_essay


@answered_once
@library_view
@require_http_methods(["GET", "POST"])
def revision_create(request: Request, pk: int) -> HttpResponse:
    """Take a new file for an essay that is read already; it is read in the background."""
    essay = get_essay(request, pk)
    if not can_change_essay(request.user, essay):
        raise PermissionDenied(_("Only its owner, and whom they share it with, revise an essay."))
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        draft = start_import(**form.content(), by=request.user, essay=essay)
        return redirect("import_progress", draft.pk)
    drafts = Draft.objects.unpublished_of(request.user).for_essay(essay)
    context = {
        "essay": essay,
        "form": form,
        "drafts": drafts.for_library_page(),
        "next_number": Revision.objects.next_number(essay.pk),
    }
    status = 422 if form.errors else 200
    return render(request, "readings/revision_create.html", context, status=status)


@library_view
@require_POST
def essay_text(request: Request, pk: int) -> HttpResponse:
    """Begin a new revision with the text as it stands, to be edited in the preview."""
    draft = start_text_edit(essay=get_essay(request, pk), by=request.user)
    return redirect("import_preview", draft.pk)

"""Revisions of an essay, in the library: making one, what it changed, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from readings.http import get_essay
from readings.library.actions import start_import
from readings.library.forms import ImportForm
from readings.models import Reading, Revision
from readings.revisions import actions
from readings.revisions.http import changes_of, get_revision, section_in
from readings.revisions.publishing import next_number
from readings.revisions.text_edits import start_text_edit
from readings.revisions.withdrawal import what_withdrawing_does
from seminars.access import library_view
from seminars.http import Request
from seminars.permissions import can_withdraw_revision


@library_view
@require_http_methods(["GET", "POST"])
def revision_create(request: Request, pk: int) -> HttpResponse:
    """Take a new file for an essay that is read already; it is read in the background."""
    essay = get_essay(request, pk)
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        draft = start_import(**form.content(), by=request.user, essay=essay)
        return redirect("import_progress", draft.pk)
    drafts = Revision.objects.drafts_of(request.user).for_library_page()
    context = {
        "essay": essay,
        "form": form,
        "drafts": [draft for draft in drafts if draft.essay_id == essay.pk],
        "next_number": next_number(essay.pk),
    }
    status = 422 if form.errors else 200
    return render(request, "readings/revision_create.html", context, status=status)


@library_view
@require_POST
def essay_text(request: Request, pk: int) -> HttpResponse:
    """Begin a new revision with the text as it stands, to be edited in the preview."""
    draft = start_text_edit(essay=get_essay(request, pk), by=request.user)
    return redirect("import_preview", draft.pk)


@library_view
@require_GET
def revision_changes(request: Request, pk: int) -> HttpResponse:
    """Show what a revision changed in the text, and where its passages were carried to it."""
    revision = get_revision(request, pk)
    readings = Reading.objects.of_essay(revision.essay, request.user).with_fates()
    context = {
        "revision": revision,
        "essay": revision.essay,
        "changes": changes_of(revision, section=section_in(request)),
        "readings": readings,
        "can_withdraw": can_withdraw_revision(request.user, revision)
        and not actions.why_not_withdrawn(revision=revision, by=request.user),
    }
    return render(request, "readings/revision_changes.html", context)


@library_view
@require_http_methods(["GET", "POST"])
def revision_withdrawal(request: Request, pk: int) -> HttpResponse:
    """Say what taking a revision back would do, and do it."""
    revision = get_revision(request, pk)
    if request.method == "POST":
        try:
            actions.withdraw_revision(revision=revision, by=request.user)
        except actions.CannotWithdraw as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Revision {revision.number} is withdrawn.")
        return redirect("essay_detail", revision.essay_id)
    context = {
        "revision": revision,
        "essay": revision.essay,
        "refusal": actions.why_not_withdrawn(revision=revision, by=request.user),
        "may": can_withdraw_revision(request.user, revision),
        "effect": what_withdrawing_does(revision, request.user),
    }
    return render(request, "readings/revision_withdrawal.html", context)

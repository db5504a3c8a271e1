"""Revisions of an essay in the library: what one changed, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from readings.models import Reading
from readings.revisions import actions
from readings.revisions.http import changes_of, get_revision, section_in
from readings.revisions.withdrawal import withdrawal_effect
from seminars.access import library_view
from seminars.http import Request
from seminars.permissions import can_withdraw_revision


@library_view
@require_GET
def revision_changes(request: Request, pk: int) -> HttpResponse:
    """Show what a revision changed in the text, and where its passages were carried to it."""
    revision = get_revision(request, pk)
    readings = Reading.objects.of_essay(revision.essay, request.user).with_outcome_counts()
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
            messages.success(request, _("Revision %d is withdrawn.") % revision.number)
        return redirect("essay_detail", revision.essay_id)
    context = {
        "revision": revision,
        "essay": revision.essay,
        "refusal": actions.why_not_withdrawn(revision=revision, by=request.user),
        "may": can_withdraw_revision(request.user, revision),
        "effect": withdrawal_effect(revision, request.user),
    }
    return render(request, "readings/revision_withdrawal.html", context)

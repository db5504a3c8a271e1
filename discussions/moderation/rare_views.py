"""What an instructor does rarely: another's words put right, or deleted for good."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discussions.comments import comment_context, stale_answer
from discussions.common.errors import StaleComment
from discussions.common.http import get_comment
from discussions.moderation.rare_actions import edit_for_author, purge
from discussions.moderation.rare_forms import AmendmentForm, PurgeForm
from discussions.threads import place_of
from readings.page import get_reading_or_general
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_set_moderation)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_amendment(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Put another's words right: the difference stands in the history, and its author is told."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not permissions.can_edit_for(request.membership, comment):
        raise PermissionDenied(_("These words are not yours to change."))
    comment.edit_version = comment.version  # type: ignore[attr-defined]  # for the form
    form = AmendmentForm(request.POST if request.method == "POST" else None, row=comment)
    if form.is_valid():
        try:
            edit_for_author(comment=comment, by=request.membership, **form.cleaned_data)
        except StaleComment as stale:
            stale.current.edit_version = stale.current.version  # type: ignore[attr-defined]
            form.show_current(stale.current)
        else:
            messages.success(request, _("Changed. Its author is told, and the history shows what."))
            return redirect(place_of(comment))
    context = comment_context(request, comment) | {"form": form}
    return render(request, "discussions/comment_amendment.html", context, status=form.status)


@seminar_view(permissions.can_set_moderation)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_purge(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Delete what a removed comment said, for good, after saying what that means."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    # The form that deleted it may come once more, where its answer was lost.
    is_again = request.method == "POST" and comment.is_purged
    if not is_again and not permissions.can_purge(request.membership, comment):
        raise PermissionDenied(_("Only what was removed can be deleted for good."))
    initial = {"version": comment.version}
    form = PurgeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            purge(comment=comment, by=request.membership, **form.cleaned_data)
        except StaleComment as stale:
            return stale_answer(request, comment, stale, form)
        messages.success(request, _("Deleted for good. That it was stands in the log."))
        return redirect(reverse("decision_log", args=[request.seminar.slug]))
    context = comment_context(request, comment) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "discussions/comment_purge.html", context, status=status)

"""Reactions below a comment, and the settings in which they are named."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from database.versions import Stale
from discussions.comments import comment_context
from discussions.common.http import get_comment
from discussions.models import Comment
from discussions.reactions import actions
from discussions.reactions.forms import ReactionNamesForm
from discussions.reactions.reactors import reactors_of, why_unnamed
from discussions.threads import place_of, reactions_now, tell
from readings.page import get_reading_or_general, refuse_if_silent
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.reaction_kinds import ReactionKind, reaction_names


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def comment_reactions(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Who reacted; POST reacts by `react`, and `undo` takes the reaction of that kind back."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if request.method != "POST":
        return reactors_page(request, comment)
    refuse_if_silent(comment.thread.reading, request.membership)
    if not permissions.can_react(request.membership, comment):
        raise PermissionDenied(_("You cannot react to this comment."))
    added, removed = request.POST.get("react", ""), request.POST.get("undo", "")
    if added in ReactionKind.values:
        actions.react(comment=comment, kind=added, by=request.membership)
        return reaction_changed(request, comment, added, said=_("%(name)s: added"))
    if removed in ReactionKind.values:
        actions.undo_reaction(comment=comment, kind=removed, by=request.membership)
        return reaction_changed(request, comment, removed, said=_("%(name)s: taken back"))
    raise BadRequest(_("There is no such reaction."))


def reactors_page(request: SeminarRequest, comment: Comment) -> HttpResponse:
    """Answer with who reacted to a comment: a page, or what opens below it."""
    member = request.membership
    if not permissions.can_see_reactors(member, comment):
        raise PermissionDenied(_("Who reacted to this is not for you to see."))
    context = comment_context(request, comment)
    context["reactors"] = reactors_of(comment, member)
    unnamed = any(one.unnamed for one in context["reactors"])
    context["why_unnamed"] = why_unnamed(comment, member) if unnamed else ""
    name = "_reactors.html" if request.htmx else "comment_reactions.html"
    return render(request, f"discussions/{name}", context)


@seminar_view(permissions.can_edit_seminar)
@require_http_methods(["GET", "HEAD", "POST"])
def reaction_settings(request: SeminarRequest) -> HttpResponse:
    """How the seminar names its reactions, and which it does without."""
    seminar, member = request.seminar, request.membership
    form = ReactionNamesForm(request.POST if request.method == "POST" else None, row=seminar)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.name_reactions(seminar=seminar, names=form.names, by=member, version=version)
        except Stale as stale:
            form.show_current(stale.current)
        else:
            messages.success(request, _("The reactions are saved."))
            return redirect("reaction_settings", seminar.slug)
    context = {"form": form}
    return render(request, "discussions/reaction_settings.html", context, status=form.status)


def reaction_changed(
    request: SeminarRequest, comment: Comment, kind: str, *, said: str
) -> HttpResponse:
    """The comment's reactions as they are now; without htmx, the way to the comment."""
    names = reaction_names(request.seminar.reactions)
    told = said % {"name": names.get(kind, str(ReactionKind(kind).label))}
    if not request.htmx:
        messages.success(request, told)
        return redirect(place_of(comment))
    return tell(HttpResponse(reactions_now(request, comment, focused=kind)), told)

"""What the author of words can do about a decision: ask that staff look at it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discussions.comments import comment_context
from discussions.common.http import find_own_comment, get_comment, is_in_reach
from discussions.models import Comment
from discussions.moderation.case_actions import AlreadyAsked, ask_review
from discussions.moderation.forms import AppealForm
from discussions.threads import conversation_response
from readings.page import get_reading_or_general
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def comment_review(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Ask staff to look again at what they hid or removed of one's own words."""
    comment = find_own_comment(request, reading, pk)
    if comment is None:
        comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not permissions.can_ask_review(request.membership, comment):
        raise PermissionDenied(_("No decision about words of yours is to be looked at again."))
    form = AppealForm(request.POST if request.method == "POST" else None, auto_id=f"appeal-{pk}-%s")
    if form.is_valid():
        try:
            ask_review(comment=comment, by=request.membership, **form.cleaned_data)
        except AlreadyAsked as error:
            form.add_error(None, str(error))
        else:
            return review_asked(request, comment)
    context = comment_context(request, comment) | {"form": form}
    name = "_appeal_form.html" if request.htmx else "comment_review.html"
    status = 422 if form.errors else 200
    return render(request, f"discussions/{name}", context, status=status)


def review_asked(request: SeminarRequest, comment: Comment) -> HttpResponse:
    """The conversation with the comment; where its author reaches it no more, their notebook."""
    said = _("Staff will look at it again, and tell you.")
    if is_in_reach(request, comment.thread) and not comment.thread.withdrawn_at:
        if not request.htmx:
            messages.success(request, said)
        return conversation_response(request, comment.thread, said=said, at=comment)
    messages.success(request, said)
    place = f"{reverse('notebook', args=[request.seminar.slug])}#c{comment.pk}"
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": place})
    return redirect(place)

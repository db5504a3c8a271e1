"""Words as they would stand in a thread, before they are posted."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from discussions.comments.forms import CommentPreviewForm
from discussions.comments.rendering import is_wrapped
from discussions.common.citations import paragraphs_for, words_in
from discussions.common.http import get_comment, get_thread, number_in
from discussions.common.markdown import render as render_words
from discussions.common.mentions import find_mentioned
from discussions.models import Comment, Thread
from discussions.threads import readers_of
from readings.models import Reading
from readings.page import get_reading_or_general
from rendering.names import NOBODY, Names
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.pace import hold_preview_pace

# What a form of this page has of its own.
NOT_CARRIED = {"csrfmiddlewaretoken", "body"}


@dataclass(frozen=True, slots=True)
class Destination:
    """Where previewed words are to go: a new thread of the reading, a thread, or a comment."""

    reading: Reading
    thread: Thread | None = None
    comment: Comment | None = None

    def url(self, start: int | None) -> str:
        """The address that their form leads to; `start` is the comment that the page continued."""
        place = [self.reading.seminar.slug, self.reading.slug]
        if self.comment:
            return reverse("comment_revisions", args=[*place, self.comment.pk])
        if self.thread:
            address = reverse("comment_create", args=[*place, self.thread.pk])
            return f"{address}?from={start}" if start else address
        return reverse("thread_list", args=place)


@seminar_view(permissions.can_post)
@require_POST
def comment_preview(request: SeminarRequest, reading: str) -> HttpResponse:
    """Show words as they would stand; without htmx, with the form that posts them. Nothing of
    them is kept."""
    found = get_reading_or_general(request, reading)
    to = destination(request, found)
    form = CommentPreviewForm(request.POST)
    hold_preview_pace(request.membership)
    shown = SafeString()
    if form.is_valid():
        audience = request.POST.get("audience", "")
        shown = preview(form.cleaned_data["body"], to, audience=audience, by=request.membership)
    status = 200 if form.is_valid() else 422
    context = {"reading": found, "form": form, "shown": shown, "thread": to.thread}
    if request.htmx:
        return render(request, "discussions/_preview.html", context, status=status)
    context["action"] = to.url(number_in(request, "from"))
    context["carried"] = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_CARRIED
        for value in values
    ]
    return render(request, "discussions/comment_preview.html", context, status=status)


def destination(request: SeminarRequest, reading: Reading) -> Destination:
    """Return where the words are to go, as the address names it; 404 where it is out of reach."""
    comment, thread = number_in(request, "comment"), number_in(request, "thread")
    if comment is not None:
        found = get_comment(request, reading, comment)
        return Destination(reading, found.thread, found)
    return Destination(reading, get_thread(request, reading, thread) if thread else None)


def preview(body: str, to: Destination, *, audience: str, by: Membership) -> SafeString:
    """Return the words as they would be shown to `by`; an `audience` is that of a new thread."""
    names = NOBODY
    if to.thread is not None:
        names = find_mentioned(body, to.thread, by=by, warned=None).names
    elif "@" in body:
        names = Names(one.name for one in readers_of(to.reading, audience, by=by))
    rendered = render_words(
        body,
        is_wrapped=to.comment is not None and is_wrapped(to.comment),
        names=names,
        paragraphs=paragraphs_for(body, reading=to.reading.pk),
    )
    return words_in(to.reading, rendered)

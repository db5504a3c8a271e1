"""A thread pinned, watched, muted and tagged."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from discussions.common.http import get_thread
from discussions.models import SubscriptionLevel, Tag, Thread
from discussions.thread_marks import actions
from discussions.threads import conversation_response
from documents.whole_number import whole_number
from readings.page import get_reading_or_general, refuse_if_silent
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest

_NEWS = ("all_news", "news")
_LEVELS = {"": None, **{one.value: one for one in SubscriptionLevel}}


@seminar_view(permissions.can_post)
@require_POST
def thread_pin(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Pin a thread; with `undo=1`, pin it no more."""
    thread = get_thread(request, get_reading_or_general(request, reading), pk)
    undoing = request.POST.get("undo") == "1"
    act = actions.unpin if undoing else actions.pin
    act(thread=thread, by=request.membership)
    said = _("Pinned no more") if undoing else _("Thread pinned")
    return conversation_response(request, thread, said=said, pressed="pin")


@seminar_view()
@require_POST
def thread_subscription(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Watch a thread or mute it, as `level` says; with an empty one, neither.

    It leads back to the news of all seminars, or of this one, where `back` names them.
    """
    thread = get_thread(request, get_reading_or_general(request, reading), pk)
    asked = request.POST.get("level")
    if asked not in _LEVELS:
        raise BadRequest(_("A thread is watched, muted or neither."))
    actions.subscribe(thread=thread, level=_LEVELS[asked], by=request.membership)
    if request.POST.get("back") in _NEWS:
        return redirect(_news_after(request, thread, asked))
    told = {
        "": _("Neither watched nor muted"),
        SubscriptionLevel.WATCH: _("You watch this thread"),
        SubscriptionLevel.MUTE: _("Muted: nothing in this thread is new to you any more"),
    }
    pressed = request.POST.get("pressed", "")
    return conversation_response(request, thread, said=told[asked], pressed=pressed)


def _news_after(request: SeminarRequest, thread: Thread, level: str) -> str:
    """The page of news that a row was muted on; there it can be taken back."""
    back = request.POST["back"]
    page = reverse(back, args=[request.seminar.slug] if back == "news" else [])
    if level != SubscriptionLevel.MUTE:
        return page
    was = request.POST.get("was")
    kept = f"&was={was}" if was == SubscriptionLevel.WATCH else ""
    return f"{page}?muted={thread.pk}{kept}"


@seminar_view(permissions.can_post)
@require_POST
def thread_tags(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Put the tag `tag` on a thread; `undo` takes that one off."""
    thread = get_thread(request, get_reading_or_general(request, reading), pk)
    refuse_if_silent(thread.reading, request.membership)
    if not permissions.can_tag(request.membership, thread):
        raise PermissionDenied(_("Only who began a thread and staff can tag it."))
    added = whole_number(request.POST.get("tag", ""))
    removed = whole_number(request.POST.get("undo", ""))
    if added is None and removed is None:
        raise BadRequest(_("There is no such tag."))
    chosen = added if removed is None else removed
    tag = get_object_or_404(Tag.objects.of(request.seminar), pk=chosen)
    act = actions.tag_thread if removed is None else actions.untag_thread
    act(thread=thread, tag=tag, by=request.membership)
    said = _("Tag added") if removed is None else _("Tag taken off")
    return conversation_response(request, thread, said=said, pressed=f"tag-{tag.pk}")

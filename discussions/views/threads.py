"""Threads: all of a reading, a new one, one of them, its lock, taking a highlight off."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions import moderation
from discussions.actions import remove_highlight
from discussions.answers import (
    blocks_changed,
    conversation,
    picker_context,
    reply_form,
    thread_context,
    thread_posted,
    thread_refused,
)
from discussions.forms import ThreadForm
from discussions.http import get_block, get_comment, get_thread, get_withdrawn, number_in
from discussions.posting import post_thread
from discussions.thread_lists import build_thread_list
from readings.http import get_reading
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def thread_list(request: SeminarRequest, reading: str) -> HttpResponse:
    """All threads in the order of the text; tells where a comment is; POST starts a thread."""
    found = get_reading(request, reading)
    if request.method == "POST":
        if not permissions.can_post(request.membership):
            raise PermissionDenied("Guests read; they do not write.")
        form = ThreadForm(request.POST, member=request.membership)
        thread = post_thread(form, reading=found, by=request.membership)
        if thread is None:
            return thread_refused(request, found, form)
        return thread_posted(request, found, thread)
    asked = number_in(request, "comment")
    if asked is not None:
        return JsonResponse({"thread": get_comment(request, found, asked).thread_id})
    gone = number_in(request, "withdrawn")
    context = {
        "reading": found,
        "list": build_thread_list(found, request.membership, request.GET.get("show", "")),
        "withdrawn": get_withdrawn(request, found, gone) if gone else None,
    }
    return render(request, "discussions/thread_list.html", context)


@seminar_view(permissions.can_post)
@require_GET
def thread_new(request: SeminarRequest, reading: str) -> HttpResponse:
    """Pick words without selecting them, and write about them."""
    found = get_reading(request, reading)
    key = request.GET.get("block", "")
    form = ThreadForm(member=request.membership, initial={"block": key}, auto_id="new-%s")
    context = picker_context(request, found, get_block(found, key), form)
    if request.htmx:
        return render(request, "discussions/_picker.html", context)
    return render(request, "discussions/thread_new.html", context)


@seminar_view()
@require_GET
def thread_detail(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """One thread: a page, what a card opens to, or the form for a reply to one comment."""
    found = get_reading(request, reading)
    thread = get_thread(request, found, pk)
    answered = number_in(request, "reply")
    if answered and request.htmx and permissions.can_reply(request.membership, thread):
        comment = get_comment(request, found, answered)
        context = {"reading": found, "thread": thread, "parent": answered}
        context["form"] = reply_form(thread, parent=comment.pk, inline=True, focus=True)
        return render(request, "discussions/_reply_form.html", context)
    context = thread_context(request, thread, continued_from=number_in(request, "from"))
    if answered and context["form"]:
        context |= {"parent": answered, "inline": reply_form(thread, parent=answered, inline=True)}
    gone = number_in(request, "withdrawn")
    context["withdrawn"] = get_withdrawn(request, found, gone) if gone else None
    if request.htmx:
        return render(request, "discussions/_conversation.html", context)
    return render(request, "discussions/thread_detail.html", context)


@seminar_view(permissions.can_post)
@require_POST
def thread_withdrawal(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Take one's own highlight off."""
    found = get_reading(request, reading)
    thread = get_thread(request, found, pk)
    passages = thread.passages()
    remove_highlight(thread=thread, by=request.membership)
    if request.htmx:
        return blocks_changed(request, found, passages)
    return redirect(found)


@seminar_view(permissions.can_see_desk)
@require_POST
def thread_lock(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Lock a thread (`locked=1`) or unlock it (`locked=0`)."""
    found = get_reading(request, reading)
    thread = get_thread(request, found, pk)
    if request.POST.get("locked") == "0":
        moderation.unlock(thread=thread, by=request.membership)
        return conversation(request, thread, said="Thread unlocked")
    moderation.lock(thread=thread, by=request.membership)
    return conversation(request, thread, said="Thread locked")

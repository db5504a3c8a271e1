"""Comments: replying, changing, withdrawing, reporting, hiding."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anchoring import word_diff
from discussions.comments.actions import edit_comment, reply, undo_withdrawal, withdraw
from discussions.comments.forms import CommentEditForm
from discussions.comments.history import build_history
from discussions.common.errors import StaleComment, UnreachedMention
from discussions.common.http import (
    find_own_comment,
    get_comment,
    get_thread,
    get_withdrawn,
    is_in_reach,
    notebook_place,
    number_in,
)
from discussions.common.typed_words import typed_in
from discussions.common.waiting import waiting_again, waiting_html
from discussions.models import Comment, Thread
from discussions.threads import (
    SHOWN_LEVELS,
    CommentForm,
    ThreadAnswer,
    anonymity_in,
    conversation_response,
    place_of,
    reply_response,
    show_comment,
    talk_opened,
    thread_is_gone,
)
from readings.page import get_reading_or_general, refuse_if_silent
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.pace import hold_pace


@seminar_view(permissions.can_post)
@require_POST
def comment_create(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Reply in a thread."""
    found = get_reading_or_general(request, reading)
    thread = get_thread(request, found, pk)
    root = number_in(request, "from")
    if thread.is_locked:
        raise PermissionDenied(_("This thread is locked: nobody can reply any more."))
    form = CommentForm(request.POST, thread=thread)
    if not form.is_valid():
        return reply_refused(request, thread, form)
    hold_pace(request.membership)
    waited = found.pk in request.membership.withheld_ids
    try:
        comment = reply(thread=thread, by=request.membership, **form.cleaned_data)
    except UnreachedMention as error:
        form.warn(error)
        return reply_refused(request, thread, form)
    if waited and found.pk not in request.membership.withheld_ids:
        return talk_opened(request, place_of(comment))
    return reply_response(request, thread, comment, continued_from=root)


@seminar_view()
@require_GET
def comment_detail(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Where a comment is: its thread as JSON for a page that asks, its permalink for a person."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if request.accepts("text/html") and not request.htmx:
        deep = comment.depth >= SHOWN_LEVELS
        return redirect(place_of(comment) if deep else comment.get_absolute_url())
    return JsonResponse({"thread": comment.thread_id, "comment": comment.pk})


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def comment_revisions(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """What a comment said before; POST changes one's own words."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not permissions.can_read_body(request.membership, comment):
        raise PermissionDenied(_("These words are not for you to read."))
    if request.method != "POST":
        form = CommentEditForm(initial={"body": comment.body, "version": comment.version})
        return history_page(request, comment, form)
    if not permissions.is_author(request.membership, comment):
        raise PermissionDenied(_("Only the author may change a comment."))
    form = CommentEditForm(request.POST)
    if not form.is_valid():
        return history_page(request, comment, form, status=422)
    try:
        changed = edit_comment(comment=comment, by=request.membership, **form.cleaned_data)
    except StaleComment as stale:
        return stale_answer(request, comment, stale, form)
    except UnreachedMention as error:
        form.warn(error)
        return history_page(request, comment, form, status=422)
    said = _("Saved: it waits for staff now.") if changed.is_pending else _("Changes saved")
    return comment_changed(request, comment, changed, said=said)


@seminar_view()
@require_POST
def comment_withdrawal(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Withdraw one's own comment, wherever one is now; `undo=1` puts it back."""
    undoing = request.POST.get("undo") == "1"
    comment = find_own_comment(request, reading, pk)
    if comment is None:
        found = get_reading_or_general(request, reading)
        comment = (get_withdrawn if undoing else get_comment)(request, found, pk)
    in_reach = is_in_reach(request, comment.thread)
    act = undo_withdrawal if undoing else withdraw
    changed = act(comment=comment, by=request.membership)
    said = _("Your comment is back") if undoing else _("Comment withdrawn")
    if "mine" in request.POST or not in_reach:
        return own_comment_changed(request, pk, said=said)
    if undoing:
        return comment_changed(request, comment, changed, said=said)
    changed.thread.reading, changed.thread.seminar = comment.thread.reading, request.seminar
    if changed.thread.withdrawn_at:
        return thread_is_gone(request, changed)
    return conversation_response(request, comment.thread, said=said, withdrawn=changed)


def reply_refused(request: SeminarRequest, thread: Thread, form: CommentForm) -> HttpResponse:
    """The reply's form again with what is wrong, and the words kept."""
    parent = form.data.get("parent")
    if request.htmx:
        context = {"reading": thread.reading, "thread": thread, "form": form, "parent": parent}
        context["anonymity"] = anonymity_in(thread.readings, request.membership)
        context["waiting"] = waiting_html(request.membership, thread)
        return render(request, "discussions/_reply_form.html", context, status=422)
    answer = ThreadAnswer(request, thread)
    return answer.page(answer.conversation(refused=form), status=422)


def comment_changed(
    request: SeminarRequest, comment: Comment, current: Comment, *, said: str
) -> HttpResponse:
    """The conversation with the comment as it stands now."""
    thread = comment.thread
    thread.withdrawn_at = current.thread.withdrawn_at
    return conversation_response(request, thread, said=said, at=current)


def own_comment_changed(request: SeminarRequest, pk: int, *, said: str) -> HttpResponse:
    """The way to one's notebook, at the comment, filtered as it was where the form stands in it:
    the conversation is not, or not any more, for them."""
    messages.success(request, said)
    place = notebook_place(request, f"c{pk}", at=str(pk))
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": place})
    return redirect(place)


def history_page(
    request: SeminarRequest, comment: Comment, form: CommentEditForm, *, status: int = 200
) -> HttpResponse:
    """The form for changing a comment; as a page, with what it said before."""
    context = comment_context(request, comment)
    context["form"] = form if permissions.can_edit(request.membership, comment) else None
    context["waiting"] = waiting_again(request.membership, comment)
    if request.htmx:
        if context["form"] is None:
            refuse_if_silent(comment.thread.reading, request.membership)
            raise PermissionDenied(_("This comment cannot be changed now."))
        form.fields["body"].widget.attrs["data-focus"] = ""
        return render(request, "discussions/_edit_form.html", context, status=status)
    context["history"] = build_history(comment, request.membership)
    return render(request, "discussions/comment_revisions.html", context, status=status)


def stale_answer(
    request: SeminarRequest, comment: Comment, stale: StaleComment, form: Form
) -> HttpResponse:
    """409: what the comment says now beside what was sent, so that nothing is lost."""
    current = stale.current
    current.thread = comment.thread
    context = comment_context(request, current)
    context |= {"form": form, "sent": form.data.get("body", "")}
    context["kept_words"] = [] if context["sent"] else typed_in(form)
    context["editable"] = permissions.can_edit(request.membership, current)
    if context["editable"] and context["sent"]:
        context["difference"] = word_diff(current.body, context["sent"].replace("\r\n", "\n"))
    name = "_stale.html" if request.htmx else "stale.html"
    return render(request, f"discussions/{name}", context, status=409)


def comment_context(request: SeminarRequest, comment: Comment) -> dict[str, Any]:
    return {
        "reading": comment.thread.reading,
        "thread": comment.thread,
        "comment": show_comment(comment, request.membership),
    }

"""Comments: replying, changing, withdrawing, reporting, hiding."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions import moderation
from discussions.actions import edit_comment, reply, undo_withdrawal, withdraw
from discussions.answers import conversation, place_of, thread_is_gone
from discussions.comment_pages import (
    comment_changed,
    history_page,
    reply_refused,
    report_taken,
    stale_answer,
    visibility_page,
)
from discussions.conflicts import AlreadyDecided, StaleComment
from discussions.conversation import SHOWN_LEVELS, show_comment
from discussions.forms import CommentForm, EditForm, HideForm, ReportForm, RestoreForm
from discussions.http import get_comment, get_thread, get_withdrawn, number_in
from readings.http import get_reading
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest


@seminar_view(permissions.can_post)
@require_POST
def comment_create(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Reply in a thread."""
    found = get_reading(request, reading)
    thread = get_thread(request, found, pk)
    if not permissions.can_reply(request.membership, thread):
        raise PermissionDenied("This thread is locked: nobody can reply any more.")
    form = CommentForm(request.POST, thread=thread)
    if not form.is_valid():
        return reply_refused(request, thread, form)
    comment = reply(thread=thread, by=request.membership, **form.cleaned_data)
    root = number_in(request, "from")
    return conversation(request, thread, said="Reply posted", at=comment, continued_from=root)


@seminar_view()
@require_GET
def comment_detail(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Where a comment is: its thread as JSON for a page that asks, its permalink for a person."""
    comment = get_comment(request, get_reading(request, reading), pk)
    if request.accepts("text/html") and not request.htmx:
        deep = comment.depth >= SHOWN_LEVELS
        return redirect(place_of(comment) if deep else comment.get_absolute_url())
    return JsonResponse({"thread": comment.thread_id, "comment": comment.pk})


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def comment_revisions(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """What a comment said before; POST changes one's own words."""
    comment = get_comment(request, get_reading(request, reading), pk)
    if not permissions.can_read_body(request.membership, comment):
        raise PermissionDenied("These words are not for you to read.")
    if request.method != "POST":
        form = EditForm(initial={"body": comment.body, "version": comment.version})
        return history_page(request, comment, form)
    if not permissions.is_author(request.membership, comment):
        raise PermissionDenied("Only the author may change a comment.")
    form = EditForm(request.POST)
    if not form.is_valid():
        return history_page(request, comment, form, status=422)
    try:
        changed = edit_comment(comment=comment, by=request.membership, **form.cleaned_data)
    except StaleComment as stale:
        return stale_answer(request, comment, stale, form)
    return comment_changed(request, comment, changed, said="Changes saved")


@seminar_view(permissions.can_post)
@require_POST
def comment_withdrawal(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Withdraw one's own comment; `undo=1` puts it back."""
    found = get_reading(request, reading)
    if request.POST.get("undo") == "1":
        comment = get_withdrawn(request, found, pk)
        back = undo_withdrawal(comment=comment, by=request.membership)
        return comment_changed(request, comment, back, said="Your comment is back")
    comment = get_comment(request, found, pk)
    gone = withdraw(comment=comment, by=request.membership)
    if gone.thread.withdrawn_at:
        return thread_is_gone(request, comment)
    return conversation(request, comment.thread, said="Comment withdrawn", withdrawn=comment)


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def comment_reports(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Report somebody's comment to the moderators."""
    comment = get_comment(request, get_reading(request, reading), pk)
    if not permissions.can_report(request.membership, comment):
        raise PermissionDenied("This comment cannot be reported by you.")
    form = ReportForm(request.POST or None, auto_id=f"report-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            moderation.report(comment=comment, by=request.membership, **form.cleaned_data)
            return report_taken(request, comment)
        except AlreadyDecided as error:
            form.add_error(None, str(error))
    context = {"comment": show_comment(comment, request.membership), "thread": comment.thread}
    context |= {"form": form, "reading": comment.thread.reading}
    template = (
        "discussions/_report_form.html" if request.htmx else "discussions/comment_reports.html"
    )
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@seminar_view(permissions.can_see_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_visibility(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Hide a comment with a reason (`state=hidden`), or restore it (`state=published`)."""
    comment = get_comment(request, get_reading(request, reading), pk)
    if not permissions.can_decide(request.membership, comment):
        raise PermissionDenied("This comment is not yours to decide on.")
    restoring = request.POST.get("state", comment.state_after_decision) == "published"
    act, kind = (moderation.restore, RestoreForm) if restoring else (moderation.hide, HideForm)
    form = kind(request.POST or None, initial={"version": comment.version})
    if request.method != "POST" or not form.is_valid():
        return visibility_page(request, comment, form, restoring=restoring)
    try:
        act(comment=comment, by=request.membership, **form.cleaned_data)
    except StaleComment as stale:
        return stale_answer(request, comment, stale, form)
    said = "Comment restored" if restoring else "Comment hidden"
    return conversation(request, comment.thread, said=said, at=comment)

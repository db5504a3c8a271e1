"""The desk of instructors and assistants: what waits, what was decided."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.comments import comment_context, stale_answer
from discussions.common.errors import AlreadyDecided, StaleComment, StaleReview
from discussions.common.http import get_comment, get_thread, number_in
from discussions.common.typed_words import typed_in
from discussions.models import Comment, CommentState, ReviewItem
from discussions.moderation import actions, report_actions, thread_actions
from discussions.moderation.authorship import see_author
from discussions.moderation.decision_log import build_log, readings_of
from discussions.moderation.forms import HideForm, NotesForm, ReportForm, RestoreForm, ReviewForm
from discussions.moderation.review_queue import build_queue, open_cases
from discussions.threads import conversation_response, show_comment, tell
from documents.visible import isolated
from readings.page import get_reading_or_general
from seminars import permissions
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.pace import hold_pace
from seminars.permissions import can_see_desk


@seminar_view(can_see_desk)
@require_GET
def desk(request: SeminarRequest) -> HttpResponse:
    """Where to go: cases to review, results, the log."""
    member = request.membership
    context = {"waiting": open_cases(member).count(), "readings": readings_of(member)}
    return render(request, "discussions/desk.html", context)


@seminar_view(can_see_desk)
@require_GET
def review_queue(request: SeminarRequest) -> HttpResponse:
    """The cases that wait for a decision, oldest first."""
    return render(
        request, "discussions/review_queue.html", {"queue": build_queue(request.membership)}
    )


@seminar_view(can_see_desk)
@require_POST
def review_decision(request: SeminarRequest, pk: int) -> HttpResponse:
    """Decide one case: hide the comment, or dismiss the reports."""
    items = ReviewItem.objects.for_moderator(request.membership).for_review_page()
    item = get_object_or_404(items, pk=pk)
    form = ReviewForm(request.POST, auto_id=f"review-{pk}-%s", seminar=request.seminar)
    if not form.is_valid():
        return queue_answer(request, item, refused=form, status=422)
    return decide(request, item, form)


@seminar_view(can_see_desk)
@require_GET
def decision_log(request: SeminarRequest) -> HttpResponse:
    """Every decision, newest first."""
    log = build_log(
        request.membership,
        action=request.GET.get("action", ""),
        before=number_in(request, "before"),
    )
    return render(request, "discussions/decision_log.html", {"log": log})


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def comment_reports(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Report somebody's comment to the moderators."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not permissions.can_report(request.membership, comment):
        raise PermissionDenied(_("This comment cannot be reported by you."))
    form = ReportForm(request.POST or None, auto_id=f"report-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        hold_pace(request.membership)
        try:
            report_actions.report(comment=comment, by=request.membership, **form.cleaned_data)
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
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not permissions.can_decide(request.membership, comment):
        raise PermissionDenied(_("This comment is not yours to decide on."))
    restoring = request.POST.get("state", state_after_decision(comment)) == "published"
    act, kind = (actions.restore, RestoreForm) if restoring else (actions.hide, HideForm)
    form = kind(request.POST or None, initial={"version": comment.version}, seminar=request.seminar)
    if request.method != "POST" or not form.is_valid():
        return visibility_page(request, comment, form, restoring=restoring)
    try:
        act(comment=comment, by=request.membership, **form.cleaned_data)
    except StaleComment as stale:
        return stale_answer(request, comment, stale, form)
    said = _("Comment restored") if restoring else _("Comment hidden")
    return conversation_response(request, comment.thread, said=said, at=comment)


@seminar_view(permissions.can_see_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_author(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Say that looking up who wrote anonymously is logged; POST tells it."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not permissions.can_see_author(request.membership, comment):
        raise PermissionDenied(_("Who wrote this is not for you to look up."))
    context = comment_context(request, comment)
    if request.method == "POST":
        label = see_author(comment=comment, by=request.membership)
        context["author"] = isolated(label.name)
    name = "_author.html" if request.htmx else "comment_author.html"
    return render(request, f"discussions/{name}", context)


@seminar_view(permissions.can_see_desk)
@require_POST
def thread_lock(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Lock a thread (`locked=1`) or unlock it (`locked=0`)."""
    found = get_reading_or_general(request, reading)
    thread = get_thread(request, found, pk)
    if request.POST.get("locked") == "0":
        thread_actions.unlock(thread=thread, by=request.membership)
        return conversation_response(request, thread, said=_("Thread unlocked"))
    thread_actions.lock(thread=thread, by=request.membership)
    return conversation_response(request, thread, said=_("Thread locked"))


def state_after_decision(comment: Comment) -> str:
    """What a moderator would make of it: hidden of what stands, published of what does not."""
    gone = comment.is_hidden or comment.is_removed
    return CommentState.PUBLISHED if gone else CommentState.HIDDEN


def report_taken(request: SeminarRequest, comment: Comment) -> HttpResponse:
    """Thank whoever reported a comment."""
    said = _("Reported. Staff will look at it.")
    if not request.htmx:
        messages.success(request, said)
        return redirect(f"{comment.thread.get_absolute_url()}#c{comment.pk}")
    return tell(render(request, "discussions/_report_taken.html", {"said": said}), said)


def visibility_page(
    request: SeminarRequest, comment: Comment, form: NotesForm, *, restoring: bool
) -> HttpResponse:
    """The form for hiding or restoring a comment."""
    if restoring and not permissions.can_restore(request.membership, comment):
        raise PermissionDenied(_("Only an instructor can restore a comment."))
    context = comment_context(request, comment) | {"form": form, "restoring": restoring}
    name = "_visibility_form.html" if request.htmx else "comment_visibility.html"
    return render(request, f"discussions/{name}", context, status=422 if form.is_bound else 200)


def decide(request: SeminarRequest, item: ReviewItem, form: ReviewForm) -> HttpResponse:
    """Carry a decision out and go on to the next case; 409 where somebody was faster."""
    values = dict(form.cleaned_data)
    decision, reason = values.pop("decision"), values.pop("reason")
    try:
        if decision == "hide":
            actions.hide(
                comment=item.comment,
                reason=reason,
                by=request.membership,
                review_item=item,
                **values,
            )
        elif item.comment.is_pending:
            actions.approve(comment=item.comment, by=request.membership, review_item=item, **values)
        else:
            actions.dismiss(review_item=item, by=request.membership, **values)
    except (StaleComment, StaleReview) as stale:
        return queue_answer(request, item, said=str(stale), kept_words=typed_in(form), status=409)
    said = _("Comment hidden") if decision == "hide" else _("Report dismissed")
    return queue_answer(request, item, said=said)


def queue_answer(
    request: SeminarRequest,
    item: ReviewItem,
    *,
    said: str = "",
    refused: ReviewForm | None = None,
    kept_words: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """The queue as it is now, with the focus on the case to go on with."""
    queue = build_queue(request.membership, after=item, refused=refused)
    context = {"queue": queue, "stale": said if status == 409 else "", "kept_words": kept_words}
    if request.htmx:
        return tell(render(request, "discussions/_queue.html", context, status=status), said)
    if status == 200:
        messages.success(request, said)
        place = f"#review-{queue.focus}" if queue.focus else ""
        return redirect(reverse("review_queue", args=[request.seminar.slug]) + place)
    return render(request, "discussions/review_queue.html", context, status=status)

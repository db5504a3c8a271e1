"""The landing page of the desk, its log, and what is decided at a comment or a thread itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from discussions.comments import comment_context, stale_answer
from discussions.common.errors import AlreadyDecided, StaleComment
from discussions.common.http import get_comment, get_thread
from discussions.models import Comment
from discussions.moderation import report_actions, thread_actions
from discussions.moderation.authorship import see_author
from discussions.moderation.deciders import takes_report, undecided_reports
from discussions.moderation.decision_log import readings_of
from discussions.moderation.decision_words import said_of
from discussions.moderation.decisions_here import DecisionHere, decision_asked
from discussions.moderation.forms import NotesForm, ReportForm
from discussions.moderation.waiting_list import author_name, open_cases
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


@seminar_view()
@require_http_methods(["GET", "HEAD", "POST"])
def comment_reports(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Report somebody's comment to the moderators."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not takes_report(comment, request.membership):
        raise PermissionDenied(_("This comment cannot be reported by you."))
    form = ReportForm(request.POST or None, auto_id=f"report-{pk}-%s")
    earlier = undecided_reports(comment, request.membership)
    if request.method == "POST" and form.is_valid():
        hold_pace(request.membership)
        try:
            made = report_actions.report(
                comment=comment, by=request.membership, **form.cleaned_data
            )
            return report_taken(request, comment, again=made.pk in earlier)
        except AlreadyDecided as error:
            form.add_error(None, str(error))
    context = {"comment": show_comment(comment, request.membership), "thread": comment.thread}
    context |= {"form": form, "reading": comment.thread.reading, "earlier": earlier}
    template = (
        "discussions/_report_form.html" if request.htmx else "discussions/comment_reports.html"
    )
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@seminar_view(permissions.can_see_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def comment_visibility(request: SeminarRequest, reading: str, pk: int) -> HttpResponse:
    """Hide a comment, return or remove it with a reason, or restore it: `state` says which."""
    comment = get_comment(request, get_reading_or_general(request, reading), pk)
    if not permissions.can_decide(request.membership, comment):
        raise PermissionDenied(_("This comment is not yours to decide on."))
    sent = request.POST if request.method == "POST" else request.GET
    asked = decision_asked(comment, sent.get("state"))
    form = asked.form(
        request.POST or None, initial={"version": comment.version}, seminar=request.seminar
    )
    if request.method != "POST" or not form.is_valid():
        return visibility_page(request, comment, form, asked)
    try:
        asked.act(comment=comment, by=request.membership, **form.cleaned_data)
    except StaleComment as stale:
        return stale_answer(request, comment, stale, form)
    said = said_of(asked.action, [author_name(comment, request.membership)])
    changed = conversation_response(request, comment.thread, said=said, at=comment)
    return with_desk_link(request, changed)


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


def with_desk_link(request: SeminarRequest, changed: HttpResponse) -> HttpResponse:
    """What changed on the page, and how many cases wait now: the decision may have closed one."""
    if request.htmx:
        changed.write(render_to_string("seminars/_desk_link_now.html", request=request))
    return changed


def report_taken(request: SeminarRequest, comment: Comment, *, again: bool) -> HttpResponse:
    """Thank whoever reported a comment; `again`: they had done so for this reason."""
    said = _("Reported. Staff will look at it.")
    if again:
        said = _("You had reported this already: staff will look at it, and you are told then.")
    if not request.htmx:
        messages.success(request, said)
        return redirect(f"{comment.thread.get_absolute_url()}#c{comment.pk}")
    return tell(render(request, "discussions/_report_taken.html", {"said": said}), said)


def visibility_page(
    request: SeminarRequest, comment: Comment, form: NotesForm, asked: DecisionHere
) -> HttpResponse:
    """The form for one of the decisions at a comment."""
    if not asked.may(request.membership, comment):
        raise PermissionDenied(asked.refused)
    context = comment_context(request, comment) | {"form": form, "asked": asked}
    context["title"] = asked.words.title % {"who": author_name(comment, request.membership)}
    name = "_visibility_form.html" if request.htmx else "comment_visibility.html"
    return render(request, f"discussions/{name}", context, status=422 if form.is_bound else 200)

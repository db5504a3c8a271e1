"""What the views of one comment answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from discussions.answers import conversation, tell, thread_context
from discussions.conflicts import StaleComment
from discussions.conversation import show_comment
from discussions.forms import CommentForm, EditForm, NotesForm
from discussions.models import Comment, Thread
from discussions.revisions import build_history
from seminars import permissions
from seminars.http import SeminarRequest


def reply_refused(request: SeminarRequest, thread: Thread, form: CommentForm) -> HttpResponse:
    """The reply's form again with what is wrong, and the words kept."""
    parent = form.data.get("parent")
    if request.htmx:
        context = {"reading": thread.reading, "thread": thread, "form": form, "parent": parent}
        return render(request, "discussions/_reply_form.html", context, status=422)
    context = thread_context(request, thread) | {"form": form}
    return render(request, "discussions/thread_detail.html", context, status=422)


def comment_changed(
    request: SeminarRequest, comment: Comment, current: Comment, *, said: str
) -> HttpResponse:
    """The conversation with the comment as it stands now."""
    thread = comment.thread
    thread.withdrawn_at = current.thread.withdrawn_at
    return conversation(request, thread, said=said, at=current)


def history_page(
    request: SeminarRequest, comment: Comment, form: EditForm, *, status: int = 200
) -> HttpResponse:
    """The form for changing a comment; as a page, with what it said before."""
    context = comment_context(request, comment)
    context["form"] = form if permissions.can_edit(request.membership, comment) else None
    if request.htmx:
        if context["form"] is None:
            return HttpResponse("This comment cannot be changed now.", status=403)
        form.fields["body"].widget.attrs["data-focus"] = ""
        return render(request, "discussions/_edit_form.html", context, status=status)
    context["history"] = build_history(comment)
    return render(request, "discussions/comment_revisions.html", context, status=status)


def report_taken(request: SeminarRequest, comment: Comment) -> HttpResponse:
    """Thank whoever reported a comment."""
    said = "Reported. Staff will look at it."
    if not request.htmx:
        messages.success(request, said)
        return redirect(f"{comment.thread.get_absolute_url()}#c{comment.pk}")
    return tell(render(request, "discussions/_report_taken.html", {"said": said}), said)


def visibility_page(
    request: SeminarRequest, comment: Comment, form: NotesForm, *, restoring: bool
) -> HttpResponse:
    """The form for hiding or restoring a comment."""
    if restoring and not permissions.can_restore(request.membership, comment):
        raise PermissionDenied("Only an instructor can restore a comment.")
    context = comment_context(request, comment) | {"form": form, "restoring": restoring}
    name = "_visibility_form.html" if request.htmx else "comment_visibility.html"
    return render(request, f"discussions/{name}", context, status=422 if form.is_bound else 200)


def stale_answer(
    request: SeminarRequest, comment: Comment, stale: StaleComment, form: Form
) -> HttpResponse:
    """409: what the comment says now beside what was sent, so that nothing is lost."""
    current = stale.current
    current.thread = comment.thread
    context = comment_context(request, current)
    context |= {"form": form, "sent": form.data.get("body", "")}
    context["editable"] = permissions.can_edit(request.membership, current)
    name = "_stale.html" if request.htmx else "stale.html"
    return render(request, f"discussions/{name}", context, status=409)


def comment_context(request: SeminarRequest, comment: Comment) -> dict[str, Any]:
    return {
        "reading": comment.thread.reading,
        "thread": comment.thread,
        "comment": show_comment(comment, request.membership),
    }

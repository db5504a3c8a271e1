"""What the views of threads answer: a page, a fragment, or the parts of a page that changed."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anchoring import joined_quotes
from discussions.models import Comment, Thread
from discussions.threads.conversation import SHOWN_LEVELS, build_conversation
from discussions.threads.forms import CommentForm
from discussions.threads.thread_summaries import card_of
from readings.passages import PassageChange
from seminars.http import SeminarRequest


def tell(response: HttpResponse, announce: str, **events: Any) -> HttpResponse:
    """Say something in the page's live region, and fire `events` there."""
    response.headers["HX-Trigger"] = json.dumps({"announce": announce, **events})
    return response


# --- A thread ------------------------------------------------------------------------------------
def thread_context(
    request: SeminarRequest, thread: Thread, *, continued_from: int | None = None
) -> dict[str, Any]:
    """Everything that _conversation.html shows."""
    talk = build_conversation(
        thread=thread, viewer=request.membership, continued_from=continued_from
    )
    form = reply_form(thread, parent=talk.continued_from) if talk.can_reply else None
    context: dict[str, Any] = {
        "reading": thread.reading,
        "thread": thread,
        "talk": talk,
        "form": form,
    }
    rows = thread.passages()
    context["quote"] = joined_quotes(row.quote for row in rows)
    context["change"] = PassageChange.of(rows)
    return context


def reply_form(
    thread: Thread, *, parent: int | None, inline: bool = False, focus: bool = False
) -> CommentForm:
    """Return the empty form for a reply to `parent`, or at the end of the thread."""
    name = f"reply-{thread.pk}-{parent}" if inline else f"reply-{thread.pk}"
    return CommentForm(thread=thread, focus=focus, initial={"parent": parent}, auto_id=f"{name}-%s")


def conversation_response(
    request: SeminarRequest,
    thread: Thread,
    *,
    said: str,
    at: Comment | None = None,
    continued_from: int | None = None,
    withdrawn: Comment | None = None,
) -> HttpResponse:
    """Answer a write in a thread: its new state in place; without htmx, its page."""
    if not request.htmx:
        messages.success(request, said)
        query = f"?withdrawn={withdrawn.pk}" if withdrawn else ""
        return redirect(place_of(at) if at else f"{thread.get_absolute_url()}{query}")
    context = thread_context(request, thread, continued_from=continued_from)
    if at and not context["talk"].shows(at.pk):
        context = thread_context(request, thread, continued_from=at.parent_id)
    context["withdrawn"] = withdrawn
    asked_from = urlsplit(request.htmx.current_url_abs_path or "").path
    if asked_from == thread.reading.get_absolute_url():
        context["card"] = card_of(thread=thread, membership=request.membership)
    return tell(render(request, "discussions/_conversation_changed.html", context), said)


def place_of(comment: Comment) -> str:
    """Where a comment can be read: its thread's page, or the part of it that shows it."""
    part = f"?from={comment.parent_id}" if comment.depth >= SHOWN_LEVELS else ""
    return f"{comment.thread.get_absolute_url()}{part}#c{comment.pk}"


def thread_is_gone(request: SeminarRequest, comment: Comment) -> HttpResponse:
    """Answer the withdrawal of a thread's last words, with the way back."""
    thread = comment.thread
    if not request.htmx:
        messages.success(request, _("Withdrawn. Nothing was left of the thread."))
        page = reverse("thread_list", args=[request.seminar.slug, thread.reading.slug])
        return redirect(f"{page}?withdrawn={comment.pk}")
    context: dict[str, Any] = {"reading": thread.reading, "thread": thread, "withdrawn": comment}
    return tell(render(request, "discussions/_thread_gone.html", context), _("Comment withdrawn"))

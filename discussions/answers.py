"""What the views of threads answer: a page, a fragment, or the parts of a page that changed."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from discussions.cards import card_of, cards_of
from discussions.conversation import SHOWN_LEVELS, build_conversation
from discussions.forms import CommentForm, ThreadForm
from discussions.http import find_block
from discussions.layer import composer
from discussions.models import Comment, Thread
from readings.models import Block, Passage, Reading
from readings.passages import PassageChange, segments_of
from readings.reading_page import rows_of
from readings.sentences import sentences
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
    context["quote"] = " … ".join(row.quote for row in rows if row.quote)
    context["change"] = PassageChange.of(rows)
    return context


def reply_form(
    thread: Thread, *, parent: int | None, inline: bool = False, focus: bool = False
) -> CommentForm:
    """Return the empty form for a reply to `parent`, or at the end of the thread."""
    name = f"reply-{thread.pk}-{parent}" if inline else f"reply-{thread.pk}"
    return CommentForm(thread=thread, focus=focus, initial={"parent": parent}, auto_id=f"{name}-%s")


def conversation(
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
        messages.success(request, "Withdrawn. Nothing was left of the thread.")
        page = reverse("thread_list", args=[request.seminar.slug, thread.reading.slug])
        return redirect(f"{page}?withdrawn={comment.pk}")
    context: dict[str, Any] = {"reading": thread.reading, "thread": thread, "withdrawn": comment}
    return tell(render(request, "discussions/_thread_gone.html", context), "Comment withdrawn")


# --- Starting one ----------------------------------------------------------------------------
def picker_context(
    request: SeminarRequest, reading: Reading, block: Block | None, form: ThreadForm
) -> dict[str, Any]:
    """Everything that _picker.html shows: the block's sentences and the form."""
    found = sentences(block.text) if block else []
    return {
        "reading": reading,
        "about": block,
        "sentences": found if len(found) > 1 else [],
        "form": form,
        "on_page": not request.htmx or "page" in request.POST,
    } | composer(request.membership)


def thread_posted(request: SeminarRequest, reading: Reading, thread: Thread) -> HttpResponse:
    """Answer a new thread: the blocks where it shows; without htmx, the reading page at it."""
    said = "Highlighted" if thread.is_highlight else "Comment posted"
    place = f"{reading.get_absolute_url()}#t{thread.pk}"
    if not request.htmx:
        return redirect(place)
    if "page" in request.POST:
        return HttpResponse(status=200, headers={"HX-Redirect": place})
    if request.POST.get("seen", "") not in {"", str(reading.revision_id)}:
        # The rest of the page shows the text as it was: put all of it right.
        messages.info(request, f"{said}. The text was revised meanwhile: this is how it reads now.")
        return HttpResponse(status=200, headers={"HX-Refresh": "true"})
    response = blocks_changed(request, reading, thread.passages())
    return tell(response, said, **{"thread-posted": {"thread": thread.pk}})


def thread_refused(request: SeminarRequest, reading: Reading, form: ThreadForm) -> HttpResponse:
    """Answer a thread that could not be started, with the words kept."""
    if request.htmx and "picker" not in request.POST:
        context = {"reading": reading, "form": form, **composer(request.membership)}
        return render(request, "discussions/_thread_form.html", context, status=422)
    block = find_block(reading, request.POST.get("block", ""))
    context = picker_context(request, reading, block, form)
    on_page = not request.htmx
    template = "discussions/thread_new.html" if on_page else "discussions/_picker.html"
    return render(request, template, context, status=422)


def blocks_changed(
    request: SeminarRequest, reading: Reading, passages: Iterable[Passage]
) -> HttpResponse:
    """Answer with the blocks of these passages as they show now; the page's end without any."""
    keys = {passage.block_key for passage in passages}
    context: dict[str, Any] = {"reading": reading, "rows": []}
    if keys:
        context["rows"] = rows_of(reading=reading, membership=request.membership, keys=keys)
    else:
        rows = segments_of(Passage.objects.filter(reading=reading))
        cards = cards_of(reading=reading, membership=request.membership, segments=rows)
        context |= {"at_end": True, "threads": [card for card in cards if not card.rows]}
    return render(request, "discussions/_blocks_changed.html", context)

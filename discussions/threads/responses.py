"""What the views of threads answer: a page, a fragment, or the parts of a page that changed."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anchoring import joined_quotes
from discussions.common.answered_questions import answered_question
from discussions.common.errors import why_it_stays_withdrawn
from discussions.models import Comment, Thread
from discussions.threads.card_html import CardWriter
from discussions.threads.conversation import build_conversation
from discussions.threads.conversation_html import ConversationWriter
from discussions.threads.forms import CommentForm
from discussions.threads.link_html import other_end_html
from discussions.threads.linked import link_of
from discussions.threads.reads import note_opened
from discussions.threads.thread_marks_html import ThreadMarks, marks_of
from discussions.threads.thread_outline import (
    ON_CARD,
    ON_PAGE,
    Outline,
    OutlineRow,
    ThreadPage,
    ThreadPart,
)
from discussions.threads.thread_reader import ThreadReader
from discussions.threads.thread_summaries import ThreadCard, card_now, card_of
from documents.whole_number import whole_number
from readings.page import Own, fill, reading_slots, reading_values
from readings.passages import MarkedBlock, PassageChange, marked_blocks
from rendering.kept_html import html, kept_html, number_slot, word_slot, words
from seminars.http import SeminarRequest
from seminars.kept_page import kept_page
from seminars.models import Membership


def tell(response: HttpResponse, announce: str, **events: Any) -> HttpResponse:
    """Say something in the page's live region, and fire `events` there."""
    response.headers["HX-Trigger"] = json.dumps({"announce": announce, **events})
    return response


# --- A thread ------------------------------------------------------------------------------------
class ThreadAnswer:
    """One thread for who asks, from its rows: read once, whatever of it is shown."""

    def __init__(
        self,
        request: SeminarRequest,
        thread: Thread,
        *,
        part: ThreadPart | None = None,
        comment: int | None = None,
    ) -> None:
        """Read `part` of the thread, or where that has not this `comment`, the part that has it."""
        self._request, self._thread = request, thread
        viewer = request.membership
        is_card = bool(request.htmx) and asked_by_card(request, thread)
        self._opened = part_shown(request)
        size = ON_CARD if is_card else ON_PAGE
        self._reader = ThreadReader(thread, viewer, size, opened=self._opened)
        page = self._reader.page(part or ThreadPart(), comment=comment)
        self._comments = self._reader.comments(page)
        self._passages = thread.passages()
        self._talk = build_conversation(
            thread=thread,
            page=page,
            comments=self._comments,
            viewer=viewer,
            read=self._reader.read,
        )
        self._talk.answers = answered_question(thread)
        if not thread.is_highlight:
            self._talk.marks = marks_of(thread, viewer)

    def note_opened(self) -> None:
        """Keep that this member has opened the thread, where something in it was new to them.

        A page that goes on in it has opened it already, and what came since is not on it.
        """
        request = self._request
        guessed = request.headers.get("Sec-Purpose", "").startswith("prefetch")
        if self._opened is None and self._talk.read.has_unopened and not guessed:
            note_opened(thread=self._thread, by=request.membership, seq=self._thread.last_seq)

    def more(self, shown: ThreadPart) -> HttpResponse:
        """Return the comments of this page, for one that shows those before them: `shown`."""
        now = replace(shown, until=max(shown.until, self._talk.page.part.until))
        first = self._talk.paged[0].pk if self._talk.paged else None
        writer = ConversationWriter(self._request, self._talk, focused=first)
        return HttpResponse(writer.more(now))

    def conversation(
        self,
        *,
        answered: int | None = None,
        focused: int | None = None,
        withdrawn: Comment | None = None,
        refused: CommentForm | None = None,
        arrived: bool = False,
        pressed: str = "",
    ) -> SafeString:
        """Return the comments and forms as HTML: see ConversationWriter."""
        writer = ConversationWriter(
            self._request,
            self._talk,
            answered=answered,
            focused=focused,
            pressed=pressed,
        )
        change = PassageChange.of(self._passages)
        return writer.conversation(
            change=change, withdrawn=withdrawn, refused=refused, arrived=arrived
        )

    def card(self) -> ThreadCard:
        """Return its card as it is now."""
        outline = self._reader.outline
        card = card_of(
            thread=self._thread,
            opening=next((one for one in self._comments if one.pk == outline.opening), None),
            published=outline.published,
            has_own_held=outline.has_own_held,
            marks=self._talk.marks or ThreadMarks(),
            passages=self._passages,
            membership=self._request.membership,
        )
        question = self._talk.question
        return replace(card, question_state=question.state) if question else card

    def page(self, conversation: SafeString, *, status: int = 200) -> HttpResponse:
        """Return the thread's own page around the conversation."""
        thread, reading = self._thread, self._thread.reading
        end = self._request.membership.gate_in(reading.pk)
        blocks = marked_blocks(self._passages, revision=reading.revision_id, end=end)
        # What is left of words whose place is gone.
        quote = "" if blocks else joined_quotes(row.quote for row in self._passages)
        page = reading.get_absolute_url()
        link = link_of(thread, self._request.membership)
        return kept_page(
            self._request,
            "discussions/thread_detail.html",
            shape=(
                *(thread.kind, thread.is_highlight, bool(blocks), bool(quote)),
                *(reading.is_general, link is not None),
            ),
            context=lambda: {
                "reading": reading_slots(is_general=reading.is_general),
                "thread": {
                    "pk": number_slot("thread"),
                    "kind": thread.kind,
                    "is_highlight": thread.is_highlight,
                },
                "blocks": word_slot("blocks") if blocks else "",
                "other_end": word_slot("other-end") if link else "",
                "quote": word_slot("quote") if quote else "",
                "conversation": word_slot("conversation"),
            },
            values={
                **reading_values(reading),
                "thread": html(str(thread.pk)),
                "blocks": lambda: b"".join(marked_block(one, page) for one in blocks),
                "other-end": html(other_end_html(link, reading) if link else ""),
                "quote": words(quote),
                "conversation": html(conversation),
            },
            status=status,
        )


def marked_block(block: MarkedBlock, page: str) -> bytes:
    """Return a paragraph with the words that a thread is about; `page` is the reading's."""

    def context() -> dict[str, Any]:
        names = ("url", "label", "language", "direction", "before", "after")
        marked = word_slot("words") if block.words else ""
        return {name: word_slot(name) for name in names} | {"words": marked}

    kept = kept_html("discussions/_marked_block.html", (bool(block.words),), context)
    return kept.fill(
        {
            "url": words(f"{page}#{block.anchor}"),
            "label": words(block.label),
            "language": words(block.language),
            "direction": words(block.direction),
            "before": words(block.before),
            "words": words(block.words),
            "after": words(block.after),
        }
    )


def conversation_response(
    request: SeminarRequest,
    thread: Thread,
    *,
    said: str,
    at: Comment | None = None,
    at_end: bool = False,
    continued_from: int | None = None,
    withdrawn: Comment | None = None,
    pressed: str = "",
) -> HttpResponse:
    """Answer a write in a thread: its new state in place; without htmx, its page.

    `at` is the comment that it was about, `at_end` whether it came from the form at the end,
    `pressed` which button of the thread was: see ConversationWriter.
    """
    if not request.htmx:
        messages.success(request, said)
        query = f"?withdrawn={withdrawn.pk}" if withdrawn else ""
        place = f"#question-{thread.pk}" if pressed == "question" else ""
        return redirect(place_of(at) if at else f"{thread.get_absolute_url()}{query}{place}")
    if thread.is_question:
        thread.refresh_from_db(fields=["question_state"])  # the write may have changed it
    part = part_shown(request) or ThreadPart(continued_from or 0)
    answer = ThreadAnswer(request, thread, part=part, comment=at.pk if at else None)
    answer.note_opened()
    # The form at the end stays there with the focus in it; one below a comment goes with it.
    focused = at.pk if at and not at_end else None
    conversation = answer.conversation(withdrawn=withdrawn, focused=focused, pressed=pressed)
    is_card = is_on_reading_page(request, thread)
    kept = kept_html(
        "discussions/_conversation_changed.html",
        (is_card,),
        lambda: {
            "thread": number_slot("thread"),
            "conversation": word_slot("conversation"),
            "line": word_slot("line") if is_card else "",
        },
    )
    changed = kept.fill(
        {
            "thread": html(str(thread.pk)),
            "conversation": html(conversation),
            "line": lambda: card_line(thread, answer.card(), request.membership),
        }
    )
    return tell(HttpResponse(changed), said)


def talk_opened(request: SeminarRequest, place: str) -> HttpResponse:
    """Answer the post after which one may read what others wrote: all of the page is another."""
    messages.success(request, _("Posted. You can read now what others wrote here."))
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect(place)


def reply_response(
    request: SeminarRequest, thread: Thread, comment: Comment, *, continued_from: int | None
) -> HttpResponse:
    """Answer a reply: with itself alone where the page shows all that was said before it."""
    said = _("Your reply waits for staff.") if comment.is_pending else _("Reply posted")
    shown = whole_number(request.POST.get("last_seq", "")) or 0
    is_next = shown > 0 and comment.seq == shown + 1
    if request.htmx and is_next and comment.parent_id is None:
        return tell(HttpResponse(reply_added(request, thread, comment)), said)
    at_end = comment.parent_id in {None, continued_from}
    return conversation_response(
        request, thread, said=said, at=comment, at_end=at_end, continued_from=continued_from
    )


def reply_added(request: SeminarRequest, thread: Thread, comment: Comment) -> bytes:
    """Return the reply to put before the form at the end, and what it changes elsewhere."""
    thread.last_seq = comment.seq or thread.last_seq
    comment.thread = thread
    page = alone(comment, comment.author_id)
    viewer = request.membership
    talk = build_conversation(thread=thread, page=page, comments=[comment], viewer=viewer)
    writer, card = ConversationWriter(request, talk), None
    if is_on_reading_page(request, thread):
        card = card_now(thread, thread.passages(), viewer)
    is_paged = part_shown(request) is not None
    kept = kept_html(
        "discussions/_reply_added.html",
        (card is not None, is_paged, thread.is_question),
        lambda: {
            "is_paged": is_paged,
            "question": word_slot("question") if thread.is_question else "",
            "thread": number_slot("thread"),
            "last_seq": number_slot("last-seq"),
            "comment": word_slot("comment"),
            "line": word_slot("line") if card else "",
        },
    )
    return kept.fill(
        {
            "thread": html(str(thread.pk)),
            "last-seq": html(str(thread.last_seq)),
            "comment": writer.comments,
            "question": writer.question,
            "line": lambda: card_line(thread, card, viewer) if card else "",
        }
    )


def reactions_now(request: SeminarRequest, comment: Comment, *, focused: str) -> bytes:
    """Return the reactions to a comment as they are now; the button `focused` takes the focus."""
    viewer = request.membership
    page = alone(comment, viewer.pk)
    thread = comment.thread
    talk = build_conversation(thread=thread, page=page, comments=[comment], viewer=viewer)
    return ConversationWriter(request, talk).reactions(talk.comments[0], focused=focused)


def alone(comment: Comment, viewer: int) -> ThreadPage:
    """Return a page of a thread that has this comment, and nothing else."""
    seq = comment.seq or 0
    row = OutlineRow(comment.pk, None, seq, comment.author_id, comment.state, is_new=False)
    return Outline([row], viewer).page(ThreadPart(), ON_PAGE)


def is_on_reading_page(request: SeminarRequest, thread: Thread) -> bool:
    """Whether it was asked from the page where the thread stands as a card."""
    asked_from = urlsplit(request.htmx.current_url_abs_path or "").path
    return asked_from == thread.reading.get_absolute_url()


def asked_by_card(request: SeminarRequest, thread: Thread) -> bool:
    """The same, or by a card that opens: it fetches its thread without htmx."""
    return not request.htmx.current_url or is_on_reading_page(request, thread)


def part_shown(request: SeminarRequest) -> ThreadPart | None:
    """Return which part of a thread the page shows that asks; None where it shows all of it."""
    sent = request.POST if request.method == "POST" else request.GET
    return ThreadPart.parsed(sent.get("part", ""))


def card_line(thread: Thread, card: ThreadCard, viewer: Membership) -> str:
    """The line of a card, for the viewer whom the card was made for."""
    link = link_of(thread, viewer)
    own = Own(card.author_id if card.is_own else 0, {card.pk: card.unread} if card.unread else {})
    return fill(CardWriter(thread.reading, {thread.pk: link} if link else {}).summary(card), own)


def place_of(comment: Comment) -> str:
    """Where a comment can be read: its thread's page, at the part of it that shows it."""
    return f"{comment.thread.get_absolute_url()}?comment={comment.pk}#c{comment.pk}"


def thread_is_gone(request: SeminarRequest, comment: Comment) -> HttpResponse:
    """Answer the withdrawal of a thread's last words, with the way back."""
    thread = comment.thread
    if not request.htmx:
        messages.success(request, _("Withdrawn. Nothing was left of the thread."))
        page = reverse("thread_list", args=[request.seminar.slug, thread.reading.slug])
        return redirect(f"{page}?withdrawn={comment.pk}")
    context: dict[str, Any] = {"reading": thread.reading, "thread": thread, "withdrawn": comment}
    context["stays"] = why_it_stays_withdrawn(comment, request.membership)
    gone = render(request, "discussions/_thread_gone.html", context)
    return tell(gone, _("Withdrawn. Nothing was left of the thread."))

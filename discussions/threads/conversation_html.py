"""A conversation as HTML: its templates, kept by shape, filled with what one viewer may know.

What that is, and what the viewer may do, `conversation.py` has decided: here is no rule.
"""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from discussions.common.errors import why_it_stays_withdrawn
from discussions.common.pace_choices import pace_words
from discussions.common.waiting import waiting_html
from discussions.models import Comment
from discussions.threads.audiences import anonymity_in
from discussions.threads.conversation import Conversation, Shown
from discussions.threads.forms import CommentForm
from discussions.threads.paging_html import fold_words, more_comments, unseen_words
from discussions.threads.question_line import question_html
from discussions.threads.reactions_html import reactions_html
from discussions.threads.thread_marks_html import thread_marks_html
from discussions.threads.thread_outline import ThreadPart
from readings.passages import PassageChange
from rendering.kept_html import (
    html,
    kept_html,
    name_slot,
    number_slot,
    word_slot,
    words,
)
from rendering.slots import Values
from seminars.http import SeminarRequest

ANSWERS = "discussions/_answers.html"


def reply_form(
    thread: Any, *, parent: int | None, inline: bool = False, focus: bool = False, **initial: Any
) -> CommentForm:
    """Return the empty form for a reply to `parent`, or at the end of the thread."""
    name = f"reply-{thread.pk}-{parent}" if inline else f"reply-{thread.pk}"
    initial["parent"] = parent
    return CommentForm(thread=thread, focus=focus, initial=initial, auto_id=f"{name}-%s")


class ConversationWriter:
    """Writes a thread for who asks.

    `answered` is the comment below which a form stands open, `focused` the one to which the
    focus goes, both by their keys; `pressed` is the button below the thread that it stays on, or
    “question” for where that stands.
    """

    def __init__(
        self,
        request: SeminarRequest,
        talk: Conversation,
        *,
        answered: int | None = None,
        focused: int | None = None,
        pressed: str = "",
    ) -> None:
        thread = talk.thread
        self._request = request
        self._talk = talk
        self._answered = answered if talk.can_reply else None
        self._focused = focused
        self._pressed = pressed
        self._on_page = bool(request.htmx)
        self._in_part = talk.continued_from is not None
        self._anonymity = anonymity_in(thread.readings, request.membership)
        csrf = html(get_token(request))
        self._values: Values = {
            "seminar": html(request.seminar.slug),
            "reading": html(thread.reading.slug),
            "thread": html(str(thread.pk)),
            "from": html(str(talk.continued_from)),
            "csrf": csrf,
        }

    def conversation(
        self,
        *,
        change: PassageChange | None,
        withdrawn: Comment | None = None,
        refused: CommentForm | None = None,
        arrived: bool = False,
    ) -> SafeString:
        """Return all of it; with the form for a reply at its end that was `refused`, if one was.

        `arrived`: a link in the thread has led here, and the focus comes along.
        """
        talk = self._talk
        thread = talk.thread
        marks = (
            *(thread.kind == "question", thread.is_link, thread.is_highlight),
            *(thread.state, thread.slow_seconds, thread.is_premoderated),
        )
        rights = (
            *(talk.can_reply, talk.can_lock, talk.can_remove, talk.can_change_link),
            bool(talk.closed),
        )
        stays = why_it_stays_withdrawn(withdrawn, self._request.membership) if withdrawn else ""
        around = (
            withdrawn is not None,
            change is not None,
            talk.continued_from is not None,
            talk.read.keeps_new is not None,
        )
        paging = (talk.part is not None, talk.page.before is not None, bool(talk.page.unseen))
        kept = kept_html(
            "discussions/_conversation.html",
            (
                marks,
                talk.marks is not None,
                rights,
                around,
                paging,
                bool(stays),
                self._on_page,
                arrived,
                talk.is_withheld,
                talk.answers is not None,
            ),
            lambda: (
                self._context()
                | _conversation_context(talk, *around, arrived=arrived)
                | {"stays": word_slot("stays") if stays else ""}
            ),
        )
        filled = kept.fill(
            {
                **self._values,
                "withdrawn": html(str(withdrawn.pk if withdrawn else "")),
                "stays": words(stays),
                "closed": words(talk.closed),
                "seq": html(str(talk.read.keeps_new)),
                "last-seq": html(str(talk.thread.last_seq)),
                "audience": words(talk.audience),
                "answers": lambda: render_to_string(ANSWERS, {"answers": talk.answers}),
                "question": self.question,
                "marks": self._marks,
                "change": lambda: render_to_string("readings/_change.html", {"change": change}),
                "first-new": html(str(talk.page.first_new)),
                "unseen": words(unseen_words(talk.page)),
                "part": html(str(talk.part)),
                "before": html(str(talk.page.before)),
                "parents": lambda: self._comments(talk.parents),
                "comments": self._page,
                "form": lambda: self._refused(refused) if refused else self._form_at_end(),
            }
        )
        return mark_safe(filled.decode())  # noqa: S308 - a template's

    def question(self) -> bytes:
        """Return the line that says where a question stands."""
        line = self._talk.question
        return (
            question_html(line, self._values, focused=self._pressed == "question") if line else b""
        )

    def _marks(self) -> bytes:
        marks = self._talk.marks
        return thread_marks_html(marks, self._values, pressed=self._pressed) if marks else b""

    def comments(self) -> bytes:
        """Return the comments alone."""
        return self._comments(self._talk.comments)

    def each_comment(self) -> Iterator[tuple[int, bytes]]:
        """Yield the comments by their keys, for a page that puts them in their places itself."""
        for one in self._talk.comments:
            yield one.pk, self._comment(one)

    def more(self, part: ThreadPart) -> bytes:
        """Return the paged comments alone and what comes after them, for a page that shows those
        before: `part` is what it shows with them."""
        return self._comments(self._talk.paged) + self._rest(part)

    def _page(self) -> bytes:
        comments = self._comments(self._talk.comments)
        part = self._talk.part
        return comments if self._in_part or part is None else comments + self._rest(part)

    def _replies(self, one: Shown) -> bytes:
        replies, part = self._comments(one.replies), self._talk.part
        is_paged = part is not None and one.pk == self._talk.continued_from
        return replies + self._rest(part) if is_paged and part else replies

    def _rest(self, part: ThreadPart) -> bytes:
        own = self._comments(self._talk.own)
        return more_comments(self._values, part, self._talk.page.left, own)

    def _comments(self, comments: Iterable[Shown]) -> bytes:
        return b"".join(map(self._comment, comments))

    def _comment(self, one: Shown) -> bytes:
        answered, focused = one.pk == self._answered, one.pk == self._focused
        has_replies = bool(one.replies) or one.pk == self._talk.continued_from
        known = tuple(map(bool, (one.who, one.role, one.reason, one.note, one.endorsed_by)))
        marks = (
            *(one.is_own, one.is_new, one.is_alias, one.is_muted),
            *(has_replies, one.fold is not None, bool(one.reactions)),
        )
        is_locked = self._talk.thread.is_locked
        kept = kept_html(
            "discussions/_comment.html",
            (one.state, one.rights, known, marks, is_locked, answered, focused, self._in_part),
            lambda: (
                self._context()
                | _comment_context(one, has_replies, answered=answered, focused=focused)
            ),
        )
        return kept.fill(
            {
                **self._values,
                "comment": html(str(one.pk)),
                "who": words(one.who),
                "role": words(one.role),
                "moment": lambda: one.moment,
                "html": html(one.html),
                "reason": words(one.reason),
                "note": words(one.note),
                "endorsed-by": words(one.endorsed_by),
                "reactions": lambda: self.reactions(one),
                "fold": words(fold_words(one.fold, is_deep=not one.replies)),
                "replies": lambda: self._replies(one),
                "author": html(str(one.author)),
                "form": self._form_below,
            }
        )

    def reactions(self, one: Shown, *, focused: str = "") -> bytes:
        """Return the reactions to a comment; the button of the kind `focused` takes the focus."""
        return reactions_html(
            one.pk,
            one.reactions,
            self._values,
            can_react="react" in one.rights,
            can_ask="reactors" in one.rights,
            focused=focused,
        )

    # --- The forms ----------------------------------------------------------------------------
    def _form_at_end(self) -> bytes:
        return self._form(self._talk.continued_from, at_end=True)

    def _form_below(self) -> bytes:
        return self._form(self._answered, at_end=False)

    def _form(self, parent: int | None, *, at_end: bool) -> bytes:
        part, waiting = self._in_part, self._waiting()
        kept = kept_html(
            "discussions/_reply_form.html",
            (parent is not None, at_end, part, self._on_page, self._anonymity, bool(waiting)),
            lambda: (
                self._context()
                | {"anonymity": self._anonymity}
                | {"waiting": word_slot("waiting") if waiting else ""}
                | _form_context(has_parent=parent is not None, at_end=at_end)
            ),
        )
        values = {
            "parent": html(str(parent)),
            "waiting": html(waiting),
            "client-key": lambda: str(uuid4()),
            "last-seq": html(str(self._talk.thread.last_seq)),
        }
        return kept.fill({**self._values, **values})

    def _waiting(self) -> str:
        return waiting_html(self._request.membership, self._talk.thread)

    def _refused(self, form: CommentForm) -> str:
        talk = self._talk
        context = {"thread": talk.thread, "reading": talk.thread.reading, "talk": talk}
        context |= {"form": form, "parent": talk.continued_from, "at_end": True}
        context["last_seq"] = talk.thread.last_seq
        context["anonymity"] = self._anonymity
        context["waiting"] = self._waiting()
        return render_to_string("discussions/_reply_form.html", context, self._request)

    def _context(self) -> dict[str, Any]:
        """What each of the templates asks, as stand-ins."""
        thread = self._talk.thread
        part = self._in_part
        return {
            "seminar": SimpleNamespace(slug=name_slot("seminar")),
            "reading": SimpleNamespace(slug=name_slot("reading")),
            "thread": SimpleNamespace(
                pk=number_slot("thread"),
                kind=thread.kind,
                is_locked=thread.is_locked,
                is_archived=thread.is_archived,
                is_premoderated=thread.is_premoderated,
                slow=pace_words(thread.slow_seconds),
                is_highlight=thread.is_highlight,
            ),
            "talk": SimpleNamespace(continued_from=number_slot("from") if part else None),
            "csrf_token": word_slot("csrf"),
            "request": SimpleNamespace(htmx=self._on_page),
        }


class _AnyComment(Shown):
    """A comment of this shape, with a stand-in for each of its values."""

    moment = word_slot("moment")

    @classmethod
    def like(cls, one: Shown) -> "_AnyComment":
        def slot(name: str, value: str) -> SafeString:
            return word_slot(name) if value else SafeString()

        return cls(
            pk=number_slot("comment"),
            version=one.version,
            depth=one.depth,
            state=one.state,
            at=one.at,
            who=slot("who", one.who),
            role=slot("role", one.role),
            html=word_slot("html"),
            reason=slot("reason", one.reason),
            note=slot("note", one.note),
            endorsed_by=slot("endorsed-by", one.endorsed_by),
            is_alias=one.is_alias,
            is_own=one.is_own,
            is_new=one.is_new,
            is_muted=one.is_muted,
            is_edited=one.is_edited,
            rights=one.rights,
            author=number_slot("author") if one.author else 0,
        )


def _comment_context(
    one: Shown, has_replies: bool, *, answered: bool, focused: bool
) -> dict[str, Any]:
    return {
        "comment": _AnyComment.like(one),
        "answered": answered,
        "focused": focused,
        "replies": word_slot("replies") if has_replies else "",
        "reactions": word_slot("reactions") if one.reactions else "",
        "fold": word_slot("fold") if one.fold else "",
        "form": word_slot("form"),
    }


def _conversation_context(
    talk: Conversation, withdrawn: bool, change: bool, part: bool, kept: bool, *, arrived: bool
) -> dict[str, Any]:
    return {
        "arrived": arrived,
        "withheld": talk.is_withheld,
        "talk": SimpleNamespace(
            audience=word_slot("audience"),
            continued_from=number_slot("from") if part else None,
            part=word_slot("part") if talk.part else "",
            before=number_slot("before") if talk.page.before is not None else None,
            unseen=word_slot("unseen") if talk.page.unseen else "",
            first_new=number_slot("first-new"),
            parents=word_slot("parents"),
            can_reply=talk.can_reply,
            can_lock=talk.can_lock,
            can_remove=talk.can_remove,
            can_change_link=talk.can_change_link,
            closed=word_slot("closed") if talk.closed else "",
        ),
        "answers": word_slot("answers") if talk.answers else "",
        "withdrawn": SimpleNamespace(pk=number_slot("withdrawn")) if withdrawn else None,
        "change": word_slot("change") if change else "",
        "question": word_slot("question") if talk.question else "",
        "seq": number_slot("seq") if kept else None,
        "marks": word_slot("marks") if talk.marks else "",
        "last_seq": number_slot("last-seq"),
        "comments": word_slot("comments"),
        "form": word_slot("form"),
    }


def _form_context(*, has_parent: bool, at_end: bool) -> dict[str, Any]:
    parent = number_slot("parent") if has_parent else None
    thread = SimpleNamespace(pk=number_slot("thread"))
    key = word_slot("client-key")
    form = reply_form(thread, parent=parent, inline=not at_end, client_key=key)
    last_seq = number_slot("last-seq")
    return {"form": form, "parent": parent, "at_end": at_end, "last_seq": last_seq}

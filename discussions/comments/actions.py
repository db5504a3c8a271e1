"""Replying, editing, withdrawing."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.prepared import PreparedInsert
from discussions.comments.rendering import is_wrapped
from discussions.common.aliases import alias_in, is_anonymous
from discussions.common.citations import paragraphs_for
from discussions.common.counters import recount
from discussions.common.errors import StaleComment, why_it_stays_withdrawn
from discussions.common.events import record_comment
from discussions.common.holding import Hold, close_without_words, hold, hold_for
from discussions.common.idempotency import post_key, post_once, posts_by_key
from discussions.common.locking import locked_comment, locked_own_comment
from discussions.common.markdown import render
from discussions.common.mentions import find_mentioned, keep_mentions
from discussions.common.one_thread import locked_thread
from discussions.common.publication import COUNT_ONE, withdraw_if_empty
from discussions.common.question_state import keep_question_state
from discussions.common.subscriptions import watch_by_posting
from discussions.common.thread_pace import hold_thread_pace
from discussions.common.withholding import is_spoken_to
from discussions.models import (
    MAX_DEPTH,
    Comment,
    CommentRevision,
    CommentState,
    ReviewCause,
    Thread,
)
from readings.page import refuse_if_silent
from rendering.markdown import RENDERER_VERSION
from rendering.names import Names
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership

# Slips are put right within minutes; after that, others may have read what was said.
MERGE_EDITS = timedelta(minutes=5)

_COMMENTS = posts_by_key(Comment)
_NEW_COMMENT = PreparedInsert(Comment)


def reply(
    *,
    thread: Thread,
    parent: Comment | None,
    body: str,
    by: Membership,
    client_key: uuid.UUID | None = None,
    warned: Collection[int] | None = None,
    at: datetime | None = None,
    anonymous: bool = False,
) -> Comment:
    """Publish a comment in `thread`, under `parent` or at its end; or let it wait for staff, where
    they look at it first (discussions.common.holding).

    `anonymous` asks for an alias to classmates, where the reading allows one.
    The same `client_key` and words twice are the same comment. `warned`: see find_mentioned.
    Raises PermissionDenied, in a locked thread and a closed reading too; NothingToPost;
    UnreachedMention; ThreadIsSlow, in slow mode; ValueError where `parent` is of another thread.
    """
    if not permissions.can_post(by) or thread.is_locked:
        raise PermissionDenied(_("You may not reply here."))
    if parent is not None and parent.thread_id != thread.pk:
        raise ValueError("The comment replied to is in another thread.")
    if parent is not None and not is_spoken_to(by, thread, parent):
        raise PermissionDenied(_("You may not reply here."))
    # Who is not named in one of two texts is not named in what joins them, either.
    hides = any(is_anonymous(one, by, wanted=anonymous) for one in thread.readings)
    key = post_key(client_key, thread.pk, body)
    mentioned = find_mentioned(body, thread, by=by, warned=warned)
    paragraphs = paragraphs_for(body, reading=thread.reading_id)
    html = render(body, names=mentioned.names, paragraphs=paragraphs)
    said_at = at or timezone.now()

    def write() -> Comment:
        for one in thread.readings:
            refuse_if_silent(one, by)
        current = _thread_to_reply_in(thread, by)
        why = hold_for(by=by, audience=current.audience, body=body, thread=current)
        comment = _NEW_COMMENT.create(
            seminar_id=thread.seminar_id,
            thread=thread,
            seq=None if why else _next_seq(current, said_at),
            state=CommentState.PENDING if why else CommentState.PUBLISHED,
            author=by,
            author_role=by.role,
            author_group_id=by.group_id,
            alias=alias_in(thread, by) if hides else "",
            body=body,
            html=html,
            renderer_version=RENDERER_VERSION,
            created_at=said_at,
            published_at=said_at,
            client_key=key,
            **_place_under(parent),
        )
        if why:
            hold(comment, why, by=by)
        else:
            record_comment(EventKind.COMMENT_PUBLISHED, comment, by=by)
            if mentioned.members:
                keep_mentions(comment, mentioned, by=by)
            keep_question_state(thread)
        watch_by_posting(thread, by=by)
        return comment

    comment = post_once(_COMMENTS, key, write, by=by)
    by.has_written()
    return comment


def _thread_to_reply_in(thread: Thread, by: Membership) -> Thread:
    """Return the thread as it stands, held until the transaction ends.

    One that was locked or withdrawn a moment ago takes no more.
    """
    current = locked_thread(by, pk=thread.pk)
    if current is None or current.is_locked or current.is_held:
        raise PermissionDenied(_("This thread was closed before you posted."))
    hold_thread_pace(current, by)
    return current


def _next_seq(held: Thread, at: datetime) -> int:
    """Count one more comment and return its number: numbers are given as they are published."""
    COUNT_ONE.run(thread=held.pk, active_at=max(held.active_at, at))
    return held.last_seq + 1


def _place_under(parent: Comment | None) -> dict[str, object]:
    """Return root, parent and depth of a reply; below the deepest level it joins its siblings."""
    if parent is None:
        return {"root_id": None, "parent_id": None, "depth": 0}
    root_id = parent.root_id or parent.pk
    if parent.depth >= MAX_DEPTH:
        return {"root_id": root_id, "parent_id": parent.parent_id, "depth": MAX_DEPTH}
    return {"root_id": root_id, "parent_id": parent.pk, "depth": parent.depth + 1}


def edit_comment(
    *,
    comment: Comment,
    body: str,
    version: int,
    by: Membership,
    reason: str = "",
    over: bool = False,
    warned: Collection[int] | None = None,
) -> Comment:
    """Change one's own words; `version` is the one that was read, `warned`: see find_mentioned.

    Words that were returned are before staff again with it; and so are those that stand, where
    what they say now would wait.

    What it said before is kept as a CommentRevision with the `reason` for the change, but for
    the first minutes of words that nobody has answered or reported, where no reason is given.
    `over`: they were saved from elsewhere meanwhile, and are kept always. Raises StaleComment,
    PermissionDenied, NothingToPost, UnreachedMention.
    """
    if not permissions.is_author(by, comment):
        raise PermissionDenied(_("Only the author may change a comment."))
    mentioned = find_mentioned(body, comment.thread, by=by, warned=warned)
    html = _rendered(comment, body, mentioned.names)
    with transaction.atomic():
        current = locked_comment(comment, by)
        if body == current.body and permissions.can_edit(by, current):
            return current  # it says so already, as where the first answer was lost
        if current.version != version:
            raise StaleComment(current)
        refuse_if_silent(current.thread.reading, by)
        if not permissions.can_edit(by, current):
            raise PermissionDenied(_("This comment cannot be changed now."))
        # What staff gave back stays to be compared with what comes of it.
        _keep_revision(current, by, is_kept=over or current.is_returned, reason=reason)
        _rewrite(current, body, html)
        if current.is_published:
            record_comment(EventKind.COMMENT_EDITED, current, by=by)
            keep_mentions(current, mentioned, by=by)
        _submit_again(current, by)
    return current


def _submit_again(comment: Comment, by: Membership) -> None:
    """Let changed words wait for staff, where they were returned or what they say now would."""
    if comment.is_pending:
        return
    why = hold_for(
        by=by, audience=comment.thread.audience, body=comment.body, thread=comment.thread
    )
    if comment.is_returned:
        why = Hold(ReviewCause.REVISION)
    if why is None:
        return
    was_published = comment.is_published
    _set_state(comment, CommentState.PENDING)
    if was_published:
        recount(comment.thread_id, -1)
    hold(comment, why, by=by)


def rewrite(*, comment: Comment, body: str, by: Membership, reason: str = "") -> None:
    """Put other words in the place of a comment's, its author's or not, and keep those before.

    For who may speak for the author, inside the caller's transaction; `by` is named
    as the editor. Whom they name and the thread does not reach stays a word of them.
    Raises PermissionDenied where `by` cannot see the thread.
    """
    current = locked_comment(comment, by)
    is_answered = current.thread.last_seq > (current.seq or 0)
    _keep_revision(current, by, is_kept=is_answered or bool(reason), reason=reason)
    mentioned = find_mentioned(body, current.thread, by=by, warned=None)
    _rewrite(current, body, _rendered(current, body, mentioned.names))
    record_comment(EventKind.COMMENT_EDITED, current, by=by)
    keep_mentions(current, mentioned, by=by)


def _keep_revision(
    comment: Comment, editor: Membership, *, is_kept: bool = False, reason: str = ""
) -> None:
    before = comment.revisions.first()
    said_at = before.created_at if before else comment.created_at
    seen = is_kept or comment.replies.exists() or comment.reports.exists()
    if not seen and not reason and timezone.now() - said_at < MERGE_EDITS:
        return
    comment.edited_at = timezone.now()
    CommentRevision.objects.create(
        seminar_id=comment.seminar_id,
        comment=comment,
        body=comment.body,
        html=comment.html,
        editor=editor,
        reason=reason,
        created_at=comment.edited_at,
    )


def _rendered(comment: Comment, body: str, names: Names) -> str:
    paragraphs = paragraphs_for(body, reading=comment.thread.reading_id)
    return render(body, is_wrapped=is_wrapped(comment), names=names, paragraphs=paragraphs)


def _rewrite(comment: Comment, body: str, html: str) -> None:
    comment.body, comment.html, comment.renderer_version = body, html, RENDERER_VERSION
    comment.version += 1
    comment.save(
        update_fields=["body", "html", "terms", "renderer_version", "version", "edited_at"]
    )


def withdraw(*, comment: Comment, by: Membership) -> Comment:
    """Take back one's own words. Replies live; a thread with nothing left goes with it.

    Words that are withdrawn already stay so: the first answer may have been lost.
    """
    with transaction.atomic():
        current = locked_own_comment(comment, by)
        if current.is_withdrawn and permissions.is_author(by, current):
            return current
        if not permissions.can_withdraw(by, current):
            raise PermissionDenied(_("Only your own published comment can be withdrawn."))
        current.withdrawn_from = current.state
        _set_state(current, CommentState.WITHDRAWN)
        for_staff = not current.was_published
        record_comment(EventKind.COMMENT_WITHDRAWN, current, by=by, for_staff=for_staff)
        if current.withdrawn_from == CommentState.PUBLISHED:
            recount(current.thread_id, -1)
        close_without_words(current)
        withdraw_if_empty(current.thread)
    return current


def undo_withdrawal(*, comment: Comment, by: Membership) -> Comment:
    """Put withdrawn words back in their place, and their thread with them; once."""
    with transaction.atomic():
        current = locked_own_comment(comment, by)
        if current.is_published and permissions.is_author(by, current):
            return current
        if not permissions.can_undo_withdrawal(by, current):
            raise PermissionDenied(why_it_stays_withdrawn(current, by))
        for one in current.thread.readings:
            refuse_if_silent(one, by)
        _put_back(current, by)
        if current.thread.withdrawn_at:
            current.thread.withdrawn_at = None
            current.thread.save(update_fields=["withdrawn_at"])
    return current


def _put_back(comment: Comment, by: Membership) -> None:
    """Let withdrawn words be what they were; they wait for staff where they would wait now."""
    before = comment.withdrawn_from or CommentState.PUBLISHED
    comment.withdrawn_from = ""
    thread = comment.thread
    why = hold_for(by=by, audience=thread.audience, body=comment.body, thread=thread)
    if before == CommentState.RETURNED:
        _set_state(comment, CommentState.RETURNED)
    elif why or not comment.was_published or before == CommentState.PENDING:
        _set_state(comment, CommentState.PENDING)
        hold(comment, why or Hold(ReviewCause.PREMODERATION), by=by)
    else:
        _set_state(comment, CommentState.PUBLISHED)
        record_comment(EventKind.COMMENT_REPUBLISHED, comment, by=by)
        recount(comment.thread_id, +1)


def _set_state(comment: Comment, state: CommentState) -> None:
    comment.state = state
    comment.version += 1
    comment.save(update_fields=["state", "version", "withdrawn_from"])

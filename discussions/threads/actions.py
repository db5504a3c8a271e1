"""Starting a thread, and taking a highlight off again."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from database.prepared import PreparedInsert
from discussions.common.aliases import is_anonymous, new_alias
from discussions.common.citations import paragraphs_for
from discussions.common.errors import FarWordsNotFound, NothingToPost
from discussions.common.events import record_comment, record_thread
from discussions.common.holding import Hold, hold, hold_for
from discussions.common.idempotency import post_key, post_once, posts_by_key
from discussions.common.locking import hold_readings
from discussions.common.markdown import render
from discussions.common.mentions import find_mentioned, keep_mentions
from discussions.common.subscriptions import watch_by_posting
from discussions.models import (
    Comment,
    CommentState,
    LinkKind,
    QuestionState,
    Thread,
    ThreadKind,
    ThreadQuerySet,
)
from discussions.threads.audiences import chosen_audience
from readings.models import GuideItem, Passage, Reading
from readings.page import refuse_if_silent
from readings.passages import PassageNotFound, Segment
from readings.revisions import create_passage_as_seen, prepare_selection
from rendering.markdown import RENDERER_VERSION
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class FarEnd:
    """The other end of a new link: words in another reading, as `segments` name them, and how the
    first end stands to it. `seen` is the revision of that reading that the page showed."""

    reading: Reading
    segments: Sequence[Segment]
    kind: LinkKind
    seen: int | None = None


_THREADS = posts_by_key(Thread)
_NEW_THREAD = PreparedInsert(Thread)
_NEW_COMMENT = PreparedInsert(Comment)


def start_thread(
    *,
    reading: Reading,
    segments: Sequence[Segment],
    audience: str,
    kind: str,
    body: str,
    by: Membership,
    seen: int | None = None,
    client_key: uuid.UUID | None = None,
    warned: Collection[int] | None = None,
    at: datetime | None = None,
    anonymous: bool = False,
    answered_item: GuideItem | None = None,
    far: FarEnd | None = None,
) -> Thread:
    """Start a thread on the words that `segments` name; without any, on the whole reading.

    With quoted words and an empty body it is a highlight. `audience` is named as forms do
    (seminars.audience.audience_name); `anonymous` asks for an alias to classmates, where the
    reading allows one. `seen` is the revision that
    the page showed: the reading may have moved since. `answered_item` is the checkpoint to which it
    publishes an answer: who has not handed that in does not see it. With the `far` end it is a
    link, which needs no words: it says something itself. The same `client_key` with the
    same of all this is the same thread. `warned`: see find_mentioned. Raises PassageNotFound,
    NothingToPost, UnreachedMention; PermissionDenied, where the reading is closed too.
    """
    if kind == ThreadKind.GUIDE or (kind == ThreadKind.LINK) is (far is None):
        raise PermissionDenied(_("You may not start this thread."))
    chosen = chosen_audience(audience, by)
    if not Reading.including_general.visible_to(by).filter(pk=reading.pk).exists():
        raise PermissionDenied(_("This reading is not yours to write in."))
    ends = [(reading, seen)] if segments else []
    if far is not None:
        _refuse_far_end(far, near=reading, segments=segments, by=by)
        ends.append((far.reading, far.seen))
    has_words = any(one.quote or one.start is not None for one in segments)
    is_highlight = not body and (has_words or far is not None)
    paragraphs = paragraphs_for(body, reading=reading.pk)
    html = "" if is_highlight else render(body, paragraphs=paragraphs)
    other = (far.reading.pk, far.kind.pk, *far.segments) if far else ()
    key = post_key(client_key, reading.pk, audience, kind, body, *segments, *other)
    # Who is not named in one of two texts is not named in what joins them, either.
    readings = {reading, *(one for one, _seen in ends)}
    hides = any(is_anonymous(one, by, wanted=anonymous) for one in readings)
    for one, shown in ends:
        prepare_selection(reading=one, seen=shown)

    def write() -> Thread:
        far_passage = _far_passage(far, near=reading, by=by) if far else None
        refuse_if_silent(reading, by)
        why_held = None
        if html or far:
            why_held = _hold_for(by=by, audience=chosen.audience, body=body)
        thread = open_thread(
            reading=reading,
            passage=create_passage_as_seen(reading=reading, segments=segments, seen=seen, by=by)
            if segments
            else None,
            audience=chosen.audience,
            group_id=chosen.group_id,
            addressee=chosen.addressee,
            alias=new_alias() if hides else "",
            kind=kind,
            body=body,
            html=html,
            by=by,
            answered_item=answered_item,
            far=far,
            far_passage=far_passage,
            client_key=key,
            at=at,
            why_held=why_held,
        )
        if "@" in body and why_held is None:
            mention_in_opening(thread=thread, body=body, by=by, warned=warned)
        if html:
            watch_by_posting(thread, by=by)
        return thread

    thread = post_once(_THREADS, key, write, by=by)
    by.has_written()
    if far is not None:  # also where it was made before, and somewhere else
        by.seminar.has_links = True
    return thread


def _hold_for(*, by: Membership, audience: str, body: str) -> Hold | None:
    """Return why it waits for staff, as hold_for does; raise NothingToPost where it would and has
    no words: a link says something without any, and there is nothing that could wait."""
    why = hold_for(by=by, audience=audience, body=body)
    if why and not body:
        raise NothingToPost(
            _(
                "Staff look at what you post before others see it: "
                "say in a few words why you link these."
            )
        )
    return why


def _refuse_far_end(
    far: FarEnd, *, near: Reading, segments: Sequence[Segment], by: Membership
) -> None:
    """Raise PermissionDenied where `by` may not write at the other end of a link, PassageNotFound
    where no words are chosen at this one."""
    if not segments:
        raise PassageNotFound(_("Choose the words, or the paragraph, that this is about."))
    open_to_them = Reading.objects.visible_to(by).filter(pk=far.reading.pk)
    if far.reading.pk == near.pk or near.is_general or not open_to_them.exists():
        raise PermissionDenied(_("A link leads to another reading of this seminar."))
    if far.kind.seminar_id != near.seminar_id:
        raise PermissionDenied(_("This seminar has no such kind of link."))


def _far_passage(far: FarEnd, *, near: Reading, by: Membership) -> Passage:
    """Make the passage at the other end, in the transaction of the link, before anything else."""
    hold_readings([near, far.reading])
    refuse_if_silent(far.reading, by)
    by.seminar.begin_links()
    try:
        return create_passage_as_seen(
            reading=far.reading, segments=far.segments, seen=far.seen, by=by
        )
    except PassageNotFound as error:
        raise FarWordsNotFound(error) from error


def open_thread(
    *,
    reading: Reading,
    passage: Passage | None,
    audience: str,
    kind: str,
    body: str,
    html: str,
    by: Membership,
    group_id: int | None = None,
    addressee: Membership | None = None,
    alias: str = "",
    guide_item: GuideItem | None = None,
    answered_item: GuideItem | None = None,
    far: FarEnd | None = None,
    far_passage: Passage | None = None,
    client_key: uuid.UUID | None = None,
    at: datetime | None = None,
    why_held: Hold | None = None,
) -> Thread:
    """Write the rows of a thread and its first comment; inside the caller's transaction.

    Without `html`, which is what `render` made of the body, it is a highlight. With `why_held`
    it waits for staff, and nobody else sees that it is there.
    """
    at = at or timezone.now()
    has_comment = bool(html)
    is_public = has_comment and why_held is None
    thread = _NEW_THREAD.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        passage=passage,
        kind=kind,
        guide_item=guide_item,
        answered_item=answered_item,
        far_reading=far.reading if far else None,
        far_passage=far_passage,
        link_kind=far.kind if far else None,
        question_state=QuestionState.OPEN if kind == ThreadKind.QUESTION else "",
        audience=audience,
        group_id=group_id,
        addressee=addressee,
        author=by,
        author_role=by.role,
        author_group_id=by.group_id,
        alias=alias,
        created_at=at,
        active_at=at,
        held_at=at if why_held else None,
        last_seq=int(is_public),
        comment_count=int(is_public),
        client_key=client_key,
    )
    if why_held is None:
        record_thread(EventKind.THREAD_STARTED, thread, by=by)
    if has_comment:
        comment = _NEW_COMMENT.create(
            seminar_id=reading.seminar_id,
            thread=thread,
            seq=1 if is_public else None,
            state=CommentState.PUBLISHED if is_public else CommentState.PENDING,
            author=by,
            author_role=by.role,
            author_group_id=by.group_id,
            alias=alias,
            body=body,
            html=html,
            renderer_version=RENDERER_VERSION,
            created_at=at,
            published_at=at,
        )
        if why_held is None:
            record_comment(EventKind.COMMENT_PUBLISHED, comment, by=by)
        else:
            hold(comment, why_held, by=by)
    return thread


def mention_in_opening(
    *, thread: Thread, body: str, by: Membership, warned: Collection[int] | None
) -> None:
    """Let the first words speak to whom they name: who sees the thread is asked of its row.

    `warned`: see find_mentioned.
    """
    mentioned = find_mentioned(body, thread, by=by, warned=warned)
    if not mentioned.members:
        return
    comment = thread.comments.get(seq=1)
    comment.thread = thread
    paragraphs = paragraphs_for(body, reading=thread.reading_id)
    is_wrapped = thread.guide_item_id is not None
    comment.html = render(body, is_wrapped=is_wrapped, names=mentioned.names, paragraphs=paragraphs)
    comment.save(update_fields=["html"])
    keep_mentions(comment, mentioned, by=by)


@transaction.atomic
def remove_highlight(*, thread: Thread, by: Membership) -> None:
    """Take one's own highlight off, or a link; PermissionDenied once there are words of anybody's
    on it.

    One that is off already stays so: the first answer may have been lost.
    """
    own = _own_highlight(thread, by)
    if not own.filter(withdrawn_at=None).update(withdrawn_at=timezone.now()):
        if own.exists():
            return
        said = _("Only a highlight of your own, without comments, can be removed.")
        if thread.is_link:
            said = _("Only a link of your own, without comments, can be removed.")
        raise PermissionDenied(said)
    record_thread(EventKind.THREAD_WITHDRAWN, thread, by=by)


@transaction.atomic
def restore_highlight(*, thread: Thread, by: Membership) -> None:
    """Put one's own highlight or link back; one that is there stays. Raises PermissionDenied, where
    the reading is closed too, or the other one of a link: nothing appears there any more."""
    for reading in thread.readings:
        refuse_if_silent(reading, by)
    own = _own_highlight(thread, by)
    if not all(permissions.can_write(by, one) for one in thread.readings) or not own.exists():
        raise PermissionDenied(_("Only what is your own can be put back."))
    if own.exclude(withdrawn_at=None).update(withdrawn_at=None):
        record_thread(EventKind.THREAD_RESTORED, thread, by=by)


def _own_highlight(thread: Thread, by: Membership) -> ThreadQuerySet:
    return Thread.objects.reached_by(by).filter(pk=thread.pk, author=by, last_seq=0, held_at=None)

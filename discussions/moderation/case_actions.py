"""What is done with a case before it is decided: taken, handed over, answered, asked for anew."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.common.errors import NothingToPost, StaleReview
from discussions.common.events import record_comment
from discussions.common.holding import close_case, open_case, undecided_case
from discussions.common.locking import locked_comment, locked_own_comment
from discussions.models import (
    Action,
    Comment,
    Decision,
    ReviewCause,
    ReviewItem,
    ReviewState,
    Thread,
)
from discussions.moderation.deciders import colleagues_for, waits_for_nobody
from discussions.moderation.log import Notes, log_decision
from seminars import permissions
from seminars.events import EventKind
from seminars.models import Membership


class AlreadyAsked(Exception):
    """Staff have looked at it again already, or the request waits for them."""

    def __init__(self) -> None:
        super().__init__(
            _("A review of this decision has been asked for already. Its outcome is told to you.")
        )


def claim(*, review_item: ReviewItem, by: Membership, review_version: int) -> ReviewItem:
    """Say that one looks at a case; colleagues see it, and may decide all the same.

    One's own claim once more is the same. Raises PermissionDenied, StaleReview.
    """
    with transaction.atomic():
        comment, item = _held(review_item, by)
        if item.state == ReviewState.CLAIMED and item.claimed_by_id == by.pk:
            return item
        _must_be(item, review_version)
        before = item.state
        item.state, item.claimed_by, item.claimed_at = ReviewState.CLAIMED, by, timezone.now()
        _save(item, "state", "claimed_by", "claimed_at")
        _log(Action.CLAIM, item, comment, by, before)
    return item


def release(*, review_item: ReviewItem, by: Membership, review_version: int) -> ReviewItem:
    """Give a case back that one had taken. Raises PermissionDenied, StaleReview."""
    with transaction.atomic():
        comment, item = _held(review_item, by)
        if item.state == ReviewState.OPEN:
            return item
        _must_be(item, review_version)
        before = item.state
        item.state, item.claimed_by, item.claimed_at = ReviewState.OPEN, None, None
        _save(item, "state", "claimed_by", "claimed_at")
        _log(Action.RELEASE, item, comment, by, before)
    return item


def release_others(
    *, by: Membership, but: ReviewItem, keep: Collection[int] = ()
) -> list[ReviewItem]:
    """Give back the cases that one took before this one; not those to `keep`, by their keys, in
    which one has begun to write.

    What a colleague decided meanwhile is theirs, and is passed over.
    """
    mine = ReviewItem.objects.filter(
        seminar=by.seminar_id, state=ReviewState.CLAIMED, claimed_by=by
    ).exclude(pk__in=[but.pk, *keep])
    given = []
    for item in mine.select_related("comment__thread"):
        try:
            given.append(release(review_item=item, by=by, review_version=item.version))
        except (PermissionDenied, StaleReview):
            continue
    return given


def hand_over(
    *,
    review_item: ReviewItem,
    to: Membership,
    by: Membership,
    review_version: int,
    note_to_staff: str = "",
) -> Decision:
    """Give a case to a colleague, who may decide it though the words be an instructor's.

    Raises PermissionDenied where `to` is no colleague who sees the words, or wrote them;
    StaleReview.
    """
    with transaction.atomic():
        if done := _done(Action.HAND_OVER, review_item, by, member=to):
            return done
        comment, item = _held(review_item, by, own=True)
        if not permissions.can_hand_over(by, comment):
            raise PermissionDenied(_("Only an instructor can hand a case over."))
        if to not in colleagues_for(comment, by):
            raise PermissionDenied(_("This case cannot be given to them."))
        _must_be(item, review_version)
        before = item.state
        item.state, item.claimed_by, item.claimed_at = ReviewState.OPEN, None, None
        item.assignee = to
        _save(item, "state", "claimed_by", "claimed_at", "assignee")
        record_comment(EventKind.REVIEW_CHANGED, comment, by=by, for_staff=True)
        return log_decision(
            Action.HAND_OVER,
            by=by,
            comment=comment,
            member=to,
            review_item=item,
            before=before,
            after=item.state,
            notes=Notes(to_staff=note_to_staff),
        )


def _done(
    action: Action, review_item: ReviewItem, by: Membership, **same: object
) -> Decision | None:
    """Return the last decision on a case where this one is it once more, its answer being lost."""
    last = Decision.objects.filter(review_item=review_item).order_by("-pk").first()
    again = {"action": action, "actor": by, **same}
    is_again = last is not None and all(getattr(last, key) == what for key, what in again.items())
    return last if is_again else None


def answer(
    *, review_item: ReviewItem, by: Membership, review_version: int, note_to_member: str
) -> Decision:
    """Close a case about one's own words with a note to who reported them; it is logged as such.

    For the lone instructor: where somebody else may decide, they do. Raises PermissionDenied,
    NothingToPost without a note, StaleReview.
    """
    if not note_to_member.strip():
        raise NothingToPost(_("Say what you answer to who reported it."))
    with transaction.atomic():
        if done := _done(Action.ANSWER, review_item, by, note_to_member=note_to_member):
            return done
        comment, item = _held(review_item, by, own=True)
        if not permissions.can_answer_case(by, comment) or not waits_for_nobody(item):
            raise PermissionDenied(_("Somebody else decides about your words: hand the case over."))
        _must_be(item, review_version)
        before = item.state
        record_comment(EventKind.REVIEW_CHANGED, comment, by=by, for_staff=True)
        close_case(item, ReviewState.ANSWERED)
        return log_decision(
            Action.ANSWER,
            by=by,
            comment=comment,
            review_item=item,
            before=before,
            after=ReviewState.ANSWERED,
            notes=Notes(to_member=note_to_member),
        )


def ask_review(*, comment: Comment, by: Membership, why: str = "") -> ReviewItem:
    """Ask that staff look again at what they hid or removed of one's own words; once for each.

    Raises PermissionDenied; AlreadyAsked where it was asked since the decision.
    """
    with transaction.atomic():
        current = locked_own_comment(comment, by)
        if not permissions.can_ask_review(by, current):
            raise PermissionDenied(_("There is no decision to be looked at again."))
        waiting = undecided_case(current)
        if waiting is not None and waiting.cause == ReviewCause.APPEAL:
            return waiting
        decided = current.decisions.filter(comment_version=current.version)
        asked = current.review_items.filter(cause=ReviewCause.APPEAL)
        first = decided.order_by("pk").first()
        if first is not None and asked.filter(opened_at__gte=first.created_at).exists():
            raise AlreadyAsked
        record_comment(EventKind.REVIEW_ASKED, current, by=by, for_staff=True)
        return open_case(current, ReviewCause.APPEAL, why)


def _held(
    review_item: ReviewItem, by: Membership, *, own: bool = False
) -> tuple[Comment, ReviewItem]:
    """Return the comment and its undecided case, held; `own`: perhaps about one's own words."""
    among = Thread.objects.reached_by(by)
    comment = locked_comment(review_item.comment, by, among=among)
    item = undecided_case(comment)
    if item is None or item.pk != review_item.pk:
        raise StaleReview(ReviewItem.objects.for_review_page().get(pk=review_item.pk))
    is_own = own and comment.author_id == by.pk and by.is_instructor
    assignee = item.assignee_id
    if not is_own and not permissions.can_decide_case(by, comment, assignee_id=assignee):
        raise PermissionDenied(_("This comment is not yours to decide on."))
    return comment, item


def _must_be(item: ReviewItem, version: int) -> None:
    if item.version != version:
        raise StaleReview(ReviewItem.objects.for_review_page().get(pk=item.pk))


def _save(item: ReviewItem, *columns: str) -> None:
    item.save(update_fields=columns)
    ReviewItem.objects.filter(pk=item.pk).update(version=F("version") + 1)
    item.version += 1


def _log(action: Action, item: ReviewItem, comment: Comment, by: Membership, before: str) -> None:
    record_comment(EventKind.REVIEW_CHANGED, comment, by=by, for_staff=True)
    log_decision(action, by=by, comment=comment, review_item=item, before=before, after=item.state)

"""One decision about several comments of a seminar: each is decided and logged for itself."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from discussions.common.errors import StaleComment, StaleReview
from discussions.common.locking import hold_threads
from discussions.models import Action, Decision, ReviewItem
from discussions.moderation.case_decision import decide_case
from discussions.moderation.rare_actions import TooLateToUndo, undo
from seminars import permissions
from seminars.models import Membership

# Nobody reads more words than these before they decide about all of them.
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as it was read: its own version, and that of its words."""

    item: ReviewItem
    review_version: int
    version: int


@dataclass(frozen=True, slots=True)
class SeveralOutcome:
    """What came of it: the rows of the log, and the cases of which nothing became."""

    done: list[Decision]
    left_out: list[ReviewItem]


def decide_several(
    *,
    cases: Sequence[SeenCase],
    action: Action,
    by: Membership,
    reason: str = "",
    note_to_member: str = "",
    note_to_staff: str = "",
) -> SeveralOutcome:
    """Decide the same about several cases: one that changed meanwhile, or is not theirs to decide,
    is left out whole.

    Raises PermissionDenied, and does nothing at all, where one is of another seminar.
    """
    if not permissions.can_decide_on_several(by):
        raise PermissionDenied(_("Only an instructor decides about several comments at once."))
    if any(one.item.seminar_id != by.seminar_id for one in cases):
        raise PermissionDenied(_("These comments are not all of your seminar."))
    if len(cases) > MOST_AT_ONCE:
        raise ValueError("More cases than can be read at once.")
    outcome, together = SeveralOutcome([], []), uuid.uuid4()
    once = {one.item.pk: one for one in cases}
    with transaction.atomic():
        # In one order for all who write, so that two never wait for each other.
        hold_threads(one.item.comment.thread_id for one in cases)
        for seen in sorted(once.values(), key=lambda one: _place(one.item)):
            try:
                decision = decide_case(
                    item=seen.item,
                    action=action,
                    reason=reason,
                    by=by,
                    version=seen.version,
                    review_version=seen.review_version,
                    note_to_member=note_to_member,
                    note_to_staff=note_to_staff,
                    together=together,
                )
            except (PermissionDenied, StaleComment, StaleReview):
                outcome.left_out.append(seen.item)
            else:
                outcome.done.append(decision)
    return outcome


def _place(item: ReviewItem) -> tuple[int, int]:
    return item.comment.thread_id, item.comment_id


def undo_several(*, decision: Decision, by: Membership) -> SeveralOutcome:
    """Take back all that was decided together with this decision, as `undo` takes back one.

    What somebody has decided since is left out. Raises PermissionDenied, TooLateToUndo where
    nothing of it can be taken back.
    """
    rows = Decision.objects.filter(
        seminar=by.seminar_id, together=decision.together, actor=decision.actor_id
    ).select_related("comment", "review_item")
    outcome = SeveralOutcome([], [])
    with transaction.atomic():
        hold_threads(row.thread_id for row in rows if row.thread_id is not None)
        for row in rows.order_by("thread", "comment"):
            try:
                outcome.done.append(undo(decision=row, by=by))
            except TooLateToUndo:
                if row.review_item is not None:
                    outcome.left_out.append(row.review_item)
    if not outcome.done:
        raise TooLateToUndo
    return outcome

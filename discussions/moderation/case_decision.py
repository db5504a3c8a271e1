"""One decision about a case, whichever it is: each has its own function in actions.py."""

from typing import Any

from discussions.models import Action, Decision, ReviewItem
from discussions.moderation.actions import approve, dismiss, hide, remove, restore, return_to_author
from seminars.models import Membership

TAKING = {
    Action.HIDE: hide,
    Action.REMOVE: remove,
    Action.RETURN: return_to_author,
}
GIVING = {Action.APPROVE: approve, Action.RESTORE: restore}


def decide_case(
    *, item: ReviewItem, action: Action, reason: str, by: Membership, **values: Any
) -> Decision:
    """Carry a decision out; `values` are the notes and the versions that were read.

    Raises PermissionDenied, StaleComment, StaleReview.
    """
    if action in TAKING:
        act = TAKING[action]
        return act(comment=item.comment, reason=reason, by=by, review_item=item, **values)
    if action in GIVING:
        return GIVING[action](comment=item.comment, by=by, review_item=item, **values)
    return dismiss(review_item=item, by=by, **values)

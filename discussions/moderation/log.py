"""Writing the audit log: the one place where its rows come from."""

import uuid
from dataclasses import dataclass

from discussions.models import Action, Comment, Decision, ReviewItem, Thread
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said with a decision: to the member whom it is about, and among staff."""

    to_member: str = ""
    to_staff: str = ""


def log_decision(
    action: Action,
    *,
    by: Membership | None,
    before: str,
    after: str,
    comment: Comment | None = None,
    thread: Thread | None = None,
    member: Membership | None = None,
    review_item: ReviewItem | None = None,
    corrects: Decision | None = None,
    reason: str = "",
    notes: Notes = Notes(),
    together: uuid.UUID | None = None,
) -> Decision:
    """Write a row, with the role that the actor has now; inside the transaction of what was done.

    It is about a comment, a thread or a member. `by` is None where it happened by itself.
    `together` is the same in all rows of one decision about several comments.
    """
    where = comment.thread if comment else thread
    subject = where or member
    if subject is None:
        raise ValueError("A decision is about a comment, a thread or a member.")
    return Decision.objects.create(
        seminar_id=subject.seminar_id,
        actor=by,
        actor_role=by.role if by else "",
        action=action,
        thread=where,
        member=member,
        comment=comment,
        comment_version=comment.version if comment else None,
        review_item=review_item,
        corrects=corrects,
        before=before,
        after=after,
        reason=reason,
        note_to_member=notes.to_member,
        note_to_staff=notes.to_staff,
        together=together,
    )

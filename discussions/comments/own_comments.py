"""All that a member has written in a seminar: what each says, where it is, what became of it.

Whoever wrote words reaches them as long as they are a member: also in the thread of a group
that they have left, in a reading that was closed to them, and where staff have hidden them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from discussions.common.errors import why_it_stays_withdrawn
from discussions.models import Action, Comment, CommentState, Decision, Thread
from discussions.threads import audience_label
from seminars import permissions
from seminars.models import Membership

PAGE = 30  # comments


@dataclass(frozen=True, slots=True)
class OwnComment:
    """One of them; `note` is what staff told its author, where they have hidden it."""

    comment: Comment
    html: SafeString
    audience: str  # in words, where it is not everybody: “Only you”, “Monday”, “Staff only”
    why_out_of_reach: str  # why its thread cannot be read any more; empty where it can
    note: str
    can_withdraw: bool
    is_for_good: bool
    can_undo: bool

    @property
    def why_not_undone(self) -> str:
        """Why it cannot be put back, where it was withdrawn."""
        if not self.comment.is_withdrawn or self.can_undo:
            return ""
        return why_it_stays_withdrawn(self.comment)


@dataclass(frozen=True, slots=True)
class OwnComments:
    """A page of them, newest first; `before` leads to the older ones, 0 where there are none."""

    comments: Sequence[OwnComment]
    before: int
    is_first: bool


def build_own_comments(member: Membership, *, before: int | None = None) -> OwnComments:
    """Put the page together, in a fixed number of queries; `before` is the last comment seen."""
    found = Comment.objects.written_by(member).order_by("-created_at", "-pk")
    if before:
        # What was brought in from elsewhere has its own time, and may be older than its number.
        at = Subquery(Comment.objects.written_by(member).filter(pk=before).values("created_at"))
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=before))
    found = found.select_related("thread__reading__essay", "thread__group")
    rows = list(found.prefetch_related("thread__reading__groups")[: PAGE + 1])
    shown = rows[:PAGE]
    threads = Thread.objects.visible_to(member).filter(pk__in=[one.thread_id for one in shown])
    in_reach = set(threads.values_list("pk", flat=True))
    hidden = [one.pk for one in shown if one.state == CommentState.HIDDEN]
    decisions = Decision.objects.filter(comment__in=hidden, action=Action.HIDE).order_by("pk")
    notes = dict(decisions.values_list("comment_id", "note_to_member"))
    for one in shown:
        one.thread.reading.seminar = one.thread.seminar = member.seminar
    return OwnComments(
        [_own(one, member, one.thread_id in in_reach, notes.get(one.pk, "")) for one in shown],
        before=shown[-1].pk if len(rows) > PAGE else 0,
        is_first=not before,
    )


def _own(comment: Comment, member: Membership, is_in_reach: bool, note: str) -> OwnComment:
    return OwnComment(
        comment,
        mark_safe(comment.html),  # noqa: S308 - sanitised when it was written
        audience_label(comment.thread, member),
        "" if is_in_reach else _why_out_of_reach(comment.thread, member),
        note,
        can_withdraw=permissions.can_withdraw(member, comment),
        is_for_good=permissions.withdraws_for_good(member, comment),
        can_undo=permissions.can_undo_withdrawal(member, comment),
    )


def _why_out_of_reach(thread: Thread, member: Membership) -> str:
    reading = thread.reading
    if reading.removed_at is not None:
        return _("The reading was taken away. An instructor can put it back.")
    if not permissions.can_open_reading(member, reading):
        if reading.opens_at is not None and reading.opens_at > timezone.now():
            return _("The reading is closed until it opens.")
        if reading.group_ids:
            return _("The reading is for other groups now.")
        return _("The reading is not open to guests.")
    if thread.withdrawn_at is not None:
        return _("Its thread is gone.")
    return _(
        "It stands in a conversation that you cannot read any more:"
        " your group or your role has changed."
    )

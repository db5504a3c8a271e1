"""Bringing marks in from a file: all of them or none, after what they change was shown."""

from django.db import transaction
from django.utils.translation import gettext as _

from gradebook.book import load_book
from gradebook.mark_file import MarkFile
from gradebook.mark_plans import MarkPlan, PlannedMark, plan_marks
from gradebook.models import MAX_MARK_REASON, GivenMark
from gradebook.rows import row_of, standing_mark
from quizzes.statistics import counted_members
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.held import hold_seminar, require
from seminars.models import Membership
from seminars.permissions import can_keep_gradebook


class MarksNotConfirmed(Exception):
    """Nobody has seen yet what this file does, or it has problems; `plan` says it."""

    def __init__(self, plan: MarkPlan) -> None:
        super().__init__(plan.digest)
        self.plan = plan


class NoGradebook(Exception):
    """The seminar has none."""


@transaction.atomic
def bring_in_marks(*, file: MarkFile, source_name: str, by: Membership, confirmed: str) -> MarkPlan:
    """Give these marks by hand, with the file as the reason; comments stay.

    Raises MarksNotConfirmed where `confirmed` is no digest of what it does now.
    """
    require(can_keep_gradebook(by), by, by.seminar_id)
    hold_seminar(by.seminar_id)
    book = load_book(by, counted_members(by))
    if book is None:
        raise NoGradebook
    plan = plan_marks(book, file)
    if plan.problems or confirmed != plan.digest:
        raise MarksNotConfirmed(plan)
    reason = _reason(source_name)
    for one in plan.marks:
        _give(one, reason, by)
    return plan


def _reason(source_name: str) -> str:
    if not source_name:
        return _("From pasted rows")
    said = _("From the file %(name)s") % {"name": source_name}
    return said[:MAX_MARK_REASON]


def _give(planned: PlannedMark, reason: str, by: Membership) -> None:
    row = row_of(planned.column, by)
    earlier = standing_mark(row, planned.member)
    if earlier:
        earlier.undo(by=by)
    given = GivenMark.objects.create(
        seminar_id=by.seminar_id,
        column=row,
        membership=planned.member,
        points=planned.points,
        is_excused=planned.points is None,
        reason=reason,
        comment=earlier.comment if earlier else "",
        created_by=by,
    )
    group = planned.member.group_id
    record(EventKind.GRADE_SET, by=by, target=given, audience=Audience.STAFF, group_id=group)

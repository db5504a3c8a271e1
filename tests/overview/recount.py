"""The figures once more, in plain Python over all rows: slow, and easy to believe.

Nothing of the package's own code is used here. It is what tests/overview/test_figures.py holds the
pages against.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from discussions.models import Comment
from quizzes.models import Answer, Attempt, Quiz
from readings.models import Reading, Visit
from seminars.models import Membership, Seminar


@dataclass
class Recount:
    """What the table should say of one row; None where the table has no such thing."""

    open: int = 0
    opened: int = 0
    finished: int = 0
    posts: int = 0
    replies: int = 0
    asking: int = 0
    met: int = 0
    late: int = 0
    checkpoints: int = 0
    handed_in: int = 0
    marked: int = 0
    right: int = 0
    weeks: Counter[int] = field(default_factory=Counter)


def taking_part(seminar: Seminar) -> list[Membership]:
    return [
        one
        for one in Membership.objects.filter(seminar=seminar).select_related("user", "group")
        if one.role == "participant" and one.removed_at is None
    ]


def open_readings(seminar: Seminar) -> list[Reading]:
    now = timezone.now()
    return [
        one
        for one in Reading.objects.filter(seminar=seminar)
        if one.removed_at is None and (one.opens_at is None or one.opens_at <= now)
    ]


def is_for(reading: Reading, member: Membership) -> bool:
    groups = {one.pk for one in reading.groups.all()}
    return not groups or member.group_id in groups


def week_of(seminar: Seminar, moment: datetime) -> int:
    """Weeks begin on Mondays, and the first is that of the first visit or word."""
    firsts = [one.begun_at for one in Visit.objects.filter(seminar=seminar)]
    firsts += [one.published_at for one in Comment.objects.filter(seminar=seminar)]
    return (_monday(moment) - _monday(min(firsts))).days // 7 + 1


def _monday(moment: datetime) -> date:
    day = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return day - timedelta(days=day.weekday())


def counted_comments(seminar: Seminar) -> list[Comment]:
    people = {one.pk for one in taking_part(seminar)}
    readings = {one.pk for one in open_readings(seminar)}
    rows = Comment.objects.filter(seminar=seminar).select_related("thread__passage", "parent")
    return [
        one
        for one in rows
        if one.author_id in people
        and one.thread.reading_id in readings
        and one.state == "published"
        and one.thread.withdrawn_at is None
        and one.thread.audience != "me"
        and not one.origin
    ]


def recount(seminar: Seminar, by: str) -> dict[Any, Recount]:
    """Return the rows by the key of a person, a group or a reading, or the number of a week.

    “alias” is whoever wrote under another name, None who is in no group.
    """
    people = taking_part(seminar)
    readings = open_readings(seminar)
    group_of = {one.pk: one.group_id for one in people}
    rows: dict[Any, Recount] = {}

    def row(person: Any, group: Any, reading: int, week: int) -> Recount:
        key = {"person": person, "group": group, "reading": reading, "week": week}[by]
        return rows.setdefault(key, Recount())

    for comment in counted_comments(seminar):
        week = week_of(seminar, comment.published_at)
        person: Any = comment.author_id
        group: Any = group_of[comment.author_id]
        if comment.alias:
            person, group = "alias", comment.thread.group_id
        found = row(person, group, comment.thread.reading_id, week)
        if comment.seq == 1:
            found.posts += 1
        else:
            found.replies += 1
        found.weeks[week] += 1
    for member in people:
        for reading in readings:
            if is_for(reading, member):
                _count_stand(seminar, member, reading, row, by)
    return rows


def _count_stand(seminar: Seminar, member: Membership, reading: Reading, row: Any, by: str) -> None:
    group = member.group_id
    visit = Visit.objects.filter(membership=member, reading=reading).first()
    if visit:
        row(member.pk, group, reading.pk, week_of(seminar, visit.begun_at)).opened += 1
    for attempt in Attempt.objects.filter(membership=member, quiz__reading=reading, number=1):
        if attempt.state == "in_progress" or attempt.quiz.retired_at or not attempt.submitted_at:
            continue
        found = row(member.pk, group, reading.pk, week_of(seminar, attempt.submitted_at))
        found.handed_in += 1
        for answer in Answer.objects.filter(attempt=attempt).select_related("question"):
            if answer.question.retired_at is None and answer.score is not None:
                found.marked += 1
                found.right += answer.score == answer.question.points
    if by == "week":
        return
    found = row(member.pk, group, reading.pk, 0)
    found.open += 1
    found.finished += bool(visit and visit.progress == 100)
    found.checkpoints += len(Quiz.objects.filter(reading=reading, retired_at=None))
    if reading.required_posts or reading.required_replies:
        met, late = _required(member, reading)
        found.asking += 1
        found.met += met
        found.late += late


def _required(member: Membership, reading: Reading) -> tuple[bool, int]:
    """Whether as many posts and replies to others count as are asked, and how many are late."""
    until = reading.late_until or reading.closes_at
    times: dict[str, list[datetime]] = {"post": [], "reply": []}
    for comment in counted_comments(reading.seminar):
        if comment.author_id != member.pk or comment.thread.reading_id != reading.pk:
            continue
        answered = comment.parent.author_id if comment.parent else comment.thread.author_id
        if comment.seq == 1:
            times["post"].append(comment.created_at)
        elif answered != member.pk:
            times["reply"].append(comment.created_at)
    late = 0
    met = True
    for kind, needed in (("post", reading.required_posts), ("reply", reading.required_replies)):
        counted = [at for at in sorted(times[kind]) if until is None or at <= until][:needed]
        met = met and len(counted) >= needed
        late += sum(reading.due_at is not None and at > reading.due_at for at in counted)
    return met, late

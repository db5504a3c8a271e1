"""What is counted in the overview: who did what in which reading and week, loaded once.

Everything that the pages show is summed up from these rows (overview.figures), so that the same
thing is the same number by person, by group, by reading and by week.

Counted are the words, visits and answers of those who take part now: nothing of staff, guests and
who has left. Words count where they are published and others can read them. What somebody keeps to
themself, what was taken in from elsewhere, what is hidden, removed or withdrawn, and what is said
in the general discussion, about no reading, is no part of it.

Words under an alias are nobody's here: they count where everybody sees them stand, in their
reading, their week and the group that they were written to, and for no person (docs/adr/0034).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, F, Q, When
from django.utils import timezone

from discussions.models import Comment, CommentState
from overview.weeks import Weeks, weeks_of
from quizzes.attempts import are_marks_told, counted_attempts
from quizzes.models import Answer, AttemptState, GradeBy, Review
from readings.models import (
    Reading,
    ReadingKind,
    Requirement,
    Task,
    TaskKind,
    Visit,
    keep_everybodys_extensions,
    requirements_of,
)
from readings.page import tasks_of
from seminars.audience import Audience
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES, can_open_reading

NO_GROUP = 0  # the key of who is in none, and of words to no group
ALIAS = -1  # the key of whoever wrote under another name
_UNMARKED = {"is_marked": False, "is_right": False}
OF_TALK = {TaskKind.POSTS, TaskKind.REPLIES}


class CountedWords(NamedTuple):
    """One comment that counts: a post begins a thread, a reply does not.

    `block_key` is where its thread begins; "" where it is about the whole reading.
    """

    person: int
    group: int
    reading: int
    week: int
    is_post: bool
    block_key: str


class CountedAnswer(NamedTuple):
    """What somebody answered to one question, at first try or in a try that counts, which is
    mostly the same one; `is_right` once it is marked."""

    person: int
    group: int
    reading: int
    week: int
    question: int
    is_marked: bool
    is_right: bool
    is_first: bool
    counts: bool


class HandedIn(NamedTuple):
    """A checkpoint that somebody has handed in."""

    person: int
    group: int
    reading: int
    week: int


class Stand(NamedTuple):
    """Where one person stands in one reading that is open to them.

    `week` is that in which they opened it first; 0 where they have not.
    `progress` is how far they got, in percent. `asked` are the posts and replies that are asked
    of them there; `is_met` is whether as many count as are, and `late` of those came late.
    """

    person: int
    group: int
    reading: int
    week: int
    progress: int
    seen_at: datetime | None
    checkpoints: int
    asked: tuple[Requirement, ...]
    is_met: bool
    late: int

    @property
    def is_opened(self) -> bool:
        return self.week > 0

    @property
    def is_finished(self) -> bool:
        return self.progress >= 100


@dataclass(frozen=True, slots=True)
class Record:
    """All of one seminar that one viewer may see counted."""

    members: Sequence[Membership]
    readings: Sequence[Reading]  # those that have opened, by due date
    weeks: Weeks
    words: Sequence[CountedWords]
    answers: Sequence[CountedAnswer]
    handed_in: Sequence[HandedIn]
    stands: Sequence[Stand]


class _Opened(NamedTuple):
    progress: int
    begun_at: datetime
    seen_at: datetime


def load_record(viewer: Membership, members: Sequence[Membership]) -> Record:
    """Return what `members` did, as `viewer` may see it counted. Twelve queries.

    Of members and their groups: an assistant gives those whom they look after, a member
    themself alone (who knows which of the words under an alias are their own).
    """
    weeks = weeks_of(viewer.seminar_id)
    readings = readings_open_now(viewer.seminar_id)
    group_of = {one.pk: one.group_id or NO_GROUP for one in members}
    keep_everybodys_extensions(readings, members)
    places = _places(readings, members)
    tasks = tasks_of(members)
    stands, handed_in = [], []
    for reading in readings:
        for member in members:
            if not can_open_reading(member, reading):
                continue
            done = tasks.get((member.pk, reading.pk), ())
            place = places.get((member.pk, reading.pk))
            stands.append(_stand(member, reading, done, place, weeks))
            handed_in += [
                HandedIn(member.pk, group_of[member.pk], reading.pk, weeks.of(one.done_at))
                for one in done
                if one.kind == TaskKind.CHECKPOINTS and one.done_at is not None
            ]
    words = _words(viewer, readings, group_of, weeks)
    pairs = {(one.person, one.reading) for one in stands}
    counted = counted_attempts(readings, members)
    given = _answers(group_of, counted, weeks)
    answers = [
        one
        if _knows(viewer, readings, review, one)
        else one._replace(is_marked=False, is_right=False)
        for one, review in given
        if (one.person, one.reading) in pairs
    ]
    return Record(members, readings, weeks, words, answers, handed_in, stands)


def readings_open_now(seminar_id: int) -> list[Reading]:
    """Return the readings that somebody who takes part can open, by due date. Two queries."""
    opened = Q(opens_at=None) | Q(opens_at__lte=timezone.now())
    found = Reading.objects.filter(opened, seminar=seminar_id, removed_at=None)
    return list(found.for_seminar_page().prefetch_related("groups"))


def general_discussion_in(seminar_id: int) -> list[Reading]:
    """Return the general discussion, where there is one and it is not closed. Two queries."""
    found = Reading.including_general.filter(
        kind=ReadingKind.GENERAL, seminar=seminar_id, closes_at=None
    )
    return list(found.prefetch_related("groups"))


def _places(
    readings: Sequence[Reading], members: Sequence[Membership]
) -> Mapping[tuple[int, int], _Opened]:
    rows = Visit.objects.filter(
        reading__in=[one.pk for one in readings], membership__in=[one.pk for one in members]
    )
    columns = ("membership_id", "reading_id", "progress", "begun_at", "seen_at")
    return {
        (member, reading): _Opened(*place)
        for member, reading, *place in rows.order_by().values_list(*columns)
    }


def _stand(
    member: Membership,
    reading: Reading,
    tasks: Sequence[Task],
    place: _Opened | None,
    weeks: Weeks,
) -> Stand:
    progress = place.progress if place else 0
    talk = [one for one in tasks if one.kind in OF_TALK]
    requirements = requirements_of(
        reading, deadlines=reading.deadlines_for(member), progress=progress, tasks=talk
    )
    asked = tuple(one for one in requirements if one.kind in OF_TALK)
    return Stand(
        person=member.pk,
        group=member.group_id or NO_GROUP,
        reading=reading.pk,
        week=weeks.of(place.begun_at) if place else 0,
        progress=progress,
        seen_at=place.seen_at if place else None,
        checkpoints=len(tasks) - len(talk),
        asked=asked,
        is_met=bool(asked) and all(one.is_met for one in asked),
        late=sum(one.late for one in asked),
    )


def _words(
    viewer: Membership, readings: Sequence[Reading], group_of: Mapping[int, int], weeks: Weeks
) -> list[CountedWords]:
    said = Comment.objects.filter(
        _counted_by(viewer, list(group_of)),
        thread__reading__in=[one.pk for one in readings],
        thread__withdrawn_at=None,
        state=CommentState.PUBLISHED,
        origin="",
    ).exclude(thread__audience=Audience.ME)
    # The database says in which week: three thousand times are not made for that.
    rows = said.order_by().values_list(
        *("author_id", "alias", "thread__group_id", "thread__reading_id", "seq"),
        "thread__passage__block_key",
        weeks.number_of("published_at"),
    )
    found = []
    for author, alias, group, reading, seq, block, week in rows:
        is_named = not alias or author == viewer.pk
        found.append(
            CountedWords(
                person=author if is_named else ALIAS,
                group=group_of[author] if is_named else group or NO_GROUP,
                reading=reading,
                week=week,
                is_post=seq == 1,
                block_key=block or "",
            )
        )
    return found


def _counted_by(viewer: Membership, members: Sequence[int]) -> Q:
    """Of words: those of these members under their names, and those under an alias of which this
    viewer may know that somebody whom they look after wrote them."""
    own = Q(author__in=members)
    if viewer.is_instructor or not viewer.is_staff:
        return own
    # Who is anonymous is not told by group either: what is written to a group, one of it wrote.
    taking_part = Q(author__role__in=COUNTED_ROLES, author__removed_at=None)
    in_own_groups = Q(thread__audience=Audience.GROUP, thread__group__in=viewer.group_ids)
    return own & Q(alias="") | ~Q(alias="") & taking_part & in_own_groups


def _answers(
    group_of: Mapping[int, int], counted: Collection[int], weeks: Weeks
) -> Iterator[tuple[CountedAnswer, str]]:
    """Those of the first tries, and of those that count, at the checkpoints that are asked now, to
    what they ask now, each with the review of its checkpoint.

    `counted` are the pks of the tries where another than the first may count.
    """
    rows = (
        Answer.objects.filter(
            Q(attempt__number=1) | ~Q(attempt__quiz__grade_by=GradeBy.FIRST),
            attempt__membership__in=list(group_of),
            attempt__quiz__retired_at=None,
            question__retired_at=None,
        )
        .exclude(attempt__state=AttemptState.IN_PROGRESS)
        .order_by()
        .values_list(
            *("attempt_id", "attempt__number", "attempt__quiz__grade_by", "attempt__quiz__review"),
            *("attempt__membership_id", "attempt__quiz__reading_id", "question_id"),
            weeks.number_of("attempt__submitted_at"),
            Case(When(score=None, then=0), When(score=F("question__points"), then=2), default=1),
        )
    )
    for attempt, number, grade_by, review, person, reading, question, week, mark in rows:
        is_first, counts = number == 1, grade_by == GradeBy.FIRST or attempt in counted
        if is_first or counts:
            at = (person, group_of[person], reading, week)
            yield CountedAnswer(*at, question, mark > 0, mark > 1, is_first, counts), review


def _knows(
    viewer: Membership, readings: Sequence[Reading], review: str, answer: CountedAnswer
) -> bool:
    """Whether the viewer is told of this answer, which is their own where they are no staff."""
    if viewer.is_staff or review == Review.AT_ONCE:
        return True
    reading = next(one for one in readings if one.pk == answer.reading)
    return are_marks_told(review, reading, viewer)

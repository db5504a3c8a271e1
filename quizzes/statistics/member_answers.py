"""What one person answered to the checkpoints of a reading, for staff."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from quizzes.attempts import Checkpoint, CheckpointView, checkpoints_of
from quizzes.models import Quiz
from readings.models import Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class AnsweredTry:
    """One try, with all that its author was told after it."""

    view: CheckpointView
    number: int
    submitted_at: datetime | None
    counts: bool


@dataclass(frozen=True, slots=True)
class MemberCheckpoint:
    """One checkpoint; `tries` are the first, which counts, and the latest, if it is another."""

    title: str
    number: int
    place_url: str
    place_name: str
    is_replaced: bool
    late: str
    has_begun: bool  # answers are kept on the server that were not handed in
    tries: list[AnsweredTry]


def member_checkpoints(reading: Reading, author: Membership) -> list[MemberCheckpoint]:
    """Return the reading's checkpoints as `author` answered them, those that were replaced too."""
    checkpoints = checkpoints_of(
        reading=reading, membership=author, among=Quiz.objects.with_results(reading)
    )
    return [
        _member_checkpoint(one) for one in checkpoints if one.tries or one.quiz.retired_at is None
    ]


def _member_checkpoint(checkpoint: Checkpoint) -> MemberCheckpoint:
    tries = list(_tries(checkpoint))
    quiz = checkpoint.quiz
    return MemberCheckpoint(
        title=quiz.title,
        number=checkpoint.number,
        place_url=checkpoint.place_url if quiz.retired_at is None else "",
        place_name=quiz.place_name,
        is_replaced=quiz.retired_at is not None,
        late=tries[0].view.late if tries else "",
        has_begun=checkpoint.kept is not None,
        tries=tries,
    )


def _tries(checkpoint: Checkpoint) -> Iterator[AnsweredTry]:
    for attempt in checkpoint.tries:
        alone = replace(checkpoint, tries=[attempt], kept=None)
        yield AnsweredTry(alone.view(), attempt.number, attempt.submitted_at, attempt.number == 1)

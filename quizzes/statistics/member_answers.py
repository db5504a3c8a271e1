"""What one person answered to the checkpoints of a reading, for staff."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from quizzes.attempts import Checkpoint, CheckpointView, checkpoints_of, score_words
from quizzes.models import GradeBy, Quiz
from readings.models import Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class AnsweredTry:
    """One try, with all that its author was told after it."""

    view: CheckpointView
    number: int
    submitted_at: datetime | None
    score: str  # in words
    counts: bool
    is_practice: bool  # it could not have counted: a first one does

    @property
    def scope(self) -> str:
        """What begins the ids of its questions, which stand on the page once for each try."""
        return f"try-{self.number}-"


@dataclass(frozen=True, slots=True)
class MemberCheckpoint:
    """One checkpoint; `tries` are those that may count, and the latest; `counts` says what they
    come to, where that is not what the one that counts says."""

    title: str
    number: int
    place_url: str
    place_name: str
    is_replaced: bool
    late: str
    has_begun: bool  # answers are kept on the server that were not handed in
    counts: str
    tries: list[AnsweredTry]


def member_checkpoints(reading: Reading, author: Membership) -> list[MemberCheckpoint]:
    """Return the reading's checkpoints as `author` answered them, those that were replaced too."""
    checkpoints = checkpoints_of(
        reading=reading, membership=author, among=Quiz.objects.with_results(reading)
    )
    return [
        _member_checkpoint(replace(one, is_for_staff=True))
        for one in checkpoints
        if one.tries or one.quiz.retired_at is None
    ]


def _member_checkpoint(checkpoint: Checkpoint) -> MemberCheckpoint:
    whole = checkpoint.view() if checkpoint.tries else None
    tries = list(_tries(checkpoint))
    quiz = checkpoint.quiz
    return MemberCheckpoint(
        title=quiz.title,
        number=checkpoint.number,
        place_url=checkpoint.place_url if quiz.retired_at is None else "",
        place_name=quiz.place_name,
        is_replaced=quiz.retired_at is not None,
        late=whole.late if whole else "",
        counts=whole.counts if whole else "",
        has_begun=checkpoint.kept is not None,
        tries=tries,
    )


def _tries(checkpoint: Checkpoint) -> Iterator[AnsweredTry]:
    counting = checkpoint.counts.numbers if checkpoint.tries else ()
    for attempt in checkpoint.tries:
        alone = replace(checkpoint, tries=[attempt], kept=None)
        yield AnsweredTry(
            view=alone.view(),
            number=attempt.number,
            submitted_at=attempt.submitted_at,
            score=score_words(attempt),
            counts=attempt.number in counting,
            is_practice=checkpoint.settings.grade_by == GradeBy.FIRST,
        )

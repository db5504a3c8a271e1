"""When a missed question comes back: FSRS, by the library of that name, in days.

It is told how well an answer went, and says after how many days nine of ten people would still
know. Its steps of minutes are left out: a seminar meets once a week.
"""

from dataclasses import dataclass
from datetime import datetime

from fsrs import Card, Rating, Scheduler, State

from quizzes.marking import Verdict

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_RATINGS = {
    Verdict.RIGHT: Rating.Good,
    Verdict.PARTLY: Rating.Hard,
    Verdict.WRONG: Rating.Again,
}


@dataclass(frozen=True, slots=True)
class Memory:
    """How well somebody knows an answer: FSRS's stability in days, and its difficulty, 1 to 10."""

    stability: float
    difficulty: float
    answered_at: datetime
    due_at: datetime


def after_missing(at: datetime) -> Memory:
    """Return what follows from a wrong answer in a checkpoint."""
    return _after(Card(card_id=0), Verdict.WRONG, at)


def after_answer(memory: Memory, verdict: Verdict, at: datetime) -> Memory:
    """Return what follows from another answer; `verdict` is right, partly right or wrong."""
    card = Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at,
        last_review=memory.answered_at,
    )
    return _after(card, verdict, at)


def _after(card: Card, verdict: Verdict, at: datetime) -> Memory:
    known, _log = _SCHEDULER.review_card(card, _RATINGS[verdict], review_datetime=at)
    assert known.stability is not None  # noqa: S101 - it has been answered now
    assert known.difficulty is not None  # noqa: S101
    return Memory(known.stability, known.difficulty, at, known.due)

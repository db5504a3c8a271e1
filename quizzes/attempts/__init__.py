"""Answering checkpoints: what a member sees of them, and what they hand in."""

from quizzes.attempts.actions import (
    keep_answers,
    submit_attempt,
)
from quizzes.attempts.answered_items import (
    find_answered_items,
)
from quizzes.attempts.checkpoint_tasks import (
    checkpoint_tasks,
)
from quizzes.attempts.checkpoints import Checkpoint
from quizzes.attempts.contents import (
    contents_of,
    writers_at,
)
from quizzes.attempts.gates import (
    note_passings,
    skip_gate,
)
from quizzes.attempts.handed_in import (
    SubmissionRefused,
    hold_member,
)
from quizzes.attempts.http import (
    client_key_in,
    get_checkpoint,
    responses_in,
)
from quizzes.attempts.layer import (
    QuizLayer,
)
from quizzes.attempts.published import (
    PublicationView,
    can_publish,
    is_in_own_words,
    place_words,
    question_answered_in,
)
from quizzes.attempts.queries import checkpoints_of
from quizzes.attempts.regrading import (
    Points,
    Regraded,
    counted_points,
    regrade,
    sum_up,
)
from quizzes.attempts.review import (
    Disclosed,
    are_marks_told,
    is_over,
    told,
)
from quizzes.attempts.shown import (
    CheckpointView,
    QuestionView,
    answered_question,
    question_to_answer,
)
from quizzes.attempts.timed import (
    begin_attempt,
    hand_in_overdue,
)
from quizzes.attempts.tries import (
    counted_attempts,
    counted_tries,
    score_words,
    tries_left,
)
from quizzes.attempts.watches import (
    watches,
)

__all__ = [
    "Checkpoint",
    "CheckpointView",
    "Disclosed",
    "Points",
    "PublicationView",
    "QuestionView",
    "QuizLayer",
    "Regraded",
    "SubmissionRefused",
    "answered_question",
    "are_marks_told",
    "begin_attempt",
    "can_publish",
    "checkpoint_tasks",
    "checkpoints_of",
    "client_key_in",
    "contents_of",
    "counted_attempts",
    "counted_points",
    "counted_tries",
    "find_answered_items",
    "get_checkpoint",
    "hand_in_overdue",
    "hold_member",
    "is_in_own_words",
    "is_over",
    "keep_answers",
    "note_passings",
    "place_words",
    "question_answered_in",
    "question_to_answer",
    "regrade",
    "responses_in",
    "score_words",
    "skip_gate",
    "submit_attempt",
    "sum_up",
    "told",
    "tries_left",
    "watches",
    "writers_at",
]

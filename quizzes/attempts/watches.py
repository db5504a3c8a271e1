"""Which rows of checkpoints shape a reading's page."""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from quizzes.models import Answer, Attempt, Choice, Question, Quiz
from readings.page import Shapes, Watch

_QUIZZES, _QUESTIONS = Quiz._meta.db_table, Question._meta.db_table
_ATTEMPTS = Attempt._meta.db_table


def watches() -> list[Watch]:
    """The questions are everybody's; what was answered is one member's."""
    visit = f"SELECT q.reading_id, {{member}} AS membership_id FROM {_QUIZZES} q"
    return [
        Watch(Quiz, Shapes.PAGES, "SELECT {row}.reading_id AS reading_id"),
        Watch(
            Question,
            Shapes.PAGES,
            f"SELECT reading_id FROM {_QUIZZES} WHERE id = {{row}}.quiz_id",
        ),
        Watch(
            Choice,
            Shapes.PAGES,
            f"SELECT reading_id FROM {_QUIZZES} WHERE id IN"
            f" (SELECT quiz_id FROM {_QUESTIONS} WHERE id = {{row}}.question_id)",
        ),
        Watch(
            Attempt,
            Shapes.VISITS,
            visit.format(member="{row}.membership_id") + " WHERE q.id = {row}.quiz_id",
        ),
        Watch(
            Answer,
            Shapes.VISITS,
            visit.format(member="a.membership_id")
            + f" JOIN {_ATTEMPTS} a ON a.quiz_id = q.id WHERE a.id = {{row}}.attempt_id",
        ),
    ]

"""Which rows of checkpoints shape a reading's page."""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from quizzes.models import Answer, Attempt, Choice, KeyPassage, Question, Quiz
from readings.models import GuideItem, Passage
from readings.page import Shapes, Watch

_QUIZZES, _QUESTIONS = Quiz._meta.db_table, Question._meta.db_table
_KEYS = KeyPassage._meta.db_table
_ATTEMPTS, _ITEMS = Attempt._meta.db_table, GuideItem._meta.db_table


def watches() -> list[Watch]:
    """The questions are everybody's; what was answered is one member's.

    Questions change with a guide alone, so rarely that the whole page may be made anew. Posts,
    which change a page often, leave what stands after the blocks as it is (readings.page.page).
    """
    visit = f"SELECT q.reading_id, {{member}} AS membership_id FROM {_QUIZZES} q"
    placed = f"SELECT reading_id FROM {_QUIZZES} WHERE item_id IN"
    of_question = (
        f"SELECT reading_id FROM {_QUIZZES} WHERE id IN"
        f" (SELECT quiz_id FROM {_QUESTIONS} WHERE id = {{row}}.question_id)"
    )
    return [
        Watch(Quiz, Shapes.ALL_BLOCKS, "SELECT {row}.reading_id AS reading_id"),
        Watch(
            Question,
            Shapes.ALL_BLOCKS,
            f"SELECT reading_id FROM {_QUIZZES} WHERE id = {{row}}.quiz_id",
        ),
        Watch(Choice, Shapes.ALL_BLOCKS, of_question),
        # What is right is told after the second try.
        Watch(KeyPassage, Shapes.ALL_BLOCKS, of_question),
        # Where a checkpoint stands, and where the answers to its questions can be read.
        Watch(GuideItem, Shapes.ALL_BLOCKS, f"{placed} ({{row}}.id)", events=("UPDATE", "DELETE")),
        Watch(
            Passage,
            Shapes.ALL_BLOCKS,
            f"{placed} (SELECT id FROM {_ITEMS} WHERE passage_id = {{row}}.id)"
            f" UNION SELECT reading_id FROM {_QUIZZES} WHERE id IN"
            f" (SELECT quiz_id FROM {_QUESTIONS} WHERE passage_id = {{row}}.id)"
            f" UNION SELECT reading_id FROM {_QUIZZES} WHERE id IN"
            f" (SELECT q.quiz_id FROM {_QUESTIONS} q JOIN {_KEYS} k ON k.question_id = q.id"
            " WHERE k.passage_id = {row}.id)",
            events=("UPDATE", "DELETE"),
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

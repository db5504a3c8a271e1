"""Which rows of checkpoints shape a reading's page."""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

from discussions.models import Comment
from quizzes.models import (
    Accommodation,
    Answer,
    AnswerMark,
    Attempt,
    Choice,
    KeyPassage,
    PublishedAnswer,
    Question,
    Quiz,
)
from readings.models import GatePassing, GuideItem, Passage, ReadingGate
from readings.page import Shapes, Watch

_QUIZZES, _QUESTIONS = Quiz._meta.db_table, Question._meta.db_table
_KEYS, _GATES = KeyPassage._meta.db_table, ReadingGate._meta.db_table
_ANSWERS = Answer._meta.db_table
_PUBLISHED = PublishedAnswer._meta.db_table
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
        # What staff see at a checkpoint, and where the text ends for others.
        Watch(ReadingGate, Shapes.ALL_BLOCKS, "SELECT {row}.reading_id AS reading_id"),
        Watch(
            GatePassing,
            Shapes.VISITS,
            f"SELECT g.reading_id, {{row}}.membership_id AS membership_id FROM {_GATES} g"
            " WHERE g.id = {row}.gate_id",
        ),
        Watch(
            Attempt,
            Shapes.VISITS,
            visit.format(member="{row}.membership_id") + " WHERE q.id = {row}.quiz_id",
        ),
        # As which thread one's answer stands, and whether its words do still.
        Watch(
            PublishedAnswer,
            Shapes.VISITS,
            visit.format(member="{row}.membership_id")
            + f" JOIN {_QUESTIONS} k ON k.quiz_id = q.id WHERE k.id = {{row}}.question_id",
        ),
        Watch(
            Comment,
            Shapes.VISITS,
            visit.format(member="p.membership_id")
            + f" JOIN {_QUESTIONS} k ON k.quiz_id = q.id"
            + f" JOIN {_PUBLISHED} p ON p.question_id = k.id WHERE p.thread_id = {{row}}.thread_id",
            columns=("state",),
            events=("UPDATE",),
        ),
        # Of one member, in all readings of the seminar.
        Watch(
            Accommodation,
            Shapes.VISITS,
            f"SELECT q.reading_id, {{row}}.membership_id AS membership_id FROM {_QUIZZES} q"
            " WHERE q.seminar_id = {row}.seminar_id",
        ),
        # A remark may change where the points do not.
        Watch(
            AnswerMark,
            Shapes.VISITS,
            visit.format(member="a.membership_id")
            + f" JOIN {_ATTEMPTS} a ON a.quiz_id = q.id"
            + f" JOIN {_ANSWERS} w ON w.attempt_id = a.id WHERE w.id = {{row}}.answer_id",
        ),
        Watch(
            Answer,
            Shapes.VISITS,
            visit.format(member="a.membership_id")
            + f" JOIN {_ATTEMPTS} a ON a.quiz_id = q.id WHERE a.id = {{row}}.attempt_id",
        ),
    ]

"""A small gradebook whose figures were worked out by hand, beside each of them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from lxml import html

from gradebook.actions import begin_gradebook, release_grades
from gradebook.book import MarkBook, PersonMarks, load_book
from gradebook.columns import Column
from gradebook.models import GradeCategory, GradeColumn
from quizzes.attempts import submit_attempt
from quizzes.manual_marking import release_marks, set_mark
from quizzes.models import Attempt, Question, QuestionKind, Quiz
from readings.guides import apply_guide
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_reading, make_user

PAGE = "/s/seminar/desk/gradebook/"
OWN = "/s/seminar/marks/"

GUIDE = """\
---
guide: 1
title: Guide to {slug}
---

## Checkpoint ¶ 2

Title: Stop at {slug}

### Where do readers stop?

- (x) Here.
- ( ) There.

### Who fills the margin?

Points: 2
Answer: readers

### Printers left it wide.

Answer: true
"""
OPEN = """
## Checkpoint ¶ 3

Title: In your words

### What would you write in it?

Open: up to 60 words
Points: 10
"""


@dataclass
class Kept:
    """Three readings with a checkpoint of four points each, one with an open question of ten."""

    people: People
    readings: list[Reading]
    quizzes: list[Quiz]
    open_question: Question
    erin: Membership

    @property
    def seminar_pk(self) -> int:
        return self.people.seminar.pk


def ago(**time: float) -> datetime:
    return timezone.now() - timedelta(**time)


def make_kept(people: People) -> Kept:
    """Of four points each: Carol has 4, 1 and 3, Dan has 2 and 2, Erin nothing.

    Of the ten for words of their own, Carol has 7.5, and Dan's answer is not marked.
    """
    readings, quizzes = [], []
    for number, slug in enumerate(("alpha", "beta", "gamma")):
        reading = make_reading(people, slug, due_at=ago(days=30 - number))
        text = GUIDE.format(slug=slug) + (OPEN if slug == "alpha" else "")
        apply_guide(reading=reading, text=text, by=people.alice)
        readings.append(reading)
        quizzes.append(Quiz.objects.of(reading)[0])
    erin = Membership.objects.create(
        seminar=people.seminar, user=make_user("erin"), group=people.thursday
    )
    Membership.objects.filter(seminar=people.seminar).update(joined_at=ago(days=90))
    for member in (people.carol, people.dan, erin):
        member.refresh_from_db(fields=["joined_at"])
    kept = Kept(
        people,
        readings,
        quizzes,
        Question.objects.get(kind=QuestionKind.OPEN),
        erin,
    )
    for quiz, right in zip(quizzes, ("abc", "a", "ab"), strict=True):
        hand_in(quiz, people.carol, right)
    for quiz, right in zip(quizzes[:2], ("b", "ac"), strict=True):
        hand_in(quiz, people.dan, right)
    for member, points in ((people.carol, "7.5"), (people.dan, "")):
        answer_openly(kept, member, points)
    begin_gradebook(by=people.alice)
    return kept


def hand_in(quiz: Quiz, by: Membership, right: str, *, at: datetime | None = None) -> Attempt:
    """Answer a checkpoint; `right` names the questions that are: a for one point, b for two, c
    for one. In time, unless it is said when."""
    given = {}
    for name, question in zip("abc", quiz.questions.order_by("position"), strict=True):
        is_right = name in right
        if name == "a":
            given[question.pk] = [str(question.choices.get(is_correct=is_right).key)]
        elif name == "b":
            given[question.pk] = ["readers" if is_right else "printers"]
        else:
            given[question.pk] = ["true" if is_right else "false"]
    return submit_attempt(quiz=quiz, responses=given, by=by, at=at or ago(days=60))


def answer_openly(kept: Kept, by: Membership, points: str) -> None:
    """Answer in one's own words; with points, these are given and released."""
    question = kept.open_question
    attempt = submit_attempt(
        quiz=question.quiz, responses={question.pk: ["A doubt."]}, by=by, at=ago(days=60)
    )
    if points:
        answer = attempt.answers.select_related("attempt__membership", "question__quiz").get()
        alice = kept.people.alice
        set_mark(answer=answer, points=Decimal(points), remark="", by=alice)
        release_marks(question=question, by=alice)


# --- What it says ---------------------------------------------------------------------------------
def book_of(kept: Kept, viewer: Membership | None = None, *members: Membership) -> MarkBook:
    """The book as this member of staff has it: Alice and everybody, where nothing is said."""
    people = kept.people
    book = load_book(viewer or people.alice, members or (people.carol, people.dan, kept.erin))
    assert book
    return book


def column_of(kept: Kept, name: str) -> Column:
    """The column of “alpha” (a checkpoint), “open”, or of a title of one's own."""
    book = book_of(kept)
    for one in book.columns:
        reading = one.source.reading
        if one.kind == "open" and name == "open":
            return one
        if one.kind == "checkpoint" and reading and reading.slug == name:
            return one
        if one.source.title == name:
            return one
    raise LookupError(name)


def row_of(kept: Kept, member: Membership) -> PersonMarks:
    return next(one for one in book_of(kept).rows if one.member == member)


def release(kept: Kept, *names: str) -> None:
    """Release these columns; all, where none is named."""
    columns = [column_of(kept, one) for one in names] or list(book_of(kept).columns)
    release_grades(columns=columns, by=kept.people.alice)


def add_column(kept: Kept, title: str, maximum: int = 10, category: str = "Checkpoints") -> Column:
    """A column of one's own, in a category by its name."""
    GradeColumn.objects.create(
        seminar=kept.people.seminar,
        kind="by_hand",
        title=title,
        maximum=maximum,
        category=GradeCategory.objects.get(seminar=kept.people.seminar, name=category),
    )
    return column_of(kept, title)


def settle(name: str, **fields: Any) -> None:
    GradeCategory.objects.filter(name=name).update(**fields)


def table(people: People, who: str = "alice", query: str = "") -> dict[str, list[str]]:
    """The table as the page has it: by name, the words of the cells."""
    answer = people.client(who).get(f"{PAGE}{query}")
    assert answer.status_code == 200
    tree: Any = html.fromstring(answer.content)
    return {
        words(row.xpath("./th")[0]): [words(cell) for cell in row.xpath("./td")]
        for row in tree.xpath("//table[@class='marks']/tbody/tr")
    }


def words(element: Any) -> str:
    text = re.sub(r"[\u2066-\u2069]", "", element.text_content())
    return " ".join(text.split())

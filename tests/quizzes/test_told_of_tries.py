"""What is said of tries before they are handed in, while they wait, and once they are marked."""

from decimal import Decimal

import pytest
from django.urls import reverse

from quizzes.attempts import submit_attempt
from quizzes.manual_marking.actions import release_marks, set_mark
from quizzes.models import AnswerMark, Quiz
from readings.models import Reading
from tests.base import People, markup
from tests.quizzes.base import add_quiz, right_answers, wrong_answers
from tests.quizzes.marking import ASKED, hand_in
from tests.quizzes.test_behaviours import guide
from tests.quizzes.test_member_answers import url

RULE = "Your first try is the one that counts; later ones are for you."


def url_of(quiz: Quiz) -> str:
    return reverse("quiz_detail", args=["seminar", "margins", quiz.pk])


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


def test_what_a_person_marks_is_handed_in_and_not_checked(people: People, quiz: Quiz) -> None:
    page = markup(people.client("carol").get(url_of(quiz)))
    assert "Hand in </button>" in page
    assert "Check answer" not in page
    answered = people.client("carol").post(
        reverse("attempt_create", args=["seminar", "margins", quiz.pk]), {}
    )
    assert "Not handed in yet. What is missing:" in answered.content.decode()


def test_one_that_is_marked_at_once_is_checked(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, f"{ASKED}\n### How many?\n\nAnswer: three\n")
    page = markup(people.client("carol").get(url_of(quiz)))
    assert "Check answers</button>" in page


@pytest.mark.parametrize(
    ("more", "answers", "told"),
    [
        ("", ["A doubt."], "A person marks this answer."),
        ("\n### And why?\n\nOpen:\n", ["A doubt.", "So."], "A person marks these answers."),
        (
            "\n### How many?\n\nAnswer: three\n",
            ["A doubt.", "three"],
            "marks one of these answers.",
        ),
    ],
)
def test_how_many_a_person_marks_is_said(
    people: People, reading: Reading, more: str, answers: list[str], told: str
) -> None:
    quiz = add_quiz(people, reading, ASKED + more)
    asked = zip(quiz.questions.order_by("position"), answers, strict=True)
    submit_attempt(quiz=quiz, responses={one.pk: [words] for one, words in asked}, by=people.carol)
    assert told in markup(people.client("carol").get(url_of(quiz)))


def test_which_try_counts_is_said_before_and_beside_another(people: People, quiz: Quiz) -> None:
    assert RULE in markup(people.client("carol").get(url_of(quiz)))
    hand_in(quiz, people.carol, "A doubt of mine.")
    page = markup(people.client("carol").get(url_of(quiz)))
    assert page.index(RULE) < page.index("Try again")
    assert "Only the first try is marked." not in page
    hand_in(quiz, people.carol, "Another doubt.")
    page = markup(people.client("carol").get(url_of(quiz)))
    assert page.count("Only the first try is marked.") == 2
    assert "A person marks" not in page.partition('class="feedback result"')[2]


def test_a_remark_on_full_marks_is_in_sight(people: People, quiz: Quiz) -> None:
    answer = hand_in(quiz, people.carol, "A doubt of mine.")
    points = Decimal(answer.question.points)
    set_mark(answer=answer, points=points, remark="Say more of it.", version=0, by=people.alice)
    release_marks(question=answer.question, by=people.alice)
    page = markup(people.client("carol").get(url_of(quiz)))
    assert "All right" in page
    before = page.partition("Say more of it.")[0].partition('class="feedback result"')[2]
    assert before
    assert "<details" not in before
    AnswerMark.objects.update(remark="")
    assert "The questions and your answers" in markup(people.client("carol").get(url_of(quiz)))


@pytest.mark.parametrize(
    ("grade_by", "told"), [("first", "for practice"), ("best", "which does not count")]
)
def test_staff_read_whether_a_try_was_for_practice(
    people: People, reading: Reading, grade_by: str, told: str
) -> None:
    quiz = add_quiz(people, reading, guide(f"Grade by: {grade_by}"))
    right, wrong = right_answers(quiz), wrong_answers(quiz)
    for responses in (right, wrong):
        submit_attempt(quiz=quiz, responses=responses, by=people.carol)
    page = markup(people.client("alice").get(url(people)))
    assert f"Try 2, {told}: 0 of 4 right" in page


def test_nothing_right_has_no_tick(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    heading = '#circle-{}"/></svg> Checkpoint 1'
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    page = markup(people.client("carol").get(url_of(quiz)))
    assert heading.format("x") in page
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.dan)
    assert heading.format("check") in markup(people.client("dan").get(url_of(quiz)))

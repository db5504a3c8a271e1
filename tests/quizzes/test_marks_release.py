"""Marks are drafts that nobody is told of, until they are released together."""

from decimal import Decimal

import pytest

from quizzes.manual_marking.actions import release_marks, set_mark
from quizzes.models import Attempt, Question, Quiz
from readings.models import Reading
from tests.base import People, markup
from tests.quizzes.base import add_quiz
from tests.quizzes.marking import ASKED, CANARY, LIST, PAGE, hand_in


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


@pytest.fixture
def question(quiz: Quiz) -> Question:
    return quiz.questions.get()


def test_a_draft_is_told_to_nobody(people: People, quiz: Quiz, question: Question) -> None:
    answer = hand_in(quiz, people.carol)
    people.client("carol").get(PAGE)
    set_mark(answer=answer, points=Decimal(3), remark=CANARY, by=people.alice)
    answer.refresh_from_db()
    assert answer.score is None
    assert Attempt.objects.get().state == "submitted"
    quiz_page = f"{PAGE}quizzes/{quiz.pk}/"
    pages = (PAGE, quiz_page, f"{quiz_page}?again=1", "/", "/news/", "/s/seminar/progress/")
    for page in (*pages, f"{PAGE}print/", f"{PAGE}hints/"):
        for who in ("carol", "dan"):
            assert CANARY not in people.client(who).get(page).content.decode(), (page, who)
    assert "Your answer waits for a mark." in markup(people.client("carol").get(PAGE))


def test_released_it_counts_and_its_author_reads_it(
    people: People, quiz: Quiz, question: Question
) -> None:
    answer = hand_in(quiz, people.carol)
    assert "Your answer waits for a mark." in markup(people.client("carol").get(PAGE))
    set_mark(answer=answer, points=Decimal("2.5"), remark=CANARY, by=people.alice)
    alice = people.client("alice")
    html = markup(alice.get(f"{LIST}{question.pk}/release/"))
    assert "1 author reads their points and the remark" in html
    response = alice.post(f"{LIST}{question.pk}/release/")
    assert response.headers["Location"] == f"{LIST}{question.pk}/"
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.score) == ("marked", Decimal("2.5"))
    html = markup(people.client("carol").get(PAGE))
    assert CANARY in html
    assert "2.5 of 4 points" in html
    assert CANARY not in people.client("dan").get(PAGE).content.decode()
    results = markup(alice.get(f"{PAGE}quizzes/results/"))
    assert "not marked yet" not in results


def test_only_the_first_try_is_marked(people: People, quiz: Quiz, question: Question) -> None:
    first = hand_in(quiz, people.carol, "First words.")
    hand_in(quiz, people.carol, "Second words.")
    html = markup(people.client("alice").get(f"{LIST}{question.pk}/"))
    assert "First words." in html
    assert "Second words." not in html
    assert "Only the first try is marked." in markup(people.client("carol").get(PAGE))
    set_mark(answer=first, points=Decimal(4), remark="", by=people.alice)
    assert release_marks(question=question, by=people.alice) == 1
    assert release_marks(question=question, by=people.alice) == 0

"""The questions that people mark: how far they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussions.notifications.kept_count import forget_counts
from quizzes.models import Answer, AnswerMark, Question, Quiz
from readings.models import Reading
from tests.base import People, make_reading, markup
from tests.quizzes.base import add_quiz
from tests.quizzes.marking import ASKED, LIST, address, hand_in


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


@pytest.fixture
def question(quiz: Quiz) -> Question:
    return quiz.questions.get()


def test_from_the_list_to_the_last_answer(people: People, quiz: Quiz, question: Question) -> None:
    answers = {hand_in(quiz, one, f"{one} says so.").pk for one in (people.carol, people.dan)}
    alice = people.client("alice")
    html = markup(alice.get(LIST))
    assert "What would you write in it?" in html
    assert "2 to mark" in html
    html = markup(alice.get(f"{LIST}{question.pk}/"))
    assert "To mark: 2. Drafts: 0. Released: 0." in html
    assert "Mark the 2 that wait" in html
    for left in (1, 0):
        first = next(
            pk for pk in sorted(answers) if not AnswerMark.objects.filter(answer=pk).exists()
        )
        answer = Answer.objects.get(pk=first)
        sent = {"points": "3", "remark": "", "version": "0"}
        response = alice.post(address(answer), sent)
        other = (answers - {first}).pop()
        to = f"{LIST}{question.pk}/answers/{other}/" if left else f"{LIST}{question.pk}/"
        assert response.headers["Location"] == to
    html = markup(alice.get(f"{LIST}{question.pk}/"))
    assert "Every answer to this question has a mark." in html
    assert "To mark: 0. Drafts: 2. Released: 0." in html


def test_queries_grow_neither_with_questions_nor_with_answers(people: People, quiz: Quiz) -> None:
    client, counts = people.client("alice"), []
    hand_in(quiz, people.carol)
    for readings in (1, 6):
        for number in range(readings):
            other = add_quiz(people, make_reading(people, f"r{readings}-{number}"), ASKED)
            for who in (people.carol, people.dan):
                hand_in(other, who)
        forget_counts()
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]

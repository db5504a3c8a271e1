"""The answers to one question, without names."""

import re
from decimal import Decimal

import pytest

from quizzes.manual_marking import set_mark
from quizzes.models import Question, Quiz
from readings.models import Reading
from tests.base import People, markup
from tests.quizzes.base import add_members, add_quiz
from tests.quizzes.marking import ASKED, LIST, address, hand_in


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


@pytest.fixture
def question(quiz: Quiz) -> Question:
    return quiz.questions.get()


def test_names_are_left_out(people: People, quiz: Quiz, question: Question) -> None:
    answer = hand_in(quiz, people.carol)
    for page in (f"{LIST}{question.pk}/", address(answer)):
        html = markup(people.client("alice").get(page)).partition('id="main"')[2]
        assert "A doubt." in html
        assert "Carol" not in html


def test_their_order_tells_nothing_and_stays(
    people: People, quiz: Quiz, question: Question
) -> None:
    """Neither of when they were handed in nor of names; and another one leaves it as it is."""
    members = list(add_members(people, people.monday, 9))
    sent = [hand_in(quiz, one, f"Answer {n}.").pk for n, one in enumerate(members[:8])]

    def shown() -> list[int]:
        html = people.client("alice").get(f"{LIST}{question.pk}/").content.decode()
        return [int(pk) for pk in re.findall(r'row-title"><a href="[^"]*/answers/(\d+)/"', html)]

    before = shown()
    assert sorted(before) == sorted(sent)
    assert before not in (sent, sent[::-1])
    late = hand_in(quiz, members[8], "Answer 8.").pk
    assert [pk for pk in shown() if pk != late] == before


def test_an_assistant_is_offered_the_remarks_of_their_own_groups(
    people: People, quiz: Quiz
) -> None:
    """A remark often names whom it is for; and a draft is nobody's yet."""
    of_others = hand_in(quiz, people.dan)
    set_mark(answer=of_others, points=Decimal(1), remark="Dan-remark", by=people.alice)
    answer = hand_in(quiz, people.carol)
    assert "Dan-remark" in markup(people.client("alice").get(address(answer)))
    assert "Dan-remark" not in markup(people.client("bob").get(address(answer)))

"""Answering a missed question again: marked on the server, counted nowhere, told to nobody else."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from quizzes.marking import Verdict
from quizzes.models import Answer, Attempt, PracticeCard, Question, Quiz
from quizzes.practice.actions import practise
from quizzes.practice.queries import missed_questions
from quizzes.practice.scheduling import Memory, after_answer
from readings.models import Reading
from seminars.models import Membership
from tests.at_once import at_once
from tests.base import People
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, SECRETS, add_quiz, right_answers, wrong_answers
from tests.quizzes.test_practice import missing, with_head
from tests.seminars.helpers import words


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    quiz = add_quiz(people, reading, ALL_TYPES)
    missing(quiz, people.carol)
    return quiz


def practised(quiz: Quiz) -> list[Question]:
    return list(quiz.questions.exclude(kind__in=["open", "passage"]))


def page_of(question: Question) -> str:
    return reverse("practice_question", args=["seminar", question.pk])


def turn_of(page: Any) -> str:
    """How often it had been answered when this form was opened."""
    return str(html.fromstring(page.content).xpath("//input[@name='turn']/@value")[0])


def send(client: Client, question: Question, given: list[str], **more: str) -> str:
    """Open the form and answer, and return the page that comes of it, as words."""
    sent = {f"q{question.pk}": given, "turn": turn_of(client.get(page_of(question))), **more}
    return words(client.post(page_of(question), sent, follow=True))


def test_every_type_is_asked_and_marked_again(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    right, wrong = right_answers(quiz), wrong_answers(quiz)
    for question in practised(quiz):
        assert send(client, question, wrong[question.pk]).count("Not yet") == 1, question.kind
        card = PracticeCard.objects.get(question=question)
        soon = card.due_at
        assert send(client, question, right[question.pk]).count("Right") == 1, question.kind
        card.refresh_from_db()
        assert card.times == 2
        assert card.score == Decimal(question.points)
        assert card.due_at >= soon


def test_what_is_not_due_yet_says_so(people: People, quiz: Quiz) -> None:
    question, client = practised(quiz)[0], people.client("carol")
    early = "You may answer it earlier all the same."
    assert early not in words(client.get(page_of(question)))
    send(client, question, right_answers(quiz)[question.pk])
    assert early in words(client.get(page_of(question)))
    PracticeCard.objects.update(due_at=timezone.now())
    assert early not in words(client.get(page_of(question)))


def test_it_counts_for_nothing(people: People, quiz: Quiz) -> None:
    before = list(Attempt.objects.values()), list(Answer.objects.values())
    question = practised(quiz)[0]
    send(people.client("carol"), question, right_answers(quiz)[question.pk])
    assert (list(Attempt.objects.values()), list(Answer.objects.values())) == before


def test_the_better_it_is_known_the_later_it_comes_back(people: People, quiz: Quiz) -> None:
    question = practised(quiz)[0]
    client, given = people.client("carol"), right_answers(quiz)[question.pk]
    waits = []
    for _ in range(4):
        send(client, question, given)
        card = PracticeCard.objects.get(question=question)
        waits.append(card.due_at - card.answered_at)
        # Time goes on until it is due.
        now = timezone.now()
        PracticeCard.objects.update(answered_at=now - waits[-1], due_at=now)
    assert waits == sorted(waits)
    assert waits[-1] > 3 * waits[0] >= timedelta(days=3)
    send(client, question, wrong_answers(quiz)[question.pk])
    card.refresh_from_db()
    assert card.due_at - card.answered_at < waits[-1]


def test_nothing_tells_the_key_before_the_answer(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    for question in practised(quiz):
        page = client.get(page_of(question)).content.decode()
        assert not [one for one in SECRETS if one in page], question.kind
    listed = client.get(reverse("practice", args=["seminar"])).content.decode()
    assert not [one for one in SECRETS if one in listed]


def test_what_waits_until_closing_waits_here_too(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, with_head("Review: right or wrong"))
    missing(quiz, people.carol)
    question = quiz.questions.get(kind="one_choice")
    client, wrong = people.client("carol"), wrong_answers(quiz)[question.pk]
    page = send(client, question, wrong)
    assert "Not yet." in page
    assert "Feedback" not in page
    Reading.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert "Feedback-wrong" in send(client, question, wrong)


def test_an_answer_that_cannot_be_taken_stands_there_still(people: People, quiz: Quiz) -> None:
    question = quiz.questions.get(kind="numeric")
    response = people.client("carol").post(page_of(question), {f"q{question.pk}": ["so wide"]})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="so wide"' in page
    assert 'role="alert"' in page
    assert not PracticeCard.objects.exists()


def test_sent_twice_is_one_answer(people: People, quiz: Quiz) -> None:
    question, key = practised(quiz)[0], str(uuid4())
    client, given = people.client("carol"), right_answers(quiz)[question.pk]
    first = send(client, question, given, client_key=key)
    assert send(client, question, given, client_key=key) == first
    assert PracticeCard.objects.get().times == 1


def test_of_two_pages_the_second_is_told_that_it_was_answered(people: People, quiz: Quiz) -> None:
    question = quiz.questions.get(kind="short_answer")
    client = people.client("carol")
    turn = turn_of(client.get(page_of(question)))
    assert "Right." in send(client, question, right_answers(quiz)[question.pk])
    first = PracticeCard.objects.get()
    # The other page was opened before.
    sent = {f"q{question.pk}": "my other words", "turn": turn, "client_key": str(uuid4())}
    response = client.post(page_of(question), sent)
    assert response.status_code == 409
    told = words(response)
    assert "You have answered this question already, on another page" in told
    assert "What came of the other" in told
    assert 'value="my other words"' in response.content.decode()
    assert not [one for one in SECRETS if one in response.content.decode()]
    card = PracticeCard.objects.get()
    assert (card.times, card.due_at) == (1, first.due_at)
    # Whoever wants to be told of these, too, presses once more.
    again = client.post(page_of(question), sent | {"turn": turn_of(response)}, follow=True)
    assert "Not yet." in words(again)
    assert PracticeCard.objects.get().times == 2


def test_when_it_comes_back_goes_by_the_row_and_not_by_what_was_read_before(
    people: People, quiz: Quiz
) -> None:
    question = quiz.questions.get(kind="short_answer")
    [before] = [one for one in missed_questions(people.carol) if one.pk == question.pk]
    right, by = right_answers(quiz)[question.pk], people.carol
    practise(missed=before, response=right, turn=0, by=by)
    # Two days later somebody presses on a page whose question was read before that answer.
    now = timezone.now()
    PracticeCard.objects.update(answered_at=now - timedelta(days=2), due_at=now)
    row = PracticeCard.objects.get()
    practise(missed=before, response=right, turn=1, by=by)
    known = Memory(row.stability, row.difficulty, row.answered_at, row.due_at)
    card = PracticeCard.objects.get()
    expected = after_answer(known, Verdict.RIGHT, card.answered_at)
    assert (card.stability, card.due_at) == (expected.stability, expected.due_at)
    assert card.stability > row.stability


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_taken(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, ALL_TYPES)
    missing(quiz, people.carol)
    question = quiz.questions.get(kind="short_answer")
    [missed] = [one for one in missed_questions(people.carol) if one.pk == question.pk]
    right = right_answers(quiz)[question.pk]

    def answer() -> PracticeCard:
        member = Membership.objects.get(pk=people.carol.pk)
        return practise(missed=missed, response=right, turn=0, by=member, client_key=uuid4())

    found = at_once(answer, answer)
    assert sorted(type(one).__name__ for one in found) == ["AnsweredMeanwhile", "PracticeCard"]
    assert PracticeCard.objects.get().times == 1


def test_the_next_one_that_is_due_follows(people: People, quiz: Quiz) -> None:
    questions = practised(quiz)
    client, right = people.client("carol"), right_answers(quiz)
    for question in questions[:-1]:
        assert "Next question" in send(client, question, right[question.pk])
    assert "That was the last." in send(client, questions[-1], right[questions[-1].pk])


def test_it_leads_to_the_paragraph_of_the_answer(people: People, quiz: Quiz) -> None:
    question = quiz.questions.get(kind="one_choice")
    given = {f"q{question.pk}": wrong_answers(quiz)[question.pk], "turn": "0"}
    answer = people.client("carol").post(page_of(question), given, follow=True)
    assert 'href="/s/seminar/r/margins/#p1"' in answer.content.decode()


def test_a_question_that_one_has_not_missed_is_not_there(people: People, quiz: Quiz) -> None:
    question = practised(quiz)[0]
    for key, status in (("dan", 404), ("alice", 404), ("grace", 403), ("mallory", 404)):
        assert people.client(key).get(page_of(question)).status_code == status, key
        given = {f"q{question.pk}": "x"}
        assert people.client(key).post(page_of(question), given).status_code == status, key


def test_fixed_number_of_queries(people: People, quiz: Quiz) -> None:
    client = people.client("carol")
    counts = set()
    for question in practised(quiz):
        with PageQueries() as queries:
            client.get(page_of(question))
        counts.add(len(queries))
    assert len(counts) == 1

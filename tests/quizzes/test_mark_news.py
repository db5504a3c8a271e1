"""Whoever answered is told of their mark: at the bell, on the page of the news, and by mail."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from discussions.notifications import kept_news_count, write_news_mails
from discussions.notifications.feed import count_news
from quizzes.attempts import submit_attempt
from quizzes.manual_marking import release_marks, set_mark
from quizzes.models import Answer, AnswerMark, Question, Quiz
from readings.guides import apply_guide
from readings.models import Extension, Reading
from tests.base import People
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, add_quiz, right_answers
from tests.seminars.helpers import words

NEWS = "/news/"


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    quiz = add_quiz(people, reading, ALL_TYPES)
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    people.client("carol").post("/news/reads/", {"client_key": str(reading.pk).zfill(32)})
    return quiz


def answer_of(quiz: Quiz) -> Answer:
    return Answer.objects.get(question__quiz=quiz, question__kind="open")


def marked(people: People, quiz: Quiz, points: str = "1", remark: str = "Well seen.") -> Question:
    answer = answer_of(quiz)
    set_mark(answer=answer, points=Decimal(points), remark=remark, by=people.alice)
    return answer.question


def bell(people: People, key: str) -> int:
    user_id = getattr(people, key).user_id
    count = kept_news_count(user_id)
    assert count == count_news(user_id)
    return count


def test_a_draft_is_nobody_s_news_and_a_released_mark_its_author_s(
    people: People, quiz: Quiz
) -> None:
    others = {key: bell(people, key) for key in ("dan", "bob", "alice")}
    question = marked(people, quiz)
    assert bell(people, "carol") == 0
    assert "Well seen." not in words(people.client("carol").get(NEWS))
    release_marks(question=question, by=people.alice)
    assert bell(people, "carol") == 1
    page = words(people.client("carol").get(NEWS))
    assert "Your answer to What would you write in it? is marked Well seen. 1 of 1 points" in page
    assert {key: bell(people, key) for key in others} == others
    for key in others:
        assert "Well seen." not in words(people.client(key).get(NEWS))


def test_a_changed_mark_is_told_once_more(people: People, quiz: Quiz) -> None:
    release_marks(question=marked(people, quiz), by=people.alice)
    people.client("carol").post("/news/reads/", {"client_key": "f" * 32})
    assert bell(people, "carol") == 0
    marked(people, quiz, "0.5", "On second thoughts.")
    assert bell(people, "carol") == 1
    page = words(people.client("carol").get(NEWS + "?show=marks"))
    assert "Your answer to What would you write in it? has another mark" in page
    assert "0.5 of 1 points" in page


def test_it_goes_out_by_mail(people: People, quiz: Quiz) -> None:
    release_marks(question=marked(people, quiz), by=people.alice)
    write_news_mails(timezone.now() + timedelta(minutes=10))
    (sent,) = [one for one in mail.outbox if one.to == [people.carol.user.email]]
    assert "is marked" in sent.body
    assert "Well seen." in sent.body
    write_news_mails(timezone.now() + timedelta(minutes=20))
    assert len([one for one in mail.outbox if one.to == [people.carol.user.email]]) == 1


def test_not_before_it_may_be_told(people: People, quiz: Quiz) -> None:
    Quiz.objects.update(review="after_closing")
    release_marks(question=marked(people, quiz), by=people.alice)
    assert bell(people, "carol") == 0
    assert "Well seen." not in words(people.client("carol").get(NEWS))
    Reading.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert count_news(people.carol.user_id) == 1


def test_nor_while_its_author_has_more_time(people: People, quiz: Quiz) -> None:
    """Closed to the others, and open to who may still hand in."""
    Quiz.objects.update(review="after_closing")
    release_marks(question=marked(people, quiz), by=people.alice)
    now = timezone.now()
    Reading.objects.update(closes_at=now - timedelta(hours=1))
    told = "is marked"
    assert told in words(people.client("carol").get(NEWS))
    Extension.objects.create(
        seminar=people.seminar,
        reading=quiz.reading,
        membership=people.carol,
        given_by=people.alice,
        closes_at=now + timedelta(days=2),
    )
    assert told not in words(people.client("carol").get(NEWS))
    write_news_mails(now + timedelta(minutes=10))
    assert not [one for one in mail.outbox if told in one.body]


def test_nor_of_a_reading_out_of_reach(people: People, quiz: Quiz) -> None:
    release_marks(question=marked(people, quiz), by=people.alice)
    Reading.objects.update(removed_at=timezone.now(), removed_by=people.alice)
    assert count_news(people.carol.user_id) == 0
    assert "Well seen." not in words(people.client("carol").get(NEWS))


def test_queries_do_not_grow(people: People, quiz: Quiz) -> None:
    release_marks(question=marked(people, quiz), by=people.alice)
    counts = []
    for _ in range(3):
        with PageQueries() as queries:
            people.client("carol").get(NEWS + "?show=marks")
        counts.append(len(queries))
        attempt = submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
        AnswerMark.objects.create(
            seminar=people.seminar,
            answer=Answer.objects.get(attempt=attempt, question__kind="open"),
            points=1,
            remark="Another.",
            marked_by=people.alice,
            released_at=timezone.now(),
            released_by=people.alice,
        )
    assert len(set(counts)) == 1


def test_of_an_answer_behind_a_gate_it_says_why_it_is_not_shown(
    people: People, reading: Reading
) -> None:
    behind = ALL_TYPES.replace(
        "## Checkpoint",
        "## Checkpoint ¶ 1\n\nGate: {}\n\n### Why?\n\nAnswer: so\n\n## Checkpoint",
        1,
    )
    apply_guide(reading=reading, text=behind.format("none"), by=people.alice)
    quiz = Quiz.objects.of(reading).get(questions__kind="open")
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    release_marks(question=marked(people, quiz), by=people.alice)
    told, way = "behind a checkpoint: read on to it to see it.", "See it"

    def page() -> str:
        return str(people.client("carol").get(NEWS).content.decode())

    assert way in page()
    assert told not in page()
    apply_guide(reading=reading, text=behind.format("hard"), by=people.alice)
    assert told in page()
    assert way not in page()
    asked = Quiz.objects.of(reading).exclude(pk=quiz.pk).get()
    submit_attempt(quiz=asked, responses={asked.questions.get().pk: ["so"]}, by=people.carol)
    assert way in page()
    assert told not in page()

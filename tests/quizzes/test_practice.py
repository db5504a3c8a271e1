"""What one missed comes back: which questions, when, and to nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quizzes.accommodations.actions import set_accommodation
from quizzes.attempts import submit_attempt
from quizzes.models import Attempt, Quiz
from quizzes.practice.queries import WITHOUT_PRACTICE, missed_questions
from readings.guides import apply_guide
from readings.models import Reading
from seminars.models import Membership
from tests.base import People
from tests.queries import PageQueries
from tests.quizzes.base import ALL_TYPES, GUIDE, add_quiz, right_answers, wrong_answers
from tests.seminars.helpers import words

URL = reverse("practice", args=["seminar"])


def missing(quiz: Quiz, by: Membership, days_ago: int = 2) -> None:
    """Answer everything wrong, so many days ago."""
    attempt = submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=by)
    at = timezone.now() - timedelta(days=days_ago)
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=at)


def with_head(line: str) -> str:
    return GUIDE.replace("Title: What", f"{line}\nTitle: What")


def test_what_was_missed_comes_back_after_a_day(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, ALL_TYPES)
    missing(quiz, people.carol, days_ago=0)
    page = words(people.client("carol").get(URL))
    assert "Nothing is due now." in page
    Attempt.objects.update(submitted_at=timezone.now() - timedelta(days=2))
    page = words(people.client("carol").get(URL))
    asked = quiz.questions.exclude(kind__in=WITHOUT_PRACTICE).count()
    assert f"Practise {asked} questions" in page
    assert "Where do readers stop?" in page
    assert "What would you write in it?" not in page  # a person marks it


def test_words_in_the_text_are_left_out_and_that_is_said(people: People, reading: Reading) -> None:
    told = "1 question that you missed does not come back"
    missing(add_quiz(people, reading, ALL_TYPES), people.carol)
    assert told in words(people.client("carol").get(URL))
    missing(add_quiz(people, reading), people.dan)
    assert "does not come back" not in words(people.client("dan").get(URL))


def test_what_was_right_does_not(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    given = right_answers(quiz)
    first = quiz.questions.get(kind="true_false")
    submit_attempt(quiz=quiz, responses=given | {first.pk: ["false"]}, by=people.carol)
    assert [one.pk for one in missed_questions(people.carol)] == [first.pk]


def test_it_is_one_s_own(people: People, reading: Reading) -> None:
    missing(add_quiz(people, reading), people.carol)
    assert missed_questions(people.dan) == []
    page = words(people.client("dan").get(URL))
    assert "You have no questions to practise" in page


def test_what_is_asked_no_more_does_not_come_back(people: People, reading: Reading) -> None:
    missing(add_quiz(people, reading), people.carol)
    apply_guide(reading=reading, text=GUIDE.partition("## Checkpoint")[0], by=people.alice)
    assert missed_questions(people.carol) == []


def test_nor_of_a_reading_out_of_reach(people: People, reading: Reading) -> None:
    missing(add_quiz(people, reading), people.carol)
    Reading.objects.update(removed_at=timezone.now(), removed_by=people.alice)
    assert missed_questions(people.carol) == []


@pytest.mark.parametrize(
    "head", ["Tries: 2\nGrade by: best", "Grade by: last", "Review: after closing"]
)
def test_practising_is_no_try_more(people: People, reading: Reading, head: str) -> None:
    """While another try would count, or nothing may be told, nothing comes back."""
    missing(add_quiz(people, reading, with_head(head)), people.carol)
    assert missed_questions(people.carol) == []
    Reading.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert missed_questions(people.carol)


def test_nor_while_a_try_that_is_arranged_is_left(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, with_head("Tries: 1\nGrade by: last"))
    set_accommodation(
        member=people.carol, time_percent=100, extra_tries=1, reason="", by=people.alice
    )
    for member in (people.carol, people.dan):
        missing(quiz, member)
    assert missed_questions(people.carol) == []
    assert missed_questions(people.dan)
    missing(quiz, people.carol)
    assert missed_questions(people.carol)


def test_queries_do_not_grow(people: People, reading: Reading) -> None:
    counts = []
    for text in (GUIDE, ALL_TYPES):
        quiz = add_quiz(people, reading, text)
        missing(quiz, people.carol if text == GUIDE else people.dan)
        with PageQueries() as queries:
            people.client("carol" if text == GUIDE else "dan").get(URL)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_guests_and_strangers_have_none(people: People, reading: Reading) -> None:
    assert people.client("grace").get(URL).status_code == 403
    assert people.client("mallory").get(URL).status_code == 404
    assert people.client("carol").post(URL).status_code == 405


def test_nothing_is_tried_as_often_as_one_likes_before_the_key_is_told(
    people: People, reading: Reading
) -> None:
    """Right or wrong is told of one try: of as many as one likes, it would be the key."""
    quiz = add_quiz(people, reading, with_head("Tries: 1\nReview: right or wrong"))
    missing(quiz, people.carol)
    assert missed_questions(people.carol) == []
    Reading.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert missed_questions(people.carol)

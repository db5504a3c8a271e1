"""What is told when to who has answered: the presets, in every channel."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from quizzes.attempts import submit_attempt
from quizzes.attempts.review import Disclosed, told
from quizzes.manual_marking import release_marks, set_mark
from quizzes.models import Answer, Attempt, GradeBy, QuizSettings, Review
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, htmx, markup
from tests.quizzes.base import ALL_TYPES, SECRETS, add_quiz, as_form, right_answers, wrong_answers
from tests.quizzes.test_no_key_before_the_answer import addresses, turn_the_key

TITLE = "Title: What the margin is for\n"
PRESETS = {"right or wrong": Review.RIGHT_OR_WRONG, "after closing": Review.AFTER_CLOSING}


def guide(review: str, *more: str) -> str:
    head = "\n".join([f"Review: {review}", *more])
    return ALL_TYPES.replace(TITLE, f"{TITLE}{head}\n")


def close(reading: Reading) -> None:
    moment = timezone.now() - timedelta(minutes=1)
    Reading.objects.filter(pk=reading.pk).update(closes_at=moment)


@pytest.fixture
def closing(reading: Reading) -> Reading:
    """It closes in a week."""
    moment = timezone.now() + timedelta(days=7)
    Reading.objects.filter(pk=reading.pk).update(closes_at=moment)
    reading.refresh_from_db()
    return reading


# --- The matrix ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "made", "over", "expected"),
    [
        ({}, 1, False, Disclosed(True, True, True, False)),
        ({}, 2, False, Disclosed(True, True, True, True)),
        ({"tries": 1}, 1, False, Disclosed(True, True, True, True)),
        ({"tries": 3, "grade_by": "best"}, 2, False, Disclosed(True, True, False, False)),
        ({"tries": 3, "grade_by": "best"}, 3, False, Disclosed(True, True, True, True)),
        ({"tries": 3, "grade_by": "best"}, 1, True, Disclosed(True, True, True, True)),
        ({"grade_by": "last"}, 9, False, Disclosed(True, True, False, False)),
        ({"review": "right_or_wrong"}, 5, False, Disclosed(True, False, False, False)),
        ({"review": "right_or_wrong", "tries": 1}, 1, False, Disclosed(True, False, False, False)),
        ({"review": "right_or_wrong"}, 1, True, Disclosed(True, True, True, True)),
        ({"review": "after_closing"}, 5, False, Disclosed(False, False, False, False)),
        ({"review": "after_closing"}, 1, True, Disclosed(True, True, True, True)),
    ],
)
def test_the_matrix(given: dict[str, Any], made: int, over: bool, expected: Disclosed) -> None:
    assert told(QuizSettings(**given), made, over=over) == expected


# --- Every channel -------------------------------------------------------------------------------
@pytest.mark.once
@pytest.mark.parametrize("review", PRESETS)
@pytest.mark.parametrize("with_htmx", [True, False])
def test_no_response_tells_what_waits(
    people: People, closing: Reading, review: str, with_htmx: bool
) -> None:
    """Whatever Carol asks for after her try, she is sent no key and no feedback."""
    quiz = add_quiz(people, closing, guide(review, "Grade by: best"))
    post = reverse("attempt_create", args=["seminar", "margins", quiz.pk])
    client, headers = people.client("carol"), {"HX-Request": "true"} if with_htmx else {}
    client.raise_request_exception = False
    for _try in range(3):
        sent = client.post(post, as_form(wrong_answers(quiz)), headers=headers)
        assert not any(secret in sent.content.decode() for secret in waiting(review))
    for _name, url in addresses(quiz):
        for method, query in [("get", ""), ("get", "?again=1"), ("post", "")]:
            with transaction.atomic():
                response = getattr(client, method)(url + query, headers=headers)
                whole = repr(response.headers) + response.getvalue().decode(errors="replace")
                transaction.set_rollback(True)
            for secret in waiting(review):
                assert secret not in whole, f"{method} {url} sends {secret}"


def waiting(review: str) -> list[str]:
    """What must not be sent: hints are told with what is wrong."""
    told_now = {"Hint-"} if review == "right or wrong" else set[str]()
    said = [] if told_now else ["Not yet.", "All right", "not right", 'data-wrong="']
    return [*(secret for secret in SECRETS if secret not in told_now), *said]


def test_the_same_is_sent_whatever_came_of_it(people: People, closing: Reading) -> None:
    """With nothing told, not a character of what a member can ask for depends on the marks."""
    quiz = add_quiz(people, closing, guide("after closing"))
    given, client = wrong_answers(quiz), people.client("carol")
    pages = [
        closing.get_absolute_url(),
        reverse("quiz_detail", args=["seminar", "margins", quiz.pk]),
        reverse("progress", args=["seminar"]),
        reverse("seminar_detail", args=["seminar"]),
    ]
    names = "csrfmiddlewaretoken|client_key|form_key"
    by_chance = rf'(name="(?:{names})" value|name="csrf-token" content| after)="[^"]+"'

    def sent(*, turned: bool) -> tuple[list[str], Any]:
        with transaction.atomic():
            if turned:
                turn_the_key(quiz)
            score = submit_attempt(quiz=quiz, responses=given, by=people.carol)
            found = [client.get(url).content.decode() for url in pages]
            marks = list(score.answers.order_by("pk").values_list("score", flat=True))
            transaction.set_rollback(True)
        return [re.sub(by_chance, "", one) for one in found], marks

    for url in pages:
        client.get(url)  # what is new on a first visit is not new on the next
    (before, marks), (after, others) = sent(turned=False), sent(turned=True)
    assert marks != others
    for url, one, other in zip(pages, before, after, strict=True):
        assert re.sub(r"\d+(?= new)", "", one) == re.sub(r"\d+(?= new)", "", other), url


@pytest.mark.parametrize("review", PRESETS)
def test_after_closing_all_is_told(people: People, closing: Reading, review: str) -> None:
    quiz = add_quiz(people, closing, guide(review))
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    client = people.client("carol")
    page = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    for url in (page, closing.get_absolute_url()):
        html = client.get(url).content.decode()
        assert "once the reading is closed" in html
        assert ("data-wrong" in html) == (review == "right or wrong")
    close(closing)
    for url in (page, closing.get_absolute_url()):
        html = client.get(url).content.decode()
        assert "once the reading is closed" not in html
        for words in ("data-wrong", "This is right", "Feedback-general", "Feedback-wrong"):
            assert words in html, words


def test_who_has_more_time_waits_for_their_own_closing(people: People, closing: Reading) -> None:
    from readings.setup.extension_actions import give_extension

    quiz = add_quiz(people, closing, guide("after closing"))
    moment = timezone.now() + timedelta(days=9)
    give_extension(reading=closing, by=people.alice, membership=people.carol, closes_at=moment)
    for member in (people.carol, people.dan):
        submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=member)
    close(closing)
    page = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    assert "This is right" not in markup(people.client("carol").get(page))
    assert "This is right" in markup(people.client("dan").get(page))


def test_what_was_handed_in_is_shown_without_a_verdict(people: People, closing: Reading) -> None:
    quiz = add_quiz(people, closing, guide("after closing", "Grade by: last"))
    submit = reverse("attempt_create", args=["seminar", "margins", quiz.pk])
    client = people.client("carol")
    html = markup(htmx(client, "post", submit, as_form(wrong_answers(quiz))))
    assert "<b>Handed in.</b>" in html
    assert "the spine" in html
    assert ">Your choice</small>" in html
    assert "Try again" in html
    assert 'state="handed in"' in html
    html = markup(htmx(client, "post", submit, as_form(right_answers(quiz))))
    assert "<b>Try 2 is handed in.</b>" in html
    assert [one.score is None for one in Attempt.objects.all()] == [True, True]  # one is open
    page = client.get(closing.get_absolute_url()).content.decode()
    assert f'data-label="quiz-{quiz.pk}">Checkpoint 1 · handed in<' in page


def test_where_nothing_is_told_and_the_first_counts_there_is_one_try(
    people: People, closing: Reading
) -> None:
    quiz = add_quiz(people, closing, guide("after closing"))
    assert quiz.settings.tries_allowed == 1
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    page = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    assert "Try again" not in markup(people.client("carol").get(page))
    assert QuizSettings(review=Review.AFTER_CLOSING, grade_by=GradeBy.LAST).tries_allowed == 0
    assert QuizSettings(review=Review.AFTER_CLOSING, tries=2).tries_allowed == 2


def test_a_released_mark_waits_too(people: People, closing: Reading) -> None:
    quiz = add_quiz(people, closing, guide("after closing"))
    submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    answer = Answer.objects.select_related("attempt__membership", "question__quiz").get(
        question__kind="open"
    )
    set_mark(answer=answer, points=1, remark="Remark-secret.", by=people.alice)  # type: ignore[arg-type]
    release_marks(question=answer.question, by=people.alice)
    page = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    client = people.client("carol")
    assert "Remark-secret" not in markup(client.get(page))
    close(closing)
    assert "Remark-secret" in markup(client.get(page))


def test_ones_own_figures_wait(people: People, closing: Reading) -> None:
    """A person with ten marked answers reads a share of right ones; of what waits, none."""
    quiz = add_quiz(people, closing, guide("after closing"))
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    from overview.records import load_record

    def marked(viewer: Membership) -> int:
        return sum(one.is_marked for one in load_record(viewer, [people.carol]).answers)

    assert (marked(people.carol), marked(people.alice)) == (0, 9)
    close(closing)
    assert marked(people.carol) == 9


def test_staff_are_told_at_once(people: People, closing: Reading) -> None:
    quiz = add_quiz(people, closing, guide("after closing"))
    for member in (people.carol, people.alice):
        submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=member)
    client = people.client("alice")
    of_carol = reverse("member_answers", args=["seminar", "margins", people.carol.pk])
    own = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    for url in (of_carol, own):
        assert "data-wrong" in markup(client.get(url)), url


def test_staff_are_told_of_a_reading_that_never_closes(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, guide("after closing"))
    page = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    assert "has no closing date yet" in markup(people.client("alice").get(page))
    html = markup(people.client("carol").get(page))
    assert "What came of it is told once the reading is closed." in html
    assert "has no closing date yet" not in html

"""How a checkpoint behaves, as its guide says: how many tries, with which hints, which counts."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from overview.figures import figures_by
from overview.records import load_record
from quizzes.attempts import SubmissionRefused, submit_attempt
from quizzes.manual_marking.queries import questions_to_mark
from quizzes.models import Attempt, Quiz
from readings.guides.actions import NotConfirmed, apply_guide
from readings.models import Reading
from tests.base import People, htmx, markup
from tests.quizzes.base import (
    ALL_TYPES,
    GUIDE,
    add_quiz,
    as_form,
    form_in,
    right_answers,
    wrong_answers,
)

TITLE = "Title: What the margin is for\n"
HINTED = ("See: ¶ 3", "See: ¶ 3\nHint: Hint-one: think *twice*. | Hint-two: read ¶ 3.")


def guide(head: str, text: str = GUIDE) -> str:
    """The guide with these lines at the head of its checkpoint, and hints to a question."""
    assert HINTED[0] in text
    return text.replace(TITLE, f"{TITLE}{head}\n").replace(*HINTED)


def tried(people: People, reading: Reading, head: str, *given: str, text: str = GUIDE) -> Quiz:
    """A checkpoint that Carol has tried so often, with each right or wrong."""
    quiz = add_quiz(people, reading, guide(head, text))
    for answers in given:
        hand_in(people, quiz, answers)
    return quiz


def hand_in(people: People, quiz: Quiz, answers: str, **more: Any) -> Attempt:
    responses = {"right": right_answers, "wrong": wrong_answers}.get(answers, half)(quiz)
    return submit_attempt(quiz=quiz, responses=responses, by=people.carol, **more)


def half(quiz: Quiz) -> dict[int, list[str]]:
    right, wrong = right_answers(quiz), wrong_answers(quiz)
    return {pk: (right if at % 2 else wrong)[pk] for at, pk in enumerate(right)}


def page(people: People, quiz: Quiz, query: str = "", key: str = "carol") -> str:
    url = reverse("quiz_detail", args=["seminar", "margins", quiz.pk])
    return markup(people.client(key).get(url + query))


def heading(html: str) -> str:
    return " ".join(re.findall(r"<small>(.*?)</small>", html, re.DOTALL)[0].split())


def test_without_a_word_nothing_is_other_than_it_was(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    assert (quiz.tries, quiz.penalty, quiz.grade_by) == (0, 0, "first")
    html = page(people, quiz)
    assert "try" not in html.partition("<form")[2].partition("</form>")[0]
    for _try in range(3):
        hand_in(people, quiz, "wrong")
    html = page(people, quiz)
    assert heading(html) == "· 0 of 4 right in the first try"
    assert "Your first try is the one that counts; later ones are for you." in html
    assert "This is right" in html


# --- How many tries ------------------------------------------------------------------------------
def test_one_try_is_one_and_then_all_is_told(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading, guide("Tries: 1"))
    assert "There is one try." in page(people, quiz)
    hand_in(people, quiz, "wrong")
    html = page(people, quiz)
    assert "There is no other try." in html
    assert "Try again" not in html
    assert "This is right" in html
    assert "Hint-one" not in html
    assert not form_in(page(people, quiz, "?again=1")).action
    with pytest.raises(SubmissionRefused, match="last try already"):
        hand_in(people, quiz, "right")
    assert Attempt.objects.get().score == 0


@pytest.mark.parametrize("with_htmx", [True, False])
def test_words_of_a_try_too_many_stay_in_their_form(
    people: People, reading: Reading, with_htmx: bool
) -> None:
    """Two tabs with the form of one try: the second has its answers still."""
    quiz = tried(people, reading, "Tries: 1", "right")
    url = reverse("attempt_create", args=["seminar", "margins", quiz.pk])
    client, fields = people.client("carol"), as_form(wrong_answers(quiz), client_key=str(uuid4()))
    answer = htmx(client, "post", url, fields) if with_htmx else client.post(url, fields)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "last try already" in html
    words = quiz.questions.get(kind="short_answer")
    assert form_in(html).fields[f"q{words.pk}"][0][0] == "the spine"
    assert "All right: 4 of 4 right." in page(people, quiz)


def test_the_same_try_sent_twice_is_no_try_too_many(people: People, reading: Reading) -> None:
    quiz, key = add_quiz(people, reading, guide("Tries: 1")), uuid4()
    first = hand_in(people, quiz, "wrong", client_key=key)
    assert hand_in(people, quiz, "right", client_key=key) == first


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_key", [True, False])
def test_fifty_at_once_make_one(people: People, reading: Reading, same_key: bool) -> None:
    """The same form fifty times, or fifty tabs of it: one try is handed in."""
    quiz = add_quiz(people, reading, guide("Tries: 1"))
    keys = [uuid4()] * 50 if same_key else [uuid4() for _ in range(50)]
    responses = right_answers(quiz)

    def submit(key: Any) -> bool:
        try:
            submit_attempt(quiz=quiz, responses=responses, by=people.carol, client_key=key)
        except SubmissionRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(submit, keys))
    assert Attempt.objects.get().number == 1
    assert taken.count(True) == (50 if same_key else 1)


def test_fewer_tries_than_were_made_take_nothing_away(people: People, reading: Reading) -> None:
    quiz = tried(people, reading, "Tries: 3\nGrade by: best", "wrong", "right")
    apply_guide(reading=reading, text=guide("Tries: 1\nGrade by: best"), by=people.alice)
    html = page(people, quiz)
    assert "All right: 4 of 4 right." in html
    assert "Try again" not in html


# --- Hints ---------------------------------------------------------------------------------------
def test_a_hint_comes_after_each_wrong_try_and_the_key_after_the_last(
    people: People, reading: Reading
) -> None:
    quiz = add_quiz(people, reading, guide("Tries: 3\nGrade by: best"))
    assert "Hint-" not in page(people, quiz)
    for number, (shown, left) in enumerate([(1, "2 more tries"), (2, "one more try")], start=1):
        hand_in(people, quiz, "wrong")
        for html in (page(people, quiz), page(people, quiz, "?again=1")):
            assert ("Hint-one: think <em>twice</em>." in html, "Hint-two" in html) == (
                shown > 0,
                shown > 1,
            ), number
            assert f"You have {left}." in html
            assert "This is right" not in html
            assert "Feedback-general" not in html  # said of all answers, and may be the key
            assert "Feedback-right" not in html
        assert "Feedback-wrong" in page(people, quiz)  # said of what was picked
    hand_in(people, quiz, "wrong")
    html = page(people, quiz)
    assert "Hint-" not in html
    assert "This is right" in html
    assert "Feedback-general" in html


def test_who_was_right_needs_no_hint(people: People, reading: Reading) -> None:
    quiz = tried(people, reading, "Tries: 3\nGrade by: best", "right")
    html = page(people, quiz)
    assert "Hint-one" not in html
    assert "Feedback-general" in html


def test_a_hint_belongs_to_the_question_that_it_names(people: People, reading: Reading) -> None:
    quiz = tried(people, reading, "Tries: 3\nGrade by: last", "wrong")
    question = quiz.questions.get(kind="true_false")
    field = page(people, quiz, "?again=1").partition(f'id="q{question.pk}"')[2]
    assert f"q{question.pk}-hints" in field.partition(">")[0]
    assert "Hint-one" in field.partition("</fieldset>")[0]


def test_where_a_later_try_would_count_no_number_of_tries_tells_the_key(
    people: People, reading: Reading
) -> None:
    quiz = tried(people, reading, "Grade by: best", *["wrong"] * 4)
    assert "This is right" not in page(people, quiz)
    Reading.objects.filter(pk=reading.pk).update(
        closes_at=timezone.now() - timedelta(minutes=1), opens_at=None
    )
    assert "This is right" in page(people, quiz)


# --- Which counts --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("head", "given", "said", "counts"),
    [
        ("Grade by: best", ["wrong", "right", "half"], "4 of 4 right in the best try", "best"),
        ("Grade by: last", ["right", "half"], "2 of 4 right in the last try", ""),
        ("Grade by: mean", ["right", "wrong"], "2 of 4 points on average", "mean"),
        ("Penalty: 25 %\nGrade by: best", ["wrong", "right"], "3 of 4 points in the best", "best"),
        ("Penalty: 25\nGrade by: last", ["right", "right"], "3 of 4 points in the last", "last"),
    ],
)
def test_what_counts_is_what_is_shown(
    people: People, reading: Reading, head: str, given: list[str], said: str, counts: str
) -> None:
    quiz = tried(people, reading, head, *given)
    html = page(people, quiz)
    assert said in heading(html)
    assert bool(counts) == ("What counts is" in html)
    assert counts in html
    assert "for practice" not in html
    whole = people.client("carol").get(reading.get_absolute_url()).content.decode()
    state = heading(html).removeprefix("· ").partition(" in the ")[0].partition(" on av")[0]
    assert f'data-label="quiz-{quiz.pk}">Checkpoint 1 · {state}<' in whole
    of_staff = markup(
        people.client("alice").get(
            reverse("member_answers", args=["seminar", "margins", people.carol.pk])
        )
    )
    assert of_staff.count("which counts") == (len(given) if "mean" in head else 1)


def test_a_try_that_came_too_late_takes_no_place(people: People, reading: Reading) -> None:
    now = timezone.now()
    Reading.objects.filter(pk=reading.pk).update(
        due_at=now - timedelta(days=3), late_until=now - timedelta(days=2)
    )
    reading.refresh_from_db()
    quiz = add_quiz(people, reading, guide("Grade by: last"))
    hand_in(people, quiz, "half", at=now - timedelta(days=4))
    hand_in(people, quiz, "right")
    html = page(people, quiz)
    assert "2 of 4 right in the last try" in heading(html)
    assert "late" not in heading(html)


def test_statistics_count_the_first_try_and_figures_the_one_that_counts(
    people: People, reading: Reading
) -> None:
    quiz = tried(people, reading, "Grade by: best", "wrong", "right")
    url = reverse("quiz_results", args=["seminar", "margins"])
    assert "At the end." in markup(people.client("alice").get(url))
    record = load_record(people.alice, [people.carol])
    assert [one.is_right for one in record.answers if one.counts] == [True] * 4
    assert [one.is_right for one in record.answers if one.is_first] == [False] * 4
    figures = figures_by(record, "person", (1, record.weeks.count))[people.carol.pk]
    assert (figures.marked, figures.right, figures.handed_in) == (4, 4, 1)
    assert quiz.attempts.count() == 2


@pytest.mark.parametrize(
    ("grade_by", "numbers"), [("first", [1]), ("last", [3]), ("best", [1, 2, 3])]
)
def test_the_tries_that_may_count_are_marked(
    people: People, reading: Reading, grade_by: str, numbers: list[int]
) -> None:
    tried(people, reading, f"Grade by: {grade_by}", *["wrong"] * 3, text=ALL_TYPES)
    (asked,) = questions_to_mark(people.alice)
    assert sorted(one.answer.attempt.number for one in asked.answers) == numbers


# --- Changing it ---------------------------------------------------------------------------------
def test_a_guide_that_counts_otherwise_says_so_first(people: People, reading: Reading) -> None:
    quiz = tried(people, reading, "Grade by: first", "half", "right")
    text = guide("Grade by: best\nPenalty: 10 %")
    with pytest.raises(NotConfirmed) as asked:
        apply_guide(reading=reading, text=text, by=people.alice, confirmed="")
    (one,) = asked.value.preview.consequences
    assert (one.member, one.before, one.after) == (
        "Carol, what counts",
        "2 of 4 points",
        "3.6 of 4 points",
    )
    digest = asked.value.preview.digest
    apply_guide(reading=reading, text=text, by=people.alice, confirmed=digest)
    assert Quiz.objects.get() == quiz
    assert "3.6 of 4 points in the best try" in heading(page(people, quiz))
    assert {one.score for one in Attempt.objects.all()} == {2, 4}  # what was earned stays


def test_a_hint_that_is_changed_asks_nobody_again(people: People, reading: Reading) -> None:
    quiz = tried(people, reading, "Tries: 3\nGrade by: best", "wrong")
    text = guide("Tries: 3\nGrade by: best").replace("Hint-one", "Hint-other")
    apply_guide(reading=reading, text=text, by=people.alice)
    assert "Hint-other" in page(people, quiz)
    assert Attempt.objects.get().score == 0

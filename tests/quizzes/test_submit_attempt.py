"""Handing in answers: marked, kept once, refused whole."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from quizzes.attempts import SubmissionRefused, submit_attempt
from quizzes.models import Answer, Attempt, QuestionVersion, Quiz
from readings.guides.actions import AppliedGuide, apply_guide
from readings.models import Reading
from tests.at_once import at_once
from tests.base import People, make_people, make_reading
from tests.quizzes.base import GUIDE, OTHER, add_quiz, right_answers, wrong_answers


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading)


def test_marks_right_answers(people: People, quiz: Quiz) -> None:
    attempt = submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    attempt.refresh_from_db()
    assert (attempt.number, str(attempt.score), str(attempt.max_score)) == (1, "4.00", "4.00")
    assert attempt.answers.count() == 4
    assert all(answer.is_right for answer in attempt.answers.select_related("question"))


def test_marks_wrong_answers(people: People, quiz: Quiz) -> None:
    attempt = submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
    assert attempt.score == 0


def test_half_of_several_is_half_a_point(people: People, quiz: Quiz) -> None:
    responses = right_answers(quiz)
    several = quiz.questions.get(kind="several")
    responses[several.pk] = responses[several.pk][:1]
    attempt = submit_attempt(quiz=quiz, responses=responses, by=people.carol)
    assert str(attempt.answers.get(question=several).score) == "0.50"
    assert str(attempt.score) == "3.50"


def test_a_second_try_is_number_two(people: People, quiz: Quiz) -> None:
    for number in (1, 2, 3):
        attempt = submit_attempt(quiz=quiz, responses=wrong_answers(quiz), by=people.carol)
        assert attempt.number == number
    assert submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.dan).number == 1


def test_a_double_submit_is_one_try(people: People, quiz: Quiz) -> None:
    key = uuid4()
    first = submit_attempt(
        quiz=quiz, responses=right_answers(quiz), by=people.carol, client_key=key
    )
    again = submit_attempt(
        quiz=quiz, responses=wrong_answers(quiz), by=people.carol, client_key=key
    )
    assert again.pk == first.pk
    assert Attempt.objects.get().score == 4
    # The same key from somebody else's page is another try.
    assert (
        submit_attempt(
            quiz=quiz, responses=right_answers(quiz), by=people.dan, client_key=key
        ).membership
        == people.dan
    )


def test_what_is_missing_is_told_by_question(people: People, quiz: Quiz) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        submit_attempt(quiz=quiz, responses={}, by=people.carol)
    kinds = {question.pk: question.kind for question in quiz.questions.all()}
    assert {kinds[pk]: message for pk, message in refused.value.errors.items()} == {
        "one_choice": "Choose an answer.",
        "several": "Choose at least one answer.",
        "true_false": "Choose an answer.",
        "short_answer": "Write an answer.",
    }
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("one_choice", [str(uuid4())]),
        ("one_choice", ["true"]),
        ("several", ["not a key"]),
        ("true_false", ["perhaps"]),
        ("true_false", ["true", "false"]),
        ("short_answer", ["  \0 "]),
        ("short_answer", ["x" * 301]),
        ("short_answer", ["the margin", "margin"]),
    ],
)
def test_refuses_what_is_no_answer(people: People, quiz: Quiz, kind: str, given: list[str]) -> None:
    question = quiz.questions.get(kind=kind)
    with pytest.raises(SubmissionRefused) as refused:
        submit_attempt(
            quiz=quiz, responses={**right_answers(quiz), question.pk: given}, by=people.carol
        )
    assert list(refused.value.errors) == [question.pk]
    assert not Answer.objects.exists()


def test_refuses_both_of_one_choice(people: People, quiz: Quiz) -> None:
    question = quiz.questions.get(kind="one_choice")
    both = [str(choice.key) for choice in question.choices.all()]
    with pytest.raises(SubmissionRefused):
        submit_attempt(
            quiz=quiz, responses={**right_answers(quiz), question.pk: both}, by=people.carol
        )


def test_refuses_choices_of_another_question(people: People, quiz: Quiz) -> None:
    one, several = quiz.questions.get(kind="one_choice"), quiz.questions.get(kind="several")
    responses = right_answers(quiz)
    with pytest.raises(SubmissionRefused):
        submit_attempt(
            quiz=quiz, responses={**responses, one.pk: responses[several.pk][:1]}, by=people.carol
        )


def test_refuses_questions_of_another_quiz(people: People, quiz: Quiz) -> None:
    with pytest.raises(SubmissionRefused, match="another checkpoint"):
        submit_attempt(quiz=quiz, responses={**right_answers(quiz), 0: ["x"]}, by=people.carol)


def test_a_replaced_quiz_takes_no_answers(people: People, quiz: Quiz, reading: Reading) -> None:
    submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)
    apply_guide(reading=reading, text=OTHER, by=people.alice)
    with pytest.raises(SubmissionRefused, match="changed this checkpoint"):
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.dan)


def test_guests_and_members_of_other_seminars_answer_nothing(people: People, quiz: Quiz) -> None:
    other = make_people("other")
    make_reading(other, "elsewhere")
    for member in (people.grace, other.carol):
        with pytest.raises(PermissionDenied):
            submit_attempt(quiz=quiz, responses=right_answers(quiz), by=member)


def test_a_removed_member_answers_nothing(people: People, quiz: Quiz) -> None:
    people.carol.removed_at = people.carol.joined_at
    people.carol.save(update_fields=["removed_at"])
    with pytest.raises(PermissionDenied):
        submit_attempt(quiz=quiz, responses=right_answers(quiz), by=people.carol)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_a_guide_added_at_the_same_time_loses_no_try(people: People, quiz: Quiz, turn: int) -> None:
    """Whichever is first, the try says which version of the question it answered."""
    changed = GUIDE.replace("Where do readers stop?", "Where does each reader stop?")
    answers = right_answers(quiz)
    added, tried = at_once(
        lambda: apply_guide(reading=quiz.reading, text=changed, by=people.alice),
        lambda: submit_attempt(quiz=quiz, responses=answers, by=people.carol),
    )
    assert isinstance(added, AppliedGuide), added
    assert isinstance(tried, Attempt | SubmissionRefused), tried
    assert Attempt.objects.count() == isinstance(tried, Attempt)
    assert Quiz.objects.count() == 1
    question = quiz.questions.get(kind="one_choice")
    for answer in Answer.objects.filter(question=question):
        was_before = QuestionVersion.objects.filter(question=question).exists()
        assert (answer.version, question.version) == ((1, 2) if was_before else (1, 1))


@pytest.mark.django_db(transaction=True)
def test_many_submits_at_once_make_one_row(people: People, quiz: Quiz) -> None:
    """The same form sent eight times at once, by eight connections."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    key, responses = uuid4(), right_answers(quiz)

    def submit(_: Any) -> int:
        try:
            return submit_attempt(
                quiz=quiz, responses=responses, by=people.carol, client_key=key
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(submit, range(8)))) == 1
    assert Attempt.objects.count() == 1
    assert Answer.objects.count() == 4

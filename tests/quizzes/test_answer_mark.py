"""One answer is marked: by who may, as a draft, and nobody overwrites what they have not seen."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from database.versions import Stale
from quizzes.manual_marking.actions import release_marks, set_mark
from quizzes.models import AnswerMark, Attempt, Question, Quiz
from readings.guides import GuideRefused
from readings.models import Reading
from seminars.models import Event
from tests.base import People, make_people, markup
from tests.quizzes.base import add_quiz
from tests.quizzes.marking import ASKED, LIST, PAGE, address, hand_in


@pytest.fixture
def quiz(people: People, reading: Reading) -> Quiz:
    return add_quiz(people, reading, ASKED)


@pytest.fixture
def question(quiz: Quiz) -> Question:
    return quiz.questions.get()


def test_a_changed_mark_is_seen_at_once_and_what_stood_is_kept(
    people: People, quiz: Quiz, question: Question
) -> None:
    answer = hand_in(quiz, people.carol)
    set_mark(answer=answer, points=Decimal(1), remark="Too short.", by=people.bob)
    release_marks(question=question, by=people.alice)
    assert "1 of 4 points" in markup(people.client("carol").get(PAGE))
    alice, sent = (
        people.client("alice"),
        {"points": "3", "remark": "On a second look.", "version": "1"},
    )
    alice.post(address(answer), sent)
    html = markup(people.client("carol").get(PAGE))
    assert "3 of 4 points" in html
    assert "On a second look." in html
    assert "Too short." not in html
    assert Attempt.objects.get().score == 3
    alice.post(address(answer), sent | {"remark": "As before.", "version": "2"})
    assert "As before." in markup(people.client("carol").get(PAGE)), "its words alone are others"
    html = markup(alice.get(address(answer)))
    assert "Too short." in html.partition("What stood here before")[2]
    changed = Event.objects.filter(kind="answer.marked", actor=people.alice)
    details = list(changed.order_by("pk").values_list("detail", flat=True))
    assert details == [{"before": "1.00", "after": "3"}, {"before": "3.00", "after": "3"}]


def test_of_two_at_once_the_second_sees_both(people: People, quiz: Quiz) -> None:
    answer = hand_in(quiz, people.carol)
    sent = {"points": "3", "remark": "Mine.", "version": "0"}
    people.client("alice").post(address(answer), sent)
    response = people.client("bob").post(address(answer), sent | {"remark": "His."})
    assert response.status_code == 409
    html = markup(response)
    assert "Mine." in html
    assert "His." in html
    with pytest.raises(Stale):
        set_mark(answer=answer, points=Decimal(2), remark="", by=people.bob, version=0)
    # Whoever sends the same again has it.
    set_mark(answer=answer, points=Decimal(3), remark="Mine.", by=people.alice, version=0)
    assert AnswerMark.objects.get().edit_version == 1


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("5", "less than or equal to 4."),
        ("4.01", "less than or equal to 4."),
        ("-0.25", "greater than or equal to 0."),
        ("", "This field is required."),
        ("many", "Enter a number."),
        ("1.234", "no more than 2 decimal places."),
    ],
)
def test_points_that_there_are_not(people: People, quiz: Quiz, points: str, said: str) -> None:
    answer = hand_in(quiz, people.carol)
    response = people.client("alice").post(
        address(answer), {"points": points, "remark": "Kept words.", "version": "0"}
    )
    assert response.status_code == 422
    assert "Kept words." in markup(response)
    assert said in markup(response)
    assert not AnswerMark.objects.exists()
    for off in ("4.01", "-0.01"):
        with pytest.raises(ValidationError):
            set_mark(answer=answer, points=Decimal(off), remark="", by=people.alice)


@pytest.mark.parametrize("points", ["0", "0.25", "4"])
def test_nothing_a_part_and_all_of_them_are_marks(people: People, quiz: Quiz, points: str) -> None:
    answer = hand_in(quiz, people.carol)
    sent = {"points": points, "remark": "", "version": "0"}
    assert people.client("alice").post(address(answer), sent).status_code == 302
    assert AnswerMark.objects.get().points == Decimal(points)


def test_an_earlier_remark_is_put_below_what_is_written(people: People, quiz: Quiz) -> None:
    first, second = hand_in(quiz, people.carol), hand_in(quiz, people.dan)
    set_mark(answer=first, points=Decimal(3), remark="Name the passage.", by=people.alice)
    response = people.client("alice").post(
        address(second), {"insert": "0", "points": "2", "remark": "Well seen.", "version": "0"}
    )
    html = response.content.decode()
    assert "Well seen.\nName the passage." in html
    assert 'value="2"' in html
    assert AnswerMark.objects.count() == 1
    for nonsense in ("9", "x", ""):
        sent = {"insert": nonsense, "points": "2", "remark": "Well seen.", "version": "0"}
        assert "Well seen." in people.client("alice").post(address(second), sent).content.decode()


def test_an_assistant_marks_their_own_group(people: People, quiz: Quiz, question: Question) -> None:
    carol, dan = hand_in(quiz, people.carol), hand_in(quiz, people.dan)
    bob = people.client("bob")
    assert "1 to mark" in markup(bob.get(LIST))
    assert bob.get(address(carol)).status_code == 200
    assert bob.get(address(dan)).status_code == 403
    assert bob.post(address(dan), {"points": "1", "version": "0"}).status_code == 403
    with pytest.raises(PermissionDenied):
        set_mark(answer=dan, points=Decimal(1), remark="", by=people.bob)
    with pytest.raises(PermissionDenied):
        release_marks(question=question, by=people.bob)
    assert bob.post(f"{LIST}{question.pk}/release/").status_code == 403
    set_mark(answer=dan, points=Decimal(1), remark="", by=people.alice)


def test_another_seminar_is_not_there(people: People, quiz: Quiz, question: Question) -> None:
    answer = hand_in(quiz, people.carol)
    others = make_people("other")
    stranger = others.client("alice")
    assert stranger.get(f"/s/other/marking/{question.pk}/").status_code == 404
    assert stranger.get(f"/s/other/marking/{question.pk}/answers/{answer.pk}/").status_code == 404
    assert stranger.get(address(answer)).status_code == 404
    with pytest.raises(PermissionDenied):
        set_mark(answer=answer, points=Decimal(1), remark="", by=others.alice)
    with pytest.raises(PermissionDenied):
        release_marks(question=question, by=others.alice)


@pytest.mark.parametrize("released", [True, False])
def test_a_guide_leaves_a_question_the_points_that_were_given(
    people: People, reading: Reading, quiz: Quiz, question: Question, released: bool
) -> None:
    answer = hand_in(quiz, people.carol)
    set_mark(answer=answer, points=Decimal(3), remark="", by=people.alice)
    if released:
        release_marks(question=question, by=people.alice)
    with pytest.raises(GuideRefused) as refused:
        add_quiz(people, reading, ASKED.replace("Points: 4", "Points: 2"))
    assert "has 3 points already" in str(refused.value)
    assert Question.objects.get().points == 4
    # As many as were given are enough, and more are more to reach.
    add_quiz(people, reading, ASKED.replace("Points: 4", "Points: 3"))
    release_marks(question=question, by=people.alice)
    attempt = Attempt.objects.get()
    assert (attempt.score, int(attempt.max_score)) == (Decimal(3), 3)
    add_quiz(people, reading, ASKED.replace("Points: 4", "Points: 6"))
    attempt.refresh_from_db()
    assert (attempt.score, int(attempt.max_score)) == (Decimal(3), 6)


def test_points_that_a_guide_has_taken_meanwhile_are_refused_in_place(
    people: People, reading: Reading, quiz: Quiz
) -> None:
    answer = hand_in(quiz, people.carol)
    add_quiz(people, reading, ASKED.replace("Points: 4", "Points: 2"))
    with pytest.raises(ValidationError):
        set_mark(answer=answer, points=Decimal(3), remark="", by=people.alice)
    response = people.client("alice").post(
        address(answer), {"points": "3", "remark": "Kept words.", "version": "0"}
    )
    assert response.status_code == 422
    assert "Kept words." in markup(response)

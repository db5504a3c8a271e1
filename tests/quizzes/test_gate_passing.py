"""Letting one person through a gate, and what that opens to them."""

import pytest

from readings.models import GatePassing, Reading
from seminars.models import Event
from tests.base import People
from tests.discussions.base import url
from tests.quizzes.base import add_quiz
from tests.quizzes.test_gates import BEHIND, add_gate, page_of


def passing_of(reading: Reading, quiz_pk: int, member: int) -> str:
    return f"{url('quiz_detail', reading, quiz_pk)}gate/{member}/"


@pytest.mark.parametrize("kind", ["soft", "hard", "hard, 100 %"])
@pytest.mark.parametrize("key", ["carol", "grace"])
def test_one_person_reads_on_and_nobody_else(
    people: People, reading: Reading, kind: str, key: str
) -> None:
    quiz, member = add_gate(people, reading, kind), getattr(people, key)
    alice = people.client("alice")
    for _again in range(2):
        response = alice.post(passing_of(reading, quiz.pk, member.pk))
        assert response["Location"] == f"{url('quiz_detail', reading, quiz.pk)}gate/"
    assert BEHIND in page_of(people, key)
    assert BEHIND not in page_of(people, "dan")
    assert GatePassing.objects.get().let_by == people.alice
    assert Event.objects.filter(kind="gate.opened").count() == 1
    listed = alice.get(f"{url('quiz_detail', reading, quiz.pk)}gate/").content.decode()
    assert "Let through by staff" in listed


def test_an_assistant_lets_their_own_group_through(people: People, reading: Reading) -> None:
    quiz, bob = add_gate(people, reading, "hard"), people.client("bob")
    assert bob.post(passing_of(reading, quiz.pk, people.carol.pk)).status_code == 302
    assert bob.post(passing_of(reading, quiz.pk, people.dan.pk)).status_code == 403


def test_members_let_nobody_through(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    for key, status in (("carol", 403), ("grace", 403), ("mallory", 404)):
        client = people.client(key)
        assert client.post(passing_of(reading, quiz.pk, people.carol.pk)).status_code == status
    assert not GatePassing.objects.exists()
    assert (
        people.client("alice").get(passing_of(reading, quiz.pk, people.carol.pk)).status_code == 405
    )


def test_of_staff_and_strangers_there_is_nobody_to_let(people: People, reading: Reading) -> None:
    quiz, alice = add_gate(people, reading, "hard"), people.client("alice")
    assert alice.post(passing_of(reading, quiz.pk, people.bob.pk)).status_code == 403
    assert alice.post(passing_of(reading, quiz.pk, 10**6)).status_code == 404


def test_without_a_gate_there_is_none_to_open(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    alice = people.client("alice")
    assert alice.post(passing_of(reading, quiz.pk, people.carol.pk)).status_code == 404

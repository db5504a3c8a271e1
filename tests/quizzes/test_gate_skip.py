"""Reading on behind a soft gate without answering, and staff seeing who did."""

import pytest

from readings.models import GatePassing, Reading
from seminars.models import Event
from tests.base import People
from tests.quizzes.base import add_quiz
from tests.quizzes.test_gates import BEHIND, add_gate, hand_in, page_of, url_of


@pytest.mark.parametrize("key", ["carol", "grace"])
def test_the_button_opens_the_text(people: People, reading: Reading, key: str) -> None:
    quiz = add_gate(people, reading, "soft")
    page = page_of(people, key)
    assert f'action="{url_of("gate_skip", quiz)}"' in page
    client = people.client(key)
    for _again in range(2):
        response = client.post(url_of("gate_skip", quiz))
        assert response.status_code == 302
        assert response["Location"].endswith(f"/r/margins/#quiz-{quiz.pk}")
    assert BEHIND in page_of(people, key)
    assert BEHIND not in page_of(people, "dan")
    assert Event.objects.filter(kind="gate.skipped").count() == 1


def test_staff_see_who_skipped(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "soft")
    people.client("carol").post(url_of("gate_skip", quiz))
    listed = people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    line = listed.partition("<b>\u2068Carol")[2] or listed.partition("Carol")[2]
    assert "Skipped" in line.partition("</li>")[0]
    # Who answers later has answered.
    hand_in(quiz, people.carol)
    listed = people.client("alice").get(url_of("gate_passings", quiz)).content.decode()
    assert "Skipped" not in listed
    assert "Handed in" in listed


def test_a_hard_gate_is_not_skipped(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "hard")
    assert "gate_skip" not in page_of(people, "carol")
    assert people.client("carol").post(url_of("gate_skip", quiz)).status_code == 403
    assert BEHIND not in page_of(people, "carol")


def test_what_was_skipped_is_closed_once_the_gate_is_hard(people: People, reading: Reading) -> None:
    quiz = add_gate(people, reading, "soft")
    people.client("carol").post(url_of("gate_skip", quiz))
    add_gate(people, reading, "hard")
    assert BEHIND not in page_of(people, "carol")


def test_without_a_gate_there_is_nothing_to_skip(people: People, reading: Reading) -> None:
    quiz = add_quiz(people, reading)
    assert people.client("carol").post(url_of("gate_skip", quiz)).status_code == 302
    assert not GatePassing.objects.exists()


def test_a_checkpoint_behind_it_is_not_there(people: People, reading: Reading) -> None:
    add_gate(people, reading, "soft")
    later = reading.quizzes.get(title="Later")
    carol = people.client("carol")
    assert carol.post(url_of("gate_skip", later)).status_code == 404
    assert carol.get(url_of("quiz_detail", later)).status_code == 404
    assert carol.post(url_of("attempt_create", later)).status_code == 404
    assert carol.post(url_of("kept_answers", later)).status_code == 404

"""A question is taken out of the draft, and its checkpoint with the last one."""

from readings.models import Reading
from tests.base import People
from tests.readings.guide_drafts import URL, add, bodies, press

BODY = "Title: Stop\n\n### First?\n\nAnswer: a\n\n### Second?\n\nAnswer: b"


def test_questions_are_taken_off_and_had_back(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "checkpoint", 2, body=BODY)
    press(client, "draft_question_removal")
    assert bodies() == ["Title: Stop\n\n### Second?\n\nAnswer: b"]
    press(client, "draft_question_removal")
    assert bodies() == []
    press(client, "guide_draft_step")
    press(client, "guide_draft_step")
    assert bodies() == [BODY]


def test_one_that_was_changed_meanwhile_stays(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "checkpoint", 2, body=BODY)
    answer = client.post(f"{URL}items/1/questions/2/removal/", {"version": "7"}, follow=True)
    assert "Somebody else changed this meanwhile." in answer.content.decode()
    assert bodies() == [BODY]

"""A question of the draft changes its place in the checkpoint."""

import pytest

from readings.models import GuideDraftStep, Reading
from tests.base import People
from tests.readings.guide_drafts import URL, add, bodies, press

BODY = "Title: Stop\n\n### First?\n\nAnswer: a\n\n### Second?\n\nAnswer: b"


def test_a_question_goes_down_and_keeps_its_address(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "checkpoint", 2, body=BODY)
    press(client, "draft_question_place", to="later")
    assert bodies()[0].index("Second?") < bodies()[0].index("First?")
    assert b"First?" in client.get(f"{URL}items/1/questions/2/").content
    press(client, "draft_question_place", to="later")
    assert bodies() == [BODY]


@pytest.mark.parametrize(("key", "to"), [(2, "earlier"), (4, "later")])
def test_at_the_end_it_stays(people: People, reading: Reading, key: int, to: str) -> None:
    client = people.client("alice")
    client.post(URL)
    body = f"{BODY}\n\n### Third?\n\nAnswer: c"
    add(client, "checkpoint", 2, body=body)
    steps = GuideDraftStep.objects.count()
    client.post(f"{URL}items/1/questions/{key}/place/", {"version": "1", "to": to})
    assert bodies() == [body]
    assert GuideDraftStep.objects.count() == steps


def test_what_was_changed_meanwhile_stays_where_it_is(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    add(client, "checkpoint", 2, body=BODY)
    sent = {"version": "7", "to": "later"}
    answer = client.post(f"{URL}items/1/questions/2/place/", sent, follow=True)
    assert "Somebody else changed this meanwhile." in answer.content.decode()
    assert bodies() == [BODY]


def test_a_question_is_put_before_another_or_behind_all(people: People, reading: Reading) -> None:
    client = people.client("alice")
    client.post(URL)
    body = f"{BODY}\n\n### Third?\n\nAnswer: c"
    add(client, "checkpoint", 2, body=body)
    url = f"{URL}items/1/questions/4/place/"
    for version, before, order in ((1, 2, "312"), (2, 3, "132"), (3, 0, "123"), (4, 0, "123")):
        client.post(url, {"version": str(version), "before": str(before), "block": "p2"})
        words = [body.split("\n\n### ")[int(n)] for n in order]
        assert bodies() == ["\n\n### ".join(["Title: Stop", *words])]
    press(client, "guide_draft_step")
    assert bodies()[0].index("First?") < bodies()[0].index("Third?") < bodies()[0].index("Second?")
    answer = client.post(url, {"version": "1", "before": "2"}, follow=True)
    assert "Somebody else changed this meanwhile." in answer.content.decode()

"""All news marked seen, and that undone."""

import uuid

from discussions.models import NewsRead
from readings.models import Reading
from tests.base import People
from tests.discussions.base import answer, first_of, hidden, say
from tests.discussions.news import bell, told


def _watched(people: People, reading: Reading) -> None:
    answer(say(reading, people.carol), people.dan)


def _mention(people: People, reading: Reading) -> None:
    say(reading, people.dan, "@Carol: look.")


def test_all_can_be_marked_seen_and_that_undone(people: People, reading: Reading) -> None:
    _watched(people, reading)
    hidden(first_of(say(reading, people.carol)), people.alice)
    client, key = people.client("carol"), str(uuid.uuid4())
    assert bell(people, "carol") == 2
    for _ in range(2):  # the answer was lost, and it is sent once more
        response = client.post("/news/reads/", {"client_key": key})
        assert response.headers["Location"] == f"/news/?marked={key}"
    page = client.get(response.headers["Location"]).content.decode()
    assert "All is marked seen." in page
    assert "Undo" in page
    assert bell(people, "carol") == 0
    assert len(told(people, "carol")) == 2
    client.post("/news/reads/", {"undo": key})
    assert bell(people, "carol") == 2
    assert not NewsRead.objects.exists()
    _mention(people, reading)
    assert bell(people, "carol") == 3


def test_the_second_marking_goes_back_to_the_first(people: People, reading: Reading) -> None:
    client, first, second = people.client("carol"), str(uuid.uuid4()), str(uuid.uuid4())
    _watched(people, reading)
    client.post("/news/reads/", {"client_key": first})
    _mention(people, reading)
    client.post("/news/reads/", {"client_key": second})
    client.post("/news/reads/", {"undo": first})  # of an old tab
    assert bell(people, "carol") == 0
    client.post("/news/reads/", {"undo": second})
    assert bell(people, "carol") == 1
    assert client.post("/news/reads/", {}).status_code == 422

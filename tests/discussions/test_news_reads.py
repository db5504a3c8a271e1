"""The news of one seminar marked seen: those of others stay new."""

import uuid

from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import answer, say
from tests.discussions.news import bell


def test_it_marks_its_seminar_alone(people: People, reading: Reading) -> None:
    answer(say(reading, people.carol), people.dan)
    others = make_people("elsewhere")
    twin = Membership.objects.create(seminar=others.seminar, user=people.carol.user)
    answer(say(make_reading(others), twin), others.dan)
    client, key = people.client("carol"), str(uuid.uuid4())
    assert bell(people, "carol") == 2
    response = client.post("/s/elsewhere/news/reads/", {"client_key": key})
    assert response.headers["Location"] == f"/s/elsewhere/news/?marked={key}"
    assert bell(people, "carol") == 1
    client.post("/s/seminar/news/reads/", {"undo": key})
    assert bell(people, "carol") == 1
    client.post("/s/elsewhere/news/reads/", {"undo": key})
    assert bell(people, "carol") == 2

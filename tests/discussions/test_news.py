"""The news of one seminar."""

from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import answer, say
from tests.discussions.news import told


def test_it_tells_of_its_seminar_alone(people: People, reading: Reading) -> None:
    answer(say(reading, people.carol), people.dan, "Here.")
    others = make_people("elsewhere")
    twin = Membership.objects.create(
        seminar=others.seminar, user=people.carol.user, group=others.monday
    )
    answer(say(make_reading(others), twin), others.dan, "Elsewhere.")
    assert len(told(people, "carol")) == 2
    client = people.client("carol")
    page = client.get("/s/elsewhere/news/").content.decode()
    assert "Elsewhere." in page
    assert "Here." not in page
    assert people.client("mallory").get("/s/elsewhere/news/").status_code == 404

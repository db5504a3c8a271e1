"""Which text to put beside a reading."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from readings.models import Reading
from readings.setup import general_discussion_of
from tests.base import People, make_reading
from tests.discussions.base import url
from tests.discussions.pairs import link, make_pair

Two = tuple[Reading, Reading]


@pytest.fixture
def two(people: People) -> Two:
    return make_pair(people)


def choices(people: People, reading: Reading, who: str = "carol") -> list[tuple[str, str]]:
    response = people.client(who).get(url("pair_choice", reading, query="?choose"))
    rows = etree.HTML(response.content.decode()).findall(".//ul[@class='rows']/li")
    return [
        (row.find(".//a").get("href"), " ".join("".join(row.itertext()).split())) for row in rows
    ]


def pair_path(first: Reading, second: Reading) -> str:
    return reverse("reading_pair", args=["seminar", first.slug, second.slug])


def test_those_with_links_come_first_with_their_number(people: People, two: Two) -> None:
    third = make_reading(people, slug="third")
    link(two[1], two[0], people.dan)
    link(two[0], two[1], people.dan, audience="me")
    assert choices(people, two[0]) == [
        (pair_path(two[0], two[1]), "Against margins Ada Reader 1 link"),
        (pair_path(two[0], third), "On margins Ada Reader"),
    ]
    assert "2 links" in choices(people, two[0], "dan")[0][1]


def test_where_there_is_one_other_that_is_it(people: People, two: Two) -> None:
    response = people.client("carol").get(url("pair_choice", two[0]))
    assert response.status_code == 302
    assert response.headers["Location"] == pair_path(*two)
    assert len(choices(people, two[0])) == 1


def test_none_but_those_that_one_may_open(people: People) -> None:
    two = make_pair(people, open_to_guests=False)
    general_discussion_of(by=people.carol)
    assert choices(people, two[0], "grace") == []
    response = people.client("grace").get(url("pair_choice", two[0]))
    assert "no other text in this seminar" in response.content.decode()
    assert people.client("grace").get(url("pair_choice", two[1])).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("anonymous", 302), ("mallory", 404)])
def test_strangers(people: People, two: Two, who: str, status: int) -> None:
    client = Client() if who == "anonymous" else people.client(who)
    assert client.get(url("pair_choice", two[0])).status_code == status
    assert people.client("carol").post(url("pair_choice", two[0])).status_code == 405


def test_the_reading_leads_there(people: People, two: Two) -> None:
    page = people.client("carol").get(two[0].get_absolute_url()).content.decode()
    assert f'href="{url("pair_choice", two[0])}"' in page


def test_fixed_number_of_queries(people: People, two: Two) -> None:
    client = people.client("carol")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("pair_choice", two[0], query="?choose")).status_code == 200
        return len(queries)

    link(*two, people.dan)
    asked()  # what is kept is kept
    few = asked()
    for n in range(5):
        link(*two, people.dan)
        make_reading(people, slug=f"more-{n}")
    asked()
    assert asked() == few

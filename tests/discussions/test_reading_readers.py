"""Who is offered after an “@” in the form that starts a thread: whom its audience reaches."""

from readings.models import Reading
from tests.base import People
from tests.discussions.base import url


def offered(people: People, reading: Reading, who: str, audience: str) -> list[str]:
    page = url("reading_readers", reading, query=f"?audience={audience}")
    return [one["name"] for one in people.client(who).get(page).json()["people"]]


def test_whom_the_audience_reaches(people: People, reading: Reading) -> None:
    assert offered(people, reading, "carol", "seminar") == ["Alice", "Bob", "Dan", "Grace"]
    monday = f"group:{people.monday.pk}"
    assert offered(people, reading, "carol", monday) == ["Alice", "Bob"]
    assert offered(people, reading, "carol", "staff") == ["Alice", "Bob"]
    assert offered(people, reading, "carol", "me") == []


def test_nobody_for_an_audience_that_one_cannot_choose(people: People, reading: Reading) -> None:
    assert offered(people, reading, "dan", f"group:{people.monday.pk}") == []
    assert offered(people, reading, "dan", "nonsense") == []


def test_gates(people: People, reading: Reading) -> None:
    page = url("reading_readers", reading)
    assert people.client("grace").get(page).status_code == 403
    assert people.client("mallory").get(page).status_code == 404
    assert people.client("carol").post(page).status_code == 405

"""How many cases came while the page of the queue stood open."""

from readings.models import Reading
from tests.base import People
from tests.discussions.base import first_of, reported, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/reviews/arrivals/"


def test_says_how_many_came(people: People, reading: Reading) -> None:
    alice = people.client("alice")
    assert alice.get(PAGE + "?after=0").status_code == 204
    first = reported(first_of(say(reading, people.carol)), people.dan)
    for _number in range(2):
        reported(first_of(say(reading, people.dan)), people.carol)
    assert alice.get(f"{PAGE}?after={first.pk}").content.decode().count("2 more") == 1
    assert "3 more" in alice.get(PAGE).content.decode()
    assert "3 more" in alice.get(f"{PAGE}?after=x&group=y").content.decode()


def test_of_what_is_asked_for_and_of_what_one_may_see(people: People, reading: Reading) -> None:
    reported(first_of(say(reading, people.dan)), people.carol)
    asked = f"{PAGE}?group={people.monday.pk}"
    assert people.client("alice").get(asked).status_code == 204
    assert people.client("bob").get(PAGE).status_code == 204


def test_gates(people: People) -> None:
    assert_closed_to_strangers(people, PAGE)
    assert people.client("carol").get(PAGE).status_code == 403
    assert people.client("alice").post(PAGE).status_code == 405

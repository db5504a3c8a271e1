"""Naming a unit anew."""

from django.urls import reverse

from readings.models import Unit
from seminars.models import Event
from tests.base import People, make_people
from tests.forms import send
from tests.readings.units import URL, make_units
from tests.seminars.helpers import assert_for_instructors


def url(unit: Unit) -> str:
    return reverse("unit_detail", args=["seminar", unit.pk])


def test_changes_name_and_day(people: People) -> None:
    (unit,) = make_units(people, "One")
    answer = send(people.client("alice"), url(unit), name="Uno", starts_on="2026-12-01")
    assert answer.url == f"{URL}#unit-{unit.pk}"
    unit.refresh_from_db()
    assert (unit.name, str(unit.starts_on)) == ("Uno", "2026-12-01")
    assert Event.objects.latest("pk").kind == "unit.changed"


def test_two_at_once_lose_nothing(people: People) -> None:
    (unit,) = make_units(people, "One")
    client = people.client("alice")
    send(client, url(unit), name="First")
    answer = client.post(url(unit), {"name": "Second", "starts_on": "", "version": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "First" in page
    assert 'value="Second"' in page


def test_who_may(people: People) -> None:
    (unit,) = make_units(people, "One")
    assert_for_instructors(people, url(unit))
    assert_for_instructors(people, url(unit), "post")
    assert people.client("alice").delete(url(unit)).status_code == 405
    (theirs,) = make_units(make_people("other"), "A")
    assert people.client("alice").get(url(theirs)).status_code == 404

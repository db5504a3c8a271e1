"""Taking a unit away."""

from django.urls import reverse

from readings.models import Unit
from seminars.models import Event
from tests.base import People, make_reading
from tests.forms import send
from tests.readings.units import URL, make_units, put
from tests.seminars.helpers import assert_for_instructors


def url(unit: Unit) -> str:
    return reverse("unit_removal", args=["seminar", unit.pk])


def test_its_readings_stay(people: People) -> None:
    (unit,) = make_units(people, "One")
    reading = make_reading(people)
    put(people, unit, reading)
    client = people.client("alice")
    answer = send(client, url(unit))
    assert answer.url == URL
    assert "“One” is taken away." in client.get(URL).content.decode()
    reading.refresh_from_db()
    assert reading.unit is None
    assert not Unit.objects.exists()
    assert Event.objects.latest("pk").kind == "unit.removed"
    assert client.get(reading.get_absolute_url()).status_code == 200


def test_who_may(people: People) -> None:
    (unit,) = make_units(people, "One")
    assert_for_instructors(people, url(unit))
    assert_for_instructors(people, url(unit), "post")
    assert people.client("alice").delete(url(unit)).status_code == 405

"""Putting units in order."""

import pytest
from django.urls import reverse

from readings.models import Unit
from seminars.models import Event
from tests.base import People, make_people
from tests.forms import forms_of
from tests.readings.units import URL, make_units
from tests.seminars.helpers import assert_for_instructors


def url(unit: Unit) -> str:
    return reverse("unit_place", args=["seminar", unit.pk])


def names() -> str:
    return "".join(Unit.objects.filter(seminar__slug="seminar").values_list("name", flat=True))


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [("A", 1, "BAC"), ("A", 2, "BCA"), ("C", 0, "CAB"), ("B", 9999, "ACB"), ("B", 1, "ABC")],
)
def test_puts_it_there(people: People, name: str, place: int, expected: str) -> None:
    make_units(people, "A", "B", "C")
    unit, client = Unit.objects.get(name=name), people.client("alice")
    for _ in range(2):  # the button pressed twice asks for the same place
        answer = client.post(url(unit), {"place": place})
        assert answer.headers["Location"] == f"{URL}#unit-{unit.pk}"
        assert names() == expected
    changed = Event.objects.filter(kind="unit.changed")
    assert changed.count() == (expected != "ABC")
    assert all(event.audience == "staff" for event in changed)


def test_the_buttons_of_the_page_lead_up_and_down(people: People) -> None:
    make_units(people, "A", "B", "C")
    client = people.client("alice")

    def press(unit: str, button: int) -> None:
        action = url(Unit.objects.get(name=unit))
        forms = [one for one in forms_of(client.get(URL).content, URL, "") if one.action == action]
        client.post(action, forms[button].as_it_stands)

    press("A", 0)
    assert names() == "BAC", "the first has one button, down"
    press("C", 0)
    assert names() == "BCA", "the last has one, up"
    press("C", 1)
    assert names() == "BAC", "between them both"


def test_nonsense_moves_nothing(people: People) -> None:
    make_units(people, "A", "B")
    unit, client = Unit.objects.get(name="A"), people.client("alice")
    for nonsense in ({}, {"place": "x"}, {"place": "-1"}, {"place": "9" * 40}):
        assert client.post(url(unit), nonsense).status_code == 302
    assert names() == "AB"


def test_who_may(people: People) -> None:
    (unit,) = make_units(people, "A")
    assert_for_instructors(people, url(unit), "post")
    assert people.client("alice").get(url(unit)).status_code == 405
    (theirs,) = make_units(make_people("other"), "A")
    assert people.client("alice").post(url(theirs), {"place": 1}).status_code == 404

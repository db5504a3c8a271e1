"""Putting a reading into a unit, and in order there."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from readings.models import Reading
from tests.base import People, make_people, make_reading
from tests.forms import forms_of
from tests.readings.units import URL, make_units, put
from tests.seminars.helpers import assert_for_instructors


def url(reading: Reading) -> str:
    return reverse("reading_unit", args=["seminar", reading.pk])


def slugs(unit: Any) -> str:
    readings = Reading.objects.filter(unit=unit).order_by("position", "pk")
    return "".join(readings.values_list("slug", flat=True))


def test_puts_it_into_a_unit_and_out_of_it(people: People) -> None:
    one, two = make_units(people, "One", "Two")
    reading, client = make_reading(people, slug="a"), people.client("alice")
    for unit in (one, two, one):
        answer = client.post(url(reading), {"unit": unit.pk})
        assert answer.headers["Location"] == f"{URL}#reading-{reading.pk}"
        assert slugs(unit) == "a"
    client.post(url(reading), {"unit": "0"})
    reading.refresh_from_db()
    assert reading.unit is None


def test_puts_it_at_its_place(people: People) -> None:
    (unit,) = make_units(people, "One")
    put(people, unit, *(make_reading(people, slug=slug) for slug in "abc"))
    client = people.client("alice")
    for slug, place, expected in (("c", 0, "cab"), ("c", 1, "acb"), ("a", 9, "cba")):
        reading = Reading.objects.get(slug=slug)
        for _ in range(2):
            client.post(url(reading), {"unit": unit.pk, "place": place})
            assert slugs(unit) == expected


def test_the_form_of_the_page_asks_where(people: People) -> None:
    one, two = make_units(people, "One", "Two")
    reading, client = make_reading(people, slug="a"), people.client("alice")
    forms = forms_of(client.get(URL).content, URL, "")
    form = next(one for one in forms if one.action == url(reading))
    (select,) = form.controls
    assert select.value_options == ["", str(one.pk), str(two.pk)]
    client.post(url(reading), form.as_it_stands)
    reading.refresh_from_db()
    assert reading.unit is None, "nothing was chosen"


def test_only_what_there_is(people: People) -> None:
    (theirs,) = make_units(make_people("other"), "A")
    reading, client = make_reading(people, slug="a"), people.client("alice")
    assert client.post(url(reading), {"unit": theirs.pk}).status_code == 404
    for nonsense in ({}, {"unit": "x"}, {"unit": "9" * 40}, {"unit": ""}):
        assert client.post(url(reading), nonsense).status_code == 302
    Reading.objects.update(removed_at=timezone.now())
    assert client.post(url(reading), {"unit": "0"}).status_code == 404


def test_who_may(people: People) -> None:
    reading = make_reading(people, slug="a")
    assert_for_instructors(people, url(reading), "post")
    assert people.client("alice").get(url(reading)).status_code == 405

"""The seminar's units: made, and shown with their readings on the seminar's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from readings.models import Essay, Reading, Unit
from readings.setup import units as units_module
from seminars.models import Event
from tests.base import People, make_reading
from tests.forms import send
from tests.readings.units import URL, make_units, order, put
from tests.seminars.helpers import assert_for_instructors, queries, words


def reading_called(people: People, title: str, **fields: Any) -> Reading:
    reading = make_reading(people, slug=title.lower(), **fields)
    Essay.objects.filter(pk=reading.essay_id).update(title=title)
    return reading


def test_a_unit_comes_after_the_others(people: People) -> None:
    client = people.client("alice")
    for name in ("Week 1", "Week 2"):
        answer = send(client, URL, name=name, starts_on="2026-10-05")
    unit = Unit.objects.get(name="Week 2")
    assert answer.url == f"{URL}#unit-{unit.pk}"
    assert (unit.position, str(unit.starts_on)) == (1, "2026-10-05")
    assert order(client) == ["Week 1 Monday 5 October 2026", "Week 2 Monday 5 October 2026"]
    assert list(Event.objects.values_list("kind", flat=True)) == ["unit.created"] * 2


def test_members_see_readings_under_their_units(people: People) -> None:
    one, two = make_units(people, "One", "Two")
    first, second, third, loose = (reading_called(people, title) for title in ("A", "B", "C", "D"))
    put(people, two, third, first)
    put(people, one, second)
    expected = ["One", "B", "Two", "C", "A", "Other readings", "D"]
    for who in ("alice", "carol", "grace"):
        assert order(people.client(who)) == expected
    assert loose.unit is None


def test_without_units_the_page_is_as_it_was(people: People) -> None:
    reading_called(people, "A")
    assert order(people.client("carol")) == ["A"]


def test_a_unit_hides_what_has_not_opened(people: People) -> None:
    (one,) = make_units(people, "One")
    later = reading_called(people, "Later", opens_at=timezone.now() + timedelta(days=1))
    put(people, one, later)
    assert order(people.client("alice")) == ["One", "Later"]
    assert "One" not in order(people.client("carol")), "an empty unit is the instructor's alone"


@pytest.mark.parametrize(
    ("name", "starts_on"), [("", ""), ("x" * 121, ""), ("Week", "soon"), ("\u200b", "")]
)
def test_bad_input_comes_back(people: People, name: str, starts_on: str) -> None:
    answer = people.client("alice").post(URL, {"name": name, "starts_on": starts_on})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Unit.objects.exists()


def test_so_many_and_no_more(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readings.setup.unit_actions.MAX_UNITS", 1)
    make_units(people, "One")
    answer = send(people.client("alice"), URL, name="Two")
    assert answer.status_code == 422
    assert "as many units as there may be: 1." in words(answer)
    assert units_module.MAX_UNITS == 60


def test_empty_says_what_to_do(people: People) -> None:
    assert "Make a unit below" in words(people.client("alice").get(URL))


def test_queries_do_not_grow(people: People) -> None:
    one, *_ = make_units(people, "One")
    put(people, one, reading_called(people, "A"))
    page = reverse("seminar_detail", args=["seminar"])
    alice, carol = people.client("alice"), people.client("carol")
    few = [queries(alice, URL), queries(alice, page), queries(carol, page)]
    for number, unit in enumerate(make_units(people, *map(str, range(20)))):
        put(people, unit, reading_called(people, f"R{number}"))
    assert [queries(alice, URL), queries(alice, page), queries(carol, page)] == few


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL)
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").delete(URL).status_code == 405
    assert Client().get(URL).status_code == 302

"""The notebooks of all one's seminars as one file."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from readings.models import Reading
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import say


def saved(people: People, form: str) -> str:
    response = people.client("carol").get(f"/notebook/{form}/")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="notebook.')
    return b"".join(response).decode("utf-8-sig")


@pytest.fixture
def elsewhere(people: People, reading: Reading) -> Membership:
    """Carol in another seminar; she has written here and there."""
    others = make_people("elsewhere")
    member = Membership.objects.create(seminar=others.seminar, user=people.carol.user)
    say(make_reading(others, slug="other"), member, "Written elsewhere.")
    say(reading, people.carol, "Written here.")
    return member


@pytest.mark.parametrize("form", ["markdown", "csv", "json"])
def test_all_seminars(people: People, elsewhere: Membership, form: str) -> None:
    text = saved(people, form)
    assert "Written here." in text
    assert "Written elsewhere." in text
    assert "http://testserver/s/elsewhere/r/other/#c" in text
    Membership.objects.filter(pk=elsewhere.pk).update(removed_at=timezone.now())
    assert "elsewhere" not in saved_of_one(people, form)


def saved_of_one(people: People, form: str) -> str:
    return b"".join(people.client("carol").get(f"/notebook/{form}/")).decode("utf-8-sig")


def test_each_entry_names_its_seminar(people: People, elsewhere: Membership) -> None:
    entries = json.loads(saved(people, "json"))["entries"]
    assert len({entry["link"] for entry in entries}) == 2
    assert all(entry["seminar"] == "Two views" for entry in entries)
    assert saved(people, "markdown").count("Ada Reader · Two views") == 2


def test_who_may_not(people: People) -> None:
    assert Client().get("/notebook/csv/").headers["Location"].startswith("/accounts/login/?next=")
    assert people.client("carol").get("/notebook/exe/").status_code == 404
    assert people.client("mallory").get("/notebook/csv/").status_code == 200

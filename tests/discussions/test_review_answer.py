"""A lone instructor answers reports of their own words with a note."""

from typing import Any

import pytest
from django.urls import reverse

from discussions.models import Decision, ReviewItem
from readings.models import Reading
from seminars.models import Membership
from tests.base import People, htmx
from tests.discussions.base import first_of, reported, say
from tests.discussions.gates import assert_closed_to_strangers


def address(item: ReviewItem) -> str:
    return reverse("review_answer", args=["seminar", item.pk])


def data(**fields: Any) -> dict[str, Any]:
    return {"note_to_member": "I meant the text.", "review_version": 1} | fields


@pytest.fixture
def item(people: People, reading: Reading) -> ReviewItem:
    return reported(first_of(say(reading, people.alice)), people.carol)


def test_closed_as_answered(people: People, item: ReviewItem) -> None:
    alice = people.client("alice")
    assert "Answer, and close it" in alice.get("/s/seminar/desk/reviews/").content.decode()
    response = alice.post(address(item), data(), follow=True)
    assert "Answered with a note" in response.content.decode()
    item.refresh_from_db()
    assert item.state == "answered"
    assert Decision.objects.get().note_to_member == "I meant the text."


@pytest.mark.parametrize("fields", [{"note_to_member": " "}, {"review_version": "x"}])
def test_bad_input(people: People, item: ReviewItem, fields: dict[str, Any]) -> None:
    response = htmx(people.client("alice"), "post", address(item), data(**fields))
    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_not_where_another_instructor_decides(people: People, item: ReviewItem) -> None:
    Membership.objects.filter(pk=people.bob.pk).update(role="instructor")
    alice = people.client("alice")
    assert "Answer, and close it" not in alice.get("/s/seminar/desk/reviews/").content.decode()
    assert alice.post(address(item), data()).status_code == 403


def test_sent_twice(people: People, item: ReviewItem) -> None:
    alice = people.client("alice")
    alice.post(address(item), data())
    response = alice.post(address(item), data(note_to_member="Once more."))
    assert response.status_code == 409
    assert "Once more." in response.content.decode()
    assert Decision.objects.count() == 1


def test_gates(people: People, item: ReviewItem, reading: Reading) -> None:
    assert_closed_to_strangers(people, address(item), data())
    assert people.client("carol").post(address(item), data()).status_code == 403
    assert people.client("bob").post(address(item), data()).status_code == 404
    of_carol = reported(first_of(say(reading, people.carol)), people.dan)
    assert people.client("alice").post(address(of_carol), data()).status_code == 403
    assert people.client("alice").get(address(item)).status_code == 405

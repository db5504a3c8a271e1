"""A case handed over to a named colleague."""

from typing import Any

import pytest
from django.urls import reverse

from discussions.models import Comment, Decision, ReviewItem
from discussions.moderation.actions import dismiss
from readings.models import Reading
from seminars.models import Membership, Role
from tests.base import People, htmx, make_user
from tests.discussions.base import first_of, reported, say
from tests.discussions.gates import assert_closed_to_strangers

PAGE = "/s/seminar/desk/reviews/"


def address(item: ReviewItem) -> str:
    return reverse("review_assignee", args=["seminar", item.pk])


@pytest.fixture
def item(people: People, comment: Comment) -> ReviewItem:
    return reported(comment, people.dan)


def data(people: People, **fields: Any) -> dict[str, Any]:
    return {"to": people.bob.pk, "review_version": 1, "note_to_staff": "You know them."} | fields


def test_to_the_last_of_several(people: People, item: ReviewItem) -> None:
    user = make_user("erin")
    erin = Membership.objects.create(seminar=people.seminar, user=user, role=Role.ASSISTANT)
    people.client("alice").post(address(item), data(people, to=erin.pk))
    item.refresh_from_db()
    assert item.assignee == erin


def test_own_words_go_to_a_colleague_who_decides(people: People, reading: Reading) -> None:
    item = reported(first_of(say(reading, people.alice)), people.carol)
    bob = people.client("bob")
    assert "Nothing to review." in bob.get(PAGE).content.decode()
    people.client("alice").post(address(item), data(people))
    assert "Handed over to you" in bob.get(PAGE).content.decode()
    sent = {"decision": "dismiss", "version": 1, "review_version": 2}
    assert bob.post(f"{PAGE}{item.pk}/decision/", sent).status_code == 302
    item.refresh_from_db()
    assert item.state == "dismissed"
    row = Decision.objects.get(action="hand_over")
    assert (row.member, row.note_to_staff) == (people.bob, "You know them.")


@pytest.mark.parametrize("fields", [{"to": ""}, {"to": "0"}, {"review_version": ""}])
def test_bad_input_keeps_the_text(people: People, item: ReviewItem, fields: dict[str, Any]) -> None:
    response = htmx(people.client("alice"), "post", address(item), data(people, **fields))
    assert response.status_code == 422
    assert "You know them." in response.content.decode()
    assert not Decision.objects.exists()


def test_only_to_staff_who_did_not_write_them(people: People, reading: Reading) -> None:
    of_bob = reported(first_of(say(reading, people.bob)), people.carol)
    for to in (people.carol, people.bob, people.alice):
        response = people.client("alice").post(address(of_bob), data(people, to=to.pk))
        assert response.status_code == 422


def test_decided_meanwhile(people: People, item: ReviewItem) -> None:
    dismiss(review_item=item, by=people.bob, review_version=1, version=1)
    response = people.client("alice").post(address(item), data(people))
    assert response.status_code == 409
    text = response.content.decode()
    assert "Left as it is by Bob" in text
    assert "You know them." in text


def test_gates(people: People, item: ReviewItem) -> None:
    assert_closed_to_strangers(people, address(item), data(people))
    for who in ("bob", "carol"):
        assert people.client(who).post(address(item), data(people)).status_code == 403
    assert people.client("alice").get(address(item)).status_code == 405

"""Deciding a case in the queue."""

from typing import Any

import pytest
from django.urls import reverse

from discussions.models import Comment, Decision, ReviewItem
from discussions.moderation.actions import dismiss
from readings.models import Reading
from tests.base import People, htmx
from tests.discussions.base import answer, first_of, reported, say
from tests.discussions.gates import assert_closed_to_strangers


def address(item: ReviewItem) -> str:
    return reverse("review_decision", args=["seminar", item.pk])


def data(**fields: Any) -> dict[str, Any]:
    return {
        "decision": "hide",
        "reason": "unkind",
        "note_to_member": "Please be kind.",
        "note_to_staff": "Second time.",
        "version": 1,
        "review_version": 1,
    } | fields


@pytest.fixture
def item(people: People, comment: Comment) -> ReviewItem:
    return reported(comment, people.dan)


def test_hide(people: People, item: ReviewItem) -> None:
    response = people.client("bob").post(address(item), data(), follow=True)
    assert "is hidden" in response.content.decode()
    item.refresh_from_db()
    item.comment.refresh_from_db()
    assert (item.state, item.comment.state) == ("upheld", "hidden")
    row = Decision.objects.get()
    assert (row.reason, row.note_to_member, row.note_to_staff) == (
        "Unkind or insulting",
        "Please be kind.",
        "Second time.",
    )
    assert row.review_item == item


def test_dismiss(people: People, item: ReviewItem) -> None:
    people.client("alice").post(address(item), data(decision="dismiss", reason=""))
    item.refresh_from_db()
    item.comment.refresh_from_db()
    assert (item.state, item.comment.state) == ("dismissed", "published")


def test_on_to_the_next_case(people: People, item: ReviewItem) -> None:
    next_one = reported(answer(item.comment.thread, people.carol, "Next."), people.dan)
    response = people.client("alice").post(address(item), data())
    assert response.headers["Location"] == f"/s/seminar/desk/reviews/?case={next_one.pk}"


def test_fragment_focuses_the_next_case(people: People, item: ReviewItem) -> None:
    next_one = reported(answer(item.comment.thread, people.carol, "Next."), people.dan)
    text = htmx(people.client("alice"), "post", address(item), data()).content.decode()
    assert "<html" not in text
    assert f'id="review-{item.pk}"' not in text
    opening = text[text.index(f'id="review-{next_one.pk}"') :].split(">")[0]
    assert "data-focus" in opening
    text = htmx(people.client("alice"), "post", address(next_one), data()).content.decode()
    assert "Nothing to review." in text
    assert "data-focus" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": ""},
        {"reason": "dull"},
        {"decision": "burn"},
        {"note_to_staff": "x" * 1001},
        {"version": "x"},
    ],
)
def test_bad_input_keeps_the_text(people: People, item: ReviewItem, fields: dict[str, Any]) -> None:
    for response in (
        people.client("alice").post(address(item), data(**fields)),
        htmx(people.client("alice"), "post", address(item), data(**fields)),
    ):
        assert response.status_code == 422
        assert "Please be kind." in response.content.decode()
    assert not Decision.objects.exists()


def test_somebody_was_faster(people: People, item: ReviewItem) -> None:
    dismiss(review_item=item, by=people.bob, review_version=1, version=1)
    for response in (
        people.client("alice").post(address(item), data()),
        htmx(people.client("alice"), "post", address(item), data()),
    ):
        assert response.status_code == 409
        text = response.content.decode()
        assert "Somebody decided this case before you." in text
        assert "Left as it is by Bob" in text
    assert Decision.objects.count() == 1


def test_gates(people: People, reading: Reading, item: ReviewItem) -> None:
    assert_closed_to_strangers(people, address(item), data())
    for who in ("carol", "dan", "grace"):
        assert people.client(who).post(address(item), data()).status_code == 403
    assert people.client("alice").get(address(item)).status_code == 405
    of_thursday = reported(first_of(say(reading, people.dan)), people.carol)
    assert people.client("bob").post(address(of_thursday), data()).status_code == 404
    of_alice = reported(first_of(say(reading, people.alice)), people.carol)
    assert people.client("alice").post(address(of_alice), data()).status_code == 403
    assert not Decision.objects.exists()

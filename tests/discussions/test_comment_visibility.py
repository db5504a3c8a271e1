"""Hiding a comment where it stands, and restoring it."""

from typing import Any

import pytest

from discussions.models import Comment, Decision, ReviewItem
from readings.models import Reading
from seminars.models import Seminar
from tests.base import People, htmx
from tests.discussions.base import first_of, hidden, reported, say, url
from tests.discussions.gates import assert_closed_to_strangers


def address(comment: Comment) -> str:
    return url("comment_visibility", comment.thread.reading, comment.pk)


def data(**fields: Any) -> dict[str, Any]:
    values = {"state": "hidden", "reason": "spam", "version": 1, "note_to_member": "No adverts."}
    return values | fields


def test_form(people: People, comment: Comment) -> None:
    for who in ("alice", "bob"):
        text = people.client(who).get(address(comment)).content.decode()
        assert "Hide the comment of" in text
        assert "Advertising or spam" in text
    fragment = htmx(people.client("bob"), "get", address(comment)).content.decode()
    assert "<html" not in fragment


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_hide(people: People, comment: Comment, who: str) -> None:
    response = people.client(who).post(address(comment), data())
    assert response.status_code == 302
    comment.refresh_from_db()
    assert comment.staff_reason == "Advertising or spam"
    decision = Decision.objects.get()
    assert (decision.actor, decision.note_to_member) == (getattr(people, who), "No adverts.")


def test_hiding_here_closes_the_case(people: People, comment: Comment) -> None:
    reported(comment, people.dan)
    people.client("bob").post(address(comment), data())
    assert ReviewItem.objects.get().state == "upheld"


def test_restore(people: People, comment: Comment) -> None:
    hidden(comment, people.bob)
    page = people.client("alice").get(address(comment)).content.decode()
    assert "Put back the comment of" in page
    response = people.client("alice").post(address(comment), data(state="published", version=2))
    assert response.status_code == 302
    comment.refresh_from_db()
    assert comment.is_published


def test_fragment_is_the_conversation(people: People, comment: Comment) -> None:
    text = htmx(people.client("alice"), "post", address(comment), data()).content.decode()
    assert f'hx-target="#conversation-{comment.thread_id}"' in text
    assert "Hidden by staff: Advertising or spam" in text


@pytest.mark.parametrize(
    ("who", "state"), [("alice", "removed"), ("alice", "returned"), ("bob", "returned")]
)
def test_return_and_remove(people: People, comment: Comment, who: str, state: str) -> None:
    item = reported(comment, people.dan)
    client = people.client(who)
    talk = client.get(comment.thread.get_absolute_url()).content.decode()
    assert f"{address(comment)}?state={state}" in talk
    form = htmx(client, "get", f"{address(comment)}?state={state}").content.decode()
    assert f'name="state" value="{state}"' in form
    for _again in range(2):
        assert client.post(address(comment), data(state=state)).status_code == 302
    comment.refresh_from_db()
    item.refresh_from_db()
    assert (comment.state, item.state) == (state, "upheld")
    row = Decision.objects.get()
    assert (row.reason, row.note_to_member) == ("Advertising or spam", "No adverts.")


def test_an_assistant_removes_where_the_seminar_lets_them(people: People, comment: Comment) -> None:
    for allowed in (False, True):
        Seminar.objects.update(assistants_remove=allowed)
        bob = people.client("bob")
        talk = bob.get(comment.thread.get_absolute_url()).content.decode()
        assert ("?state=removed" in talk) == allowed
        assert bob.get(f"{address(comment)}?state=removed").status_code == (200 if allowed else 403)
        answered = bob.post(address(comment), data(state="removed"))
        assert answered.status_code == (302 if allowed else 403)
    talk = people.client("carol").get(comment.thread.get_absolute_url()).content.decode()
    assert "?state=" not in talk
    # Removed, it is restored, and nothing less is made of it here.
    comment.refresh_from_db()
    assert comment.is_removed
    talk = people.client("alice").get(comment.thread.get_absolute_url()).content.decode()
    assert "?state=" not in talk
    assert ">Put back</a>" in talk
    wrong = people.client("alice").post(address(comment), data(state="returned", version=2))
    assert wrong.status_code == 403


@pytest.mark.parametrize("state", ["hidden", "published"])
def test_stale_decision(people: People, comment: Comment, state: str) -> None:
    hidden(comment, people.bob)
    for response in (
        people.client("alice").post(address(comment), data(state=state)),
        htmx(people.client("alice"), "post", address(comment), data(state=state)),
    ):
        assert response.status_code == 409
        assert "Hidden by staff: Off the topic" in response.content.decode()
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "fields", [{"reason": ""}, {"reason": "dull"}, {"note_to_member": "x" * 1001}, {"version": ""}]
)
def test_bad_input_keeps_the_text(people: People, comment: Comment, fields: dict[str, Any]) -> None:
    response = people.client("alice").post(address(comment), data(**fields))
    assert response.status_code == 422
    assert data(**fields)["note_to_member"] in response.content.decode()
    comment.refresh_from_db()
    assert comment.is_published


def test_gates(people: People, reading: Reading, comment: Comment) -> None:
    assert_closed_to_strangers(people, address(comment))
    assert_closed_to_strangers(people, address(comment), data())
    for who in ("carol", "dan", "grace"):
        assert people.client(who).get(address(comment)).status_code == 403
        assert people.client(who).post(address(comment), data()).status_code == 403
    assert people.client("alice").put(address(comment)).status_code == 405
    of_dan = first_of(say(reading, people.dan))
    assert people.client("bob").post(address(of_dan), data()).status_code == 403
    of_alice = first_of(say(reading, people.alice))
    assert people.client("alice").post(address(of_alice), data()).status_code == 403
    of_thursday = first_of(say(reading, people.dan, audience="group"))
    assert people.client("bob").post(address(of_thursday), data()).status_code == 404
    hidden(comment, people.alice)
    restoring = data(state="published", version=2)
    assert people.client("bob").get(address(comment)).status_code == 403
    assert people.client("bob").post(address(comment), restoring).status_code == 403

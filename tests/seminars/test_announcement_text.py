"""Putting an announcement right."""

from seminars.models import Event
from tests.base import People
from tests.forms import send
from tests.seminars.announcements import announce, url
from tests.seminars.helpers import words


def test_members_see_that_it_was_edited(people: People) -> None:
    one = announce(people.bob)
    for who in ("bob", "alice"):
        answer = send(people.client(who), url("text", one), body=f"By **{who}**.")
        assert answer.url == url("detail", one)
    page = people.client("carol").get(url("detail", one))
    assert "By <strong>alice</strong>." in page.content.decode()
    assert "edited" in words(page)
    assert Event.objects.latest("pk").kind == "announcement.edited"


def test_two_at_once_lose_nothing(people: People) -> None:
    one = announce(people.bob)
    send(people.client("bob"), url("text", one), body="First")
    late = {"title": "No class", "body": "Second", "version": 1}
    for headers in ({}, {"HX-Request": "true"}):
        answer = people.client("alice").post(url("text", one), late, headers=headers)
        assert answer.status_code == 409
        assert "First" in answer.content.decode()
        assert "Second" in answer.content.decode()


def test_who_may(people: People) -> None:
    page = url("text", announce(people.alice))
    assert people.client("bob").get(page).status_code == 403
    late = {"title": "Not mine", "body": "Words", "version": 1}
    assert people.client("bob").post(page, late).status_code == 403
    assert people.client("carol").get(page).status_code == 403
    assert people.client("mallory").get(page).status_code == 404
    assert people.client("alice").delete(page).status_code == 405

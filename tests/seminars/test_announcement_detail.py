"""One announcement's own page."""

from seminars.announcements.actions import withdraw_announcement
from tests.base import People, make_people
from tests.seminars.announcements import announce, url
from tests.seminars.helpers import words


def test_shows_it_to_every_member(people: People) -> None:
    page = url("detail", announce(people.bob))
    for who in ("alice", "bob", "carol", "grace"):
        shown = words(people.client(who).get(page))
        assert "No class Bob," in shown
        assert ("Withdraw" in shown) == (who in {"alice", "bob"})
        assert ("Read" in shown.split()) == (who != "bob")


def test_what_is_withdrawn_or_elsewhere_is_not_there(people: People) -> None:
    gone = announce(people.alice)
    withdraw_announcement(announcement=gone, by=people.alice)
    assert people.client("carol").get(url("detail", gone)).status_code == 404
    assert people.client("bob").get(url("detail", gone)).status_code == 404
    assert "members do not see it" in words(people.client("alice").get(url("detail", gone)))
    theirs = announce(make_people("other").alice)
    assert people.client("alice").get(url("detail", theirs)).status_code == 404


def test_who_may(people: People) -> None:
    page = url("detail", announce(people.alice))
    assert people.client("mallory").get(page).status_code == 404
    assert people.client("carol").post(page).status_code == 405

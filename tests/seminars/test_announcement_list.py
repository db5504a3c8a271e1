"""All that was announced in a seminar."""

from seminars.announcements.actions import withdraw_announcement
from tests.base import People, make_people
from tests.seminars.announcements import LIST, announce
from tests.seminars.helpers import queries, words


def test_lists_the_newest_first(people: People) -> None:
    announce(people.alice, "First")
    announce(people.bob, "Second")
    announce(make_people("other").alice, "Elsewhere")
    page = words(people.client("grace").get(LIST))
    assert page.index("Second Bob,") < page.index("First Alice,")
    assert "Elsewhere" not in page
    assert "Announce something" not in page
    assert "Announce something" in words(people.client("bob").get(LIST))


def test_what_is_withdrawn_only_staff_see(people: People) -> None:
    gone = announce(people.alice, "A slip")
    withdraw_announcement(announcement=gone, by=people.alice)
    assert "A slip" not in words(people.client("carol").get(LIST))
    assert "A slip Put back" in words(people.client("alice").get(LIST))
    bobs = words(people.client("bob").get(LIST))
    assert "A slip" in bobs
    assert "Put back" not in bobs


def test_empty_says_so(people: People) -> None:
    assert "Nothing has been announced yet." in words(people.client("carol").get(LIST))


def test_queries_do_not_grow(people: People) -> None:
    announce(people.alice)
    client = people.client("alice")
    few = queries(client, LIST)
    for number in range(20):
        one = announce(people.bob, f"No {number}")
        if number % 2:
            withdraw_announcement(announcement=one, by=people.alice)
    assert queries(client, LIST) == few


def test_who_may(people: People) -> None:
    assert people.client("mallory").get(LIST).status_code == 404
    assert people.client("carol").post(LIST).status_code == 405

"""What became of each passage when the text changed."""

from django.test import Client

from readings.models import Reading
from readings.revisions.actions import withdraw_revision
from tests.base import People, make_people, make_reading
from tests.discussions.base import say
from tests.readings.revised import REVISED, revise


def url(reading: Reading) -> str:
    return f"{reading.get_absolute_url()}changes/"


def test_lists_what_changed_with_both_texts_and_who_it_concerns(
    people: People, reading: Reading
) -> None:
    say(
        reading,
        people.carol,
        "On stopping.",
        block="p1",
        quote="each reader stops at another place",
    )
    say(reading, people.dan, "On talk.", block="p2", quote="a conversation begins")
    say(reading, people.dan, "On paper.", block="p3", quote="Printers left it wide")
    revise(reading, REVISED)
    page = people.client("alice").get(url(reading)).content.decode()
    for told in ("On talk.", "Thread by Dan", "a conversation begins", "Words that are gone (1)"):
        assert told in page
    assert "On paper." not in page
    assert "lost its words" in page


def test_private_threads_are_counted_and_not_told(people: People, reading: Reading) -> None:
    say(reading, people.carol, "Mine.", audience="me", block="p2", quote="no method is older")
    say(reading, people.alice, "Hers.", audience="me", block="p2", quote="a conversation")
    revise(reading, REVISED)
    page = people.client("alice").get(url(reading)).content.decode()
    assert "no method is older" not in page
    assert "1 more in threads that only their authors see" in page
    assert "a conversation" in page


def test_without_a_change_it_says_so(people: People, reading: Reading) -> None:
    assert "has not changed" in people.client("alice").get(url(reading)).content.decode()


def test_after_a_withdrawal_what_was_written_meanwhile_is_listed(
    people: People, reading: Reading
) -> None:
    revision = revise(reading, REVISED)
    block = revision.blocks.get(text=REVISED[1]).key
    say(reading, people.carol, "On money.", block=block, quote="Printers pay for margins")
    withdraw_revision(revision=revision, by=people.alice.user)
    page = people.client("alice").get(url(reading)).content.decode()
    assert "A later revision was withdrawn" in page
    assert "On money." in page


def test_fixed_number_of_queries(
    people: People, reading: Reading, django_assert_num_queries: object
) -> None:
    client = people.client("alice")
    others = make_people("other")
    for owner, threads in ((people, 1), (others, 200)):
        place = reading if owner is people else make_reading(owner)
        client = owner.client("alice")
        for number in range(threads):
            say(place, owner.carol, f"Remark {number}.", block="p2", quote="a conversation")
        revise(place, REVISED)
        with django_assert_num_queries(QUERIES):  # type: ignore[operator]
            assert client.get(url(place)).status_code == 200


QUERIES = 22  # three of them the bell’s, one what waits at the desk


def test_who_may(people: People, reading: Reading) -> None:
    for key in ("bob", "carol", "grace"):
        assert people.client(key).get(url(reading)).status_code == 403
    assert people.client("mallory").get(url(reading)).status_code == 404
    assert Client().get(url(reading)).status_code == 302
    assert people.client("alice").post(url(reading)).status_code == 405

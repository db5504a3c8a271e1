"""How a member stands with the moderators, and what was decided about them."""

from django.urls import reverse

from discussions.moderation.member_actions import mute, restrict
from tests.base import People, markup
from tests.discussions.gates import assert_closed_to_strangers
from tests.seminars.helpers import queries


def address(people: People, key: str) -> str:
    return reverse("member_moderation", args=["seminar", getattr(people, key).pk])


def test_what_was_decided_is_there(people: People) -> None:
    client = people.client("alice")
    assert "they were never muted here" in markup(client.get(address(people, "dan")))
    mute(member=people.dan, by=people.alice, hours=3, reason="Insults", note_to_staff="Twice now.")
    restrict(member=people.dan, by=people.alice, on=True)
    page = markup(client.get(address(people, "dan")))
    for said in ("Muted until", "Insults", "Twice now.", "Let them post at once again"):
        assert said in page
    assert "Mute or look first" in markup(
        client.get(reverse("membership_detail", args=["seminar", people.dan.pk]))
    )


def test_an_assistant_is_offered_a_day_at_the_most(people: People) -> None:
    page = markup(people.client("bob").get(address(people, "carol")))
    assert "1 day" in page
    assert "3 days" not in page
    assert "Look at their posts first" not in page
    assert "4 weeks" in markup(people.client("alice").get(address(people, "carol")))


def test_a_fixed_number_of_queries(people: People) -> None:
    client = people.client("alice")
    mute(member=people.dan, by=people.alice, hours=1)
    few = queries(client, address(people, "dan"))
    for hours in range(1, 8):
        mute(member=people.dan, by=people.alice, hours=hours)
    assert queries(client, address(people, "dan")) == few


def test_who_may(people: People) -> None:
    for who, other in (("bob", "dan"), ("carol", "dan"), ("alice", "bob"), ("alice", "grace")):
        assert people.client(who).get(address(people, other)).status_code == 403, (who, other)
    assert_closed_to_strangers(people, address(people, "dan"))
    assert people.client("alice").post(address(people, "dan")).status_code == 405

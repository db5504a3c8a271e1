"""Letting a roster go."""

from django.urls import reverse

from seminars.models import Invitation, Roster
from tests.base import People
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors
from tests.seminars.rosters import bring, page_of

ROWS = "Nadia,nadia@example.org"


def test_lets_the_list_go_and_does_nothing(people: People) -> None:
    client, roster = people.client("alice"), bring(people.alice, ROWS)
    answer = send(client, page_of(roster), f"{page_of(roster)}removal/")
    assert "Nobody was invited or moved." in client.get(answer.url).content.decode()
    assert not Roster.objects.exists()
    assert not Invitation.objects.exists()


def test_who_may(people: People) -> None:
    url = reverse("roster_removal", args=["seminar", bring(people.alice, ROWS).pk])
    assert_for_instructors(people, url, "post")
    assert people.client("alice").get(url).status_code == 405

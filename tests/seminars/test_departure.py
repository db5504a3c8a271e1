"""Leaving a seminar."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from seminars.models import Event, Invitation, Membership
from tests.base import People
from tests.forms import form_on, send
from tests.seminars.helpers import invite, words

URL = reverse("departure", args=["seminar"])
SEMINAR = reverse("seminar_detail", args=["seminar"])


@pytest.mark.parametrize("who", ["bob", "carol", "grace"])
def test_whoever_leaves_reaches_nothing_any_more(people: People, who: str) -> None:
    client, member = people.client(who), getattr(people, who)
    assert "Only a new invitation" in words(client.get(URL))
    answer = send(client, URL)
    assert answer.url == reverse("home")
    assert "You have left Two views." in client.get(answer.url).content.decode()
    assert client.get(SEMINAR).status_code == 404
    member.refresh_from_db()
    assert (member.removed_by_id, member.removed_at is not None) == (member.pk, True)
    event = Event.objects.get()
    assert (event.kind, event.actor_id, event.audience) == ("member.left", member.pk, "staff")


def test_says_what_becomes_of_ones_words(people: People) -> None:
    page = people.client("carol").get(URL).content.decode()
    assert reverse("notebook", args=["seminar"]) in page
    assert "still counts" in page
    assert "still counts" not in people.client("grace").get(URL).content.decode()


def test_the_last_instructor_stays(people: People) -> None:
    answer = send(people.client("alice"), URL)
    assert answer.status_code == 422
    assert "this is its last one" in words(answer)
    people.alice.refresh_from_db()
    assert people.alice.removed_at is None


def test_an_instructor_takes_their_invitations_along(people: People) -> None:
    Membership.objects.filter(pk=people.bob.pk).update(role="instructor")
    people.bob.refresh_from_db()
    _, link = invite(people, by=people.bob)
    assert send(people.client("bob"), URL).status_code == 302
    assert Invitation.objects.get().revoked_by == people.bob
    assert people.client("mallory").post(link).status_code == 410


def test_only_a_new_invitation_leads_back(people: People) -> None:
    _, old = invite(people, uses=5)
    client = people.client("carol")
    send(client, URL)
    assert client.post(old).status_code == 410
    Invitation.objects.update(created_at=timezone.now())
    _, new = invite(people)
    assert client.post(new).status_code == 302
    assert client.get(SEMINAR).status_code == 200


def test_sent_twice_is_answered_once(people: People) -> None:
    client = people.client("carol")
    fields = form_on(client, URL).as_it_stands
    answers = [client.post(URL, fields).headers["Location"] for _ in range(2)]
    assert answers == [reverse("home")] * 2


def test_who_may(people: People) -> None:
    assert Client().get(URL).status_code == 302
    assert people.client("mallory").get(URL).status_code == 404
    assert people.client("carol").delete(URL).status_code == 405

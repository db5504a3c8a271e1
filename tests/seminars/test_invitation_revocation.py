"""Revoking an invitation."""

import pytest
from django.urls import reverse

from seminars.models import Invitation, Membership
from tests.base import People, make_people
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, invite, words


def url(invitation: Invitation) -> str:
    return reverse("invitation_revocation", args=["seminar", invitation.pk])


def test_ends_it_at_once(people: People) -> None:
    invitation, link = invite(people)
    mallory = people.client("mallory")
    assert mallory.get(link).status_code == 200
    page = words(people.client("alice").post(url(invitation), follow=True))
    assert "Participant Revoked" in page
    assert mallory.post(link).status_code == 410
    assert not people.seminar.memberships.filter(user=people.mallory).exists()


def test_twice_keeps_who_did_it_first(people: People) -> None:
    invitation, _ = invite(people)
    people.client("alice").post(url(invitation))
    people.bob.role = "instructor"
    people.bob.save()
    assert people.client("bob").post(url(invitation)).status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked_by == people.alice


def test_who_may(people: People) -> None:
    invitation, _ = invite(people)
    assert_for_instructors(people, url(invitation), "post")
    assert people.client("alice").get(url(invitation)).status_code == 405
    theirs, _ = invite(make_people("other"))
    assert people.client("alice").post(url(theirs)).status_code == 404
    assert {row.revoked_at for row in Invitation.objects.all()} == {None}


@pytest.mark.parametrize("change", ["removed", "demoted"])
def test_what_an_instructor_made_lets_nobody_in_after_them(people: People, change: str) -> None:
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    invitation, link = invite(people, by=people.bob)
    url = reverse("membership_detail", args=["seminar", people.bob.pk])
    alice = people.client("alice")
    if change == "removed":
        answer = alice.post(f"{url}removal/")
    else:
        answer = send(alice, url, role="assistant", group="")
    assert answer.status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked_by == people.alice
    assert people.client("mallory").post(link).status_code == 410
    assert not people.seminar.memberships.filter(user=people.mallory).exists()


def test_no_invitation_is_open_that_its_maker_may_not_make(people: People) -> None:
    """Also where two things happened at the same moment, and nothing was there to revoke yet."""
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    invitation, link = invite(people, by=people.bob)
    Membership.objects.filter(pk=people.bob.pk).update(role="assistant")
    assert people.client("mallory").post(link).status_code == 410
    assert not people.seminar.memberships.filter(user=people.mallory).exists()
    invitation.refresh_from_db()
    assert invitation.uses == 0

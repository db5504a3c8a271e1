"""The page that an invitation's link leads to, and joining by it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from seminars.models import Invitation, Membership
from tests.base import PASSWORD, People
from tests.seminars.helpers import invite, words

SEMINAR = reverse("seminar_detail", args=["seminar"])
SIGN_UP = reverse("account_signup")
SIGN_IN = reverse("account_login")
NEWCOMER = {"name": "Nadia Newcomer", "email": "nadia@example.org", "password1": "three odd words"}


def uses(invitation: Invitation) -> int:
    invitation.refresh_from_db()
    return invitation.uses


def test_shows_name_and_role_and_no_more(people: People) -> None:
    people.seminar.description = "Not for strangers"
    people.seminar.save()
    _, link = invite(people, group=people.monday)
    answer = Client().get(link)
    page = words(answer)
    assert "You are invited to Two views" in page
    assert "as participant" in page
    assert "Create an account" in page
    for secret in ("Not for strangers", "Monday", "Alice", "Carol"):
        assert secret not in answer.content.decode(), secret


def test_newcomer_makes_an_account_and_is_in(people: People) -> None:
    invitation, link = invite(people, group=people.monday)
    client = Client()
    client.get(link)
    answer = client.post(SIGN_UP, NEWCOMER, follow=True)
    assert answer.redirect_chain[-1] == (SEMINAR, 302)
    assert answer.status_code == 200
    member = Membership.objects.get(user__email="nadia@example.org")
    assert (member.name, member.role, member.group) == (
        "Nadia Newcomer",
        "participant",
        people.monday,
    )
    assert uses(invitation) == 1


def test_somebody_with_an_account_signs_in_and_joins(people: People) -> None:
    invitation, link = invite(people, role="assistant")
    client = Client()
    client.get(link)
    fields = {"login": "mallory@example.org", "password": PASSWORD}
    answer = client.post(SIGN_IN, fields, follow=True)
    assert answer.redirect_chain[-1] == (link, 302)
    assert "Join" in words(answer)
    assert uses(invitation) == 0, "signing in alone joins nothing"
    answer = client.post(link, follow=True)
    assert answer.redirect_chain == [(SEMINAR, 302)]
    assert people.seminar.memberships.get(user=people.mallory).role == "assistant"
    home = client.post(SIGN_IN, follow=True)
    assert home.redirect_chain[-1] == (reverse("home"), 302), "the invitation is forgotten"


def test_joining_twice_is_harmless(people: People) -> None:
    invitation, link = invite(people, uses=5)
    client = people.client("mallory")
    for _ in range(3):
        assert client.post(link).headers["Location"] == SEMINAR
    assert client.get(link).headers["Location"] == SEMINAR
    assert uses(invitation) == 1
    assert people.seminar.memberships.filter(user=people.mallory).count() == 1


def test_member_stays_as_they_are(people: People) -> None:
    invitation, link = invite(people, group=people.thursday)
    assert people.client("carol").post(link).headers["Location"] == SEMINAR
    people.carol.refresh_from_db()
    assert people.carol.role == "participant"
    assert uses(invitation) == 0


@pytest.mark.parametrize("reason", ["revoked", "expired", "used up"])
def test_says_why_it_lets_nobody_in(people: People, reason: str) -> None:
    invitation, link = invite(people)
    if reason == "revoked":
        invitation.revoked_at, invitation.revoked_by = timezone.now(), people.alice
    elif reason == "expired":
        invitation.expires_at = timezone.now() - timedelta(seconds=1)
    else:
        invitation.uses = invitation.max_uses
    invitation.save()
    for client in (Client(), people.client("mallory")):
        for answer in (client.get(link), client.post(link)):
            assert answer.status_code == 410
            page = words(answer)
            assert reason in page
            assert "Ask" in page
            assert "Create an account" not in page
    assert not people.seminar.memberships.filter(user=people.mallory).exists()


def test_unknown_token_is_404(people: People) -> None:
    for client in (Client(), people.client("mallory")):
        assert client.get(reverse("invitation_accept", args=["unknown"])).status_code == 404
        assert client.post(reverse("invitation_accept", args=["unknown"])).status_code == 404


def test_signed_out_post_joins_nobody(people: People) -> None:
    invitation, link = invite(people)
    answer = Client().post(link)
    assert answer.status_code == 200
    assert "Sign in" in words(answer)
    assert uses(invitation) == 0


def test_removed_member_needs_a_newer_invitation(people: People) -> None:
    old, old_link = invite(people, uses=5)
    carol = people.client("carol")
    removal = reverse("membership_removal", args=["seminar", people.carol.pk])
    people.client("alice").post(removal)
    answer = carol.post(old_link)
    assert answer.status_code == 410
    assert "removed you from the seminar" in words(answer)
    assert "removed you" in words(carol.get(old_link))
    assert uses(old) == 0
    assert carol.get(SEMINAR).status_code == 404
    new, new_link = invite(people, role="guest")
    assert carol.post(new_link).headers["Location"] == SEMINAR
    assert uses(new) == 1
    member = people.seminar.memberships.get(user=people.carol.user)
    assert (member.pk, member.role, member.group) == (people.carol.pk, "guest", None)
    assert (member.removed_at, member.removed_by) == (None, None)


def test_no_account_without_an_open_invitation(people: People) -> None:
    _, link = invite(people)
    held = Client()
    held.get(link)
    assert "Create an account" in words(held.get(SIGN_UP))
    Invitation.objects.update(revoked_at=timezone.now(), revoked_by=people.alice)
    for client in (held, Client()):
        for answer in (client.get(SIGN_UP), client.post(SIGN_UP, NEWCOMER)):
            assert "Ask for an invitation" in words(answer)
    assert not User.objects.filter(email="nadia@example.org").exists()


def test_a_forged_cookie_opens_nothing(people: People) -> None:
    _, link = invite(people)
    client = Client()
    client.cookies["invitation"] = link.split("/")[2]
    assert "Ask for an invitation" in words(client.get(SIGN_UP))


def test_kept_token_is_signed_and_out_of_reach_of_scripts(people: People) -> None:
    _, link = invite(people)
    client = Client()
    client.get(link)
    cookie = client.cookies["invitation"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get(link).headers["Referrer-Policy"] == "same-origin"


def test_refuses_other_methods(people: People) -> None:
    _, link = invite(people)
    assert people.client("mallory").delete(link).status_code == 405


def test_an_unknown_link_says_what_to_do(people: People) -> None:
    answer = Client().get(reverse("invitation_accept", args=["cut-of"]))
    assert answer.status_code == 404
    assert "There is no such invitation" in words(answer)
    assert "ask whoever sent it for a new one" in words(answer)


def test_a_member_rises_by_an_invitation_with_more_rights(people: People) -> None:
    invitation, link = invite(people, role="assistant", group=people.thursday)
    carol = people.client("carol")
    page = words(carol.get(link))
    assert "You take part as participant. This invitation makes you assistant." in page
    assert "You would be in the group Thursday." in page
    assert uses(invitation) == 0, "looking changes nothing"
    for _ in range(2):
        assert carol.post(link).headers["Location"] == SEMINAR
    people.carol.refresh_from_db()
    assert (people.carol.role, people.carol.group) == ("assistant", people.thursday)
    assert uses(invitation) == 1


def test_an_invitation_takes_no_right_away(people: People) -> None:
    invitation, link = invite(people, role="guest")
    alice = people.client("alice")
    assert "nothing changes" in words(alice.get(link))
    alice.post(link)
    people.alice.refresh_from_db()
    assert people.alice.role == "instructor"
    assert uses(invitation) == 0

"""Sending a personal invitation once more."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import QueuedMail
from seminars.models import Invitation
from tests.accounts.test_mail import queued
from tests.base import People
from tests.forms import send
from tests.seminars.helpers import assert_for_instructors, invite
from tests.seminars.rosters import bring, confirm
from tests.seminars.test_people import URL as PEOPLE
from tests.seminars.test_roster_invitations import link_in

__all__ = ["queued"]


def url(invitation: Invitation) -> str:
    return reverse("invitation_mail", args=["seminar", invitation.pk])


def mailed(people: People) -> Invitation:
    confirm(people.client("alice"), bring(people.alice, "Nadia,nadia@example.org,Monday"))
    return Invitation.objects.get()


def an_hour_ago(invitation: Invitation, **changes: object) -> None:
    ago = timezone.now() - timedelta(hours=1)
    Invitation.objects.filter(pk=invitation.pk).update(**({"sent_at": ago} | changes))


def test_sends_the_same_link_again_for_as_long_again(people: People) -> None:
    invitation, client = mailed(people), people.client("alice")
    an_hour_ago(invitation, expires_at=timezone.now() - timedelta(days=1))
    answer = client.get(send(client, PEOPLE, url(invitation)).url)
    assert "The invitation to nadia@example.org goes out again" in answer.content.decode()
    assert link_in(mail.outbox[0]) == link_in(mail.outbox[1])
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + timedelta(days=29)
    assert invitation.mail_state == "sent"


def test_not_a_moment_after(people: People) -> None:
    invitation, client = mailed(people), people.client("alice")
    answer = client.post(url(invitation), follow=True)
    assert "It was sent a moment ago." in answer.content.decode()
    assert len(mail.outbox) == 1


def test_not_while_it_waits(people: People, queued: None) -> None:
    invitation, client = mailed(people), people.client("alice")
    answer = client.post(url(invitation), follow=True)
    assert "waits to be sent" in answer.content.decode()
    assert QueuedMail.objects.count() == 1


def test_not_what_is_revoked_accepted_or_a_link(people: People) -> None:
    invitation, client = mailed(people), people.client("alice")
    an_hour_ago(invitation, revoked_at=timezone.now(), revoked_by=people.alice)
    assert "is revoked" in client.post(url(invitation), follow=True).content.decode()
    an_hour_ago(invitation, revoked_at=None, revoked_by=None, uses=1)
    assert "is accepted" in client.post(url(invitation), follow=True).content.decode()
    link, _ = invite(people)
    assert client.post(url(link)).status_code == 302
    assert len(mail.outbox) == 1


def test_who_may(people: People) -> None:
    invitation = mailed(people)
    assert_for_instructors(people, url(invitation), "post")
    assert people.client("alice").get(url(invitation)).status_code == 405


def test_not_without_a_mail_server(people: People, settings: Any) -> None:
    invitation, client = mailed(people), people.client("alice")
    an_hour_ago(invitation)
    assert "Send again" in client.get(PEOPLE).content.decode()
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    page = client.get(PEOPLE).content.decode()
    assert "Send again" not in page
    assert "Roster by mail" not in page
    answer = client.post(url(invitation), follow=True)
    assert "This site sends no mail. Make a link for them instead." in answer.content.decode()
    assert len(mail.outbox) == 1

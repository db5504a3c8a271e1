"""Doing what a roster asks for: groups, moves, invitations by mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mail import MailOutcome, send_queued_mail
from accounts.models import QueuedMail
from seminars.models import Event, Invitation, Membership, Roster
from seminars.rosters import actions
from tests.accounts.test_mail import queued
from tests.base import People, make_people
from tests.forms import form_on
from tests.seminars.helpers import assert_for_instructors, invite, words
from tests.seminars.rosters import bring, confirm, page_of
from tests.seminars.test_invitation_create import everything_stored
from tests.seminars.test_people import URL as PEOPLE

__all__ = ["queued"]

ROWS = """Nadia Petit,nadia@example.org,Wednesday
Omar,omar@example.org,wednesday,guest
Carol,carol@example.org,Thursday,
"""
SIGN_UP = reverse("account_signup")


def link_in(message: Any) -> str:
    found = re.search(r"/join/\S+/", message.body)
    assert found
    return found[0]


def test_invites_moves_and_makes_groups(people: People) -> None:
    client = people.client("alice")
    answer = confirm(client, bring(people.alice, ROWS))
    assert answer.url == PEOPLE
    page = client.get(answer.url).content.decode()
    assert "2 invitations go out by mail. 1 person is moved. 1 group is made." in page
    nadia, omar = Invitation.objects.order_by("pk")
    assert (nadia.name, nadia.role, str(nadia.group)) == ("Nadia Petit", "participant", "Wednesday")
    assert (omar.role, omar.group, omar.max_uses) == ("guest", nadia.group, 1)
    people.carol.refresh_from_db()
    assert people.carol.group == people.thursday
    assert not Roster.objects.exists(), "addresses are kept no longer than needed"
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds == [
        "group.created",
        "member.changed",
        "invitation.created",
        "invitation.created",
    ]


def test_the_mail_says_who_invites_to_what(people: People) -> None:
    confirm(people.client("alice"), bring(people.alice, ROWS))
    first, second = mail.outbox
    assert first.to == ["nadia@example.org"]
    assert first.subject == "You are invited to “Two views”"
    assert first.body.startswith("Dear Nadia Petit,\n\nAlice invites you to “Two views”")
    assert "You would take part as guest." in second.body
    assert "omar" not in first.body
    assert "http://testserver/join/" in first.body
    assert link_in(first) != link_in(second)


def test_the_link_lets_in_its_one_person(people: People) -> None:
    alice = people.client("alice")
    confirm(alice, bring(people.alice, ROWS))
    link, client = link_in(mail.outbox[0]), Client()
    page = words(client.get(link))
    assert "Nadia Petit, you are invited to Two views" in page
    assert "This link was sent to nadia@example.org, and lets in one person." in page
    assert client.get(reverse("home")).status_code == 302, "it signs nobody in"
    form = client.get(SIGN_UP).content.decode()
    assert 'value="nadia@example.org"' in form
    assert 'value="Nadia Petit"' in form
    before = len(mail.outbox)
    fields = {"name": "Nadia", "email": "nadia@example.org", "password1": "three odd words"}
    assert client.post(SIGN_UP, fields).status_code == 302
    member = Membership.objects.get(user__email="nadia@example.org")
    assert str(member.group) == "Wednesday"
    assert Invitation.objects.get(email="nadia@example.org").accepted_by == member
    assert EmailAddress.objects.get(user=member.user).verified, "the link came by that address"
    assert len(mail.outbox) == before
    assert Client().get(link).status_code == 410
    assert "Nadia Petit, nadia@example.org Accepted" in words(alice.get(PEOPLE))


def test_another_address_is_not_confirmed_by_it(people: People) -> None:
    confirm(people.client("alice"), bring(people.alice, ROWS))
    client = Client()
    client.get(link_in(mail.outbox[0]))
    fields = {"name": "Nadia", "email": "other@example.org", "password1": "three odd words"}
    client.post(SIGN_UP, fields)
    member = Membership.objects.get(user__email="other@example.org")
    assert not EmailAddress.objects.get(user=member.user).verified


def test_no_link_is_in_the_database(people: People, queued: None) -> None:
    """But in the mail that waits; its row goes with it."""
    confirm(people.client("alice"), bring(people.alice, ROWS))
    token = Invitation.objects.earliest("pk").personal_token
    assert token in str(QueuedMail.objects.values_list("message", flat=True))
    for waiting in QueuedMail.objects.all():
        send_queued_mail.func(waiting.pk)
    assert token not in everything_stored()


def test_the_same_list_again_does_nothing(people: People) -> None:
    client = people.client("alice")
    confirm(client, bring(people.alice, ROWS))
    page = words(client.get(page_of(bring(people.alice, ROWS))))
    assert "3 stay as they are" in page
    assert "Everybody in this list is a member or is invited already" in page
    assert "Do th" not in page


def test_sent_twice_it_is_done_once(people: People) -> None:
    client, roster = people.client("alice"), bring(people.alice, ROWS)
    action = reverse("roster_invitations", args=["seminar", roster.pk])
    fields = form_on(client, page_of(roster), action).as_it_stands
    answers = [client.post(action, fields) for _ in range(2)]
    assert [one.headers["Location"] for one in answers] == [PEOPLE, PEOPLE]
    assert len(mail.outbox) == 2


def test_a_changed_group_changes_the_invitation_and_sends_no_mail(people: People) -> None:
    client = people.client("alice")
    confirm(client, bring(people.alice, ROWS))
    confirm(client, bring(people.alice, "Nadia,nadia@example.org,Monday"))
    assert Invitation.objects.get(email="nadia@example.org").group == people.monday
    assert len(mail.outbox) == 2


def test_what_was_not_shown_is_not_done(people: People) -> None:
    """Carol was moved by another instructor while the list was looked at."""
    client, roster = people.client("alice"), bring(people.alice, ROWS)
    page = client.get(page_of(roster)).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    Membership.objects.filter(pk=people.carol.pk).update(group=people.thursday)
    url = reverse("roster_invitations", args=["seminar", roster.pk])
    answer = client.post(url, {"seen": seen[1]})
    assert answer.status_code == 409
    assert "has changed since this was shown" in words(answer)
    assert not Invitation.objects.exists()
    assert confirm(client, roster).status_code == 302


def test_only_so_many_in_a_day(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "INVITATIONS_PER_DAY", 1)
    answer = confirm(people.client("alice"), bring(people.alice, ROWS))
    assert answer.status_code == 422
    assert "at most 1 invitations a day" in words(answer)
    assert not Invitation.objects.exists()
    people.carol.refresh_from_db()
    assert people.carol.group == people.monday


def test_without_a_mail_server_nobody_is_invited(people: People, settings: Any) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    client, roster = people.client("alice"), bring(people.alice, ROWS)
    assert "This site sends no mail." in words(client.get(page_of(roster)))
    confirm(client, roster)
    assert not Invitation.objects.exists()
    people.carol.refresh_from_db()
    assert people.carol.group == people.thursday


def test_mails_go_out_one_after_another(people: People, queued: None) -> None:
    rows = "\n".join(f"N,n{i}@example.org" for i in range(25))
    confirm(people.client("alice"), bring(people.alice, rows))
    now = timezone.now()
    later = [
        round((task.run_after - now).total_seconds())
        for task in DBTaskResult.objects.filter(run_after__year__lt=9999).order_by("run_after")
        if task.run_after > now
    ]
    assert DBTaskResult.objects.count() == QueuedMail.objects.count() == 25
    assert later == [1, 2, 3, 4, 5]
    assert {task.priority for task in DBTaskResult.objects.all()} == {5}


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (MailOutcome.SENT, "Nadia Petit Sent nadia@example.org"),
        (
            MailOutcome.REFUSED,
            "Could not be sent nadia@example.org Participant, Wednesday The mail",
        ),
        (MailOutcome.GIVEN_UP, "The mail server could not be reached for a day."),
        (None, "Nadia Petit Waits to be sent"),
    ],
)
def test_people_page_says_how_each_stands(
    people: People, queued: None, settings: Any, outcome: MailOutcome | None, said: str
) -> None:
    client = people.client("alice")
    confirm(client, bring(people.alice, ROWS.splitlines()[0]))
    if outcome == MailOutcome.REFUSED:
        settings.MAIL_TRANSPORT = "tests.accounts.test_mail.Refuses"
    if outcome == MailOutcome.GIVEN_UP:
        settings.MAIL_TRANSPORT = "tests.accounts.test_mail.RefusesForNow"
        QueuedMail.objects.update(created_at=timezone.now() - timedelta(hours=25))
    if outcome is not None:
        send_queued_mail.func(QueuedMail.objects.get().pk)
    assert said in words(client.get(PEOPLE))


def test_a_revoked_one_is_not_sent_and_lets_nobody_in(people: People, queued: None) -> None:
    client = people.client("alice")
    confirm(client, bring(people.alice, ROWS.splitlines()[0]))
    invitation, waiting = Invitation.objects.get(), QueuedMail.objects.get()
    client.post(reverse("invitation_revocation", args=["seminar", invitation.pk]))
    send_queued_mail.func(waiting.pk)
    assert not mail.outbox
    assert Client().get(f"/join/{invitation.personal_token}/").status_code == 410
    assert "Nadia Petit, nadia@example.org Revoked" in words(client.get(PEOPLE))
    # And whoever was invited so is invited anew by the next list.
    confirm(client, bring(people.alice, ROWS.splitlines()[0]))
    assert Invitation.objects.count() == 2


def test_links_for_many_know_nobody(people: People) -> None:
    _, link = invite(people)
    client = Client()
    assert "was sent to" not in words(client.get(link))
    assert 'name="email" value' not in client.get(SIGN_UP).content.decode()


def test_who_may(people: People) -> None:
    url = reverse("roster_invitations", args=["seminar", bring(people.alice, ROWS).pk])
    assert_for_instructors(people, url, "post")
    assert people.client("alice").get(url).status_code == 405
    theirs = bring(make_people("other").alice, ROWS)
    url = reverse("roster_invitations", args=["seminar", theirs.pk])
    assert people.client("alice").post(url).status_code == 404

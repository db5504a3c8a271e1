"""A roster in tests: brought in, and confirmed as its page has it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from seminars.models import Membership, Roster
from seminars.rosters.actions import keep_roster
from tests.forms import send


def bring(by: Membership, text: str) -> Roster:
    return keep_roster(text=text, source_name="", by=by)


def page_of(roster: Roster) -> str:
    return reverse("roster_detail", args=["seminar", roster.pk])


def confirm(client: Client, roster: Roster) -> Any:
    action = reverse("roster_invitations", args=["seminar", roster.pk])
    return send(client, page_of(roster), action)

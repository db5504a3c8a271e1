"""Announcements in tests."""

from typing import Any

from django.test import Client
from django.urls import reverse

from seminars.announcements.actions import publish_announcement
from seminars.models import Announcement, Membership

LIST = reverse("announcement_list", args=["seminar"])
NEW = reverse("announcement_create", args=["seminar"])
SEMINAR = reverse("seminar_detail", args=["seminar"])
HOME = reverse("home")


def announce(by: Membership, title: str = "No class", body: str = "On *Friday*.") -> Announcement:
    return publish_announcement(title=title, body=body, by=by)


def url(name: str, announcement: Announcement) -> str:
    return reverse(f"announcement_{name}", args=["seminar", announcement.pk])


def text(client: Client, page: str, **headers: str) -> Any:
    return client.get(page, headers=headers).content.decode()

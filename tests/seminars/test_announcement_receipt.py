"""Putting an announcement aside once it is read."""

from datetime import timedelta

from django.utils import timezone

from seminars.announcements.actions import withdraw_announcement
from seminars.models import Announcement, AnnouncementReceipt
from tests.base import People
from tests.forms import send
from tests.seminars.announcements import HOME, LIST, SEMINAR, announce, text, url


def test_the_next_one_is_shown_then(people: People) -> None:
    first, second = announce(people.alice, "First one"), announce(people.bob, "Second one")
    client = people.client("carol")
    assert "First one" not in text(client, SEMINAR)
    assert send(client, SEMINAR, url("receipt", second)).url == SEMINAR
    assert "First one" in text(client, SEMINAR)
    send(client, SEMINAR, url("receipt", first))
    for page in (SEMINAR, HOME):
        assert "First one" not in text(client, page)
    assert "First one" in text(client, LIST)
    assert "Second one" in text(people.client("dan"), SEMINAR), "they have not read it"


def test_twice_is_as_once(people: People) -> None:
    one, client = announce(people.alice), people.client("grace")
    for _ in range(2):
        assert client.post(url("receipt", one)).status_code == 302
    assert AnnouncementReceipt.objects.count() == 1


def test_who_comes_later_is_not_shown_what_was(people: People) -> None:
    announce(people.alice)
    Announcement.objects.update(published_at=timezone.now() - timedelta(days=400))
    client = people.client("carol")
    assert "No class" not in text(client, SEMINAR)
    assert "No class" not in text(client, HOME)
    assert "No class" in text(client, LIST)


def test_who_may(people: People) -> None:
    one = announce(people.alice)
    assert people.client("mallory").post(url("receipt", one)).status_code == 404
    assert people.client("carol").get(url("receipt", one)).status_code == 405
    withdraw_announcement(announcement=one, by=people.alice)
    assert people.client("carol").post(url("receipt", one)).status_code == 404

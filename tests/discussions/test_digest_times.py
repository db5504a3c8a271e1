"""When digests go out: at seven in the morning where the reader is, once, on every day there is."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from accounts.models import User
from discussions.models import Comment, MailCadence, MailChoice, NewsMail, Thread
from discussions.notifications import write_news_mails
from discussions.notifications.news_mail import digests_due
from readings.models import Reading
from tests.base import People
from tests.discussions.base import answer, say

BERLIN, KATHMANDU, SITE = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu"), None
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(now: str, zone: ZoneInfo | None) -> dict[str, tuple[str, str]]:
    """By cadence: the day of the digest, and until when it tells, in UTC."""
    found = digests_due(utc(now), zone)
    return {one.cadence: (one.period, f"{one.until:%Y-%m-%d %H:%M}") for one in found}


@pytest.mark.parametrize(
    ("now", "zone", "day", "until"),
    [
        ("2026-03-27 05:59", BERLIN, "2026-03-26", "2026-03-26 06:00"),
        ("2026-03-27 06:00", BERLIN, "2026-03-27", "2026-03-27 06:00"),
        # Clocks go forward in the night to the 29th: seven is an hour sooner, a day of 23 hours.
        ("2026-03-28 06:00", BERLIN, "2026-03-28", "2026-03-28 06:00"),
        ("2026-03-29 04:59", BERLIN, "2026-03-28", "2026-03-28 06:00"),
        ("2026-03-29 05:00", BERLIN, "2026-03-29", "2026-03-29 05:00"),
        # And back in the night to 25 October: a day of 25.
        ("2026-10-24 05:00", BERLIN, "2026-10-24", "2026-10-24 05:00"),
        ("2026-10-25 05:59", BERLIN, "2026-10-24", "2026-10-24 05:00"),
        ("2026-10-25 06:00", BERLIN, "2026-10-25", "2026-10-25 06:00"),
        ("2026-10-25 01:15", KATHMANDU, "2026-10-25", "2026-10-25 01:15"),
        ("2026-10-25 07:00", SITE, "2026-10-25", "2026-10-25 07:00"),
    ],
)
def test_seven_of_the_readers_morning(
    now: str, zone: ZoneInfo | None, day: str, until: str
) -> None:
    assert due(now, zone)[MailCadence.DAILY] == (day, until)


@pytest.mark.parametrize(
    ("now", "day", "until"),
    [
        ("2026-03-30 04:59", "2026-03-23", "2026-03-23 06:00"),
        ("2026-03-30 05:00", "2026-03-30", "2026-03-30 05:00"),
        ("2026-10-26 05:30", "2026-10-19", "2026-10-19 05:00"),
        ("2026-10-26 06:00", "2026-10-26", "2026-10-26 06:00"),
    ],
)
def test_the_weekly_one_on_mondays(now: str, day: str, until: str) -> None:
    assert due(now, BERLIN)[MailCadence.WEEKLY] == (day, until)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"])
def test_each_day_of_a_year_has_one(zone: str) -> None:
    """A worker that looks every hour finds 365 days, each from where the one before ended."""
    there, now = ZoneInfo(zone), utc("2026-01-01 12:00")
    found: dict[str, datetime] = {}
    for _ in range(24 * 365):
        daily = digests_due(now, there)[0]
        found.setdefault(daily.period, daily.until)
        now += timedelta(hours=1)
    assert len(found) in {365, 366}
    assert {one.astimezone(there).hour for one in found.values()} == {7}
    gaps = [
        later - sooner for sooner, later in zip(found.values(), [*found.values()][1:], strict=False)
    ]
    assert {round(gap / DAY) for gap in gaps} == {1}
    assert min(gaps) < DAY < max(gaps)


# --- Through the worker --------------------------------------------------------------------------
@pytest.fixture
def watched(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol)
    answer(thread, people.dan, "Zanzibar.")
    return thread


def _live_in(user: User, zone: str) -> None:
    User.objects.filter(pk=user.pk).update(time_zone=zone)


def _seven_in(zone: str) -> datetime:
    """The next seven o'clock there."""
    there = datetime.now(ZoneInfo(zone))
    at = there.replace(hour=7, minute=0, second=0, microsecond=0)
    return (at if at > there else at + DAY).astimezone(UTC)


ZONES = ["Pacific/Honolulu", "Asia/Tokyo", "Europe/Berlin"]


@pytest.mark.parametrize("zone", ZONES)
def test_it_goes_out_in_the_readers_morning_once(
    people: People, watched: Thread, zone: str
) -> None:
    _live_in(people.carol.user, zone)
    write_news_mails(_seven_in(zone) - MINUTE)
    assert mail.outbox == []
    for minutes in (1, 2, 90):
        write_news_mails(_seven_in(zone) + minutes * MINUTE)
    (sent,) = mail.outbox
    assert sent.to == ["carol@example.org"]


def test_each_in_their_own_morning(people: People, reading: Reading) -> None:
    thread = say(reading, people.carol)
    answer(thread, people.dan)
    answer(thread, people.bob)
    by_key = dict(zip(("carol", "dan"), ZONES[:2], strict=True))
    for key, zone in by_key.items():
        _live_in(getattr(people, key).user, zone)
    for key, zone in sorted(by_key.items(), key=lambda one: _seven_in(one[1])):
        mail.outbox.clear()
        write_news_mails(_seven_in(zone) + MINUTE)
        assert [one.to for one in mail.outbox] == [[f"{key}@example.org"]]


def test_a_worker_that_was_down_writes_one_late(people: People, watched: Thread) -> None:
    _live_in(people.carol.user, "Asia/Tokyo")
    seven = _seven_in("Asia/Tokyo")
    write_news_mails(seven + timedelta(hours=5))
    write_news_mails(seven + timedelta(hours=6))
    assert len(mail.outbox) == 1
    row = NewsMail.objects.exclude(told=[]).get()
    assert row.period == seven.astimezone(ZoneInfo("Asia/Tokyo")).date().isoformat()


def test_who_moves_to_another_zone_gets_no_second(people: People, watched: Thread) -> None:
    _live_in(people.carol.user, "Asia/Tokyo")
    write_news_mails(_seven_in("Asia/Tokyo") + MINUTE)
    _live_in(people.carol.user, "Pacific/Honolulu")
    for hours in range(0, 30, 3):
        write_news_mails(_seven_in("Asia/Tokyo") + timedelta(hours=hours))
    assert len(mail.outbox) == 1


def test_a_zone_that_the_machine_does_not_know_is_the_sites(
    people: People, watched: Thread
) -> None:
    _live_in(people.carol.user, "Atlantis/Center")
    write_news_mails(_seven_in("UTC") + MINUTE)
    assert len(mail.outbox) == 1


def test_times_in_it_are_the_readers(people: People, reading: Reading, settings: Any) -> None:
    MailChoice.objects.create(user=people.dan.user, scope="all", cadence=MailCadence.AT_ONCE)
    _live_in(people.dan.user, "Asia/Tokyo")
    Reading.objects.update(due_at=datetime.now(UTC) + DAY)
    assert not Comment.objects.exists()
    write_news_mails(datetime.now(UTC) + 6 * MINUTE)
    (sent,) = mail.outbox
    at = Reading.objects.get().due_at.astimezone(ZoneInfo("Asia/Tokyo"))  # type: ignore[union-attr]
    assert f"{at:%H:%M} JST" in sent.body

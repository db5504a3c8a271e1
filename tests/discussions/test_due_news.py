"""What is due, as news and by mail: to whom it is told, when, once, and until it is done."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from discussions.models import MailCadence, MailChoice
from discussions.notifications import write_news_mails
from discussions.notifications.feed import count_news
from discussions.notifications.kept_count import forget_counts
from readings.models import Reading, Visit
from readings.setup.actions import change_settings
from readings.setup.extension_actions import (
    change_extension,
    give_extension,
    take_back_extension,
)
from seminars.models import Membership
from tests.base import People, make_people, make_reading
from tests.discussions.base import say
from tests.discussions.news import bell, told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Change = Callable[[People, Reading], Any]


@pytest.fixture
def due(people: People, reading: Reading) -> Reading:
    """Put before the seminar ten days ago, due in a day, with a post to be written."""
    now = timezone.now()
    Membership.objects.update(joined_at=now - 20 * DAY)
    Reading.objects.update(created_at=now - 10 * DAY, due_at=now + DAY, required_posts=1)
    reading.refresh_from_db()
    return reading


def dated(reading: Reading, **dates: datetime | int | None) -> None:
    """Set these dates as if they had been so for a while: the bell is a few seconds behind them."""
    Reading.objects.filter(pk=reading.pk).update(**dates)
    forget_counts()


def test_who_owes_something_is_told_before_it_is_due(people: People, due: Reading) -> None:
    (row,) = told(people, "carol")
    assert "On margins is due" in row
    assert "Still open: Read to the end, Posts (0 of 1 done)" in row
    assert bell(people, "carol") == bell(people, "dan") == 1
    for nobody in ("alice", "bob", "grace", "mallory"):
        assert told(people, nobody) == []
        assert bell(people, nobody) == 0


def test_not_earlier_than_two_days_before(people: People, due: Reading) -> None:
    dated(due, due_at=timezone.now() + 2 * DAY + HOUR)
    assert told(people, "carol") == []
    dated(due, due_at=timezone.now() + 2 * DAY - HOUR)
    assert len(told(people, "carol")) == bell(people, "carol") == 1


def _done(people: People, reading: Reading) -> None:
    Visit.objects.create(
        seminar=people.seminar, reading=reading, membership=people.carol, progress=100
    )
    say(reading, people.carol)


def _more_time(people: People, reading: Reading) -> None:
    give_extension(
        reading=reading, by=people.alice, membership=people.carol, due_at=timezone.now() + 6 * DAY
    )


def _more_time_for_the_group(people: People, reading: Reading) -> None:
    give_extension(
        reading=reading, by=people.alice, group=people.monday, due_at=timezone.now() + 6 * DAY
    )


def _for_others(people: People, reading: Reading) -> None:
    change_settings(reading=reading, by=people.alice, groups=[people.thursday])


def _unopened(people: People, reading: Reading) -> None:
    dated(reading, opens_at=timezone.now() + HOUR)


def _removed(people: People, reading: Reading) -> None:
    dated(reading, removed_at=timezone.now())


def _over(people: People, reading: Reading) -> None:
    dated(reading, due_at=timezone.now() - DAY, late_until=timezone.now() - HOUR)


def _left(people: People, reading: Reading) -> None:
    Membership.objects.filter(pk=people.carol.pk).update(removed_at=timezone.now())


CHANGES = [
    _done,
    _more_time,
    _more_time_for_the_group,
    _for_others,
    _unopened,
    _removed,
    _over,
    _left,
]


@pytest.mark.parametrize("change", CHANGES)
def test_who_owes_nothing_is_told_nothing(people: People, due: Reading, change: Change) -> None:
    change(people, due)
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0
    write_news_mails(timezone.now() + DAY / 2)
    assert [one for one in mail.outbox if one.to == ["carol@example.org"]] == []


def test_an_extension_is_told_by_its_own_date(people: People, due: Reading) -> None:
    dated(due, due_at=timezone.now() - DAY)
    due.refresh_from_db()
    give_extension(reading=due, by=people.alice, group=people.monday, due_at=timezone.now() + DAY)
    (row,) = told(people, "carol")
    assert "is now due" in row
    assert bell(people, "carol") == 1
    assert told(people, "dan") == []  # late, and without an end of that


def test_the_end_of_late_work(people: People, due: Reading) -> None:
    now = timezone.now()
    dated(due, due_at=now - DAY, late_until=now + DAY)
    (row,) = told(people, "carol")
    assert "On margins counts as late until" in row
    assert "Still open: Posts (0 of 1 done)" in row
    assert bell(people, "carol") == 1
    dated(due, required_posts=0)  # reading alone is not owed once it was due
    assert told(people, "carol") == []
    dated(due, due_at=None, late_until=None, closes_at=now + DAY, required_posts=1)
    assert "On margins closes" in told(people, "carol")[0]
    assert bell(people, "carol") == 1


def test_an_opening_is_told_to_whom_it_opens(people: People, due: Reading) -> None:
    now = timezone.now()
    dated(due, opens_at=now - HOUR, due_at=None)
    (row,) = told(people, "carol", "?show=due")
    assert "On margins is open now" in row
    assert bell(people, "carol") == 1
    assert told(people, "bob") == told(people, "grace") == []
    change_settings(reading=due, by=people.alice, groups=[people.monday])
    assert told(people, "dan") == []
    assert bell(people, "dan") == 0
    people.client("carol").get(due.get_absolute_url())
    assert bell(people, "carol") == 0
    assert len(told(people, "carol")) == 1


def test_who_joined_later_is_not_told_of_an_opening(people: People, due: Reading) -> None:
    dated(due, opens_at=timezone.now() - 2 * HOUR, due_at=None)
    Membership.objects.update(joined_at=timezone.now() - HOUR)
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0


def test_it_is_new_until_one_comes_or_puts_it_aside(people: People, due: Reading) -> None:
    client = people.client("carol")
    client.get(due.get_absolute_url())
    assert bell(people, "carol") == 0
    assert len(told(people, "carol")) == 1  # it is owed still
    assert bell(people, "dan") == 1
    key = "6f6e5bb2-4c1f-4f6b-8f0a-0a8a6a1f3a11"
    people.client("dan").post("/news/reads/", {"client_key": key})
    assert bell(people, "dan") == 0


def test_the_parts_of_the_news(people: People, due: Reading) -> None:
    assert len(told(people, "carol", "?show=due")) == 1
    for part in ("me", "watched", "decisions", "announcements"):
        assert told(people, "carol", f"?show={part}") == []


def test_the_pages_meet(people: People, due: Reading) -> None:
    now = timezone.now()
    for number in range(25):
        other = make_reading(people, f"r{number}", opens_at=now - (number + 1) * HOUR)
        dated(other, created_at=now - 9 * DAY)
    client, seen, query = people.client("carol"), set(), ""
    for _page in range(2):
        page = client.get(f"/news/{query}").context["page"]
        seen |= {item.row for item in page.items}
        query = f"?before={page.older.replace('+', '%2B')}"
    assert len(seen) == 26
    assert bell(people, "carol") == 26


def test_the_bell_asks_as_often_for_many(people: People, due: Reading) -> None:
    counts = []
    for times in (0, 8):
        for number in range(times):
            make_reading(people, f"r{number}", due_at=due.due_at, required_posts=1)
            other = make_people(f"other-{number}")
            Membership.objects.create(seminar=other.seminar, user=people.carol.user)
            make_reading(other, due_at=due.due_at)
        count_news(people.carol.user_id)
        with CaptureQueriesContext(connection) as queries:
            assert count_news(people.carol.user_id) == 2 * times + 1
        counts.append(len(queries))
    assert counts[0] == counts[1] == 8


def test_the_bell_asks_twice_where_nothing_is_near(people: People, due: Reading) -> None:
    dated(due, due_at=timezone.now() + 3 * DAY)
    count_news(people.carol.user_id)
    with CaptureQueriesContext(connection) as queries:
        assert count_news(people.carol.user_id) == 0
    assert len(queries) == 2


# --- By mail -------------------------------------------------------------------------------------
def _sent(key: str = "carol") -> list[Any]:
    return [one for one in mail.outbox if one.to == [f"{key}@example.org"]]


def _choose(people: People, cadence: str, scope: str = "all") -> None:
    MailChoice.objects.create(user=people.carol.user, scope=scope, cadence=cadence)


def next_seven(weekday: int | None = None) -> datetime:
    """Just after the next digests go out; of a weekday, Monday is 0."""
    at = timezone.now().replace(hour=7, minute=1, second=0)
    while at < timezone.now() or weekday not in {None, at.weekday()}:
        at += DAY
    return at


def test_it_goes_with_the_daily_mail_once(people: People, due: Reading) -> None:
    dated(due, due_at=next_seven() + 2 * DAY - HOUR)
    write_news_mails()
    assert [one for one in _sent() if "is due" in one.body] == []
    for minutes in range(2):
        write_news_mails(next_seven() + timedelta(minutes=minutes))
    write_news_mails(next_seven() + DAY)
    (sent,) = _sent()
    assert sent.subject == "Colloquy: 1 thing new today"
    assert "On margins is due" in sent.body
    assert "Still open: Read to the end, Posts (0 of 1 done)" in sent.body
    assert due.get_absolute_url() in sent.body
    for nobody in ("alice", "bob", "grace", "mallory"):
        assert _sent(nobody) == []


def test_at_once_for_whoever_wants_that(people: People, due: Reading, settings: Any) -> None:
    settings.SITE_URL = "https://read.example.edu"
    _choose(people, MailCadence.AT_ONCE)
    dated(due, due_at=timezone.now() + 2 * DAY - HOUR)
    for _ in range(2):
        write_news_mails()
    (sent,) = _sent()
    assert sent.subject.startswith("On margins is due")
    assert sent.subject.endswith("Two views")
    headers = sent.message()
    assert "In-Reply-To" not in headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("scope", ["all", "seminar", "reading"])
def test_the_narrowest_choice_decides(people: People, due: Reading, scope: str) -> None:
    keys = {"seminar": people.seminar.pk, "reading": due.pk}
    _choose(people, MailCadence.OFF, f"{scope}:{keys[scope]}" if scope in keys else scope)
    write_news_mails(next_seven())
    write_news_mails(next_seven(weekday=0))
    assert _sent() == []
    assert len(_sent("dan")) == 1


def test_a_weekly_mail_tells_what_is_due_before_the_next(people: People, due: Reading) -> None:
    _choose(people, MailCadence.WEEKLY)
    monday = next_seven(weekday=0)
    dated(due, due_at=monday + 5 * DAY)
    write_news_mails(monday - DAY)
    assert [one for one in _sent() if "is due" in one.body] == []
    write_news_mails(monday)
    (sent,) = _sent()
    assert "On margins is due" in sent.body


def test_a_reminder_goes_also_to_who_was_there_and_has_not_done_it(
    people: People, due: Reading
) -> None:
    people.client("carol").get(due.get_absolute_url())
    write_news_mails(next_seven())
    assert len(_sent()) == 1


def test_a_date_that_comes_while_nothing_else_happens(people: People, due: Reading) -> None:
    """Nobody wrote or changed anything in the seminar: the date itself is what is new."""
    _choose(people, MailCadence.AT_ONCE)
    dated(due, due_at=timezone.now() + 2 * DAY + 30 * timedelta(minutes=1))
    write_news_mails()
    assert _sent() == []
    write_news_mails(timezone.now() + 40 * timedelta(minutes=1))
    assert len(_sent()) == 1


# --- Dates that are moved ------------------------------------------------------------------------
@pytest.fixture
def reminded(people: People, due: Reading) -> Reading:
    """All were told at once that it is due in a day and a half, and have put that aside."""
    dated(due, due_at=timezone.now() + DAY * 1.5)
    due.refresh_from_db()
    for key in ("carol", "dan"):
        MailChoice.objects.create(
            user=getattr(people, key).user, scope="all", cadence=MailCadence.AT_ONCE
        )
    write_news_mails()
    for key in ("carol", "dan"):
        assert len(_sent(key)) == 1
        people.client(key).post("/news/reads/", {"client_key": str(uuid4())})
        assert bell(people, key) == 0
    return due


SOON_AFTER = {
    MailCadence.AT_ONCE: lambda: timezone.now() + DAY / 24,
    MailCadence.DAILY: lambda: next_seven(),
    MailCadence.WEEKLY: lambda: next_seven(weekday=0),
}


@pytest.mark.parametrize("cadence", SOON_AFTER)
def test_a_date_brought_forward_is_told_to_who_was_reminded(
    people: People, reminded: Reading, cadence: MailCadence
) -> None:
    """By the next mail, and as new at the bell; once, and to those alone whose date it is."""
    give_extension(reading=reminded, by=people.alice, group=people.thursday, due_at=reminded.due_at)
    MailChoice.objects.update(cadence=cadence)
    change_settings(reading=reminded, by=people.alice, due_at=timezone.now() + DAY / 2)
    assert "On margins is now due" in told(people, "carol")[0]
    assert bell(people, "carol") == 1
    for _ in range(2):
        write_news_mails(SOON_AFTER[cadence]())
    assert "On margins is now due" in _sent()[-1].body
    assert len(_sent()) == 2


def test_what_is_changed_beside_a_date_is_no_news(people: People, reminded: Reading) -> None:
    late = timezone.now() + 30 * DAY
    change_settings(reading=reminded, by=people.alice, required_replies=2, closes_at=late)
    assert "On margins is due" in told(people, "carol")[0]
    assert bell(people, "carol") == 0
    write_news_mails(timezone.now() + DAY / 24)
    assert len(_sent()) == 1


def test_more_time_that_is_changed_or_taken_back_is_told(people: People, reminded: Reading) -> None:
    assert reminded.due_at
    given = give_extension(
        reading=reminded, by=people.alice, membership=people.carol, due_at=reminded.due_at + DAY
    )
    assert told(people, "carol") == []
    assert bell(people, "carol") == 0
    change_extension(extension=given, by=people.alice, due_at=reminded.due_at + DAY / 8)
    assert "On margins is now due" in told(people, "carol")[0]
    assert bell(people, "carol") == 1
    people.client("carol").post("/news/reads/", {"client_key": str(uuid4())})
    take_back_extension(extension=given, by=people.alice)
    assert "On margins is now due" in told(people, "carol")[0]
    assert bell(people, "carol") == 1
    write_news_mails(timezone.now() + DAY / 24)
    assert len(_sent()) == 2
    assert bell(people, "dan") == 0
    assert len(_sent("dan")) == 1


def test_an_end_brought_forward_is_told(people: People, due: Reading) -> None:
    now = timezone.now()
    dated(due, due_at=now - DAY, late_until=now + DAY)
    people.client("carol").post("/news/reads/", {"client_key": str(uuid4())})
    assert bell(people, "carol") == 0
    change_settings(reading=due, by=people.alice, late_until=now + DAY / 2)
    assert "On margins now counts as late until" in told(people, "carol")[0]
    assert bell(people, "carol") == 1

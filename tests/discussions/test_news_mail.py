"""News by mail: to whom, when, once, and of what may be told when it is sent."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mail import send_queued_mail
from accounts.models import QueuedMail
from discussions.comments.actions import reply, withdraw
from discussions.models import (
    Comment,
    MailCadence,
    MailChoice,
    NewsMail,
    SubscriptionLevel,
    Thread,
    ThreadSubscription,
)
from discussions.notifications import feed, keep_writing_news, news_mail, write_news_mails
from discussions.notifications.news_mail import make_news_mail
from readings.models import Anonymity, Reading
from readings.setup.actions import change_settings
from seminars.models import Membership
from tests.base import People, make_reading
from tests.conftest import forget_task_backends
from tests.discussions.base import answer, first_of, hidden, say, url
from tests.discussions.news import told
from tests.seminars.announcements import announce

SECRET = "Zanzibar."
MINUTE = timedelta(minutes=1)
Undo = Callable[[People, Reading, Comment], None]


def carols(messages: Any = None) -> list[Any]:
    return [one for one in messages or mail.outbox if one.to == ["carol@example.org"]]


def later(minutes: int = 6) -> datetime:
    return timezone.now() + minutes * MINUTE


def seven(days: int = 1) -> datetime:
    """Just after digests go out, so many days from now."""
    return (timezone.now() + timedelta(days=days)).replace(hour=7, minute=1, tzinfo=UTC)


@pytest.fixture
def mention(people: People, reading: Reading) -> Comment:
    return first_of(say(reading, people.dan, f"@Carol: {SECRET}"))


@pytest.fixture
def watched(people: People, reading: Reading) -> Thread:
    thread = say(reading, people.carol)
    answer(thread, people.dan, SECRET)
    return thread


def test_what_is_for_me_goes_at_once_gathered(people: People, mention: Comment) -> None:
    write_news_mails(later(2))
    assert mail.outbox == []
    reply(thread=mention.thread, parent=None, body="@Carol again.", by=people.bob)
    write_news_mails(later())
    (sent,) = carols()
    assert sent.subject == "Bob and Dan mention you: On margins"
    assert "> @Carol again." in sent.body
    assert "/s/seminar/r/margins/#c" in sent.body
    assert "¶ 1" in sent.body
    assert len(mail.outbox) == 1


def test_the_rest_goes_daily(people: People, watched: Thread) -> None:
    write_news_mails(later(10))
    assert mail.outbox == []
    write_news_mails(seven())
    (sent,) = mail.outbox
    assert sent.to == ["carol@example.org"]
    assert sent.subject == "Colloquy: 1 thing new today"
    assert SECRET in sent.body


def test_each_is_mailed_once(people: People, mention: Comment, watched: Thread) -> None:
    for _ in range(3):
        write_news_mails(later())
    assert len(mail.outbox) == 1
    for minutes in range(3):
        write_news_mails(seven() + minutes * MINUTE)
    assert len(mail.outbox) == 2
    assert "mention" not in mail.outbox[1].body
    write_news_mails(seven(2))
    assert len(mail.outbox) == 2


def test_a_reply_after_the_mail_is_told_alone(people: People, mention: Comment) -> None:
    write_news_mails(later())
    reply(thread=mention.thread, parent=None, body="@Carol again.", by=people.bob)
    write_news_mails(later())
    assert "Bob" in mail.outbox[1].subject
    assert "Dan" not in mail.outbox[1].subject


def test_a_crash_in_the_middle_loses_and_doubles_nothing(
    people: People, mention: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(**_: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(news_mail, "queue_made_mail", crash)
        with pytest.raises(RuntimeError):
            write_news_mails(later())
    assert not NewsMail.objects.exclude(told=[]).exists()
    write_news_mails(later())
    assert len(mail.outbox) == 1


def test_the_database_holds_one_digest_for_each_period(people: People, watched: Thread) -> None:
    write_news_mails(seven())
    row = NewsMail.objects.get(user=people.carol.user, cadence=MailCadence.DAILY)
    with pytest.raises(IntegrityError):
        NewsMail.objects.create(user=row.user, cadence=row.cadence, period=row.period)


def test_two_workers_write_one_mail(
    people: People, mention: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has asked what is due before the first had written it."""
    ask = news_mail.news_to_mail

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(news_mail, "news_to_mail", ask)
        items = ask(*args, **kwargs)
        write_news_mails(later())
        return items

    monkeypatch.setattr(news_mail, "news_to_mail", meanwhile)
    write_news_mails(later())
    assert len(mail.outbox) == 1


def test_what_was_written_down_is_sent_whatever_came_since(
    people: People, reading: Reading, mention: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where more came meanwhile than a mail tells: it is asked for what it is about."""
    monkeypatch.setattr(feed, "MOST_COUNTED", 1)
    write_news_mails(later())
    written = NewsMail.objects.get(user=people.carol.user, cadence=MailCadence.AT_ONCE)
    say(reading, people.dan, "@Carol: and another thing")
    made = make_news_mail(written.pk)
    assert made is not None
    assert SECRET in made.body
    assert "another thing" not in made.body


def test_an_announcement_goes_to_everybody_at_once(people: People) -> None:
    made = announce(people.alice)
    write_news_mails(later())
    assert {one.to[0] for one in mail.outbox} == {
        f"{key}@example.org" for key in ("bob", "carol", "dan", "grace")
    }
    (sent,) = carols()
    assert sent.subject == "Alice announces “No class”: Two views"
    assert made.get_absolute_url() in sent.body
    assert "In-Reply-To" not in sent.extra_headers


# --- Visibility and choice, when it is sent ----------------------------------------------------
def _hide(people: People, reading: Reading, comment: Comment) -> None:
    hidden(comment, people.alice)


def _withdraw(people: People, reading: Reading, comment: Comment) -> None:
    withdraw(comment=comment, by=comment.author)


def _mute(people: People, reading: Reading, comment: Comment) -> None:
    ThreadSubscription.objects.create(
        seminar=people.seminar,
        thread=comment.thread,
        membership=people.carol,
        level=SubscriptionLevel.MUTE,
    )


def _remove(people: People, reading: Reading, comment: Comment) -> None:
    Membership.objects.filter(pk=people.carol.pk).update(removed_at=timezone.now())


def _close(people: People, reading: Reading, comment: Comment) -> None:
    Reading.objects.update(opens_at=timezone.now() + timedelta(days=1))


def _withhold(people: People, reading: Reading, comment: Comment) -> None:
    change_settings(reading=reading, by=people.alice, peek_after=1)


def _choose_never(people: People, reading: Reading, comment: Comment) -> None:
    MailChoice.objects.create(user=people.carol.user, scope="all", cadence=MailCadence.OFF)


def _open(people: People, reading: Reading, comment: Comment) -> None:
    people.client("carol").get(url("thread_detail", reading, comment.thread_id))


def _close_account(people: People, reading: Reading, comment: Comment) -> None:
    people.carol.user.is_active = False
    people.carol.user.save()


UNDONE = [_hide, _withdraw, _mute, _remove, _close, _withhold, _choose_never, _open, _close_account]


@pytest.fixture
def queued(settings: Any) -> Any:
    """Tasks wait in the database for a worker, as they do for a host."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forget_task_backends()
    yield
    forget_task_backends()


@pytest.mark.parametrize("undo", UNDONE)
def test_what_is_gone_before_it_is_sent_is_not_sent(
    people: People, reading: Reading, mention: Comment, queued: None, undo: Undo
) -> None:
    write_news_mails(later())
    (waiting,) = QueuedMail.objects.all()
    assert waiting.message == {}
    undo(people, reading, mention)
    send_queued_mail.func(waiting.pk)
    assert mail.outbox == []
    assert not QueuedMail.objects.exists()


@pytest.mark.parametrize("undo", UNDONE)
def test_nor_is_it_written_down(
    people: People, reading: Reading, mention: Comment, undo: Undo
) -> None:
    undo(people, reading, mention)
    write_news_mails(later())
    assert carols() == []


def test_a_mail_server_that_is_down_loses_nothing(
    people: People, mention: Comment, queued: None, settings: Any
) -> None:
    transport = settings.MAIL_TRANSPORT
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 0.2
    write_news_mails(later())
    (waiting,) = QueuedMail.objects.all()
    send_queued_mail.func(waiting.pk)
    assert QueuedMail.objects.get().failed_at is not None
    assert told(people, "carol")
    settings.MAIL_TRANSPORT = transport
    send_queued_mail.func(waiting.pk)
    assert SECRET in mail.outbox[0].body


def test_a_site_without_mail_writes_none(people: People, mention: Comment, settings: Any) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    assert write_news_mails(later()) == 0
    assert not NewsMail.objects.exists()


def test_an_alias_stays_one_in_words_and_headers(people: People) -> None:
    people.dan.user.name = "Daniel Unmistakable"
    people.dan.user.save()
    reading = make_reading(people, anonymity=Anonymity.OPTIONAL)
    thread = say(reading, people.carol, "Why?", kind="question")
    said = reply(thread=thread, parent=None, body=SECRET, by=people.dan, anonymous=True)
    write_news_mails(later())
    (sent,) = carols()
    assert said.alias in sent.subject
    assert "Unmistakable" not in sent.message().as_string() + sent.body + sent.subject
    assert people.dan.user.email not in sent.message().as_string()


# --- Choices -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("scope", "cadence", "at_once", "daily", "weekly"),
    [
        ("all", MailCadence.AT_ONCE, 1, 0, 0),
        ("all", MailCadence.DAILY, 0, 1, 0),
        ("all", MailCadence.WEEKLY, 0, 0, 1),
        ("all", MailCadence.OFF, 0, 0, 0),
        ("seminar", MailCadence.OFF, 0, 0, 0),
        ("reading", MailCadence.WEEKLY, 0, 0, 1),
        ("thread", MailCadence.DAILY, 0, 1, 0),
    ],
)
def test_the_choice_decides(
    people: People,
    reading: Reading,
    mention: Comment,
    scope: str,
    cadence: str,
    at_once: int,
    daily: int,
    weekly: int,
) -> None:
    keys = {"seminar": people.seminar.pk, "reading": reading.pk, "thread": mention.thread_id}
    name = f"{scope}:{keys[scope]}" if scope in keys else scope
    MailChoice.objects.create(user=people.carol.user, scope=name, cadence=cadence)
    if scope == "thread":  # the narrowest decides
        MailChoice.objects.create(user=people.carol.user, scope="all", cadence=MailCadence.OFF)
    write_news_mails(later())
    assert len(mail.outbox) == at_once
    # On each morning from now, today's too where it is still to come, to the first Monday.
    for morning in (seven(day) for day in range(8)):
        if morning > later():
            write_news_mails(morning)
            if morning.weekday() == 0:
                break
            assert len(mail.outbox) == at_once + daily
    assert len(mail.outbox) == at_once + daily + weekly


# --- Headers -------------------------------------------------------------------------------------
def test_headers_thread_and_unsubscribe(people: People, mention: Comment, settings: Any) -> None:
    settings.SITE_URL = "https://read.example.edu"
    write_news_mails(later())
    headers = mail.outbox[0].message()
    root = f"<thread-{mention.thread_id}-{people.carol.user_id}@read.example.edu>"
    assert headers["In-Reply-To"] == headers["References"] == root
    assert re.fullmatch(r"<news-\d+@read\.example\.edu>", headers["Message-ID"])
    assert headers["List-Id"] == "<seminar.read.example.edu>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    link = "".join(headers["List-Unsubscribe"].split())
    assert re.fullmatch(r"<https://read\.example\.edu/news/mail/[^/]+/>", link)
    assert link.strip("<>") in mail.outbox[0].body


# --- The worker ----------------------------------------------------------------------------------
def test_one_next_run_is_in_the_queue(people: People, queued: None) -> None:
    for _ in range(3):
        keep_writing_news()
    (row,) = DBTaskResult.objects.all()
    assert row.run_after > timezone.now()


def test_the_command_says_how_many(
    people: People, mention: Comment, capsys: pytest.CaptureFixture[str]
) -> None:
    Membership.objects.update(joined_at=timezone.now() - 7 * MINUTE)
    Comment.objects.update(published_at=timezone.now() - 6 * MINUTE)
    call_command("send_news")
    assert "queue: 1" in capsys.readouterr().out
    assert len(mail.outbox) == 1

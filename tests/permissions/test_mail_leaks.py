"""Every mail with news × every rule of who may read what × every role: nobody is told too much.

Everybody watches every thread, those as well that they cannot see, and all mails that
`send_news` would send are looked at, headers included, at every cadence.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.mail import send_queued_mail
from accounts.models import QueuedMail
from discussions import moderation
from discussions.comments.actions import withdraw
from discussions.models import MailCadence, MailChoice, Thread, ThreadSubscription
from discussions.notifications import write_news_mails
from seminars.models import Membership
from tests.conftest import forget_task_backends
from tests.permissions import talk as rules
from tests.permissions.talk import (
    UNWATCHED,
    Talk,
    Told,
    close_readings,
    make_talk,
    may_read,
)
from tests.permissions.words import WORD

# Which words go out is asked of the database in the same way at each.
CADENCES = (
    MailCadence.AT_ONCE,
    pytest.param(MailCadence.DAILY, marks=pytest.mark.once),
    pytest.param(MailCadence.WEEKLY, marks=pytest.mark.once),
)
# Of the reading in which everybody is anonymous: to these Dan is another name. Its staff see his.
CLASSMATES = ("carol", "erin", "grace")


def watch_everything(talk: Talk) -> None:
    before = timezone.now() - timedelta(days=1)
    ThreadSubscription.objects.all().delete()
    ThreadSubscription.objects.bulk_create(
        ThreadSubscription(
            seminar=talk.people.seminar, thread=thread, membership=member, level="watch"
        )
        for thread in Thread.objects.select_related("reading")
        for key, member in talk.members.items()
        if (key, thread.reading.slug) not in UNWATCHED
    )
    ThreadSubscription.objects.update(created_at=before)


def choose(talk: Talk, cadence: str, scope: str = "all") -> None:
    MailChoice.objects.bulk_create(
        MailChoice(user=member.user, scope=scope, cadence=cadence)
        for member in talk.members.values()
    )


def hour_of(cadence: str) -> datetime:
    """When mails of a cadence are written: what waited five minutes, on a morning, on a Monday."""
    if cadence == MailCadence.AT_ONCE:
        return timezone.now() + timedelta(minutes=6)
    at = timezone.now().astimezone(UTC).replace(hour=7, minute=1)
    while at < timezone.now() or (cadence == MailCadence.WEEKLY and at.weekday()):
        at += timedelta(days=1)
    return at


def everything_in(message: Any) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in message.message().items())
    return "\n".join([headers, message.subject, message.body])


def mailed(talk: Talk) -> dict[str, str]:
    """By person, all that came to them."""
    found = dict.fromkeys(talk.members, "")
    for message in mail.outbox:
        (address,) = message.recipients()
        found[address.partition("@")[0]] += everything_in(message)
    return found


def newest_of_each(told: list[Told]) -> set[str]:
    """The words that a mail quotes: of each thread the last."""
    return {
        WORD.findall(one.comment.body)[0]
        for one in {one.comment.thread_id: one for one in told}.values()
    }


def assert_told_rightly(talk: Talk) -> None:
    wrong = []
    for viewer, text in mailed(talk).items():
        found = set(WORD.findall(text))
        wrong += [
            f"{viewer} was sent: {one.author} to {one.audience} in {one.reading}, {one.state}"
            for word, one in talk.told.items()
            if word in found and not may_read(viewer, one)
        ]
        expected = newest_of_each(talk.news_of(viewer))
        taken = [one for one in talk.taken_from(viewer) if one.state != "purged"]
        expected |= newest_of_each(taken)  # as a decision about them
        # A test that finds nothing could find nothing wrong.
        assert found == expected or wrong, f"{viewer}: {found ^ expected}"
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("cadence", CADENCES)
def test_nobody_is_mailed_what_they_may_not_read(talk: Talk, cadence: str) -> None:
    watch_everything(talk)
    choose(talk, cadence)
    write_news_mails(hour_of(cadence))
    assert_told_rightly(talk)


@pytest.mark.parametrize("cadence", CADENCES)
def test_no_mail_names_who_is_anonymous_to_its_reader(talk: Talk, cadence: str) -> None:
    watch_everything(talk)
    choose(talk, MailCadence.OFF)
    choose(talk, cadence, f"reading:{talk.readings['masked'].pk}")
    write_news_mails(hour_of(cadence))
    for viewer in CLASSMATES:
        text = mailed(talk)[viewer]
        assert "Alice" in text  # who instructs is not anonymous
        assert WORD.search(text)
        for name in ("Dan", "dan@example.org", "Thursday"):
            assert name not in text, f"{viewer} is told {name}"


# --- Between writing down and sending ------------------------------------------------------------
@pytest.fixture
def queued(settings: Any) -> Any:
    """Tasks wait in the database for a worker, as they do for a host."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forget_task_backends()
    yield
    forget_task_backends()


def change_everything(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Close the readings, hide and withdraw, let somebody change groups and somebody leave."""
    close_readings(talk)
    said = [one for one in talk.told.values() if one.state == "published"]
    plain = [one for one in said if one.reading == "plain" and one.author == "carol"]
    shared, to_the_group = (
        next(one for one in plain if one.audience == audience) for audience in ("seminar", "group")
    )
    alice, version = talk.people.alice, shared.comment.version
    moderation.hide(comment=shared.comment, reason="spam", by=alice, version=version)
    shared.state = "hidden"
    withdraw(comment=to_the_group.comment, by=talk.people.carol)
    to_the_group.state = "withdrawn"
    erin = talk.members["erin"]
    Membership.objects.filter(pk=erin.pk).update(group=talk.people.thursday)
    monkeypatch.setitem(rules.GROUP_OF, "erin", "Thursday")
    Membership.objects.filter(pk=talk.people.dan.pk).update(removed_at=timezone.now())


@pytest.mark.parametrize("cadence", CADENCES)
def test_what_changed_since_it_was_written_down_is_not_sent(
    db: None, queued: None, monkeypatch: pytest.MonkeyPatch, cadence: str
) -> None:
    talk = make_talk()
    watch_everything(talk)
    choose(talk, cadence)
    write_news_mails(hour_of(cadence))
    waiting = list(QueuedMail.objects.values_list("pk", flat=True))
    assert len(waiting) >= len(talk.members)
    change_everything(talk, monkeypatch)
    for pk in waiting:
        send_queued_mail.func(pk)
    sent = {viewer: set(WORD.findall(text)) for viewer, text in mailed(talk).items()}
    assert sent.pop("dan") == set()  # who has left is sent nothing
    for viewer, found in sent.items():
        told = [*talk.news_of(viewer), *talk.taken_from(viewer)]
        allowed = {WORD.findall(one.comment.body)[0] for one in told}
        assert found, f"{viewer} was sent nothing"
        assert found <= allowed, [talk.told[word] for word in found - allowed]

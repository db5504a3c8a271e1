"""Mails wait in the database: no page asks a mail server, and none is lost where it is down."""

import logging
import smtplib
import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.mail import send_queued_mail
from accounts.models import QueuedMail, User
from seminars.models import Membership
from tests.accounts.second_factors import confirmed_client
from tests.base import People
from tests.conftest import forget_task_backends
from tests.seminars.helpers import invite

RESET = reverse("account_reset_password")
SIGN_UP = reverse("account_signup")
PERSON = {"name": "Nadia", "email": "nadia@example.org", "password1": "three odd words"}


@pytest.fixture
def queued(settings: Any) -> Iterator[None]:
    """Tasks wait in the database for a worker, as they do for a host."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forget_task_backends()
    yield
    forget_task_backends()


@pytest.fixture
def silent_server(settings: Any) -> Iterator[socket.socket]:
    """A mail server that takes connections, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        yield server


class Refuses(EmailBackend):
    """Takes no mail for the address."""

    code = 550

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (self.code, b"No such person")})


class RefusesForNow(Refuses):
    code = 450


def send(to: str = "carol@example.org") -> QueuedMail:
    send_mail("Subject", "Words.", None, [to])
    return QueuedMail.objects.latest("pk")


def next_tries() -> list[float]:
    """In how many minutes each of the tasks that wait is to be begun, from now."""
    waiting = DBTaskResult.objects.filter(status="READY", run_after__gt=timezone.now())
    times = waiting.filter(run_after__year__lt=9999).values_list("run_after", flat=True)
    return sorted(round((each - timezone.now()).total_seconds() / 60) for each in times)


def test_no_page_asks_the_mail_server(people: People, queued: None, silent_server: Any) -> None:
    assert Client().post(RESET, {"email": "carol@example.org"}).status_code == 302
    silent_server.setblocking(False)
    with pytest.raises(BlockingIOError):
        silent_server.accept()
    assert QueuedMail.objects.count() == DBTaskResult.objects.count() == 1


def test_whoever_signs_up_while_mail_is_down_is_a_member(
    people: People, queued: None, silent_server: Any, settings: Any
) -> None:
    _, link = invite(people)
    client = Client()
    client.get(link)
    assert client.post(SIGN_UP, PERSON).status_code == 302
    assert Membership.objects.filter(user__email=PERSON["email"], seminar=people.seminar).exists()
    waiting = QueuedMail.objects.get()
    send_queued_mail.func(waiting.pk)
    assert not mail.outbox
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    QueuedMail.objects.update(failed_at=None)
    send_queued_mail.func(waiting.pk)
    assert [message.to for message in mail.outbox] == [[PERSON["email"]]]
    assert not QueuedMail.objects.exists()


def test_mail_of_what_was_not_kept_is_not_sent(people: People, queued: None) -> None:
    from django.db import transaction

    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert not QueuedMail.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_silent_server_is_asked_again_after_growing_waits(
    db: None, queued: None, silent_server: Any
) -> None:
    waiting = send()
    for age, minutes in [(0, 2), (2, 2), (4, 4), (30, 30), (500, 60)]:
        DBTaskResult.objects.all().delete()
        QueuedMail.objects.update(created_at=timezone.now() - timedelta(minutes=age))
        send_queued_mail.func(waiting.pk)
        assert next_tries() == [minutes]
    assert QueuedMail.objects.get().failed_at is not None


def test_silent_server_is_not_asked_for_each_mail(
    db: None, queued: None, silent_server: Any
) -> None:
    """Or a hundred mails would keep the worker from the files that wait to be read."""
    first, second = send(), send("dan@example.org")
    for waiting in (first, second):
        send_queued_mail.func(waiting.pk)
    silent_server.setblocking(False)
    silent_server.accept()[0].close()
    with pytest.raises(BlockingIOError):
        silent_server.accept()
    assert next_tries() == [2, 2]


def test_mail_is_given_up_after_a_day_with_a_line_without_its_address(
    db: None, queued: None, silent_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = send()
    QueuedMail.objects.update(created_at=timezone.now() - timedelta(hours=24))
    DBTaskResult.objects.all().delete()
    with caplog.at_level(logging.WARNING):
        send_queued_mail.func(waiting.pk)
    assert "given up after 24 hours" in caplog.text
    assert "example.org" not in caplog.text
    assert not QueuedMail.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(("backend", "is_kept"), [("Refuses", False), ("RefusesForNow", True)])
def test_address_that_is_refused(
    db: None,
    queued: None,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    backend: str,
    is_kept: bool,
) -> None:
    settings.MAIL_TRANSPORT = f"tests.accounts.test_mail.{backend}"
    waiting, other = send(), send("dan@example.org")
    send_queued_mail.func(waiting.pk)
    assert QueuedMail.objects.filter(pk=waiting.pk).exists() == is_kept
    assert "example.org" not in caplog.text
    # It says nothing of the server: the next mail is tried at once.
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    send_queued_mail.func(other.pk)
    assert [message.to for message in mail.outbox] == [["dan@example.org"]]


def test_task_twice_sends_once(db: None, queued: None) -> None:
    waiting = send()
    send_queued_mail.func(waiting.pk)
    send_queued_mail.func(waiting.pk)
    assert len(mail.outbox) == 1


def test_mail_keeps_all_that_it_was_given(db: None) -> None:
    message = EmailMessage(
        "Subject", "Words.", "a@example.org", ["b@example.org"], bcc=["c@example.org"]
    )
    message.send()
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.from_email) == ("Subject", "Words.", "a@example.org")
    assert sent.recipients() == ["b@example.org", "c@example.org"]
    assert sent.extra_headers["Message-ID"].endswith("@example.org>")
    message.attach("a.txt", "text")
    with pytest.raises(TypeError):
        message.send()


def test_link_for_a_new_password_is_asked_for_again_in_place(people: People) -> None:
    client = Client()
    page = client.post(RESET, {"email": "carol@example.org"}, follow=True).content.decode()
    assert f'action="{RESET}"' in page
    assert 'name="email"' in page
    client.post(RESET, {"email": "carol@example.org"})
    assert len(mail.outbox) == 2


def test_link_that_was_sent_a_moment_ago_is_not_sent_again_in_silence(people: People) -> None:
    client, again = confirmed_client(people), {"email": "carol@example.org", "action_send": ""}
    url = reverse("account_email")
    assert "We have sent a link" in client.post(url, again, follow=True).content.decode()
    assert (
        "A link was sent there a moment ago."
        in client.post(url, again, follow=True).content.decode()
    )
    assert len(mail.outbox) == 1
    assert User.objects.filter(email="carol@example.org").exists()

"""/host/: how the instance stands, for whoever hosts it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import QueuedMail, User
from hosting.models import BackupKind, BackupRun
from tests.base import People, make_user, markup, sign_in
from tests.queries import PageQueries

URL = "/host/"


@pytest.fixture
def host(people: People) -> Client:
    User.objects.filter(pk=people.mallory.pk).update(is_host=True)
    people.mallory.refresh_from_db()
    return sign_in(people.mallory)


def test_it_is_the_hosts_alone(people: People, host: Client) -> None:
    assert Client().get(URL).status_code == 302
    assert people.client("alice").get(URL).status_code == 403
    assert host.get(URL).status_code == 200
    assert host.post(URL).status_code == 405


def test_the_menu_leads_hosts_there(people: People, host: Client) -> None:
    assert f'href="{URL}"' in markup(host.get("/"))
    assert f'href="{URL}"' not in markup(people.client("alice").get("/"))


def test_a_backup_that_is_proven_leaves_nothing_to_see_to(host: Client) -> None:
    assert "There is no backup of the last two days" in markup(host.get(URL))
    BackupRun.objects.begin(BackupKind.BACKUP).succeed(location="x", size=2048)
    assert "No backup was proven" in markup(host.get(URL))
    BackupRun.objects.begin(BackupKind.PROOF).succeed(location="x", size=0)
    page = markup(host.get(URL))
    assert "No backup was proven" not in page
    assert "2.0 KB" in page


def test_what_waits_for_a_worker_is_said(host: Client) -> None:
    assert "0 tasks wait" in markup(host.get(URL))
    _task(timezone.now() - timedelta(hours=1))
    page = markup(host.get(URL))
    assert "1 task waits" in page
    assert "start the worker" in page


def test_a_worker_that_is_gone_is_said_though_nothing_else_waits(host: Client) -> None:
    """What comes again by itself is put off to a time; the page says what /readyz does."""
    _task(timezone.now(), run_after=timezone.now() - timedelta(minutes=3))
    assert "start the worker" not in markup(host.get(URL))
    _task(timezone.now(), run_after=timezone.now() - timedelta(minutes=10))
    assert "start the worker" in markup(host.get(URL))


def test_mail_that_is_not_taken_is_said(host: Client) -> None:
    QueuedMail.objects.create(message={}, failed_at=timezone.now())
    page = markup(host.get(URL))
    assert "The mail server does not take what is sent" in page
    assert "1 mail waits" in page


def test_it_asks_as_much_whatever_there_is(people: People, host: Client) -> None:
    with PageQueries() as before:
        host.get(URL)
    for number in range(5):
        make_user(f"person-{number}")
        _task(timezone.now())
        QueuedMail.objects.create(message={})
    with PageQueries() as after:
        host.get(URL)
    assert len(after) == len(before)


def _task(at: object, run_after: datetime | None = None) -> None:
    row = DBTaskResult.objects.create(
        task_path="a.b",
        args_kwargs={},
        run_after=run_after or get_date_max(),
        backend_name="default",
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=at)

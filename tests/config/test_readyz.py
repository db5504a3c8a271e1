"""/readyz: the app can serve. A balancer sends nobody where it says no."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from config import health
from tests.config.in_app import in_app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Look anew: what one test found is not true of the next."""
    health.kept_state.forget()
    yield
    health.kept_state.forget()


def test_ready() -> None:
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json() == health.WELL


def test_not_ready_while_a_migration_waits() -> None:
    MigrationRecorder.Migration.objects.filter(app="quizzes").delete()
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "waiting"


def test_not_ready_without_its_database(tmp_path: Path) -> None:
    """In a process of its own, whose database is nowhere."""
    told = in_app(
        "from django.test import Client;"
        "r = Client().get('/readyz', headers={'host': 'localhost'});"
        "print(r.status_code, r.json())",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
        VAR_DIR=str(tmp_path),
    )
    assert told.stdout.startswith("503"), told.stderr
    assert "'database': 'does not answer'" in told.stdout


def test_other_methods() -> None:
    assert Client().post("/readyz").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_not_ready_where_nothing_can_be_written() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = 1")
        else:
            cursor.execute("SET default_transaction_read_only = on")
    try:
        response = Client().get("/readyz")
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA query_only = 0")
            else:
                cursor.execute("SET default_transaction_read_only = off")
    assert response.status_code == 503
    assert response.json() == health.WELL | {"database": "cannot write"}
    health.kept_state.forget()
    assert Client().get("/readyz").status_code == 200


def test_not_ready_where_the_disk_is_nearly_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.health.LEAST_FREE_BYTES", 2**62)
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["disk"] == "full"


@pytest.mark.parametrize("later", [False, True])
def test_worker_that_does_not_run_is_told_and_people_are_served(later: bool) -> None:
    task = DBTaskResult.objects.create(
        task_path="accounts.mail.send_queued_mail",
        args_kwargs={"args": [1], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now() + timedelta(minutes=1) if later else get_date_max(),
    )
    for minutes, said in [(0, "ok"), (8, "late")]:
        then = timezone.now() - timedelta(minutes=minutes)
        new = {"run_after": then} if later and minutes else {"enqueued_at": then}
        DBTaskResult.objects.filter(pk=task.pk).update(**new)
        health.kept_state.forget()
        response = Client().get("/readyz")
        assert (response.status_code, response.json()["worker"]) == (200, said)


def test_strangers_who_ask_cost_nothing(django_assert_num_queries: Any) -> None:
    """What was found is told for some seconds, and one row is all that is ever written."""
    Client().get("/readyz")
    with django_assert_num_queries(0):
        for _ in range(20):
            assert Client().get("/readyz").status_code == 200
    health.kept_state.forget()
    Client().get("/readyz")
    assert Session.objects.filter(session_key=health.PROBE_KEY).count() == 1


def test_nobody_waits_for_whoever_looks() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow_look() -> health.State:
        begun.set()
        assert go_on.wait(10)
        return health.WELL

    kept = health.KeptState(slow_look)
    asker = threading.Thread(target=kept.get)
    asker.start()
    assert begun.wait(10)
    assert not health.is_ready(kept.get())
    go_on.set()
    asker.join()
    assert health.is_ready(kept.get())

"""/readyz: the app can serve. A balancer sends nobody where it says no."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from tests.config.in_app import in_app

pytestmark = pytest.mark.django_db


def test_ready() -> None:
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "done"}


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
    assert told.stdout.split() == ["503", "{'database':", "'does", "not", "answer'}"], told.stderr


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
    assert response.json() == {"database": "cannot write", "migrations": "done"}
    assert Client().get("/readyz").status_code == 200


def test_asking_leaves_nothing_behind() -> None:
    before = Session.objects.count()
    assert Client().get("/readyz").status_code == 200
    assert Session.objects.count() == before

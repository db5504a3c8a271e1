"""A session that has ended has ended at once, in every process that knew it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.sessions import SessionStore, VerifiedSession, VerifiedSessions, verified_sessions
from seminars.actions import remove_membership
from tests.base import PASSWORD, People

ROOT = Path(__file__).resolve().parents[2]
NEW_PASSWORD = "a second good one"
HOME = "/"
SEMINAR = "/s/seminar/"
Ask = Callable[[Client, str], int]


def database_url() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return (
        f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}"
        f"/{found['NAME']}"
    )


@pytest.fixture(scope="module")
def other_process(django_db_setup: None) -> Iterator[Ask]:
    """Ask another process of the app for a page, with a client's cookies; returns the status."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.security.other_process"],
        cwd=ROOT,
        # DEBUG: static files under their own names, as in the tests.
        env={**os.environ, "DATABASE_URL": database_url(), "DEBUG": "1", "LOG_LEVEL": "CRITICAL"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    stdin, stdout = process.stdin, process.stdout

    def ask(client: Client, path: str) -> int:
        cookie = f"{settings.SESSION_COOKIE_NAME}={key_of(client)}"
        print(json.dumps({"path": path, "cookie": cookie}), file=stdin, flush=True)
        return int(stdout.readline())

    with process:
        yield ask
        stdin.close()


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def sign_out(client: Client, people: People) -> None:
    client.post(reverse("account_logout"))


def change_password(client: Client, people: People) -> None:
    """In another browser, as whoever fears for their account would."""
    other = people.client("carol")
    response = other.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "a second good one",
            "password2": "a second good one",
        },
    )
    assert response.status_code == 302
    assert other.get(HOME).status_code == 200


def block(client: Client, people: People) -> None:
    people.carol.user.is_active = False
    people.carol.user.save(update_fields=["is_active"])


def delete_session(client: Client, people: People) -> None:
    Session.objects.filter(session_key=key_of(client)).delete()


def expire(client: Client, people: People) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(session_key=key_of(client)).update(expire_date=past)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [sign_out, change_password, block, delete_session, expire])
def test_session_ends_everywhere_at_once(
    people: People, other_process: Ask, end: Callable[[Client, People], None]
) -> None:
    client = people.client("carol")
    same_browser = Client()
    same_browser.cookies[settings.SESSION_COOKIE_NAME] = key_of(client)
    for _ in range(2):  # the second time by what each process has kept of the first
        assert same_browser.get(HOME).status_code == 200
        assert other_process(client, HOME) == 200
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = key_of(client)
    end(client, people)
    assert other_process(old, HOME) == 302
    assert old.get(HOME).status_code == 302
    assert other_process(old, HOME) == 302


@pytest.mark.django_db(transaction=True)
def test_whoever_is_removed_is_a_stranger_everywhere_at_once(
    people: People, other_process: Ask
) -> None:
    client = people.client("carol")
    for _ in range(2):
        assert client.get(SEMINAR).status_code == 200
        assert other_process(client, SEMINAR) == 200
    remove_membership(membership=people.carol, by=people.alice)
    assert other_process(client, SEMINAR) == 404
    assert client.get(SEMINAR).status_code == 404
    assert other_process(client, HOME) == 200


@pytest.mark.django_db(transaction=True)
def test_new_role_counts_everywhere_at_once(people: People, other_process: Ask) -> None:
    client, page = people.client("carol"), reverse("seminar_settings", args=["seminar"])
    for _ in range(2):
        assert other_process(client, page) == 403
    people.carol.role = "instructor"
    people.carol.save(update_fields=["role"])
    assert other_process(client, page) == 200


def test_one_query_finds_session_and_person(people: People) -> None:
    client, page = people.client("carol"), reverse("display_settings")
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    assert len(queries) == 1 + 1  # and the bell's


def test_person_is_as_the_database_has_them(people: People) -> None:
    """The session is kept; the name is read."""
    client = people.client("carol")
    client.get(SEMINAR)
    assert "Carol" in client.get(SEMINAR).content.decode()
    type(people.carol.user).objects.filter(pk=people.carol.user.pk).update(name="Caroline")
    assert "Caroline" in client.get(SEMINAR).content.decode()


def test_what_a_session_holds_is_as_the_database_has_it(people: People) -> None:
    client = people.client("carol")
    client.get(HOME)
    client.get(HOME)
    assert verified_sessions.get(key_of(client)) is not None
    changed = SessionStore(key_of(client))
    changed["places"] = [1]
    changed.save()
    first = SessionStore(key_of(client))
    assert first["places"] == [1]
    client.get(HOME)
    kept = SessionStore(key_of(client))
    assert kept["places"] == [1]
    kept["places"].append(2)  # and not saved: nobody else may see it
    assert SessionStore(key_of(client))["places"] == [1]


def test_another_person_in_the_same_browser(people: People) -> None:
    client = people.client("carol")
    client.get(HOME)
    client.get(HOME)
    client.force_login(people.dan.user)
    for _ in range(2):
        page = client.get(HOME).content.decode()
        assert people.dan.user.email in page
        assert people.carol.user.email not in page


def test_full_store_forgets_the_oldest() -> None:
    sessions = VerifiedSessions(most=2)
    for key in ("a", "b", "c"):
        sessions.keep(key, VerifiedSession(stored=key, content=b"{}", user_pk=1, seal=""))
    assert (len(sessions), sessions.get("a")) == (2, None)
    assert sessions.get("c") is not None
    assert sessions.get(None) is None

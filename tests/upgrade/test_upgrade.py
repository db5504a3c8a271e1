"""The last release's database is brought forward, and every page of it opens."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from scripts.release_database import KEPT, MAX_BYTES
from tests.hosting.instances import empty_place, manage
from tests.rules import ROOT
from tests.upgrade.release import unpack

# What a walk over the demonstration must have come by, in either role.
VISITED = {
    "instructor": {"home", "reading_detail", "thread_detail", "gradebook", "quiz_results", "desk"},
    "participant": {"home", "reading_detail", "thread_detail", "notebook", "own_marks", "search"},
}


def test_release_is_small_enough_to_keep() -> None:
    assert KEPT.stat().st_size <= MAX_BYTES


@pytest.mark.first
@pytest.mark.django_db(transaction=True)
def test_every_page_opens_after_an_upgrade(tmp_path: Path) -> None:
    """On PostgreSQL with the tables that the release had there, and the same rows."""
    release = unpack(tmp_path)
    place = tmp_path / "var"
    place.mkdir()
    with empty_place(place) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.upgrade.walk", str(release)],
            cwd=ROOT,
            env={**environment, "LOG_LEVEL": "ERROR"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["wrong"] == [], done.stderr
    assert found["comments"] == 107
    for role, views in VISITED.items():
        assert views <= set(found[role])


ASKED = """
from uuid import uuid4
from django.db import connection
from django.test import Client
from anchoring import parse_query
from database.full_text import Wanted
from discussions.models import Comment, Thread
from seminars.models import Membership
found = Comment.objects.filter(terms__match=Wanted(parse_query("nato"), [1])).exists()
print(connection.vendor, Comment.objects.count(), found)
thread = Thread.objects.filter(audience="seminar", last_seq__gt=0).exclude(state="locked")[0]
client = Client(headers={"host": "localhost"})
client.force_login(Membership.objects.filter(role="instructor")[0].user)
page = f"/s/{thread.seminar.slug}/r/{thread.reading.slug}/threads/{thread.pk}/comments/"
status = client.post(page, {"body": "Moved, margrave.", "client_key": uuid4()}).status_code
found = Comment.objects.filter(terms__match=Wanted(parse_query("margrave"), [1])).exists()
print(status, Comment.objects.count(), found)
"""


@pytest.mark.first
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="It needs a server to move to")
def test_instance_moves_from_sqlite_to_postgresql(tmp_path: Path) -> None:
    """The release's, brought forward: every row is there, search finds, and new rows find keys."""
    release = unpack(tmp_path)
    place = tmp_path / "var"
    place.mkdir()
    release.rename(place / "colloquy.sqlite3")
    with empty_place(place) as there:
        url = there["DATABASE_URL"]
        here = {name: value for name, value in there.items() if name != "DATABASE_URL"}
        refused = manage(here, "move_database", url)
        assert "older version: run manage.py migrate first" in refused.stderr
        assert manage(here, "migrate", "--verbosity", "0").returncode == 0
        before = (place / "colloquy.sqlite3").read_bytes()
        moved = manage(here, "move_database", url)
        assert moved.returncode == 0, moved.stderr
        assert "are as they were" in moved.stdout
        assert (place / "colloquy.sqlite3").read_bytes() == before
        asked = manage(there, "shell", "--verbosity", "0", "-c", ASKED)
        assert asked.stdout.splitlines()[-2:] == ["postgresql 107 True", "302 108 True"], (
            asked.stderr
        )
        again = manage(here, "move_database", url)
        assert "has tables: move into an empty one only" in again.stderr

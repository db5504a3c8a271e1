"""The reading in the background, by a real worker; and what may come between."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.db import connection
from django_tasks_db.models import DBTaskResult

from readings.drafts import actions
from readings.drafts.background import read_draft
from readings.drafts.edit_log import edited
from readings.models import Draft, Essay, ImportState
from tests.base import People
from tests.conftest import forget_task_backends
from tests.readings.editing import edit
from tests.readings.library import (
    ESSAY,
    NOT_AN_ESSAY,
    metadata,
    picture,
    publish,
    sent,
    upload,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def queued(settings: Any) -> Any:
    """Tasks wait in the database for a worker, as they do for a host."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forget_task_backends()
    yield
    forget_task_backends()


def work(folder: Path) -> None:
    """Run the worker until nothing is left to do, in a process of its own."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        user = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
        place = f"{database['HOST']}:{database['PORT']}".rstrip(":")
        url = f"postgres://{user}@{place}/{database['NAME']}"
    # The tests keep uploads in a folder of their own; the worker finds them by VAR_DIR.
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(folder)}
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db(transaction=True)
def test_worker_reads_what_was_uploaded(people: People, queued: None, tmp_path: Path) -> None:
    client = people.client("alice")
    good = upload(client)
    assert (good.state, good.document, good.title) == (ImportState.WAITING, {}, "gates")
    bad = sent(client, picture())
    assert bad.state == ImportState.WAITING
    assert (
        "It is about to be read."
        in client.get(f"/library/import/{good.pk}/progress/").content.decode()
    )
    assert Path(django_settings.MEDIA_ROOT) == tmp_path / "media"
    work(tmp_path)
    good.refresh_from_db()
    assert good.state == ImportState.READY
    assert good.document["metadata"]["title"] == "Small gates"
    assert (good.title, good.essay) == ("Small gates", None)
    bad.refresh_from_db()
    assert bad.state == ImportState.REFUSED
    assert bad.refusal["code"] == "unsupported_format"
    assert not DBTaskResult.objects.ready().exists()


@pytest.mark.django_db(transaction=True)
def test_draft_that_is_discarded_before_its_turn(
    people: People, queued: None, tmp_path: Path
) -> None:
    client = people.client("alice")
    draft = upload(client)
    client.post(f"/library/import/{draft.pk}/removal/")
    work(tmp_path)
    assert not Draft.objects.exists()
    assert not Essay.objects.exists()
    assert not default_storage.exists(str(draft.source.name))
    assert DBTaskResult.objects.successful().count() == 1


def test_second_click_makes_one_draft_and_one_task(people: People, queued: None) -> None:
    client = people.client("alice")
    assert upload(client) == upload(client)
    assert DBTaskResult.objects.count() == 1


def test_task_twice_reads_once(people: People, queued: None) -> None:
    draft = upload(people.client("alice"))
    read_draft(draft.pk)
    draft.refresh_from_db()
    first = draft.document
    Draft.objects.filter(pk=draft.pk).update(document={"blocks": "the person's own"})
    read_draft(draft.pk)
    draft.refresh_from_db()
    assert first["blocks"]
    assert draft.document == {"blocks": "the person's own"}


def test_draft_discarded_while_it_is_read_stops_the_reading(people: People, queued: None) -> None:
    draft = upload(people.client("alice"))
    Draft.objects.filter(pk=draft.pk).delete()
    read_draft(draft.pk)
    assert not Draft.objects.exists()


def test_lost_file_is_refused_and_not_waited_for(people: People, queued: None) -> None:
    draft = upload(people.client("alice"))
    draft.source.storage.delete(str(draft.source.name))
    with pytest.raises(FileNotFoundError):
        read_draft(draft.pk)
    draft.refresh_from_db()
    assert draft.state == ImportState.REFUSED
    assert draft.refusal["code"] == "failed"


def test_next_revision_leaves_the_published_essay_alone(people: People) -> None:
    by = people.alice.user
    first = actions.import_now(data=ESSAY.encode(), filename="gates.md", by=by)
    essay = actions.publish(draft=first, metadata={}, by=by).essay
    other = ESSAY.replace("Small gates", "Larger gates").encode()
    second = actions.start_import(data=other, filename="gates.md", by=by, essay=essay)
    second.refresh_from_db()
    assert (second.essay, second.state) == (essay, ImportState.READY)
    assert second.document["blocks"][0]["text"] == "Larger gates"
    assert Essay.objects.get().title == "Small gates"
    # The same words as a new essay are another draft.
    third = actions.start_import(data=other, filename="gates.md", by=by)
    assert third != second
    actions.discard(draft=second, by=by)
    assert Essay.objects.get() == essay


def test_refused_next_revision_leaves_the_essay_alone(people: People) -> None:
    by = people.alice.user
    first = actions.import_now(data=ESSAY.encode(), filename="gates.md", by=by)
    essay = actions.publish(draft=first, metadata={}, by=by).essay
    second = actions.start_import(data=NOT_AN_ESSAY, filename="gates.png", by=by, essay=essay)
    upload(people.client("alice"), "# Others\n\nOther words.\n")
    assert not Draft.objects.filter(pk=second.pk).exists()
    assert Essay.objects.get(title="Small gates") == essay


def test_long_file_is_read_again_in_the_background(
    people: People, queued: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = people.alice.user
    draft = actions.import_now(data=ESSAY.encode(), filename="gates.md", by=by)
    repair = draft.document["repairs"][0]
    monkeypatch.setattr("readings.drafts.import_actions.SHORT_FILE", 10)
    client = people.client("alice")
    edit(client, draft, edit="about", **metadata(title="My own title"))
    actions.reread(draft=draft, refuse=[repair["id"]], by=by)
    draft.refresh_from_db()
    assert draft.state == ImportState.WAITING
    response = client.get(f"/library/import/{draft.pk}/")
    assert response["Location"] == f"/library/import/{draft.pk}/progress/"
    read_draft(draft.pk)
    draft.refresh_from_db()
    assert [one["id"] for one in draft.refused_repairs] == [repair["id"]]
    assert repair["id"] not in [one["id"] for one in draft.document["repairs"]]
    # What the person wrote meanwhile stands.
    assert draft.title == edited(draft).document.metadata.title == "My own title"
    assert publish(client, draft, title="My own title").essay.title == "My own title"

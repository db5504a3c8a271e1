"""The demonstration seminar is whole: every part of every file has found its place."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from demo.people import read
from discussions.models import Comment, Decision, ReviewItem, Thread
from discussions.threads.unread_counts import new_threads
from documents import import_document
from quizzes.models import Attempt, Question
from readings.drafts.actions import import_now, publish
from readings.models import GuideItem, Reading, Visit
from readings.setup.actions import create_reading
from seminars.models import Membership, Seminar
from tests.base import make_people

FOLDER = Path(django_settings.BASE_DIR) / "demo"
ESSAYS = Path(django_settings.BASE_DIR).parent / "shared" / "essays"


def test_is_as_large_as_a_seminar(demonstration: Seminar) -> None:
    members = Membership.objects.filter(seminar=demonstration)
    assert members.count() >= 12
    assert demonstration.groups.count() == 2
    assert set(members.values_list("role", flat=True)) == {
        "instructor",
        "assistant",
        "participant",
        "guest",
    }
    assert Comment.objects.filter(seminar=demonstration).count() >= 60
    assert Attempt.objects.filter(seminar=demonstration).count() >= 30


def test_shows_every_side_of_moderation(demonstration: Seminar) -> None:
    assert ReviewItem.objects.filter(state="open").count() == 1
    actions = set(Decision.objects.values_list("action", flat=True))
    assert {"hide", "dismiss", "lock"} <= actions
    assert Thread.objects.filter(audience="me").exists()


def test_every_part_of_its_guides_has_a_place(demonstration: Seminar) -> None:
    for reading in Reading.objects.filter(seminar=demonstration):
        assert reading.guide.unplaced == []
        assert GuideItem.objects.notes_of(reading).count() >= 8
        assert Thread.objects.filter(reading=reading, kind="guide").count() >= 4
        assert Question.objects.filter(quiz__reading=reading).count() >= 8


@pytest.mark.parametrize("path", sorted((FOLDER / "essays").glob("*.md")), ids=lambda p: p.stem)
def test_essays_have_what_the_page_can_show(path: Path) -> None:
    document = import_document(path.read_bytes(), path.name)
    kinds = {block.kind for block in document.blocks}
    assert {"heading", "paragraph", "list_item", "blockquote", "pullquote"} <= kinds
    assert sum(len(block.text.split()) for block in document.blocks) >= 1200
    assert len(document.notes) >= 8


def test_who_wrote_has_been_there_and_finds_what_is_new(demonstration: Seminar) -> None:
    wrote = set(Comment.objects.values_list("author", "thread__reading"))
    assert set(Visit.objects.values_list("membership", "reading")) >= wrote
    amina = demonstration.memberships.get(user__email="amina@example.org")
    new = new_threads([amina])
    assert all(new[amina.pk, reading.pk] > 2 for reading in Reading.objects.all())
    assert all(visit.progress for visit in amina.visits.filter(reading__kind="essay"))
    general = Reading.including_general.get(kind="general")
    assert new[amina.pk, general.pk] >= 2


def test_is_made_once(demonstration: Seminar) -> None:
    out = StringIO()
    call_command("demo", stdout=out)
    assert "is there already" in out.getvalue()
    assert Seminar.objects.count() == 1


def test_is_refused_in_production(db: None, settings: Any) -> None:
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="SECRET_KEY"):
        call_command("demo")
    assert not Seminar.objects.exists()


def test_is_whole_or_not_at_all(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quotation that does not stand in its paragraph undoes everything."""

    def broken(name: str) -> Any:
        data = read(name)
        if name == "discussion.yaml":
            entry = next(one for one in reversed(data) if "quote" in one)
            entry["quote"] = "words that stand nowhere"
        return data

    monkeypatch.setattr("demo.make.read", broken)
    with pytest.raises(ValueError, match="words that stand nowhere"):
        call_command("demo", stdout=StringIO())
    assert not Seminar.objects.exists()


@pytest.mark.parametrize("name", ["000_d426bc64149d0b8e.txt", "004_66ca0ccfed9321d0.txt"])
def test_guides_attach_to_the_founding_essays(db: None, name: str) -> None:
    if not (ESSAYS / name).exists():
        pytest.skip("The founding essays are not beside this folder.")
    people = make_people()
    draft = import_now(data=(ESSAYS / name).read_bytes(), filename=name, by=people.alice.user)
    revision = publish(draft=draft, metadata={}, by=people.alice.user)
    added = create_reading(essay=revision.essay, by=people.alice).guide
    assert added is not None
    assert added.unplaced == ()
    kinds = [placed.item.kind for placed in added.placed]
    assert len([kind for kind in kinds if kind not in {"prompt", "checkpoint"}]) >= 8
    assert kinds.count("prompt") >= 4
    assert Question.objects.filter(quiz__reading__seminar=people.seminar).count() >= 8


def test_files_are_what_they_say() -> None:
    for path in FOLDER.glob("*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path

"""The command that imports an essay: the same path as the upload page."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from readings.models import Block, Essay, Reading, Revision
from tests.base import People
from tests.readings.library import ESSAY

GUIDE = """---
guide: 1
title: Guide to the gates
essay: Small gates
---

## Note ¶ 1 "changed its mind"

Look at the fence again.

## Note ¶ 2 "words that are nowhere"

Lost.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gates.md"
    path.write_text(ESSAY, encoding="utf-8")
    return path


def run(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("import_essay", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def nothing_is_there() -> bool:
    if default_storage.exists("sources") and default_storage.listdir("sources")[0]:
        year = default_storage.listdir("sources")[0][0]
        month = default_storage.listdir(f"sources/{year}")[0][0]
        assert not default_storage.listdir(f"sources/{year}/{month}")[1], "a file stayed behind"
    return not (Essay.objects.exists() or Revision.objects.exists() or Block.objects.exists())


def test_imports_and_publishes_into_the_library(people: People, file: Path) -> None:
    told = run(file, "--by", "ALICE@example.org")
    essay = Essay.objects.get()
    assert (essay.title, essay.created_by) == ("Small gates", people.alice.user)
    assert Block.objects.filter(number__isnull=False).count() == 2
    assert "1 notes" in told or "1 note" in told
    assert "“Small gates” is in the library." in told
    assert not Reading.objects.exists()


def test_puts_it_before_a_seminar_with_a_guide_and_prints_what_found_no_place(
    people: People, file: Path, tmp_path: Path
) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(GUIDE, encoding="utf-8")
    told = run(file, "--seminar", "seminar", "--guide", guide, "--reading", "gates")
    reading = Reading.objects.get()
    assert reading.slug == "gates"
    assert reading.created_by == people.alice
    assert reading.guide.items.count() == 1
    assert "/s/seminar/r/gates/" in told
    assert "No place" in told
    assert "words that are nowhere" in told


def test_guide_on_the_shelf_adds_itself(
    people: People, file: Path, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "any.md").write_text(GUIDE, encoding="utf-8")
    settings.GUIDE_DIRS = [tmp_path / "guides"]
    assert "Guide to the gates" in run(file, "--seminar", "seminar")
    assert Reading.objects.get().guide.items.count() == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--seminar", "nowhere"], "There is no seminar “nowhere”."),
        (["--by", "nobody@example.org"], "There is no account of nobody@example.org."),
        ([], "Name who imports it: --by EMAIL."),
        (["--reading", "gates", "--by", "alice@example.org"], "need --seminar"),
        (["--seminar", "seminar", "--by", "bob@example.org"], "not an instructor"),
        (["--seminar", "seminar", "--reading", "not a slug"], "is no address"),
        (["--seminar", "seminar", "--guide", "missing.md"], "missing.md"),
    ],
)
def test_wrong_arguments_are_said_and_change_nothing(
    people: People, file: Path, arguments: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        run(file, *arguments)
    assert nothing_is_there()


@pytest.mark.django_db(transaction=True)
def test_malformed_guide_changes_nothing_and_leaves_no_file(
    people: People, file: Path, tmp_path: Path
) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(GUIDE.replace("## Note ¶ 1", "## Nonsense ¶ 1"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"guide\.md:\nLine 7"):
        run(file, "--seminar", "seminar", "--guide", guide)
    assert nothing_is_there()


def test_unreadable_file_is_said(people: People, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "gone.md", "--by", "alice@example.org")
    (tmp_path / "essay.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(CommandError, match="PDF"):
        run(tmp_path / "essay.pdf", "--by", "alice@example.org")
    assert nothing_is_there()


def test_address_that_is_taken_is_said(people: People, file: Path, reading: Reading) -> None:
    with pytest.raises(CommandError, match="“margins” already"):
        run(file, "--seminar", "seminar", "--reading", "margins")
    assert not Essay.objects.filter(title="Small gates").exists()

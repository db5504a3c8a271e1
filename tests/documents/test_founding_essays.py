"""The two founding essays, held against what an ideal reader sees.

truth/*.json was written by hand from the files: which lines make which block,
of which kind and level, where each note is referred to. It holds a few words
at each end of a block and a hash of the whole, never the essay.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from documents import Document, import_document
from tests.documents.helpers import repairs, warnings

ROOT = Path(__file__).resolve().parents[2]
ESSAYS = Path(os.environ.get("COLLOQUY_ESSAYS", ROOT.parent / "shared" / "essays"))
TRUTHS = sorted((Path(__file__).parent / "truth").glob("*.json"))
FIRST, SECOND = (path.stem for path in TRUTHS)


def essay(name: str) -> Path:
    path = ESSAYS / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"{path.name} is not here; set COLLOQUY_ESSAYS to the folder that holds it")
    return path


def read(name: str, refuse: tuple[str, ...] = ()) -> Document:
    path = essay(name)
    return import_document(path.read_bytes(), path.name, refuse)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.fixture(params=TRUTHS, ids=[path.stem[:3] for path in TRUTHS])
def truth(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request.param.read_text())
    return found


def test_blocks(truth: dict[str, Any]) -> None:
    document = read(Path(truth["file"]).stem)
    assert document.format == truth["format"]
    for block, true in zip(document.blocks, truth["blocks"], strict=True):
        words = block.text.split()
        assert (block.kind, block.level, block.number) == (
            true["kind"],
            true["level"],
            true["number"],
        ), block.text[:60]
        assert " ".join(words[:4]) == true["first"]
        assert " ".join(words[-4:]) == true["last"]
        assert len(block.text) == true["length"], block.text
        assert digest(block.text) == true["sha256"], block.text
        assert [[ref.number, ref.offset] for ref in block.note_refs] == true["notes"]


def test_notes(truth: dict[str, Any]) -> None:
    document = read(Path(truth["file"]).stem)
    for note, true in zip(document.notes, truth["notes"], strict=True):
        assert note.number == true["number"]
        assert note.text.startswith(true["first"])
        assert digest(note.text) == true["sha256"], note.text


def test_metadata(truth: dict[str, Any]) -> None:
    document = read(Path(truth["file"]).stem)
    found = document.to_public_json()["metadata"]
    for name, true in truth["metadata"].items():
        if isinstance(true, dict):
            assert digest(found[name]) == true["sha256"], found[name]
        else:
            assert found[name] == true, name


def test_first_essay_repairs_are_listed_at_their_places() -> None:
    document = read(FIRST)
    joined = [one.block for one in document.repairs if one.name == "joined_over_page"]
    assert [document.blocks[n].number for n in joined if n is not None] == [3, 11, 17, 19, 24]
    assert repairs(document).count("bound_note") == 22
    assert repairs(document).count("set_apart_pull_quote") == 3
    assert repairs(document).count("found_quotation") == 1


def test_first_essay_warns_of_its_letter_its_picture_and_its_capitals() -> None:
    document = read(FIRST)
    assert sorted(warnings(document)) == ["in_capitals", "missing_picture", "suspect_character"]
    message = next(str(one.message) for one in document.warnings if one.code == "suspect_character")
    assert "note 22" in message
    assert "\u1147" in document.notes[21].text


def test_a_refused_repair_is_not_made() -> None:
    whole = read(FIRST)
    one = next(one for one in whole.repairs if one.name == "joined_over_page")
    assert len(read(FIRST, refuse=(one.id,)).blocks) == len(whole.blocks) + 1
    assert len(read(FIRST, refuse=("joined_over_page",)).blocks) == len(whole.blocks) + 5


def test_ordinals_keep_their_raised_letters() -> None:
    block = next(block for block in read(FIRST).blocks if block.number == 1)
    assert "70<sup>th</sup>" in block.html
    assert "70th" in block.text


def test_preview_essay_prints_the_public_format(truth: dict[str, Any]) -> None:
    path = essay(Path(truth["file"]).stem)
    out = StringIO()
    call_command("preview_essay", str(path), json=True, stdout=out)
    printed = json.loads(out.getvalue())
    assert list(printed) == ["format", "metadata", "blocks", "notes", "repairs", "warnings"]
    assert set(printed["blocks"][0]) == {"kind", "level", "number", "text", "notes"}
    assert [block["text"] for block in printed["blocks"]] == [
        block.text for block in read(path.stem).blocks
    ]

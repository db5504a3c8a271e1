"""Which of the guides that come with the instance belongs to an essay."""

from pathlib import Path
from typing import Any

import pytest

from readings.guides.matching import find_guide

GUIDE = """---
guide: 1
title: Guide
essay: "{essay}"
authors: [{authors}]
---

## Note ¶ 1 "words"

A note.
"""


@pytest.fixture
def guides(tmp_path: Path, settings: Any) -> Path:
    settings.GUIDE_DIRS = [tmp_path, tmp_path / "missing"]
    text = GUIDE.format(essay="On Small, Quiet Gates", authors="Nora Field")
    (tmp_path / "gates.md").write_text(text, encoding="utf-8")
    (tmp_path / "a-damaged.md").write_text("---\nguide: [\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("On Small, Quiet Gates", []),
        ("ON SMALL QUIET GATES", ["Somebody Else"]),
        ("On small: quiet gates!", []),
        ("On Small, Quiet Gates: A Defence", ["Field Nora"]),
    ],
)
def test_found_by_title_whatever_capitals_and_punctuation(
    guides: Path, title: str, authors: list[str]
) -> None:
    assert find_guide(title, authors) == guides / "gates.md"


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("On Small, Quiet Gates: A Defence", ["Somebody Else"]),
        ("On Small Gates", ["Nora Field"]),
        ("On Small, Quiet Gatesposts", ["Nora Field"]),
        ("", ["Nora Field"]),
    ],
)
def test_not_found_on_a_weaker_sign(guides: Path, title: str, authors: list[str]) -> None:
    assert find_guide(title, authors) is None


def test_own_shelf_has_the_guides_of_the_founding_essays() -> None:
    cooperation = find_guide("THE LIKELIHOOD OF COOPERATION BETWEEN CHINA AND NATO", [])
    modus = find_guide(
        "A New NATO-China Modus Vivendi: Towards Renewed and Sustainable Relations",
        ["Brian Wong Yueshun"],
    )
    assert cooperation
    assert cooperation.name == "likelihood-of-cooperation.md"
    assert modus
    assert modus.name == "modus-vivendi.md"

"""Headings: found, levelled, and left alone."""

from __future__ import annotations

import pytest

from tests.documents.helpers import BODY, MORE, kinds, markdown, plain, shape, texts


def levels(text: str) -> list[tuple[int | None, str]]:
    return [(b.level, b.text) for b in markdown(text).blocks if b.kind == "heading"]


def test_sections_under_the_title() -> None:
    assert levels(f"# T\n\n## A\n\n{BODY}\n\n### B\n\n{BODY}\n\n## C\n\n{BODY}\n") == [
        (1, "T"),
        (2, "A"),
        (3, "B"),
        (2, "C"),
    ]


def test_no_level_is_left_out() -> None:
    assert levels(f"# T\n\n### A\n\n{BODY}\n\n##### B\n\n{BODY}\n") == [
        (1, "T"),
        (2, "A"),
        (3, "B"),
    ]


def test_sections_on_the_titles_own_level() -> None:
    assert levels(f"# T\n\n{BODY}\n\n# A\n\n{BODY}\n\n## B\n\n{BODY}\n") == [
        (1, "T"),
        (2, "A"),
        (3, "B"),
    ]


def test_a_counted_run_stands_on_one_level() -> None:
    text = (
        f"# T\n\n### Ropes\n\n{BODY}\n\n### Sails\n\nThere are three ways to do it:\n\n"
        f"### 1. Hemp\n\n{BODY}\n\n## 2. Flax\n\n{BODY}\n\n## 3. Wool\n\n"
        f"{BODY}\n\n**Conclusion**\n\n{MORE}\n"
    )
    assert levels(text) == [
        (1, "T"),
        (2, "Ropes"),
        (2, "Sails"),
        (3, "1. Hemp"),
        (3, "2. Flax"),
        (3, "3. Wool"),
        (2, "Conclusion"),
    ]


def test_counted_sections_beside_an_introduction() -> None:
    text = f"# T\n\n## Introduction\n\n{BODY}\n\n## 1. Hemp\n\n{BODY}\n\n## 2. Flax\n\n{BODY}\n"
    assert levels(text) == [(1, "T"), (2, "Introduction"), (2, "1. Hemp"), (2, "2. Flax")]


def test_numbered_headings_are_no_lists() -> None:
    text = f"# T\n\n1. Hemp and flax\n\n{BODY}\n\n2. Wool and silk\n\n{MORE}\n"
    assert shape(markdown(text)) == [
        ("heading", 1, "T"),
        ("heading", 2, "1. Hemp and flax"),
        ("paragraph", None, BODY),
        ("heading", 2, "2. Wool and silk"),
        ("paragraph", None, MORE),
    ]


def test_a_numbered_list_is_no_headings() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n1. Hemp\n2. Flax\n3. Wool\n\n{MORE}\n")
    assert kinds(document) == ["heading", "paragraph", *["list_item"] * 3, "paragraph"]
    assert [block.marker for block in document.blocks[2:5]] == ["1.", "2.", "3."]


def test_a_sentence_that_opens_with_a_year_is_no_list() -> None:
    document = markdown(
        f"# T\n\n{BODY}\n\n1986. A great year for the harbour and all who lived by it.\n\n{MORE}\n"
    )
    assert texts(document)[2].startswith("1986. A great year")
    assert kinds(document)[2] == "paragraph"


def test_a_bold_line_heads_a_text() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n**The Other Quay**\n\n{MORE}\n")
    assert shape(document)[2] == ("heading", 2, "The Other Quay")
    assert document.blocks[2].html == "The Other Quay"


@pytest.mark.parametrize(
    "line",
    ["**Nobody knew this.** " + BODY, "**Nobody knew this at the time, and nobody asked.**"],
)
def test_a_bold_sentence_is_no_heading(line: str) -> None:
    document = markdown(f"# T\n\n{BODY}\n\n{line}\n\n{MORE}\n")
    assert kinds(document) == ["heading", "paragraph", "paragraph", "paragraph"]
    assert "<strong>" in document.blocks[2].html


def test_emphasis_inside_a_heading_stays() -> None:
    document = markdown(f"# T\n\n## The *Harbour Book*\n\n{BODY}\n\n## *All of It*\n\n{BODY}\n")
    assert document.blocks[1].html == "The <em>Harbour Book</em>"
    assert document.blocks[3].html == "All of It"


def test_plain_headings_by_capitals_and_by_space() -> None:
    text = (
        f"On Harbours Old and New\n\n{BODY}\n\nThe Ropes of the North\n\n{MORE}\n\n{BODY}\n\n\n"
        f"What the sailors said\n\n{MORE}\n\nSAILS\n\n{BODY}\n"
    )
    found = [(b.level, b.text) for b in plain(text).blocks if b.kind == "heading"]
    assert found == [
        (1, "On Harbours Old and New"),
        (2, "The Ropes of the North"),
        (2, "What the sailors said"),
        (2, "SAILS"),
    ]


def test_plain_short_lines_that_head_nothing() -> None:
    text = f"On Harbours\n\n{BODY}\n\nDear Sir,\n\n{MORE}\n\nYours truly\n\n"
    text += f"John Smith\n\n{BODY} {MORE}\n"
    assert [b.text for b in plain(text).blocks if b.kind == "heading"] == ["On Harbours"]


def test_a_refused_heading_stays_a_paragraph() -> None:
    text = f"# T\n\n{BODY}\n\n**The Other Quay**\n\n{MORE}\n"
    document = markdown(text, refuse=["found_heading"])
    assert kinds(document)[2] == "paragraph"
    assert document.blocks[2].html == "<strong>The Other Quay</strong>"


def test_plain_sections_and_subsections_by_the_empty_lines_above() -> None:
    text = f"Title\n\n\n\nThe Quay\n\n{BODY}\n\n\nThe lamp\n\n{MORE}\n\n\n\nThe Sea\n\n{BODY}\n"
    assert [b.level for b in plain(text).blocks if b.kind == "heading"] == [1, 2, 3, 2]


def test_a_plain_line_in_small_letters_between_texts_is_a_heading() -> None:
    document = plain(f"Title\n\n{BODY}\n\nThe pilots and the clerks\n\n{MORE}\n\n{BODY}\n")
    assert [b.text for b in document.blocks if b.kind == "heading"][1:] == [
        "The pilots and the clerks"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["and so on", MORE],
        ["Yours faithfully,", "Ines Halloran"],
        ["The pilots knew the water", "The clerks knew the paper"],
    ],
)
def test_a_plain_short_line_that_does_not_stand_alone_heads_nothing(lines: list[str]) -> None:
    document = plain("\n\n".join(["Title", BODY, *lines]))
    assert kinds(document).count("heading") == 1


def test_headings_without_capitals() -> None:
    body = "港口是用石头写成的承诺，建造的人向还没有出生的人保证，这里会有平静的水，也会有人点灯。"
    document = plain(f"港口\n\n{body}\n\n灯塔与书记\n\n{body}\n\n{body}\n")
    assert kinds(document) == ["heading", "paragraph", "heading", "paragraph", "paragraph"]

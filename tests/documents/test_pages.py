"""Running headers, broken sentences, pull quotes: and what only looks so."""

from __future__ import annotations

from tests.documents.helpers import (
    BODY,
    MORE,
    kinds,
    markdown,
    plain,
    repairs,
    texts,
    warnings,
)

HALF, REST = BODY[:90].rstrip(), BODY[90:].lstrip()


def test_halves_with_a_note_between_are_joined() -> None:
    first = f"{MORE}<sup>1</sup> The harbour was older than"
    document = markdown(f"# T\n\n{first}\n\n---\n\n<sup>1</sup> A note.\n\nthe town itself.\n")
    assert texts(document)[1:] == [f"{MORE} The harbour was older than the town itself."]
    assert "joined_over_page" in repairs(document)


def test_a_second_half_with_a_large_letter_follows_a_word_that_ends_nothing() -> None:
    first = f"{MORE}<sup>1</sup> This was the harbour of"
    document = markdown(f"# T\n\n{first}\n\n<sup>1</sup> A note.\n\nBergen, they said.\n")
    assert texts(document)[1:] == [f"{MORE} This was the harbour of Bergen, they said."]


def test_halves_with_nothing_between_are_joined() -> None:
    document = markdown(f"# T\n\n{HALF}\n\n{REST} {MORE}\n")
    assert texts(document)[1:] == [f"{BODY} {MORE}"]


def test_a_paragraph_without_a_full_stop_is_not_joined() -> None:
    document = markdown(f"# T\n\n{BODY[:-1]}\n\n{MORE}\n")
    assert texts(document)[1:] == [BODY[:-1], MORE]


def test_short_small_lines_are_not_joined() -> None:
    document = markdown(
        f"# T\n\n{BODY}\n\nwith love and all good wishes\n\nyour brother in the north\n\n{MORE}\n"
    )
    assert "with love and all good wishes" in texts(document)


def test_a_break_that_is_only_likely_is_told() -> None:
    document = markdown(
        f"# T\n\n{BODY}<sup>1</sup> It rang\n\n<sup>1</sup> Note.\n\nBergen was quiet. {MORE}\n"
    )
    assert len(document.blocks) == 3
    assert "possible_broken_sentence" in warnings(document)


def test_a_hyphen_at_the_break_goes_where_the_word_is_known() -> None:
    body = f"A harbourmaster was there. {MORE} We asked the harbour-"
    document = markdown(
        f"# T\n\n{body}\n\nmaster of the other town what he had seen in all those years there.\n"
    )
    assert "the harbourmaster of the other" in texts(document)[1]


def test_a_hyphen_of_an_unknown_word_stays_and_is_told() -> None:
    body = f"{MORE} We asked the well-"
    document = markdown(
        f"# T\n\n{body}\n\nknown man of the other town what he had seen in all those years there.\n"
    )
    assert "the well-known man" in texts(document)[1]
    assert "hyphen_at_break" in warnings(document)


def test_a_pull_quote_is_set_apart_and_breaks_no_paragraph() -> None:
    quote = "the town had long forgotten which of its streets had once been quays"
    document = markdown(f"# T\n\n{HALF}\n\n---\n\n*“{quote}”*\n\n---\n\n{REST}\n\n{MORE}\n")
    assert kinds(document) == ["heading", "paragraph", "pullquote", "paragraph"]
    assert texts(document)[1:] == [BODY, f"“{quote}”", MORE]
    assert document.blocks[2].number is None
    assert [block.number for block in document.blocks] == [None, 1, None, 2]


def test_an_emphasised_paragraph_of_its_own_words_stays() -> None:
    document = markdown(
        f"# T\n\n{BODY}\n\n*Nobody had asked the boatmen what they thought of it.*\n\n{MORE}\n"
    )
    assert kinds(document) == ["heading", "paragraph", "paragraph", "paragraph"]
    assert document.blocks[2].html.startswith("<em>")


def test_a_refrain_is_no_pull_quote() -> None:
    line = "And still the evening tide came in, as it had come before."
    document = markdown(f"# T\n\n{BODY}\n\n{line}\n\n{MORE}\n\n{line}\n\n{BODY}\n")
    assert "pullquote" not in kinds(document)


def test_a_thematic_break_is_kept() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n---\n\n{MORE}\n\n* * *\n\n{BODY}\n")
    assert kinds(document) == ["heading", "paragraph", "rule", "paragraph", "rule", "paragraph"]
    assert [block.number for block in document.blocks] == [None, 1, None, 2, None, 3]


def test_page_numbers_and_running_heads_go() -> None:
    pages = [f"{HALF}\n\n{n}\n\nTHE OLD HARBOUR\n\n{REST}" for n in range(4, 8)]
    document = plain("The Old Harbour of the North\n\n\n" + "\n\n".join(pages) + "\n")
    assert texts(document)[1:] == [BODY] * 4
    assert "removed_running_header" in repairs(document)


def test_headings_that_count_are_no_running_heads() -> None:
    text = "# T\n\n" + "".join(f"## Part {n}\n\nverse {n}, in small letters\n\n" for n in range(9))
    assert [b.text for b in markdown(text).blocks if b.kind == "heading"] == [
        "T",
        *(f"Part {n}" for n in range(9)),
    ]


def test_a_lone_year_is_no_page_number() -> None:
    document = plain(f"Two Harbours\n\n{BODY}\n\n1914\n\n{MORE}\n")
    assert "1914" in texts(document)

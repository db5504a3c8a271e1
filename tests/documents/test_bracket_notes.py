"""Notes by numbers in brackets at a plain text's end, each over several lines."""

from __future__ import annotations

import textwrap

import pytest

from tests.documents.helpers import BODY, MORE, plain, texts

NOTES = [
    "Ito, On Quays, a book that was printed in London and bound in Paris, for all who wanted to "
    "have it bound there, p. 7.",
    "Ferrer, who says the same at a length that nobody has forgiven her, nor forgotten, [1] apart.",
    "Ibid.",
]


@pytest.mark.parametrize("label", ["[{}]", "[0{}]"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("indent", ["", "     "])
@pytest.mark.parametrize("head", ["Notes\n\n", "Notes\n", ""])
@pytest.mark.parametrize("wrapped", [True, False])
def test_every_note_is_bound(
    label: str, between: str, indent: str, head: str, *, wrapped: bool
) -> None:
    body = [f"{BODY} It was so {label.format(1)}.", f"{MORE} {label.format(2)}"]
    body.append(f"{BODY} {MORE} {label.format(3)}")
    lines = [textwrap.fill(text, 72) if wrapped else text for text in body]
    notes = [
        textwrap.fill(f"{label.format(n)} {note}", 72, subsequent_indent=indent)
        for n, note in enumerate(NOTES, 1)
    ]
    document = plain("\n\n".join(["On Harbours", *lines, head + between.join(notes)]) + "\n")
    assert [note.text for note in document.notes] == NOTES
    assert [len(block.note_refs) for block in document.blocks if block.kind == "paragraph"] == [
        1
    ] * 3


def test_a_list_that_nothing_refers_to_is_no_list_of_notes() -> None:
    text = f"On Harbours\n\n{BODY}\n\n{MORE}\n\n[1] A quay of stone.\n[2] A mole of wood.\n"
    document = plain(text)
    assert document.notes == ()
    assert "A mole of wood." in " ".join(texts(document))

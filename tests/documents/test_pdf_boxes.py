"""Text that flows around a box stays one text, and the box is read after what it interrupts.

The pages are in pdfs/floats.py, with what they are to give; `python -m tests.documents.pdfs.floats`
prints them again.
"""

from __future__ import annotations

import pytest

from documents import Document, import_document
from tests.documents.helpers import BODY, MORE, texts
from tests.documents.pdfs import floats
from tests.documents.pdfs.pages import Sheet, pdf, wrapped


def printed(name: str) -> Document:
    return import_document((floats.FILES / f"{name}.pdf").read_bytes(), f"{name}.pdf")


@pytest.mark.parametrize("name", floats.LAYOUTS)
def test_a_box_parts_no_paragraph(name: str) -> None:
    found = [(block.kind, block.text) for block in printed(name).blocks]
    assert found == floats.truth(name)


def test_every_page_is_kept() -> None:
    assert {path.stem for path in floats.FILES.iterdir()} == set(floats.LAYOUTS)


def test_a_picture_that_was_not_taken_is_told() -> None:
    warnings = {one.code: str(one.message) for one in printed("left").warnings}
    assert "A quay at low tide" in warnings["missing_picture"]
    assert "missing_picture" not in {one.code for one in printed("no-border").warnings}


def test_the_rows_of_a_table_within_the_text_are_no_box() -> None:
    sheet = Sheet()
    y = sheet.column(72, 740, wrapped(f"{BODY} {MORE}".split(), 60))
    rows = ("The upper harbour", "four quays"), ("The lower harbour", "nine"), ("The mole", "one")
    for left, right in rows:
        sheet.text(72, y - 12, left)
        sheet.text(380, y - 12, right)
        y -= 14.4
    sheet.column(72, y - 24, wrapped(f"{MORE} {BODY}".split(), 60))
    document = import_document(pdf(sheet), "a.pdf")
    table = "\n".join(" ".join(row) for row in rows)
    assert texts(document) == [f"{BODY} {MORE}", table, f"{MORE} {BODY}"]


def test_numbers_beside_verses_are_no_box() -> None:
    sheet = Sheet()
    y = sheet.column(72, 740, wrapped(f"{BODY} {MORE}".split(), 60))
    for number in range(1, 13):
        sheet.text(72, y - 12, "And so the harbour lay in sand")
        if number % 4 == 0:
            sheet.text(480, y - 10, str(number), size=8)
        y -= 14.4
    sheet.column(72, y - 24, wrapped(f"{MORE} {BODY}".split(), 60))
    words = " ".join(texts(import_document(pdf(sheet), "a.pdf")))
    assert "sand 4 And" in " ".join(words.split())

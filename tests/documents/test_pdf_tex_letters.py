"""Fonts of TeX whose letters have no names: ligatures, quotation marks and dashes."""

from __future__ import annotations

import pytest

from documents import import_document
from tests.documents.helpers import BODY, texts
from tests.documents.pdfs.pages import Sheet, pdf


def read(words: str) -> str:
    sheet = Sheet()
    sheet.text(72, 720, "On Harbours", size=20)
    sheet.column(72, 680, [BODY[:70], BODY[70:140]])
    sheet.drawn.append(f"BT /unnamed 12 Tf 72 600 Td ({words}) Tj ET")
    return texts(import_document(pdf(sheet), "a.pdf"))[-1]


@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        (
            r"A de\034nition, an e\033ect, a stra\377e \020so\021 \025 and",
            "A definition, an effect, a straße “so” – and",
        ),
        (
            r"A de\014nition, an e\013ect, a \015ow, \134so\042 \173 and",
            "A definition, an effect, a flow, “so” – and",
        ),
        (r"A straightforward \134so\042 and no more", '\\so" and no more'),
    ],
    ids=["T1", "OT1", "no ligature"],
)
def test_letters_without_names(words: str, read_as: str) -> None:
    assert read(words).endswith(read_as)

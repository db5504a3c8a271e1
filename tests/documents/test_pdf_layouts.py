"""PDFs whose pages differ: in their type, their margins, and what their numbers stand for."""

from __future__ import annotations

from random import Random

from documents import import_document
from tests.documents.helpers import BODY, MORE, texts
from tests.documents.pdfs.pages import LETTER, Sheet, pdf, wrapped

WORDS = f"{BODY} {MORE}".lower().replace(".", "").replace(",", "").split()
INDENT = 18


def paragraphs(seed: int, count: int) -> list[str]:
    """Paragraphs of the same words, no two alike."""
    random = Random(seed)  # noqa: S311 - no secret
    return [" ".join(random.choices(WORDS, k=45)).capitalize() + "." for _ in range(count)]


def set_page(texts_of_it: list[str], left: float, letters: int, size: float) -> Sheet:
    """A page of paragraphs with indented first lines."""
    sheet, y = Sheet(), 690.0
    for text in texts_of_it:
        lines = wrapped(text.split(), letters, indent=round(INDENT / (LETTER * size) + 0.5))
        sheet.text(left + INDENT, y, lines[0], size=size)
        y = sheet.column(left, y - 1.2 * size, lines[1:], size=size)
    return sheet


def test_an_appendix_in_small_type_does_not_shatter_the_text() -> None:
    body = [paragraphs(n, 4) for n in range(2)]
    appendix = [paragraphs(n, 9) for n in range(10, 14)]
    sheets = [set_page(page, 144, 40, 12) for page in body]
    sheets += [set_page(page, 54, 80, 9) for page in appendix]
    sheets[0].text(144, 740, "Two Harbours", size=24, font="bold")
    document = import_document(pdf(*sheets), "a.pdf")
    expected = [text for page in (*body, *appendix) for text in page]
    assert texts(document) == ["Two Harbours", *expected]


def test_numbers_in_brackets_lead_to_a_bibliography_beside_footnotes() -> None:
    first, last = Sheet(), Sheet()
    first.text(72, 740, "Two Harbours", size=24, font="bold")
    y = first.column(72, 700, wrapped(f"{BODY} As Ito says [1].".split(), 60))
    first.text(72 + LETTER * 12 * 30, y + 19.4, "1", size=7)
    first.column(72, y - 12, wrapped(f"{MORE} {BODY}".split(), 60))
    first.rule(72, 150, 120)
    first.text(72, 138, "1", size=7)
    first.text(80, 134, "A note at the foot.", size=9)
    y = last.column(72, 700, wrapped(f"{MORE} And Ferrer [2] too.".split(), 60))
    last.text(72, y - 20, "References", size=16, font="bold")
    last.text(72, y - 50, "[1] Ito, B. On Quays. London, 1990.")
    last.text(72, y - 72, "[2] Ferrer, A. On Moles. Paris, 1991.")
    document = import_document(pdf(first, last), "a.pdf")
    assert [(note.number, note.text) for note in document.notes] == [("1", "A note at the foot.")]
    assert texts(document)[-2:] == [
        "[1] Ito, B. On Quays. London, 1990.",
        "[2] Ferrer, A. On Moles. Paris, 1991.",
    ]
    assert "As Ito says [1]." in texts(document)[1]


def test_lines_beside_a_box_are_one_paragraph_with_the_wider_ones() -> None:
    sheet = Sheet()
    sheet.text(72, 740, "Two Harbours", size=24, font="bold")
    caption = "A quay at low tide, with the clerks who counted the ships, and their dog."
    sheet.column(366, 645, wrapped(caption.split(), 24), size=9)
    text = f"{BODY} {MORE} So it was, and so it is still, as all say who have been there at night."
    more = f"{MORE} {BODY}"
    words, y = text.split(), 700.0
    while words:
        # Below the third line the box stands beside, and leaves room for fewer letters.
        line = wrapped(words, 60 if y > 655 else 38)[0]
        sheet.text(72, y, line)
        words, y = words[len(line.split()) :], y - 14.4
    sheet.column(72, y - 14.4, wrapped(more.split(), 60))
    document = import_document(pdf(sheet), "a.pdf")
    assert texts(document)[1:] == [text, caption, more]

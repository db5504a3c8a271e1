"""PDFs read by the sizes and places of their letters."""

from __future__ import annotations

from pathlib import Path

from documents import Document, import_document
from tests.documents.helpers import BODY, MORE, kinds, repairs, texts
from tests.documents.pdfs.pages import LETTER, Sheet, pdf, wrapped

PDFS = Path(__file__).parent / "pdfs"
LEFT, TOP = 72.0, 700.0


def read(data: bytes, refuse: tuple[str, ...] = ()) -> Document:
    return import_document(data, "essay.pdf", refuse)


def lines(text: str, letters: int = 60) -> list[str]:
    return wrapped(text.split(), letters)


def titled(sheet: Sheet, words: str = "Two Harbours") -> Sheet:
    sheet.text(LEFT, TOP + 40, words, size=24, font="bold")
    return sheet


def test_title_paragraphs_and_headings_by_size() -> None:
    sheet = titled(Sheet())
    y = sheet.column(LEFT, TOP, lines(BODY))
    sheet.text(LEFT, y - 20, "The Pilots", size=16, font="bold")
    y = sheet.column(LEFT, y - 50, lines(MORE))
    sheet.text(LEFT, y - 12, "What They Knew", font="bold")
    sheet.column(LEFT, y - 34, lines(BODY))
    document = read(pdf(sheet))
    assert document.format == "pdf"
    assert document.metadata.title == "Two Harbours"
    assert [(b.kind, b.level, b.text) for b in document.blocks] == [
        ("heading", 1, "Two Harbours"),
        ("paragraph", None, BODY),
        ("heading", 2, "The Pilots"),
        ("paragraph", None, MORE),
        ("heading", 3, "What They Knew"),
        ("paragraph", None, BODY),
    ]


def test_paragraphs_by_indent_alone() -> None:
    sheet = titled(Sheet())
    y = TOP
    for text in (BODY, MORE, BODY):
        first, *rest = wrapped(text.split(), 60, indent=4)
        sheet.text(LEFT + 4 * 12 * LETTER, y, first)
        y = sheet.column(LEFT, y - 14.4, rest)
    assert texts(read(pdf(sheet)))[1:] == [BODY, MORE, BODY]


def test_paragraphs_by_the_room_at_a_line_end_alone() -> None:
    sheet = titled(Sheet())
    y = TOP
    for text in (BODY, MORE, BODY):
        y = sheet.column(LEFT, y, lines(text))
    assert texts(read(pdf(sheet)))[1:] == [BODY, MORE, BODY]


def test_two_columns_below_a_title_over_both() -> None:
    sheet = titled(Sheet(), "A Title That Stands Over Both of the Columns")
    letters = 28
    left = sheet.column(LEFT, TOP, lines(f"{BODY} {BODY} {BODY}", letters))
    sheet.column(LEFT, left - 14.4, lines(f"{MORE} {MORE}", letters))
    sheet.column(LEFT + 250, TOP, lines(f"{MORE} {BODY} {MORE} {BODY} {MORE}", letters))
    document = read(pdf(sheet))
    assert texts(document)[1:] == [
        f"{BODY} {BODY} {BODY}",
        f"{MORE} {MORE}",
        f"{MORE} {BODY} {MORE} {BODY} {MORE}",
    ]


def paged(bodies: list[list[str]]) -> list[Sheet]:
    """Pages with a running head and a number, as a journal prints them."""
    sheets = []
    for n, body in enumerate(bodies):
        sheet = Sheet()
        if n:
            sheet.text(LEFT, 750, "Two Harbours", size=9)
        else:
            titled(sheet)
        sheet.column(LEFT, TOP, body)
        sheet.text(300, 40, str(n + 11), size=9)
        sheets.append(sheet)
    return sheets


def test_heads_and_numbers_go_and_the_sentence_goes_on() -> None:
    whole = lines(f"{BODY} {MORE} {BODY} {MORE} {BODY}")
    document = read(pdf(*paged([whole[:3], whole[3:6], whole[6:]])))
    assert texts(document) == ["Two Harbours", f"{BODY} {MORE} {BODY} {MORE} {BODY}"]
    assert repairs(document).count("joined_over_page") == 2
    removed = [str(one.detail) for one in document.repairs if one.name == "removed_running_header"]
    assert sorted(removed) == [
        "Page number: 11",
        "Page number: 12",
        "Page number: 13",
        "Running head or foot: Two Harbours",
        "Running head or foot: Two Harbours",
    ]


def test_a_head_that_a_person_wants_stays() -> None:
    whole = lines(f"{BODY} {MORE} {BODY} {MORE} {BODY}")
    data = pdf(*paged([whole[:3], whole[3:6], whole[6:]]))
    kept = read(data, ("removed_running_header",))
    assert texts(kept).count("Two Harbours") == 3
    assert {"11", "12", "13"} <= set(texts(kept))


def test_a_refused_join_leaves_two_paragraphs() -> None:
    whole = lines(f"{BODY} {MORE} {BODY} {MORE} {BODY}")
    data = pdf(*paged([whole[:3], whole[3:6], whole[6:]]))
    assert len(read(data, ("joined_over_page",)).blocks) == len(read(data).blocks) + 2


def noted(sheet: Sheet, y: float, text: str, label: str) -> float:
    """Lines of text with a raised number after the last word; the next baseline."""
    several = lines(text)
    y = sheet.column(LEFT, y, several)
    end = LEFT + len(several[-1]) * 12 * LETTER
    sheet.text(end, y + 14.4 + 5, label, size=7)
    return y


def test_notes_at_the_foot_find_their_references() -> None:
    sheets = []
    for n, text in enumerate((BODY, MORE), 1):
        sheet = titled(Sheet()) if n == 1 else Sheet()
        y = noted(sheet, TOP, text, str(n))
        sheet.column(LEFT, y - 10, lines(f"{BODY} {MORE}"))
        sheet.rule(LEFT, 120, 100)
        sheet.text(LEFT, 108, str(n), size=6)
        sheet.column(LEFT + 6, 104, [f"The source of page {n} is lost,", "and is"], size=9)
        sheets.append(sheet)
    document = read(pdf(*sheets))
    assert [(note.number, note.text) for note in document.notes] == [
        ("1", "The source of page 1 is lost, and is"),
        ("2", "The source of page 2 is lost, and is"),
    ]
    refs = [(b.text[: ref.offset], ref.number) for b in document.blocks for ref in b.note_refs]
    assert refs == [(BODY, "1"), (MORE, "2")]


def test_a_note_that_runs_on_is_one_note() -> None:
    first, second = titled(Sheet()), Sheet()
    y = noted(first, TOP, BODY, "1")
    first.column(LEFT, y - 10, lines(f"{BODY} {MORE}"))
    first.rule(LEFT, 120, 100)
    first.text(LEFT, 108, "1", size=6)
    words = f"{MORE} {BODY}".split()
    note = wrapped(words, 80)
    first.column(LEFT + 6, 104, note[:2], size=9)
    second.column(LEFT, TOP, lines(f"{MORE} {BODY}"))
    second.rule(LEFT, 120, 100)
    second.column(LEFT + 6, 104, note[2:], size=9)
    document = read(pdf(first, second))
    assert [note.text for note in document.notes] == [f"{MORE} {BODY}"]


def test_an_asterisk_that_is_not_raised_is_a_reference() -> None:
    sheet = titled(Sheet())
    sheet.column(LEFT, TOP, lines(f"{BODY}* {MORE}"))
    sheet.text(LEFT, 100, "* So the clerk of the harbour says.", size=9)
    document = read(pdf(sheet))
    assert [note.text for note in document.notes] == ["So the clerk of the harbour says."]
    assert texts(document)[1] == f"{BODY} {MORE}"
    assert [ref.offset for ref in document.blocks[1].note_refs] == [len(BODY)]


def test_notes_listed_at_the_end() -> None:
    sheet = titled(Sheet())
    y = noted(sheet, TOP, BODY, "1")
    y = noted(sheet, y - 10, MORE, "2")
    sheet.text(LEFT, y - 20, "Notes", size=16, font="bold")
    y = sheet.column(LEFT, y - 50, ["1. The first of the notes."])
    sheet.column(LEFT, y - 10, ["2. The second of the notes."])
    document = read(pdf(sheet))
    assert [(n.number, n.text) for n in document.notes] == [
        ("1", "The first of the notes."),
        ("2", "The second of the notes."),
    ]
    assert kinds(document) == ["heading", "paragraph", "paragraph"]


def test_a_block_quotation_by_its_indent() -> None:
    sheet = titled(Sheet())
    y = sheet.column(LEFT, TOP, lines(BODY))
    y = sheet.column(LEFT + 36, y - 8, lines(MORE, 50))
    sheet.column(LEFT, y - 8, lines(BODY))
    assert kinds(read(pdf(sheet))) == ["heading", "paragraph", "blockquote", "paragraph"]
    assert texts(read(pdf(sheet)))[2] == MORE


def test_lists_by_marker_and_indent() -> None:
    sheet = titled(Sheet())
    y = sheet.column(LEFT, TOP, lines(BODY))
    for marker, x, text in (("\u2022", 18, MORE), ("\u2022", 36, BODY), ("\u2022", 18, "Hemp")):
        sheet.text(LEFT + x, y, marker)
        y = sheet.column(LEFT + x + 16, y, lines(text, int((432 - x - 16) / 7.2)))
    document = read(pdf(sheet))
    items = [(b.level, b.marker, b.text) for b in document.blocks if b.kind == "list_item"]
    assert items == [(1, "•", MORE), (2, "•", BODY), (1, "•", "Hemp")]


def test_a_table_keeps_its_rows() -> None:
    sheet = titled(Sheet())
    y = sheet.column(LEFT, TOP, lines(BODY)) - 12
    for row in (("Year", "Ships"), ("1901", "40"), ("1902", "7")):
        for n, cell in enumerate(row):
            sheet.text(LEFT + 150 * n, y, cell)
        y -= 15
    sheet.column(LEFT, y - 12, lines(MORE))
    block = next(b for b in read(pdf(sheet)).blocks if b.kind == "table")
    assert block.text == "Year Ships\n1901 40\n1902 7"
    assert block.html.count("<tr>") == 3


def test_verse_keeps_its_lines() -> None:
    sheet = titled(Sheet())
    y = sheet.column(LEFT, TOP, lines(BODY))
    poem = ["The tide comes in", "The tide goes out", "And so it is", "With those about"]
    y = sheet.column(LEFT + 36, y - 8, poem)
    sheet.column(LEFT, y - 8, lines(MORE))
    document = read(pdf(sheet))
    assert kinds(document) == ["heading", "paragraph", "verse", "paragraph"]
    assert texts(document)[2] == "\n".join(poem)


def test_emphasis_is_kept() -> None:
    sheet = titled(Sheet())
    sheet.column(LEFT, TOP, lines(f"{BODY} {MORE} {BODY}"), font="roman")
    sheet.text(LEFT, TOP - 300, "They knew the ", font="roman")
    sheet.text(LEFT + 75, TOP - 300, "water", font="italic")
    document = read(pdf(sheet))
    assert document.blocks[-1].html == "They knew the <em>water</em>"


def test_words_broken_at_a_line_end() -> None:
    sheet = titled(Sheet())
    body = ["The harbourmaster of the well-known town wrote to the har-"]
    body += ["bourmaster of the other, and he replied that in that well-"]
    body += ["known town nobody had ever writ-", "ten to him before."]
    sheet.column(LEFT, TOP, body)
    assert texts(read(pdf(sheet)))[1] == (
        "The harbourmaster of the well-known town wrote to the harbourmaster of the other, and he "
        "replied that in that well-known town nobody had ever written to him before."
    )


def test_a_page_turned_on_its_side_is_read_upright() -> None:
    sheet = Sheet(turn=90)
    for n, line in enumerate(lines(BODY)):
        sheet.drawn.append(f"BT /mono 12 Tf 0 1 -1 0 {100 + 14.4 * n} 72 Tm ({line}) Tj ET")
    assert BODY in texts(read(pdf(sheet)))


def test_a_large_first_letter_joins_its_word() -> None:
    sheet = titled(Sheet())
    first, second, *_ = lines(f"{BODY[1:]} {MORE}", 46)
    left = f"{BODY[1:]} {MORE}".removeprefix(f"{first} {second} ")
    sheet.text(LEFT, TOP - 14.4, BODY[0], size=36, font="roman")
    sheet.text(LEFT + 26, TOP, first)
    sheet.text(LEFT + 26, TOP - 14.4, second)
    sheet.column(LEFT, TOP - 28.8, lines(left, 50))
    assert texts(read(pdf(sheet)))[1] == f"{BODY} {MORE}"


def test_what_the_page_does_not_show_is_no_text() -> None:
    sheet = titled(Sheet(crop=(60, 60, 560, 760)))
    y = sheet.column(LEFT, TOP, lines(BODY))
    sheet.text(LEFT, 775, "4TH PASS PAGES")
    sheet.text(30, TOP, "1")
    sheet.column(LEFT, y - 20, lines(MORE))
    assert texts(read(pdf(sheet))) == ["Two Harbours", BODY, MORE]


def test_a_raised_number_of_the_size_of_the_text_is_a_reference() -> None:
    sheet = titled(Sheet())
    first, *rest = lines(BODY)
    sheet.text(LEFT, TOP, first, size=11)
    end = LEFT + len(first) * LETTER * 11
    sheet.text(end + 3, TOP + 5, "1", size=11)
    sheet.column(LEFT, TOP - 13.2, rest, size=11)
    sheet.text(LEFT, 100, "1 The Harbour Book, p. 3.", size=8)
    document = read(pdf(sheet))
    assert texts(document) == ["Two Harbours", BODY]
    assert [ref.offset for ref in document.blocks[1].note_refs] == [len(first)]
    assert [note.text for note in document.notes] == ["The Harbour Book, p. 3."]


def test_ragged_lines_within_a_sentence_are_one_paragraph() -> None:
    sheet = titled(Sheet())
    rows = [
        "The harbour was older than the town, and the town had long",
        "forgotten which of its streets were quays and had ever so",
        "it had not been told of them for a very long time, as far as it",
        "and anyone who lived there then still knew.",
    ]
    sheet.column(LEFT, TOP, rows)
    assert texts(read(pdf(sheet))) == ["Two Harbours", " ".join(rows)]

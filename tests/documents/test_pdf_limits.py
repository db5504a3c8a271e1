"""PDFs that cannot be read, and what holds for all that can: no word is lost."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from documents import Document, ImportRefused, import_document
from documents.readers.pdf.reader import MAX_PAGES
from tests.documents.helpers import BODY, MORE, texts
from tests.documents.pdfs.pages import Sheet, pdf, wrapped
from tests.documents.test_pdf import LEFT, PDFS, TOP, read, titled

slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def refusal(data: bytes) -> ImportRefused:
    with pytest.raises(ImportRefused) as raised:
        read(data)
    return raised.value


def test_a_picture_of_a_page_is_sent_to_ocr() -> None:
    page = io.BytesIO()
    Image.new("L", (600, 800), 200).save(page, "PDF")
    found = refusal(page.getvalue())
    assert found.code == "no_text_layer"
    assert "OCR" in str(found.advice)


def test_locked_and_damaged_files_say_what_to_do() -> None:
    locked = refusal((PDFS / "locked.pdf").read_bytes())
    assert locked.code == "encrypted"
    assert "password" in str(locked.message)
    assert refusal(b"%PDF-1.7\nnothing of the kind").code == "damaged"
    whole = pdf(titled(Sheet()))
    assert refusal(whole[:200]).code in {"damaged", "no_text_layer"}


def test_a_file_that_may_not_be_printed_may_be_read() -> None:
    document = read((PDFS / "no-printing.pdf").read_bytes())
    assert BODY in texts(document)


def test_too_many_pages_are_refused() -> None:
    found = refusal(pdf(*[Sheet()] * (MAX_PAGES + 1)))
    assert found.code == "too_many_pages"


def test_an_empty_page_has_no_words() -> None:
    assert refusal(pdf(Sheet())).code == "no_text_layer"


def held(document: Document) -> str:
    data = document.metadata
    said = [
        *(f"{block.marker} {block.text}" for block in document.blocks),
        *(note.text for note in document.notes),
        *(data.title, data.subtitle, data.abstract, data.author_note, *data.authors),
        *(str(repair.detail) for repair in document.repairs),
    ]
    return unicodedata.normalize("NFC", " ".join(said))


# Of syllables: words with hardly a vowel are refused, as of a font that does not tell its letters.
SYLLABLE = st.tuples(st.sampled_from("bcdfghjklmnprstvwxz"), st.sampled_from("aeiouy")).map("".join)
WORD = st.lists(SYLLABLE, min_size=1, max_size=4).map("".join)
# Long enough for two lines at least: of lines alone nothing says how far apart they are.
SENTENCE = st.lists(WORD, min_size=40, max_size=80).map(lambda w: f"X{' '.join(w)}.")


@slow
@given(paragraphs=st.lists(SENTENCE, min_size=1, max_size=4), letters=st.integers(35, 60))
def test_paragraphs_wrapped_at_any_width_come_back(paragraphs: list[str], letters: int) -> None:
    """Set ragged, with white between them: each is one paragraph again."""
    sheet = titled(Sheet())
    y = TOP
    for text in paragraphs:
        y = sheet.column(LEFT, y, wrapped(text.split(), letters), size=6) - 6
    found = [b.text for b in read(pdf(sheet)).blocks if b.kind != "heading"]
    assert found == paragraphs


@slow
@given(
    pages=st.lists(
        st.lists(
            st.tuples(
                # The longest word of all ends within the page.
                st.integers(20, 530),
                st.integers(20, 770),
                st.sampled_from([6.0, 9.0, 12.0, 20.0]),
                st.sampled_from(["roman", "italic", "bold", "mono"]),
            ),
            min_size=1,
            max_size=40,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_word_is_lost_wherever_it_stands(
    pages: list[list[tuple[int, int, float, str]]],
) -> None:
    """Words strewn over pages: every one comes back, in a block, a note or a repair."""
    count = 0
    sheets = []
    for places in pages:
        sheet = Sheet()
        seen: list[tuple[int, int]] = []
        for x, y, size, font in places:
            # Words printed over each other are no words.
            if any(abs(x - a) < 160 and abs(y - b) < 30 for a, b in seen):
                continue
            seen.append((x, y))
            sheet.text(x, y, f"w{count:04}w", size=size, font=font)
            count += 1
        sheets.append(sheet)
    found = re.sub(r"\W", "", held(read(pdf(*sheets))))
    for n in range(count):
        assert f"w{n:04}w" in found


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(5, 1500), change=st.integers(0, 255), at=st.integers(0, 1500))
def test_a_broken_file_is_read_or_refused(cut: int, change: int, at: int) -> None:
    whole = pdf(titled(Sheet()), Sheet())
    data = bytearray(whole[: max(cut, 5)])
    data[min(max(at, 5), len(data) - 1)] = change
    try:
        read(bytes(data))
    except ImportRefused as found:
        said = str(found.message) and str(found.advice)
    else:
        said = "read"
    assert said


def _without_letters(words: str) -> str:
    """Words as a font gives them that draws other letters than it names."""
    return "".join(chr((ord(c) - 94) % 26 + 97) if c.islower() else c for c in words)


def _page_of(words: str) -> Sheet:
    sheet = Sheet()
    sheet.column(72, 700, wrapped(words.split(), 60))
    return sheet


def test_a_pdf_whose_fonts_do_not_tell_their_letters_is_refused_or_warned_of() -> None:
    words = f"{BODY} {MORE} {BODY}"
    with pytest.raises(ImportRefused) as refused:
        import_document(pdf(_page_of(_without_letters(words))), "a.pdf")
    assert refused.value.code == "letters_unknown"
    assert "ocrmypdf" in str(refused.value)
    pages = [_page_of(one) for one in (words, _without_letters(words), words)]
    document = import_document(pdf(*pages), "a.pdf")
    found = [str(one.message) for one in document.warnings if one.code == "letters_unknown"]
    assert len(found) == 1
    assert "page 2" in found[0]
    latin = (
        "Portus oppido antiquior erat, et oppidum iam diu oblitum erat quae viae suae quondam "
        "ripae fuissent et quae semper siccae; naves vespere cum aestu maris intrabant."
    )
    assert import_document(pdf(_page_of(latin)), "a.pdf").blocks[0].text == latin

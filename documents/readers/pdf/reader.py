"""A PDF with a text layer as a parsed document, by the sizes and places of its characters."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from documents.document import Metadata
from documents.messages import gettext_lazy as _
from documents.messages import ngettext_lazy
from documents.parsed import ParsedDocument, ParseWarning
from documents.progress import OnProgress, silent
from documents.readers.office.properties import believed
from documents.readers.pdf.characters import PdfPage, opened, read_page
from documents.readers.pdf.direction import mirrored, reads_leftwards
from documents.readers.pdf.essay import EssayAssembler, PageRuns
from documents.readers.pdf.nonsense import nonsense_pages
from documents.readers.pdf.runs import runs_of
from documents.readers.pdf.tex_letters import with_tex_letters
from documents.refusal import ImportRefused

# A book of a thousand pages takes half a minute to read; what is longer is no essay.
MAX_PAGES = 1_000
# Fewer letters to a page are a stamp, or the captions of a picture book.
_FEWEST_LETTERS = 25
# A picture over this part of the page is a scan of it.
_SCAN = 0.6
_MOST_PICTURES_TOLD = 20


def read_pdf(data: bytes, on_progress: OnProgress = silent) -> ParsedDocument:
    """Blocks and notes of a PDF, in reading order, with its heads and feet marked.

    Raises ImportRefused for a file that is damaged, locked by a password, too
    long, or has no text layer.
    """
    with opened(data) as document:
        if document is None:
            raise _not_opened(pdfium.FPDF_GetLastError())
        count = pdfium.FPDF_GetPageCount(document)
        if count > MAX_PAGES:
            raise ImportRefused(
                "too_many_pages",
                ngettext_lazy(
                    "This PDF has %(pages)s page; the limit is %(most)s, for what is longer "
                    "is a book and not an essay.",
                    "This PDF has %(pages)s pages; the limit is %(most)s, for what is longer "
                    "is a book and not an essay.",
                    count,
                    pages=f"{count:,}",
                    most=f"{MAX_PAGES:,}",
                ),
                _("Save the pages that your seminar reads as a PDF of their own."),
            )
        pages: list[PdfPage] = []
        for number in range(count):
            if number % 10 == 0:
                message = _("Reading page %(page)s of %(pages)s", page=number + 1, pages=count)
                on_progress(message, 80 * number // count)
            page = read_page(document, number)
            page.glyphs = with_tex_letters(page.glyphs, page.unnamed)
            pages.append(page)
        warnings = _checked(pages)
        on_progress(_("Putting lines together"), 80)
        blocks, more = _essay(pages).read()
        return ParsedDocument(
            "pdf",
            blocks=tuple(blocks),
            warnings=(*warnings, *more),
            properties=_properties(document),
        )


def _essay(pages: list[PdfPage]) -> EssayAssembler:
    leftwards = reads_leftwards(pages)
    if leftwards:
        pages = [mirrored(page) for page in pages]
    found = []
    for page in pages:
        runs = runs_of(page, leftwards=leftwards)
        page.glyphs = []
        found.append(PageRuns(runs, page.height, page.rules, page.sideways, page.pictures))
    return EssayAssembler(found, leftwards=leftwards)


def _not_opened(error: int) -> ImportRefused:
    if error == pdfium.FPDF_ERR_PASSWORD:
        return ImportRefused(
            "encrypted",
            _("This PDF is locked with a password."),
            _("Open it with the password, save or print it as a PDF without one, and try again."),
        )
    if error == pdfium.FPDF_ERR_SECURITY:
        return ImportRefused(
            "encrypted",
            _("This PDF is protected in a way that only its seller's program can open."),
            _("Ask the publisher for a copy without protection."),
        )
    return ImportRefused(
        "damaged",
        _("This PDF is damaged or cut short: no program could read it as it is."),
        _("Download it again, or open it in another program and save it as a new PDF."),
    )


def _checked(pages: list[PdfPage]) -> list[ParseWarning]:
    """Refuses what holds pictures of pages and not their words; says what is doubtful."""
    warnings: list[ParseWarning] = []
    counts = [sum(g.c.isalpha() for g in page.glyphs) for page in pages]
    scans = sum(map(_is_scan, pages))
    written = sum(letters >= _FEWEST_LETTERS for letters in counts)
    if not any(counts) or (scans and scans >= len(pages) / 2 and not written):
        raise ImportRefused(
            "no_text_layer",
            _("This PDF holds pictures of its pages, and no words that a program could read."),
            _(
                "Run it through text recognition (OCR) first: OCRmyPDF does it for nothing "
                "(“ocrmypdf in.pdf out.pdf”), and so do Acrobat and most scanners. Then upload "
                "the new file."
            ),
        )
    warnings += _nonsense(pages, written)
    if scans and scans >= len(pages) / 2:
        message = _(
            "These pages were scanned, and their words come from text recognition (OCR). "
            "Compare names, numbers and notes with the pages."
        )
        warnings.append(ParseWarning("scanned_text", None, message))
    bare = [
        str(n)
        for n, (page, letters) in enumerate(zip(pages, counts, strict=True), 1)
        if not letters and _is_scan(page)
    ]
    if bare and written:
        message = ngettext_lazy(
            "No words could be read on page %(pages)s: it holds a picture.",
            "No words could be read on pages %(pages)s: they hold pictures.",
            len(bare),
            pages=", ".join(bare[:_MOST_PICTURES_TOLD]),
        )
        warnings.append(ParseWarning("page_without_text", None, message))
    return warnings


def _nonsense(pages: list[PdfPage], written: int) -> list[ParseWarning]:
    """Refuses a PDF whose fonts do not tell their letters; warns where some pages are such."""
    found = nonsense_pages(pages)
    if not found:
        return []
    if len(found) * 2 >= written:
        raise ImportRefused(
            "letters_unknown",
            _("The fonts of this PDF do not say which letters they draw: only signs come out."),
            _(
                "Run text recognition (OCR) over it, which reads the letters from the page: "
                "“ocrmypdf --force-ocr in.pdf out.pdf”. Then upload the new file."
            ),
        )
    message = ngettext_lazy(
        "The letters on page %(pages)s make no words: its fonts do not say what they draw.",
        "The letters on pages %(pages)s make no words: their fonts do not say what they draw.",
        len(found),
        pages=", ".join(map(str, found[:_MOST_PICTURES_TOLD])),
    )
    return [ParseWarning("letters_unknown", None, message)]


def _is_scan(page: PdfPage) -> bool:
    area = page.width * page.height
    return area > 0 and any(
        (box.x1 - box.x0) * (box.y1 - box.y0) >= _SCAN * area for box in page.pictures
    )


def _properties(document: Any) -> Metadata:
    """Title and authors as the file states them, where they make sense."""
    return believed(_stated(document, b"Title"), _stated(document, b"Author"))


def _stated(document: Any, name: bytes) -> str:
    size = pdfium.FPDF_GetMetaText(document, name, None, 0)
    if not 2 < size < 4_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, name, buffer, size)
    return " ".join(buffer.raw.decode("utf-16-le", "replace").rstrip("\0").split())

"""The characters of a PDF's pages: what pdfium knows of each, and no more."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

BOLD, ITALIC, MONO, SUP, SUB = 1, 2, 4, 8, 16

# Of a font's flags (ISO 32000-1, table 123).
_FIXED_PITCH, _ITALIC, _FORCE_BOLD = 1, 1 << 6, 1 << 18
_BOLD_NAME = re.compile(
    r"bold|black|heavy|semibold|demi|-bd|\bbd\b|^cmbx|^cmb\d|^sfbx|^lmbx|\.b$|-b$", re.IGNORECASE
)
_ITALIC_NAME = re.compile(
    r"ital|obliq|slanted|kursiv|-it$|^cmti|^cmbxti|^cmsl|^sfti|^sfsl|\.i$|-i$", re.IGNORECASE
)
_MONO_NAME = re.compile(r"mono|courier|consol|typewriter|^cmtt|^sftt|^lmtt|menlo", re.IGNORECASE)
_BOLD_WEIGHT = 650
_SUBSET = re.compile(r"^[A-Z]{6}\+")
# What TeX's fonts may draw otherwise than Latin-1 has it.
_MAYBE_UNNAMED = frozenset((*range(32), 34, 92, 123, 124, 0xDF, 0xFF)) - {2}
# A page with more drawings than this is a map, and its lines are no rules.
_MOST_OBJECTS = 5_000
# Objects that hold objects, within each other.
_DEEPEST = 4
_SMALLEST_PICTURE = 36.0


class Glyph(NamedTuple):
    """A character: its sides, its baseline and its size in points.

    `style` is a sum of BOLD, ITALIC and MONO. `space` glyphs that pdfium made
    up have no width.
    """

    c: str
    x0: float
    x1: float
    y: float
    size: float
    style: int


class Box(NamedTuple):
    """Sides in points, y upwards."""

    x0: float
    y0: float
    x1: float
    y1: float


class PageLink(NamedTuple):
    box: Box
    href: str


@dataclass(slots=True)
class PdfPage:
    """A page as it is read: turned so that most of its text is upright.

    `sideways` is the text that still is not.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    sideways: str = ""
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    dots: tuple[Box, ...] = ()
    links: tuple[PageLink, ...] = ()
    # The numbers of characters for which the file has no letter, by their places among the glyphs.
    unnamed: dict[int, int] = field(default_factory=dict)


def read_page(document: Any, number: int) -> PdfPage:
    """Page `number` (from 0). Damaged pages are empty ones."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return PdfPage(0, 0, [])
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return PdfPage(0, 0, [])
        try:
            return _PageReader(document, page, text).page()
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


class _PageReader:
    def __init__(self, document: Any, page: Any, text: Any) -> None:
        self.document, self.handle, self.text = document, page, text
        self.box = _crop_box(page)
        self.sides = [ctypes.c_double() for _ in range(4)]
        self.unnamed: dict[int, dict[int, int]] = {}

    def page(self) -> PdfPage:
        turned = self._by_turn()
        turn = max(turned, key=lambda one: len(turned[one]), default=0)
        sideways = " ".join(
            "".join(g.c for g in glyphs) for other, glyphs in turned.items() if other != turn
        )
        rules, pictures, dots = self._drawings(turn)
        x0, y0, x1, y1 = _turned(self.box, turn)
        glyphs = turned.get(turn, [])
        page = PdfPage(x1 - x0, y1 - y0, glyphs, " ".join(sideways.split()), rules, pictures)
        page.dots, page.unnamed = dots, self.unnamed.get(turn, {})
        page.links = tuple(self._links(turn))
        return _at_origin(page, x0, y0)

    def _by_turn(self) -> dict[int, list[Glyph]]:
        """The glyphs in pdfium's order, by the quarter turns of their baselines.

        A call for each character and fact is what reading a PDF costs, so size,
        font and turn are asked once for each text object.
        """
        get_unicode = pdfium.FPDFText_GetUnicode
        get_origin = pdfium.FPDFText_GetCharOrigin
        get_box = pdfium.FPDFText_GetLooseCharBox
        get_object = pdfium.FPDFText_GetTextObject
        address = ctypes.addressof
        text = self.text
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        found: dict[int, list[Glyph]] = {}
        last = -1
        size, style, turn = 1.0, 0, 0
        high = 0
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = get_unicode(text, index)
            is_unnamed = code in _MAYBE_UNNAMED and self._is_unnamed(index)
            if code in (10, 13) and not is_unnamed:
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
                high = 0
            get_box(text, index, box)
            # A space of no width is one that pdfium made up.
            if code != 32 or box.left != box.right:
                handle = get_object(text, index)
                here = address(handle.contents) if handle else 0
                if here != last:
                    last = here
                    size, style, turn = self._manner(index)
            get_origin(text, index, x, y)
            if not self._is_seen((box.left + box.right) / 2, y.value):
                continue
            glyph = _glyph(code, x.value, y.value, box, size, style, turn)
            if 48 <= code <= 57 and self._is_superior(index, y.value, size, turn):
                glyph = glyph._replace(y=glyph.y + 0.35 * size, size=0.65 * size)
            row = found.setdefault(turn, [])
            if is_unnamed:
                self.unnamed.setdefault(turn, {})[len(row)] = code
            row.append(glyph)
        return found

    def _is_unnamed(self, index: int) -> bool:
        """Whether a character of the file has a number there, and no letter."""
        text = self.text
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        return bool(unmapped and pdfium.FPDFText_IsGenerated(text, index) == 0)

    def _is_seen(self, x: float, y: float) -> bool:
        """Whether a place is on the page as it is shown; what is cropped off is no text."""
        box = self.box
        return box.x0 - 1 <= x <= box.x1 + 1 and box.y0 - 1 <= y <= box.y1 + 1

    def _is_superior(self, index: int, y: float, size: float, turn: int) -> bool:
        """Whether a digit is a raised one of its font: on the baseline but by its shape."""
        if turn:
            return False
        left, right, bottom, top = self.sides
        if not pdfium.FPDFText_GetCharBox(self.text, index, left, right, bottom, top):
            return False
        high = top.value - bottom.value
        return bottom.value - y > 0.18 * size and 0 < high < 0.6 * size

    def _manner(self, index: int) -> tuple[float, int, int]:
        """Size in points, style, and quarter turns of a character's baseline."""
        matrix = pdfium.FS_MATRIX()
        size = float(pdfium.FPDFText_GetFontSize(self.text, index))
        turn = 0
        slanted = False
        if pdfium.FPDFText_GetMatrix(self.text, index, matrix):
            scale = math.hypot(matrix.c, matrix.d)
            size *= scale
            slanted = abs(matrix.b) < 0.01 * abs(matrix.a) and matrix.c > 0.1 * abs(matrix.d)
            if matrix.a or matrix.b:
                turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        name = ctypes.create_string_buffer(200)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.text, index, name, 200, flags)
        weight = pdfium.FPDFText_GetFontWeight(self.text, index)
        font = _SUBSET.sub("", name.value.decode("utf-8", "replace"))
        return max(abs(size), 0.1), _style(font, flags.value, weight) | (ITALIC * slanted), turn

    def _drawings(self, turn: int) -> tuple[tuple[Box, ...], ...]:
        """Rules (thin, level lines), pictures and dots (drawn bullets) of the page."""
        rules: list[Box] = []
        dots: list[Box] = []
        pictures: list[Box] = []
        count = pdfium.FPDFPage_CountObjects(self.handle)
        if count > _MOST_OBJECTS:
            return (), (), ()
        sides = [ctypes.c_float() for _ in range(4)]
        for index in range(count):
            thing = pdfium.FPDFPage_GetObject(self.handle, index)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
                continue
            if not pdfium.FPDFPageObj_GetBounds(thing, *sides):
                continue
            box = _turned(Box(*(side.value for side in sides)), turn)
            wide, high = box.x1 - box.x0, box.y1 - box.y0
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                if high <= 2.5 and wide >= 18:
                    rules.append(box)
                elif 1.5 <= wide <= 8 and 0.8 <= high / wide <= 1.25:
                    dots.append(box)
            elif wide >= _SMALLEST_PICTURE and high >= _SMALLEST_PICTURE:
                pictures.append(box)
        return tuple(_merged(rules)), tuple(pictures), tuple(dots)

    def _links(self, turn: int) -> Iterator[PageLink]:
        """The links of the page that lead to an address."""
        place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        rect = pdfium.FS_RECTF()
        while pdfium.FPDFLink_Enumerate(self.handle, place, link):
            action = pdfium.FPDFLink_GetAction(link)
            if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
                continue
            size = pdfium.FPDFAction_GetURIPath(self.document, action, None, 0)
            if not 1 < size < 4000 or not pdfium.FPDFLink_GetAnnotRect(link, rect):
                continue
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(self.document, action, buffer, size)
            box = Box(
                min(rect.left, rect.right),
                min(rect.bottom, rect.top),
                max(rect.left, rect.right),
                max(rect.bottom, rect.top),
            )
            yield PageLink(_turned(box, turn), buffer.value.decode("utf-8", "replace"))


def _merged(rules: list[Box]) -> list[Box]:
    """Rules that are drawn as several lines close together, as one."""
    out: list[Box] = []
    for rule in sorted(rules, key=lambda r: (r.y0, r.x0)):
        last = out[-1] if out else None
        if last and rule.y0 - last.y1 <= 2 and rule.x0 <= last.x1 + 1 and rule.x1 >= last.x0 - 1:
            out[-1] = Box(
                min(last.x0, rule.x0), last.y0, max(last.x1, rule.x1), max(last.y1, rule.y1)
            )
        else:
            out.append(rule)
    return out


def _style(font: str, flags: int, weight: int) -> int:
    style = 0
    # pdfium reckons the weight from the stems: regular type comes to 350 to 500.
    if _BOLD_NAME.search(font) or flags & _FORCE_BOLD or weight >= _BOLD_WEIGHT:
        style |= BOLD
    if _ITALIC_NAME.search(font) or flags & _ITALIC:
        style |= ITALIC
    if _MONO_NAME.search(font) or flags & _FIXED_PITCH:
        style |= MONO
    return style


def _glyph(code: int, x: float, y: float, box: Any, size: float, style: int, turn: int) -> Glyph:
    # pdfium's sign for a hyphen at a line's end.
    c = "-" if code == 2 else chr(code) if code <= 0x10FFFF else "\ufffd"
    if turn == 0:
        return Glyph(c, box.left, box.right, y, size, style)
    if turn == 1:
        return Glyph(c, box.bottom, box.top, -x, size, style)
    if turn == 2:
        return Glyph(c, -box.right, -box.left, -y, size, style)
    return Glyph(c, -box.top, -box.bottom, x, size, style)


def _turned(box: Box, turn: int) -> Box:
    if turn == 1:
        return Box(box.y0, -box.x1, box.y1, -box.x0)
    if turn == 2:
        return Box(-box.x1, -box.y1, -box.x0, -box.y0)
    if turn == 3:
        return Box(-box.y1, box.x0, -box.y0, box.x1)
    return box


def _at_origin(page: PdfPage, x: float, y: float) -> PdfPage:
    """The page with its lower left corner at 0, 0."""
    if not x and not y:
        return page

    def moved(box: Box) -> Box:
        return Box(box.x0 - x, box.y0 - y, box.x1 - x, box.y1 - y)

    page.glyphs = [g._replace(x0=g.x0 - x, x1=g.x1 - x, y=g.y - y) for g in page.glyphs]
    page.rules = tuple(map(moved, page.rules))
    page.pictures = tuple(map(moved, page.pictures))
    page.dots = tuple(map(moved, page.dots))
    page.links = tuple(PageLink(moved(link.box), link.href) for link in page.links)
    return page


def _crop_box(page: Any) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    if pdfium.FPDF_GetPageBoundingBox(page, rect := pdfium.FS_RECTF()):
        return Box(rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top))
    if pdfium.FPDFPage_GetMediaBox(page, *sides):
        return Box(*(side.value for side in sides))
    return Box(0, 0, 612, 792)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A PDF's handle; None where it cannot be opened (`last_error` says why)."""
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    try:
        yield document or None
    finally:
        if document:
            pdfium.FPDF_CloseDocument(document)

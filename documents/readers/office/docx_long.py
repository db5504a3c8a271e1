"""A long Word document with no more XML than pandoc needs to read every word of it.

Word says of each run of words which font, size and language it has, and pandoc keeps all of
it in memory to make nothing of it. So that is left out while the XML is read; neighbours that
differ in nothing else become one run, whose plain words pandoc gets as placeholders
(`placeholders.py`).
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from lxml import etree

from documents.containers import Container
from documents.readers.pandoc.placeholders import Placeholders

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_STYLES = "word/styles.xml"
_USED = re.compile(rb'<w:(?:p|r|tbl|num)Style(?:Link)? w:val="([^"]*)"')

# Bytes of one part from which it is worth the detour.
LONG = 500_000

# What has ended and can be looked through; what stands around it is still being read.
_WHOLE = [f"{_W}{name}" for name in ("p", "tblPr", "trPr", "tcPr", "style", "docDefaults")]
_LOOKS = """
    sz szCs kern color spacing position w lang noProof snapToGrid effect eastAsianLayout fitText
    tabs widowControl autoSpaceDE autoSpaceDN adjustRightInd suppressAutoHyphens
    suppressLineNumbers contextualSpacing textAlignment mirrorIndents kinsoku wordWrap
    overflowPunct topLinePunct jc keepLines shd wAfter wBefore
    tcW tcBorders tcMar vAlign hideMark noWrap trHeight tblBorders tblCellMar tblCellSpacing
""".split()  # noqa: SIM905 - read as words
_OF_LOOKS = {f"{_W}{name}" for name in _LOOKS}
_SAY_NOTHING = {f"{_W}{name}" for name in ("proofErr", "lastRenderedPageBreak")}
_PROPERTIES = tuple(f"{_W}{name}" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr"))
_INDENT, _CELL = f"{_W}ind", f"{_W}tc"
_FONTS, _RUN, _RUN_PROPERTIES, _TEXT = f"{_W}rFonts", f"{_W}r", f"{_W}rPr", f"{_W}t"
# The letters of this font are other ones than they seem.
_SYMBOL_FONT = "symbol"
# What was edited when, and the names of paragraphs.
_HISTORY = re.compile(rf"{re.escape(_W)}rsid\w*|{re.escape(_W14)}\w+")


def slim(data: bytes) -> Any:
    """The root of a part, without its looks; None where it cannot be parsed."""
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=_WHOLE,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=False,
    )
    try:
        for _, element in events:
            _without_looks(element)
            if element.tag == f"{_W}p":
                _join_runs(element)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return events.root


def _without_looks(whole: Any) -> None:
    for element in list(whole.iter(*_SAY_NOTHING)):
        if element is not whole:
            element.getparent().remove(element)
    in_cell = next(whole.iterancestors(), whole).tag == _CELL
    for properties in list(whole.iter(*_PROPERTIES)):
        for one in [one for one in properties if _is_look(one, in_cell=in_cell)]:
            properties.remove(one)
        if not len(properties) and properties is not whole:
            properties.getparent().remove(properties)
    for element in whole.iter(f"{_W}p", _RUN):
        for name in element.keys():  # noqa: SIM118 - not a mapping
            if _HISTORY.fullmatch(name):
                del element.attrib[name]


def _is_look(one: Any, *, in_cell: bool) -> bool:
    if one.tag == _FONTS:
        return not _is_symbol_font(one)
    # An indented paragraph may be a quotation, but not in a cell.
    return one.tag in _OF_LOOKS or (in_cell and one.tag == _INDENT)


def _is_symbol_font(fonts: Any) -> bool:
    return any(_SYMBOL_FONT in name.casefold() for name in fonts.values())


def _join_runs(paragraph: Any) -> None:
    together: list[tuple[Any, Any]] = []
    set_so = b""
    for run in list(paragraph.iter(_RUN)):
        words, looks = _only_words(run)
        goes_on = bool(together) and looks == set_so and run.getprevious() is together[-1][0]
        if words is None or not goes_on:
            _join(together)
            together, set_so = [], looks
        if words is not None:
            together.append((run, words))
    _join(together)


def _join(together: list[tuple[Any, Any]]) -> None:
    """All the words go into the first of the runs."""
    if len(together) > 1:
        first = together[0][1]
        first.text = "".join(words.text or "" for _, words in together)
        first.set(_SPACE, "preserve")
        for run, _ in together[1:]:
            run.getparent().remove(run)


def _only_words(run: Any) -> tuple[Any, bytes]:
    """The one text of a run that holds nothing else, and how its words are set."""
    *properties, last = list(run) or [None]
    if last is None or last.tag != _TEXT or len(properties) > 1:
        return None, b""
    if not properties:
        return last, b""
    if properties[0].tag != _RUN_PROPERTIES:
        return None, b""
    return last, etree.tostring(properties[0], with_tail=False)


def without_unused(styles: Any, container: Container) -> None:
    """Leave out the styles in which nothing is set; templates bring thousands."""
    names = [one for one in container.names if one.endswith(".xml") and one != _STYLES]
    kept = {one.decode() for name in names for one in _USED.findall(container.markup(name))}
    every = {one.get(f"{_W}styleId", ""): one for one in styles.findall(f"{_W}style")}
    kept |= {name for name, one in every.items() if one.get(f"{_W}default")}
    waiting = list(kept)
    while waiting:
        one = every.get(waiting.pop())
        basis = one.find(f"{_W}basedOn") if one is not None else None
        name = basis.get(f"{_W}val", "") if basis is not None else ""
        if name not in kept:
            kept.add(name)
            waiting.append(name)
    for name, one in every.items():
        if name not in kept:
            styles.remove(one)


def put_placeholders(root: Any, placeholders: Placeholders) -> None:
    """Placeholders for the plain words of a part."""
    for words in root.iter(_TEXT):
        if words.text:
            words.text = placeholders.insert_in_words(words.text)


def may_have_placeholders(container: Container) -> bool:
    """Whether no part of the file has letters in it that are our placeholders."""
    names = [name for name in container.names if name.endswith((".xml", ".rels"))]
    return not any(_TAKEN.search(container.markup(name)) for name in names)


# U+E000 and U+E001, as they are and as references.
_TAKEN = re.compile(rb"\xee\x80[\x80\x81]|&#(?:x0*e00[01]|0*5734[45]);", re.IGNORECASE)

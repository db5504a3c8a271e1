"""What libraries of e-texts set into a page: marks of the printed pages, and their licence."""

from __future__ import annotations

import re

from documents.readers.web.tree import Element, drop, roles_of, text_of

_PAGE_MARKS = {"pagenum", "pageno", "page-number", "page_number", "pagenumber", "pb"}
_MARK = re.compile(
    r"[\[({]?\s*(?:(?:pg|page|p|s|seite)\b\.?\s*)?[\divxlcdm]{1,7}\s*[\])}]?", re.IGNORECASE
)
_GUTENBERG = re.compile(r"\*{3} ?(?:START|END) OF (?:THE|THIS) PROJECT GUTENBERG")
_LICENCE = {"pg-header", "pg-footer", "pg-machine-header"}


def mark_etext(root: Element) -> None:
    """Takes out the numbers of printed pages; sets the licence below the text, as boilerplate."""
    for element in list(root.iter("span", "a", "div", "p")):
        if roles_of(element) & _PAGE_MARKS and _MARK.fullmatch(text_of(element) or "1"):
            drop(element)
    body = root.find(".//body")
    if body is None:
        return
    for element in list(body.iter("section", "div", "pre")):
        is_licence = (
            _is_bare_licence(element)
            or _own_id(element) in _LICENCE
            or "pg-boilerplate" in roles_of(element)
        )
        if is_licence and element.getparent() is not None and not _inside_licence(element):
            drop(element)
            element.tail = None
            element.tag = "div"
            element.attrib.clear()
            element.set("class", "boilerplate")
            body.append(element)


def _is_bare_licence(element: Element) -> bool:
    """What the oldest pages of Project Gutenberg set over and under their text, as typed."""
    return element.tag == "pre" and _GUTENBERG.search(text_of(element)) is not None


def _own_id(element: Element) -> str:
    # In a book, places are named for the whole of it: f3-pg-footer.
    return re.sub(r"^f\d+-", "", element.get("id", ""))


def _inside_licence(element: Element) -> bool:
    return any(one.get("class") == "boilerplate" for one in element.iterancestors())

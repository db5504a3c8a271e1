"""Web pages as trees: parsed without entities or network, and small words for walking them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from lxml import etree, html

from documents.messages import gettext_lazy as _
from documents.refusal import ImportRefused

# lxml's elements, whose own types know too little to help here.
Element = Any

BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table
    tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - read as words
)
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_OWN = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_DEEPEST = 200
_OF_HEAD = {"title", "meta", "link", "style", "script", "base", "noscript", "template"}
_SPACED = re.compile(r"\{[^{}]+\}[^\W\d]")
_NAME = re.compile(r"[^\W\d][\w.-]*")


def parse_page(text: str) -> Element:
    """The root of a web page, however carelessly it is written."""
    if _XML_DECLARATION.match(text):
        root = parse_xhtml(text)
        if root is not None and root.tag == "html":
            return root
    text = _XML_DECLARATION.sub("", text, count=1)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ImportRefused(
            "unreadable",
            _("This web page could not be read."),
            _("Open it in a browser, save it again, or copy its text into a Word document."),
        ) from error
    return _with_body(_plain(root))


def _with_body(root: Element) -> Element:
    """A page may leave <body> out: what then stands in the head, and is none, is moved."""
    head = root.find("head")
    strays = [] if head is None else [one for one in head if one.tag not in _OF_HEAD]
    if strays:
        body = root.find("body")
        if body is None:
            body = etree.SubElement(root, "body")
        for place, one in enumerate(strays):
            body.insert(place, one)
    return root


def parse_xhtml(text: str, *, recover: bool = False) -> Element | None:
    """The root of an XHTML file without its namespaces; None where it is no XML."""
    text = _XML_DECLARATION.sub("", text, count=1)
    text = _NAMED.sub(lambda m: m.group() if m.group(1) in _XML_OWN else _letter(m), text)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=recover,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None else _plain(root)


def _letter(match: re.Match[str]) -> str:
    return html5.get(match.group(1), match.group())


def _plain(root: Element) -> Element:
    """Tags and attributes without namespaces (epub:type as `epub-type`); no comments."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            drop(element)
            continue
        if element.tag[0] == "{":
            element.tag = etree.QName(element).localname
        name = element.tag.lower().replace(":", "-")
        element.tag = name if _NAME.fullmatch(name) else "span"
        _name_attributes(element)
    if _depth(root) > _DEEPEST:
        raise ImportRefused(
            "too_complex",
            _("This file has hundreds of elements inside each other."),
            _("Check whether it is what you meant to read, or save it as plain text."),
        )
    return root


def _name_attributes(element: Element) -> None:
    """Attributes without namespaces; those whose names name nothing are taken away."""
    given = list(element.attrib.items())
    if any(name[0] == "{" and not _SPACED.match(name) for name, _ in given):
        # A page may have `{}` for an attribute, which cannot even be taken away by name.
        given = [(name, value) for name, value in given if name[0] != "{"]
        element.attrib.clear()
        for name, value in given:
            if _NAME.fullmatch(name):
                element.set(name, value)
    for name, value in [one for one in given if one[0] in element.attrib]:
        if name[0] == "{" or ":" in name:
            space, local = name.replace("{", "").replace("}", ":").rpartition(":")[::2]
            new = f"epub-{local}" if "ops" in space or space == "epub" else local
            del element.attrib[name]
            # Pages have attributes like `src:` and `"`: names that name nothing.
            if _NAME.fullmatch(new):
                element.set(new, value)


def _depth(root: Element) -> int:
    deepest = depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def drop(element: Element) -> None:
    """Takes an element out; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def replace(element: Element, new: Element) -> None:
    """Puts another in the place of an element; the text after it stays."""
    new.tail = element.tail
    parent = element.getparent()
    parent[parent.index(element)] = new


def made(tag: str, text: str = "", **attributes: str) -> Element:
    """A new element; `data_x` is the attribute data-x."""
    element = etree.Element(tag)
    element.text = text or None
    for name, value in attributes.items():
        element.set(name.replace("_", "-"), value)
    return element


def text_of(element: Element) -> str:
    """The words of an element, white space squashed."""
    return " ".join("".join(element.itertext()).split())


def names_of(element: Element) -> str:
    """Its class, id, role and epub:type in one line, for looking into."""
    names = ("class", "id", "role", "epub-type", "itemprop")
    return " ".join(filter(None, (element.get(name, "") for name in names))).lower()


def roles_of(element: Element) -> set[str]:
    """What it is said to be: its classes, roles and EPUB types."""
    words = (element.get(name, "") for name in ("class", "role", "epub-type", "rel"))
    return {word.lower() for line in words for word in line.split()}


def linked_share(element: Element) -> float:
    """The share of an element's words that are links."""
    whole = len(text_of(element))
    links = sum(len(text_of(one)) for one in element.iter("a") if one.get("href"))
    return links / whole if whole else 0.0


def above(element: Element) -> Iterator[Element]:
    """Its ancestors, the nearest first."""
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()


def written(element: Element) -> str:
    """The element as HTML, for pandoc.

    pandoc leaves out whatever stands beside a `<main>`: there is none here.
    """
    for one in element.iter("main"):
        one.tag = "div"
    for one in element.iter():
        if isinstance(one.tag, str) and one.get("role") == "main":
            del one.attrib["role"]
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))

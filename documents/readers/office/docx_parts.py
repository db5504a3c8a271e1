"""Word's XML made such that pandoc's reader sees every word of it.

It passes over what is wrapped in fields, controls and tags, over readings set
above characters, over the words of text boxes in drawings, and over the spaces
that begin a line of code.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from documents.containers import Container
from documents.readers.office.docx_long import (
    LONG,
    may_have_placeholders,
    put_placeholders,
    slim,
    without_unused,
)
from documents.readers.office.properties import parse_xml
from documents.readers.pandoc.placeholders import Placeholders
from documents.readers.pandoc.styles import style_kind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")
# What only stands about words, and what says something about it.
_WRAPPINGS = {f"{_W}{name}" for name in ("fldSimple", "smartTag", "customXml", "sdt", "sdtContent")}
_ABOUT = {f"{_W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")}
_TO_CHANGE = re.compile(rb"<w:(?:fldSimple|smartTag|customXml|sdt|ruby|txbxContent|vanish)\b")
_STYLE = re.compile(r'<w:style\b[^>]*\bw:styleId="([^"]*)"[^>]*>\s*<w:name w:val="([^"]*)"')

# pandoc takes paragraphs of these styles for its metadata, and keeps only the last of several.
_FRONT = re.compile(r'(<w:name w:val=")(title|subtitle|author|date|abstract)"', re.IGNORECASE)


def readable_docx(container: Container, placeholders: Placeholders) -> tuple[bytes, int, int]:
    """The whole file, changed only where it must be; the essay's size in it; what was hidden."""
    hidden = 0
    changed = {"word/styles.xml": _styles(container)} if "word/styles.xml" in container else {}
    styles = changed.get("word/styles.xml", b"").decode()
    # pandoc knows its own style for code, and keeps the spaces there.
    named = [(one, name) for one, name in _STYLE.findall(styles) if name != "Source Code"]
    code = {one for one, name in named if style_kind(name) == "code"}
    parts = {name: container.markup(name) for name in container.names if _PARTS.fullmatch(name)}
    long = any(len(data) > LONG for data in parts.values())
    signs = long and may_have_placeholders(container)
    for name, data in parts.items():
        usual = not _TO_CHANGE.search(data) and data.count(b"<w:body>") < 2
        if not long and usual and not any(one.encode() in data for one in code):
            continue
        root = slim(data) if long else parse_xml(data)
        if root is not None:
            hidden += _drop_hidden(root)
            _unwrap(root)
            _write_out_ruby(root)
            _hoist_text_boxes(root)
            _keep_spaces(root, code)
            if signs:
                put_placeholders(root, placeholders)
            changed[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    size = sum(len(changed.get(name, data)) for name, data in parts.items())
    return container.with_parts(changed), size, hidden


def _styles(container: Container) -> bytes:
    data = container.markup("word/styles.xml")
    root = slim(data) if len(data) > LONG else None
    if root is not None:
        without_unused(root, container)
        data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return _FRONT.sub(r'\1\2 (essay)"', data.decode("utf-8", "replace")).encode()


def _drop_hidden(root: Any) -> int:
    """Takes out what Word hides; how many runs of words it was."""
    count = 0
    for sign in list(root.iter(f"{_W}vanish")):
        run = next(sign.iterancestors(f"{_W}r"), None)
        if sign.get(f"{_W}val", "1") in {"0", "false", "off"} or run is None:
            continue
        parent = run.getparent()
        if parent is not None:
            count += any((one.text or "").strip() for one in run.iter(f"{_W}t"))
            parent.remove(run)
    return count


def _unwrap(root: Any) -> None:
    bodies = root.findall(f"{_W}body")
    for body in bodies[1:]:
        bodies[0].extend(list(body))
    for element in list(root.iter(*_ABOUT)):
        element.getparent().remove(element)
    for element in list(root.iter(*_WRAPPINGS)):
        parent = element.getparent()
        at = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(at, child)
        parent.remove(element)


def _write_out_ruby(root: Any) -> None:
    """漢字 with its reading above as 漢字（かんじ）."""
    for ruby in list(root.iter(f"{_W}ruby")):
        run = ruby.getparent()
        base, above = ruby.find(f"{_W}rubyBase"), ruby.find(f"{_W}rt")
        reading = "".join(above.itertext()) if above is not None else ""
        runs = list(base) if base is not None else []
        if reading:
            said = etree.Element(f"{_W}r")
            etree.SubElement(said, f"{_W}t").text = f"（{reading.strip()}）"
            runs.append(said)
        outer = run.getparent()
        at = outer.index(run)
        for one in reversed(runs):
            outer.insert(at + 1, one)
        run.remove(ruby)


def _hoist_text_boxes(root: Any) -> None:
    """The paragraphs of a text box stand after the paragraph that it hangs on, once."""
    for fallback in list(root.iter(_FALLBACK)):
        if next(fallback.iter(f"{_W}txbxContent"), None) is not None:
            fallback.getparent().remove(fallback)
    for box in reversed(list(root.iter(f"{_W}txbxContent"))):
        home = next((one for one in box.iterancestors(f"{_W}p")), None)
        if home is None or home.getparent() is None:
            continue
        outer = home.getparent()
        at = outer.index(home)
        for child in reversed(list(box)):
            outer.insert(at + 1, child)


def _keep_spaces(root: Any, code: set[str]) -> None:
    """Spaces of code as no-break spaces, which pandoc leaves at the beginning of a line."""
    for style in root.iter(f"{_W}pStyle"):
        if style.get(f"{_W}val") in code:
            paragraph = next(style.iterancestors(f"{_W}p"), None)
            for words in paragraph.iter(f"{_W}t") if paragraph is not None else ():
                words.text = (words.text or "").replace(" ", "\u00a0")

"""Word's XML under the names that Word gives it.

pandoc goes by the prefixes that Word itself writes, which another program need not; and our
own steps go by the addresses behind them, which are other ones in Word's strict format.
"""

from __future__ import annotations

import re

from lxml import etree

from documents.containers import Container
from documents.readers.office.properties import parse_xml

_BASE = "http://schemas.openxmlformats.org"
_MAIN = f"{_BASE}/wordprocessingml/2006/main"
_USUAL = {
    "w": _MAIN,
    "r": f"{_BASE}/officeDocument/2006/relationships",
    "m": f"{_BASE}/officeDocument/2006/math",
    "wp": f"{_BASE}/drawingml/2006/wordprocessingDrawing",
    "a": f"{_BASE}/drawingml/2006/main",
    "pic": f"{_BASE}/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "mc": f"{_BASE}/markup-compatibility/2006",
}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rf"{_BASE}/\1/2006/\2".encode()
# Where a part declares its prefixes.
_HEAD = 8192
_DECLARED = re.compile(rf"xmlns:w\s*=\s*[\"']{re.escape(_MAIN)}[\"']".encode())


def usual_names(container: Container) -> Container:
    """The file as Word writes it; the very same where it is so already."""
    changed: dict[str, bytes] = {}
    for name in container.names:
        if not name.endswith((".xml", ".rels")):
            continue
        data = old = container.markup(name)
        if b"purl.oclc.org/ooxml/" in data[:_HEAD]:
            data = _STRICT.sub(_TRANSITIONAL, data)
        if _MAIN.encode() in data[:_HEAD] and not _DECLARED.search(data[:_HEAD]):
            data = _with_usual_prefixes(data)
        if data is not old:
            changed[name] = data
    return Container(container.with_parts(changed)) if changed else container


def _with_usual_prefixes(data: bytes) -> bytes:
    root = parse_xml(data)
    if root is None:
        return data
    usual = etree.Element(root.tag, dict(root.attrib), nsmap=_USUAL)
    usual.text = root.text
    usual.extend(list(root))
    again: bytes = etree.tostring(usual, encoding="UTF-8", xml_declaration=True)
    return again

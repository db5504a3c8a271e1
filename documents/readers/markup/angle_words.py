"""Words in angle brackets, which Markdown takes for tags of HTML.

`<name>`, `List<String>` and `<stage direction>` are words: there is no such element, nothing closes
it, and what is dropped as a tag would be missing from the text without a trace.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from lxml.html import defs

# Of HTML, too, and not in lxml's list, which is of an earlier one.
_ELEMENTS = defs.tags | {
    *("bdi", "data", "dialog", "frame", "main", "nobr", "picture", "search", "slot", "template")
}
# A tag with a value, a colon or a closing stroke is markup of some kind, known here or not.
_OPEN = re.compile(r"<([A-Za-z][\w.-]*)(?:\s+[\w-]+)*\s*>")
_CLOSE = re.compile(r"</([A-Za-z][\w.-]*)\s*>")


def with_angle_words(tree: dict[str, Any]) -> dict[str, Any]:
    """pandoc's tree, with the tags that are words as words."""
    raw = _raw_html(tree)
    closed = {name.casefold() for words in raw for name in _CLOSE.findall(words)}
    opened = {name.casefold() for words in raw for name in _OPEN.findall(words)}
    words = (opened | closed) - (opened & closed) - _ELEMENTS
    return _replaced(tree, words) if words else tree


def _raw_html(node: Any) -> list[str]:
    """All pieces of HTML below a node."""
    if isinstance(node, list):
        return [words for one in node for words in _raw_html(one)]
    if not isinstance(node, dict):
        return []
    if node.get("t") in {"RawInline", "RawBlock"}:
        form, words = node["c"]
        return [words] if form == "html" else []
    return [words for one in node.values() for words in _raw_html(one)]


def _replaced(node: Any, words: set[str]) -> Any:
    if isinstance(node, list):
        return [_replaced(one, words) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") not in {"RawInline", "RawBlock"} or node["c"][0] != "html":
        return {key: _replaced(one, words) for key, one in node.items()}

    def said(tag: re.Match[str]) -> str:
        return escape(tag[0], quote=False) if tag[1].casefold() in words else tag[0]

    html = _CLOSE.sub(said, _OPEN.sub(said, node["c"][1]))
    if node["t"] == "RawInline" and html != node["c"][1]:
        return {"t": "Str", "c": node["c"][1]}
    return {"t": node["t"], "c": ["html", html]}

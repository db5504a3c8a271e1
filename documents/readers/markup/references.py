"""The list of references of a journal article (JATS), which pandoc keeps to itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from documents.parsed import ParsedBlock, ParsedDocument
from documents.rich import Rich

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")


def with_references(parsed: ParsedDocument, root: Any) -> ParsedDocument:
    """The article with its references below a heading, each as the journal's file says it."""
    works = [one for one in root.iter("{*}ref") if _words(one)]
    known = {block.text for block in parsed.blocks}
    if not works or all(_words(one) in known for one in works):
        return parsed
    uid = max((block.uid for block in parsed.blocks), default=-1) + 1
    blocks = list(parsed.blocks)
    if not (blocks and blocks[-1].kind == "heading"):
        title = root.findtext(".//{*}ref-list/{*}title") or "References"
        blocks.append(ParsedBlock(uid, "heading", Rich(title).squashed(), 2))
    for n, one in enumerate(works, uid + 1):
        label = " ".join((one.findtext("{*}label") or "").split())
        rich = Rich(f"{label} {_words(one)}" if label else _words(one)).squashed()
        blocks.append(ParsedBlock(n, "paragraph", rich))
    return replace(parsed, blocks=tuple(blocks))


def _words(work: Any) -> str:
    """A reference as it is printed; of one in parts, its parts with stops between."""
    found = next((one for name in _CITATIONS for one in work.iter(f"{{*}}{name}")), None)
    if found is None:
        return ""
    if (found.text or "").strip() or any((one.tail or "").strip() for one in found):
        return " ".join("".join(found.itertext()).split())
    parts = [words for one in found if (words := _part(one))]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)


def _part(element: Any) -> str:
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element).localname
    if name == "person-group":
        return ", ".join(filter(None, map(_part, element)))
    if name == "name":
        names = (element.findtext(f"{{*}}{one}") or "" for one in ("given-names", "surname"))
        return " ".join(" ".join(names).split())
    return " ".join("".join(element.itertext()).split())

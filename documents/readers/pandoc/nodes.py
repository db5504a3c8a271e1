"""Small questions about pandoc's nodes, and small things made of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import Any

from documents.readers.pandoc.citations import Node
from documents.rich import InlineMark, Rich, joined
from documents.words import is_wide

# What may stand beside a picture without being said.
_SILENT = {"Space", "SoftBreak", "LineBreak"}


def closed_up(rich: Rich) -> Rich:
    """Without the spaces after references to notes in a text that is written without any."""
    text = rich.text
    cuts = sorted(
        {
            ref.offset
            for ref in rich.refs
            if text[ref.offset : ref.offset + 1] == " "
            and is_wide(text[ref.offset - 1 : ref.offset])
            and is_wide(text[ref.offset + 1 : ref.offset + 2])
        }
    )
    if not cuts:
        return rich
    gone = set(cuts)
    shorter = "".join(letter for at, letter in enumerate(text) if at not in gone)
    return rich.mapped(shorter, lambda old: old - bisect_left(cuts, old))


def with_references(rich: Rich) -> Rich:
    """The words of a note with what it says of other notes in them: “see [3]”."""
    for ref in sorted(rich.refs, key=lambda ref: ref.offset, reverse=True):
        at, written = ref.offset, f"[{ref.number}]"
        if at and rich.text[at - 1].isalnum():
            written = f" {written}"
        text = rich.text[:at] + written + rich.text[at:]
        shift = len(written)

        def place(old: int, at: int = at, shift: int = shift) -> int:
            return old if old <= at else old + shift

        rich = replace(rich, refs=()).mapped(text, place)
    return rich


def captioned(picture: Rich, caption: Rich) -> Rich:
    """A picture's mark, and its caption as the text."""
    marks = tuple(m for m in picture.marks if m.tag == "img")
    return replace(caption, marks=(*(replace(m, start=0, end=0) for m in marks), *caption.marks))


def is_code(nodes: list[Node]) -> bool:
    """Whether a paragraph is lines of code and nothing else."""
    kinds = {node["t"] for node in nodes}
    return "LineBreak" in kinds and "Code" in kinds and kinds <= {"Code", "LineBreak", "Space"}


def verse(lines: list[Rich]) -> Rich:
    whole = joined(lines, "\n")
    breaks = [InlineMark(at, at, "br") for at, c in enumerate(whole.text) if c == "\n"]
    return replace(whole, marks=(*whole.marks, *breaks))


def lines_of(nodes: Any) -> str:
    """Code keeps its spaces and line ends, and no markup."""
    if isinstance(nodes, list):
        return "".join(lines_of(one) for one in nodes)
    if not isinstance(nodes, dict):
        return ""
    name, content = nodes.get("t", ""), nodes.get("c", "")
    if name in {"Str", "Code", "Math"}:
        return str(content if name == "Str" else content[1])
    return {"Space": " ", "SoftBreak": "\n", "LineBreak": "\n"}.get(name) or lines_of(content)


def only_images(nodes: list[Node]) -> list[Node]:
    """The pictures of a paragraph that holds nothing else."""
    images: list[Node] = []
    for node in nodes:
        if node["t"] == "Image":
            images.append(node)
        elif node["t"] in {"Link", "Span"}:
            inner = only_images(node["c"][1])
            if not inner and (node["c"][1] or node["t"] == "Link"):
                return []
            images += inner
        elif node["t"] in {"Emph", "Strong"}:
            inner = only_images(node["c"])
            if not inner:
                return []
            images += inner
        elif node["t"] not in _SILENT and not (node["t"] == "Str" and not node["c"].strip()):
            return []
    return images


def images_in(node: Any) -> list[Node]:
    """All pictures below a node, in order."""
    if isinstance(node, list):
        return [image for one in node for image in images_in(one)]
    if isinstance(node, dict):
        return [node] if node.get("t") == "Image" else images_in(node.get("c"))
    return []


def says_more(node: Any) -> bool:
    """Whether anything but pictures speaks below a node."""
    if isinstance(node, list):
        return any(says_more(one) for one in node)
    if isinstance(node, dict):
        if node.get("t") in {"Str", "Table", "CodeBlock", "LineBlock", "Math", "RawBlock"}:
            return True
        return node.get("t") != "Image" and says_more(node.get("c"))
    return False


def refers(node: Any) -> bool:
    """Whether a note, a link or a picture stands in it: more than its letters."""
    if isinstance(node, list):
        return any(refers(one) for one in node)
    if not isinstance(node, dict):
        return False
    name = node.get("t")
    if name == "Span" and any(name == "note-ref" for name, _ in node["c"][0][2]):
        return True
    return name in {"Note", "Link", "Image"} or refers(node.get("c"))


def note_bodies(blocks: list[Node], bodies: dict[str, list[Node]]) -> None:
    for block in blocks:
        if block["t"] == "Div":
            (_, _, pairs), inner = block["c"]
            name = dict(pairs).get("note-body")
            if name is not None:
                bodies.setdefault(name, inner)
            else:
                note_bodies(inner, bodies)


def counted(number: int, style: str) -> str:
    """A number as a list of that style (pandoc's names) prints it."""
    if style in {"LowerAlpha", "UpperAlpha"} and 1 <= number <= 26:
        return chr((96 if style == "LowerAlpha" else 64) + number)
    if style in {"LowerRoman", "UpperRoman"} and 1 <= number <= 100:
        roman = _roman(number)
        return roman.lower() if style == "LowerRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
        (1, "I"),
    ):  # fmt: skip
        while number >= value:
            out += letters
            number -= value
    return out

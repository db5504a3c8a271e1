"""What `\\ref` refers to, where pandoc gives only the label: items, and others' environments.

An environment that the file does not declare (`\\begin{remark}`, from a style that is not here)
is numbered in the order in which it comes, and is headed by its name, as one that is declared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from documents.readers.pandoc.citations import Node

# Names that authors shorten.
_NAMES = {
    "thm": "Theorem", "theo": "Theorem", "lem": "Lemma", "prop": "Proposition", "cor": "Corollary",
    "def": "Definition", "defn": "Definition", "rem": "Remark", "rmk": "Remark", "ex": "Example",
    "exa": "Example", "exm": "Example", "obs": "Observation", "conj": "Conjecture", "ax": "Axiom",
}  # fmt: skip
# These only place what is in them.
_UNNUMBERED = {
    "center", "flushleft", "flushright", "minipage", "landscape", "multicols", "spacing",
    "abstract", "small", "footnotesize", "tcolorbox", "mdframed", "framed", "subequations",
}  # fmt: skip


def number_references(tree: dict[str, Any]) -> None:
    """Gives the references of a tree their numbers, where they can be told."""
    references = [
        (dict(pairs)["reference"], link)
        for link in _found(tree["blocks"], "Link")
        if "reference" in dict(pairs := link["c"][0][2])
    ]
    wanted = {label for label, link in references if _words(link) == f"[{label}]"}
    if not wanted:
        return
    numbers = dict(_items(tree["blocks"], wanted))
    numbers |= _environments(tree["blocks"], wanted)
    for label, link in references:
        if label in wanted and label in numbers:
            link["c"][1] = [_word(numbers[label])]


def _items(blocks: list[Node], wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The numbers of the labelled items of lists that are in no other list."""
    for one in _found(blocks, "OrderedList"):
        (start, style, _), items = one["c"]
        if style["t"] not in {"DefaultStyle", "Decimal"}:
            continue
        for number, item in enumerate(items, start):
            inner = {id(span) for deeper in _found(item, "OrderedList") for span in _labels(deeper)}
            for span in _labels(item):
                label = dict(span["c"][0][2])["label"]
                if id(span) not in inner and label in wanted:
                    yield label, str(number)


def _environments(blocks: list[Node], wanted: set[str]) -> dict[str, str]:
    by_name: dict[str, list[Node]] = defaultdict(list)
    for division in _found(blocks, "Div"):
        (_, classes, _), _ = division["c"]
        if len(classes) == 1 and classes[0].isalpha() and classes[0] not in _UNNUMBERED:
            by_name[classes[0]].append(division)
    numbers: dict[str, str] = {}
    for name, several in by_name.items():
        # One that pandoc has headed is declared; it has numbers of its own.
        if any(map(_is_headed, several)):
            continue
        found = {
            dict(span["c"][0][2])["label"]: str(number)
            for number, one in enumerate(several, 1)
            for span in _labels(one)
        }
        if wanted & set(found):
            numbers |= found
            for number, one in enumerate(several, 1):
                _head(one, f"{_NAMES.get(name, name.capitalize())} {number}")
    return numbers


def _is_headed(division: Node) -> bool:
    first = division["c"][1][:1]
    return bool(first) and first[0]["t"] == "Para" and first[0]["c"][0]["t"] == "Strong"


def _head(division: Node, words: str) -> None:
    head = [{"t": "Strong", "c": [_word(words)]}, _word("."), {"t": "Space"}]
    blocks = division["c"][1]
    if blocks and blocks[0]["t"] == "Para":
        blocks[0]["c"][:0] = head
    else:
        blocks.insert(0, {"t": "Para", "c": head[:2]})


def _labels(node: Any) -> list[Node]:
    return [span for span in _found(node, "Span") if "label" in dict(span["c"][0][2])]


def _found(node: Any, kind: str) -> Iterator[Node]:
    """The nodes of a kind within a node, in the order of the text."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get("t") == kind:
                yield one
            waiting.append(one.get("c"))
        elif isinstance(one, list):
            waiting.extend(reversed(one))


def _words(link: Node) -> str:
    return "".join(str(one.get("c", " ")) for one in link["c"][1])


def _word(text: str) -> Node:
    return {"t": "Str", "c": text}

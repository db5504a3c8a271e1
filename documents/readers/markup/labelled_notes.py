"""Notes that a text defines under labels: each is one note, whatever its words are.

pandoc sets a note's words wherever its label stands, and forgets the label. Two notes with
the same words (“Ibid.”) would then look like one, a note that only another note refers to
would be lost, and so would a note that nothing refers to. So each definition is marked before
pandoc reads the text, and the labels that it would pass over are named once more at the end.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from documents.readers.pandoc.citations import Node
from documents.sanitise import INLINE_TAGS

# A definition's mark, a reference inside a note, and the paragraph that names what is left.
_MARK, _INNER, _LAST = "\ue002", "\ue003", "\ue004"
_END = "\ue005"
# A text that has such letters itself keeps its notes as pandoc tells them.
_TAKEN = re.compile(r"[\ue002-\ue005]|&#(?:x0*e00[2-5]|0*5734[6-9]);", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoteSyntax:
    """How a format defines a note, at the beginning of a line, and refers to one."""

    definition: re.Pattern[str]
    reference: re.Pattern[str]
    written: str
    ended: str = "\n\n"


# A word can stand before what a definition begins with, unless that is a block's sign.
_TAGS = "|".join(sorted(INLINE_TAGS | {"b", "i", "s", "small", "u"}))
_WORDS = (
    rf"(?=<(?:{_TAGS})\b|`(?!``)|[^\s>#+|`~<:=*\d-]"
    r"|\*(?=[^\s*])|\*\*(?=\S)|\d(?!\d*[.)]\s))"
)
MARKDOWN_NOTES = NoteSyntax(
    re.compile(rf"^ {{0,3}}\[\^(?P<label>[^\]\s]+)\]:[ \t]+{_WORDS}", re.MULTILINE),
    re.compile(r"\[\^(?P<label>[^\]\s]+)\](?!:)"),
    "[^%s]",
)
ORG_NOTES = NoteSyntax(
    re.compile(rf"^\[fn:(?P<label>[\w-]+)\][ \t]+{_WORDS}", re.MULTILINE),
    re.compile(r"\[fn:(?P<label>[\w-]+)\]"),
    "[fn:%s]",
    "\n\n\n",
)
RST_NOTES = NoteSyntax(
    re.compile(rf"^\.\. \[(?P<label>\d+|#[\w-]+)\][ \t]+{_WORDS}", re.MULTILINE),
    re.compile(r"\[(?P<label>\d+|#[\w-]+)\]_"),
    "[%s]_",
)
_BLANK = re.compile(r"\n[ \t]*\n(?=\S)")


@dataclass(slots=True)
class LabelledNotes:
    """The notes of one text; labels are known by the order of their definitions."""

    syntax: NoteSyntax
    labels: dict[str, int] = field(default_factory=dict)

    def marked(self, text: str) -> str:
        """The text with its definitions marked, for pandoc."""
        if _TAKEN.search(text):
            return text
        found = list(self.syntax.definition.finditer(text))
        for match in found:
            self.labels.setdefault(match["label"].casefold(), len(self.labels))
        if not self.labels:
            return text
        out: list[str] = []
        body: list[str] = []
        inner: set[str] = set()
        at = 0
        for match, following in zip(found, [*found[1:], None], strict=True):
            stop = following.start() if following else len(text)
            blank = _BLANK.search(text, match.end(), stop)
            end = blank.start() if blank else stop
            body.append(text[at : match.start()])
            number = self.labels[match["label"].casefold()]
            out += [text[at : match.end()], f"{_MARK}{number}{_END} "]
            out.append(self._without_references(text[match.end() : end], inner))
            at = end
        body.append(text[at:])
        out.append(text[at:])
        named = {
            one["label"].casefold() for part in body for one in self.syntax.reference.finditer(part)
        }
        left = [one for one in self.labels if one in inner or one not in named]
        if left:
            written = " ".join(self.syntax.written % one for one in left)
            out.append(f"{self.syntax.ended}{_LAST} {written}\n")
        return "".join(out)

    def _without_references(self, words: str, inner: set[str]) -> str:
        """References inside a note, which pandoc would pass over, as marks."""

        def mark(match: re.Match[str]) -> str:
            label = match["label"].casefold()
            if label not in self.labels:
                return match.group()
            inner.add(label)
            return f"{_INNER}{self.labels[label]}{_END}"

        return self.syntax.reference.sub(mark, words)

    def restored(self, tree: str) -> str:
        """pandoc's JSON with each note's own name in place of the marks."""
        if not self.labels:
            return tree
        tree = _NOTED.sub(r'\1"name":"label \2",', tree)
        if _INNER in tree:
            tree = _WITH_INNER.sub(lambda m: _INNER_REFERENCE.sub(_SPAN, m.group()), tree)
            # In code, it is the code's own.
            tree = _INNER_REFERENCE.sub(self._as_written, tree)
        return _STRAY.sub("", tree)

    def _as_written(self, match: re.Match[str]) -> str:
        label = next((one for one, n in self.labels.items() if n == int(match[1])), "")
        return json.dumps(self.syntax.written % label)[1:-1]

    def settled(self, tree: dict[str, Any]) -> dict[str, Any]:
        """The tree with the notes that were named at the end as bodies, for the tree's reader."""
        blocks = tree["blocks"]
        if blocks and blocks[-1]["t"] == "Para" and _begins(blocks[-1], _LAST):
            last = blocks.pop()
            for node in last["c"]:
                if node["t"] == "Note" and "name" in node["c"][0]:
                    blocks.append(_body(node["c"]))
        return tree


def _begins(block: Node, sign: str) -> bool:
    first = block["c"][0] if block["c"] else {}
    return first.get("t") == "Str" and str(first.get("c", "")).startswith(sign)


def _body(content: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["note-body", content[0]["name"]]]], content]}


# As pandoc writes it; the mark is a word of its own, and the space after it goes with it.
_NOTED = re.compile(
    r'(\{"t":"Note","c":\[\{)(?="t":"(?:Para|Plain)","c":\[\{"t":"Str","c":"'
    rf'{_MARK}(\d+){_END}")'
)
_INNER_REFERENCE = re.compile(rf"{_INNER}(\d+){_END}")
_WITH_INNER = re.compile(rf'"t":"Str","c":"(?:[^"\\{_INNER}]|\\.)*{_INNER}(?:[^"\\]|\\.)*"')
_SPAN = r'"},{"t":"Span","c":[["",[],[["note-ref","label \1"]]],[]]},{"t":"Str","c":"'
_STRAY = re.compile(rf"{_MARK}\d+{_END} ?")

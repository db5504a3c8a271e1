"""Long runs of plain words as short placeholders, while pandoc reads what stands around them.

pandoc makes two elements of each word, and they are most of what a long essay costs.
A run has no sign of Markdown in it and stands between spaces, so that nothing
around it is read in another way when a placeholder stands for it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from documents.encoding import visible_text
from documents.readers.pandoc.program import pandoc_json

_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"{_OPEN}([0-9]{{1,9}}){_CLOSE}")
# A text that has such letters itself, as they are or as references, gets no placeholders.
_TAKEN = re.compile(f"[{_OPEN}{_CLOSE}]|&#(?:x0*e00[01]|0*5734[45]);", re.IGNORECASE)
# After a space and before one, in one line; shorter ones are not worth a placeholder.
_RUN = re.compile(r"(?<=\S )[\w,.;:?’“”‘–—()-][\w ,.;:?’“”‘–—()-]{38,}[\w,.;:?’“”‘–—()-](?= \S)")
# Of LaTeX, where two hyphens are a dash.
_LATEX_RUN = re.compile(
    r"(?<=\S )[\w,.;:?’“”‘–—()][\w ,.;:?’“”‘–—()]"
    r"(?:[\w ,.;:?’“”‘–—()]|(?<!-)-(?!-)){37,}[\w,.;:?’“”‘–—()](?= \S)"
)
_PLAIN_SPACE = re.compile(r"  |_")
# A paragraph that is one for sure, and has neither code nor tags.
_PARAGRAPH = re.compile(r"[^\W\d_]|[“‘«(\"'*]+[^\W\d_]")
_LATER_LINE = re.compile(r"[^\W\d_]|[“‘«(\"'*\[]+[^\W\d_]")
_SPECIAL = re.compile(r"[`<|\\${}]|\]:")
_BRACKET = re.compile(r"[\[\]]")


# Characters from which a text is worth the detour.
LONG = 500_000


def pandoc_page(html: str) -> dict[str, Any]:
    """pandoc's tree of a web page; of a long one with placeholders for its plain words."""
    if len(html) < LONG:
        return pandoc_json(html, "html")
    placeholders = Placeholders()
    return pandoc_json(placeholders.insert_in_html(html), "html", placeholders.restored)


class Placeholders:
    """One text's placeholders: `insert` sets them, `restored` the words again in pandoc's JSON."""

    def __init__(self) -> None:
        self.runs: list[str] = []

    def insert(self, text: str) -> str:
        if _TAKEN.search(text):
            return text
        return "\n\n".join(self._paragraph(one) for one in text.split("\n\n"))

    def insert_in_html(self, html: str) -> str:
        """Of a web page, whose markup is another: in a run there is none of it."""
        return html if _TAKEN.search(html) else self._runs(html)

    def insert_in_latex(self, text: str) -> str:
        return text if _TAKEN.search(text) else _LATEX_RUN.sub(self._placeholder, text)

    def insert_in_words(self, words: str) -> str:
        """Of words that are nothing but words, from a text known to have no such letters itself."""
        return self._runs(words)

    def restored(self, tree: str) -> str:
        """The words as JSON writes them inside a string."""
        return _PLACEHOLDER.sub(self._words, tree) if self.runs else tree

    def _words(self, found: re.Match[str]) -> str:
        number = int(found[1])
        return json.dumps(self.runs[number])[1:-1] if number < len(self.runs) else found[0]

    def _paragraph(self, text: str) -> str:
        first, *later = text.removeprefix("\n").split("\n")
        if not _PARAGRAPH.match(first) or _SPECIAL.search(text):
            return text
        if not all(_LATER_LINE.match(line) for line in later):
            return text
        out: list[str] = []
        at = depth = 0
        for bracket in _BRACKET.finditer(text):
            # A label is looked up by its words: it stays as it is.
            piece = text[at : bracket.start()]
            out += [piece if depth else self._runs(piece), bracket[0]]
            depth += 1 if bracket[0] == "[" else -1
            at = bracket.end()
            if depth < 0:
                return text
        return text if depth else "".join([*out, self._runs(text[at:])])

    def _runs(self, text: str) -> str:
        return _RUN.sub(self._placeholder, text)

    def _placeholder(self, run: re.Match[str]) -> str:
        if _PLAIN_SPACE.search(run[0]):
            return run[0]
        self.runs.append(visible_text(run[0]))
        return f"{_OPEN}{len(self.runs) - 1}{_CLOSE}"

"""A block's words with what stands upon them: references to notes, and marks.

Pure functions. The HTML that comes in is sanitised and its text is the block's
text; what goes out has the same text, in the same elements, with `<mark>`
pieces cut wherever marks overlap and wherever an element begins or ends, so
that the nesting is always right.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from documents.block_names import note_name
from readings.page.layers import Mark
from readings.page.slots import if_own
from rendering.slots import without_marks

# A tag as the sanitiser writes it; within quotes it may hold “>”.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^>"]|"[^"]*")*>""")
VOID = frozenset({"br", "img"})
# White space between these is layout: a browser throws a <mark> there out of the table.
BETWEEN_CELLS = frozenset({"table", "thead", "tbody", "tr"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a note. It stands before the code point at `offset`; `id` is its own.

    `within` begins the ids of its text, where another text stands on the same page.
    """

    number: str
    offset: int
    id: str
    within: str = ""


def render_block(
    html: str, *, references: Sequence[Reference] = (), marks: Sequence[Mark] = ()
) -> str:
    """Return `html` with its references and marks, and slots where a mark may be the viewer's own.

    Offsets are code points of the text. A screen reader is told of each card once, on the first
    piece of its first mark. White space between the cells of a table stays unmarked.
    """
    html = without_marks(html)
    if not references and not marks:
        return html
    writer = _MarkWriter(references, marks)
    writer.write(html)
    return "".join(writer.out)


class _MarkWriter:
    """Copies the HTML, cutting its text where a mark begins or ends or a reference stands."""

    def __init__(self, references: Sequence[Reference], marks: Sequence[Mark]) -> None:
        self.out: list[str] = []
        self.at = 0
        self.open: list[tuple[str, str]] = []  # name, start tag as written
        self.references = sorted(references, key=lambda one: one.offset)
        self.marks = sorted(
            (one for one in marks if one.start < one.end), key=lambda one: one.end - one.start
        )
        self.cuts = sorted(
            {one.offset for one in references}
            | {one.start for one in self.marks}
            | {one.end for one in self.marks}
        )
        self.told: set[str] = set()

    def write(self, html: str) -> None:
        at = 0
        for tag in _TAG.finditer(html):
            if tag.start() > at:
                self._write_text(unescape(html[at : tag.start()]))
            at = tag.end()
            if tag[1]:
                self._write_end(tag[2].lower())
            else:
                self._write_start(tag[2].lower(), tag[0])
        if at < len(html):
            self._write_text(unescape(html[at:]))
        while self.open:
            self.out.append(f"</{self.open.pop()[0]}>")
        self._write_references(to_the_last=True)

    def _write_start(self, name: str, written: str) -> None:
        self._write_references()
        self.out.append(written)
        if name not in VOID:
            self.open.append((name, written))

    def _write_end(self, tag: str) -> None:
        if not any(name == tag for name, _ in self.open):
            return
        if tag in {"td", "th", "caption"}:
            # A reference at a cell's end belongs to the cell.
            self._write_references()
        while self.open:
            name, _ = self.open.pop()
            self.out.append(f"</{name}>")
            if name == tag:
                break

    def _write_text(self, data: str) -> None:
        begin, end = self.at, self.at + len(data)
        first = bisect_right(self.cuts, begin)
        stops = [cut for cut in self.cuts[first:] if cut < end]
        for stop in [*stops, end]:
            self._write_references()
            self._write_piece(data[self.at - begin : stop - begin])
            self.at = stop

    def _write_piece(self, words: str) -> None:
        text = escape(words, quote=False)
        here = [mark for mark in self.marks if mark.start <= self.at < mark.end]
        if not here or (self.open and self.open[-1][0] in BETWEEN_CELLS):
            self.out.append(text)
        else:
            self.out.append(f"<mark{self._attributes(here)}>{text}</mark>")

    def _attributes(self, marks: list[Mark]) -> str:
        cards = list(dict.fromkeys(mark.card for mark in marks))
        first = [mark.card for mark in marks if mark.begins and mark.card not in self.told]
        self.told.update(first)
        threads = [card[1:] for card in cards if card.startswith("t")]
        guide = [card for card in cards if not card.startswith("t")]
        shown = shown_under(marks)
        attributes = [
            ("data-threads", " ".join(threads)),
            ("data-mark", " ".join(guide)),
            ("aria-details", " ".join(dict.fromkeys(first))),
        ]
        # What is no note of the guide is painted as what members say, also where no thread of this
        # text is about it: the other end of a link.
        said = any(not card.startswith("g") for card in cards)
        written = "".join(
            f' {name}="{escape(value)}"'
            for name, value in attributes
            if value or (said and name == "data-threads")
        )
        others = f' data-show="{" ".join(shown)}"' if len(shown) > 1 else ""
        authors = list(dict.fromkeys(mark.author for mark in marks if mark.author))
        if authors:
            others = if_own(authors, ' data-show="mine group all" data-own=""', others)
        return written + others

    def _write_references(self, *, to_the_last: bool = False) -> None:
        if not to_the_last and self.open and self.open[-1][0] in BETWEEN_CELLS:
            return
        while self.references and (to_the_last or self.references[0].offset <= self.at):
            self._write_reference(self.references.pop(0))

    def _write_reference(self, reference: Reference) -> None:
        # A link may not stand in a link: close what is open down to it, and open it again.
        names = [name for name, _ in self.open]
        inside = self.open[names.index("a") :] if "a" in names else []
        self.out += [f"</{name}>" for name, _ in reversed(inside)]
        number = escape(reference.number)
        self.out.append(
            f'<a class="fn" id="{escape(reference.within + reference.id)}"'
            f' href="#{escape(reference.within)}note-{note_name(reference.number)}"'
            f' data-skip="" role="doc-noteref" aria-label="Note {number}">{number}</a>'
        )
        self.out += [written for _, written in inside]


def shown_under(marks: Iterable[Mark]) -> list[str]:
    """Return the choices of the annotation filter under which others see a piece painted."""
    words = {"all"}
    for mark in marks:
        if mark.audience == "guide":
            words |= {"mine", "group"}
        elif mark.audience == "group":
            words.add("group")
    return [word for word in ("mine", "group", "all") if word in words]

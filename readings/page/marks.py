"""A block's words with what stands upon them: references to notes, and marks.

Pure functions. The HTML that comes in is sanitised and its text is the block's
text; what goes out has the same text, in the same elements, with `<mark>`
pieces cut wherever marks overlap and wherever an element begins or ends, so
that the nesting is always right.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe

from documents.block_names import note_name
from readings.page.layers import Mark

VOID = frozenset({"br", "img"})
# White space between these is layout: a browser throws a <mark> there out of the table.
BETWEEN_CELLS = frozenset({"table", "thead", "tbody", "tr"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a note. It stands before the code point at `offset`; `id` is its own."""

    number: str
    offset: int
    id: str


def render_block(
    html: str,
    *,
    references: Sequence[Reference] = (),
    marks: Sequence[Mark] = (),
    heard: Container[str] = (),
) -> SafeString:
    """Return `html` with its references and marks.

    Offsets are code points of the text. `heard` are the cards whose mark began
    in an earlier block: a screen reader is told of each card once, on the first
    piece of its first mark. White space between the cells of a table stays
    unmarked.
    """
    if not references and not marks:
        return mark_safe(html)  # noqa: S308 - sanitised when the essay was imported
    writer = _Writer(references, marks, heard)
    writer.feed(html)
    writer.close()
    writer.finish()
    return mark_safe("".join(writer.out))  # noqa: S308 - sanitised, and what we add is escaped


class _Writer(HTMLParser):
    """Copies the HTML, cutting its text where a mark begins or ends or a reference stands."""

    def __init__(
        self, references: Sequence[Reference], marks: Sequence[Mark], heard: Container[str]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.at = 0
        self.open: list[tuple[str, str]] = []  # name, start tag as written
        self.references = sorted(references, key=lambda one: one.offset)
        self.marks = [one for one in marks if one.start < one.end]
        self.cuts = sorted(
            {one.offset for one in references}
            | {one.start for one in self.marks}
            | {one.end for one in self.marks}
        )
        self.heard = heard
        self.told: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        written = self.get_starttag_text() or ""
        self._write_references()
        self.out.append(written)
        if tag not in VOID:
            self.open.append((tag, written))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
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

    def handle_data(self, data: str) -> None:
        end = self.at + len(data)
        stops = [cut for cut in self.cuts if self.at < cut < end] + [end]
        begin = self.at
        for stop in stops:
            self._write_references()
            self._write_piece(data[self.at - begin : stop - begin])
            self.at = stop

    def finish(self) -> None:
        while self.open:
            self.out.append(f"</{self.open.pop()[0]}>")
        self._write_references(to_the_last=True)

    def _write_piece(self, words: str) -> None:
        text = escape(words, quote=False)
        here = [mark for mark in self.marks if mark.start <= self.at < mark.end]
        if not here or (self.open and self.open[-1][0] in BETWEEN_CELLS):
            self.out.append(text)
        else:
            self.out.append(f"<mark{self._attributes(here)}>{text}</mark>")

    def _attributes(self, marks: list[Mark]) -> str:
        marks.sort(key=lambda mark: mark.end - mark.start)
        cards = list(dict.fromkeys(mark.card for mark in marks))
        first = [card for card in cards if card not in self.told and card not in self.heard]
        self.told.update(first)
        threads = [card[1:] for card in cards if card.startswith("t")]
        guide = [card for card in cards if not card.startswith("t")]
        attributes = {
            "class": "mark",
            "data-threads": " ".join(threads),
            "data-show": " ".join(shown_under(marks)),
        }
        if guide:
            attributes["data-mark"] = " ".join(guide)
        if first:
            attributes["aria-details"] = " ".join(first)
        if any(mark.own for mark in marks):
            attributes["data-own"] = ""
        return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())

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
            f'<a class="fn" id="{escape(reference.id)}" href="#note-{note_name(reference.number)}"'
            f' data-skip="" role="doc-noteref" aria-label="Note {number}">{number}</a>'
        )
        self.out += [written for _, written in inside]


def shown_under(marks: Iterable[Mark]) -> list[str]:
    """Return the choices of the annotation filter under which a piece is painted."""
    words = {"all"}
    for mark in marks:
        if mark.own or mark.audience == "guide":
            words |= {"mine", "group"}
        elif mark.audience == "group":
            words.add("group")
    return [word for word in ("mine", "group", "all") if word in words]

"""The essay's words with the marks of threads, each with its number, as HTML for paper.

Pure: what stands on a block in, HTML out. The words are those of documents.writers.html;
marks are cut wherever an element begins or ends, so that the nesting is always right.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from documents import DocumentBlock
from documents.writers import HtmlWriter, Labels, Token, clean


@dataclass(frozen=True, slots=True)
class Sign:
    """Marked words of a block, in code points. `number` is that of the entry below, or 0."""

    start: int
    end: int
    number: int
    is_own: bool = False


class PrintWriter(HtmlWriter):
    """Writes blocks with the signs that stand on them, by the block's key."""

    def __init__(
        self, source: Callable[[str], str], signs: dict[str, list[Sign]], *, labels: Labels
    ) -> None:
        super().__init__(source, labels=labels)
        self.signs = signs
        self._here: list[Sign] = []

    def block(self, block: DocumentBlock) -> str:
        self._here = [sign for sign in self.signs.get(block.key, []) if sign.start < sign.end]
        if block.kind == "list_item":
            marker = f'<span class="marker">{clean(block.marker)}</span>' if block.marker else ""
            return f"<p{self.anchor(block)}>{marker}{self.words(block.html, block.note_refs)}</p>"
        return super().block(block)

    def written(self, found: Iterable[Token]) -> str:
        signs, self._here = self._here, []
        return super().written(_signed(found, signs) if signs else found)


def _signed(found: Iterable[Token], signs: Sequence[Sign]) -> Iterable[Token]:
    """Cut the text where a mark begins or ends, and write each number at its mark's end."""
    cuts = sorted({sign.start for sign in signs} | {sign.end for sign in signs})
    at = 0
    in_row = False  # between the cells of a table is no place for a mark
    for token in found:
        if token.name in _ROWS:
            in_row = token.name not in _CELLS or token.kind == "close"
        if token.kind != "text":
            yield token
            continue
        end = at + len(token.text)
        stops = [cut for cut in cuts if at < cut < end]
        begin = at
        for stop in [*stops, end]:
            piece = replace(token, text=token.text[begin - at : stop - at])
            here = [sign for sign in signs if sign.start < stop and sign.end > begin]
            yield from _piece(piece, [] if in_row else here)
            for sign in signs:
                if sign.number and begin < sign.end == stop:
                    yield from _number(sign.number)
            begin = stop
        at = end


_CELLS = {"td", "th", "caption"}
_ROWS = {*_CELLS, "table", "thead", "tbody", "tr"}


def _piece(piece: Token, here: Sequence[Sign]) -> Iterable[Token]:
    if not here:
        yield piece
        return
    name = "mark-own" if any(sign.is_own for sign in here) else "mark-theirs"
    yield Token("open", "mark", attrs=(("class", name),))
    yield piece
    yield Token("close", "mark")


def _number(number: int) -> Iterable[Token]:
    yield Token("open", "sup", attrs=(("class", "sign"),))
    yield Token("text", text=f"[{number}]")
    yield Token("close", "sup")

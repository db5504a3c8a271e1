"""Pages on which text flows around boxes, as a browser prints them, and how they are to be read.

`python -m tests.documents.pdfs.floats` prints them again, with Chromium. The files are
kept in `floats/`, so that nobody needs it to run the tests.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

FILES = Path(__file__).parent / "floats"
_PICTURE = Path(__file__).parents[1] / "formats" / "essays" / "mole.png"
_PAGE = (
    "body { font: 12pt/1.4 'DejaVu Serif', serif } h1 { font-size: 22pt } h2 { font-size: 16pt }"
)

_SENTENCES = (
    "The harbour was older than the town, and the town had long forgotten which of its streets "
    "had once been quays.",
    "Ships came in with the evening tide, and the clerks who counted them wrote down their names "
    "in a hand that nobody reads any more.",
    "What a clerk left out is lost to us, for no captain kept a book that he did not have to show.",
    "In winter the mole was closed by a chain as thick as a man’s arm, and whoever wanted to "
    "leave before the thaw had to ask the warden for the key.",
    "Some did ask, and a few of them were refused.",
    "The reasons are written in the margin of the ledger: a debt, a quarrel, the wrong flag, and "
    "once, in another ink, only the word “never”.",
    "We may wonder what that captain had done; the ledger does not say, and the town has no "
    "memory but the ledger.",
    "Later the sand came, a little more with each storm, until the smaller of both harbours was "
    "a meadow in which children found nails and rope.",
    "Nobody built there.",
)


@dataclass(frozen=True)
class Part:
    """A part of a page: its tag and words; a box has a style, and rows or a picture.

    `picture` is “photograph”, or “drawing”, whose lines nothing tells from those of a page.
    """

    tag: str
    text: str
    style: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    picture: str = ""

    def html(self) -> str:
        words = escape(self.text)
        if self.tag != "box":
            return f"<{self.tag}>{words}</{self.tag}>"
        if self.rows:
            rows = (f"<td>{'<td>'.join(map(escape, row))}" for row in self.rows)
            head = f"<tr><th colspan=2>{words}"
            return f'<table style="{self.style}">{head}<tr>{"<tr>".join(rows)}</table>'
        data = b64encode(_PICTURE.read_bytes()).decode()
        shown = {
            "": "",
            "photograph": f'<img src="data:image/png;base64,{data}" style="width: 100%">',
            "drawing": '<svg width="160" height="110"><path d="M5 90 80 9 150 95Z"/></svg>',
        }
        return f'<div style="{self.style}">{shown[self.picture]}<div>{words}</div></div>'

    def read(self) -> list[tuple[str, str]]:
        """The kinds and words of its blocks."""
        if self.rows:
            return [("table", "\n".join([self.text, *(" ".join(row) for row in self.rows)]))]
        kinds = {"h1": "heading", "h2": "heading", "li": "list_item"}
        kind = "figure" if self.picture == "photograph" else kinds.get(self.tag, "paragraph")
        return [(kind, self.text)]


def prose(first: int, count: int) -> Part:
    """A paragraph of so many sentences, from one of them on."""
    chosen = (_SENTENCES[n % len(_SENTENCES)] for n in range(first, first + count))
    return Part("p", " ".join(chosen))


TITLE = Part("h1", "Two Harbours")
HEADING = Part("h2", "What the Sand Took")
ITEMS = tuple(
    Part("li", text)
    for text in (
        "a debt that was not paid before the first of the month, or was paid in the wrong coin",
        "a quarrel with the warden",
        "the wrong flag, or none at all, which came to the same thing in the eyes of the clerks",
        "a word against the mole",
    )
)
_ROWS = (("Depth", "nine metres"), ("Quays", "four"), ("Chain", "1340"), ("Closed", "1871"))
_LONG_ROWS = tuple((f"Year {year}", f"{year - 1300} ships") for year in range(1340, 1380))
_CAPTION = "A quay at low tide, with the clerks who counted the ships, and their dog."


def thumb(side: str, more: str = "", text: str = _CAPTION, picture: str = "photograph") -> Part:
    """A small picture with its caption at one side."""
    gap = "left" if side == "right" else "right"
    style = f"float: {side}; width: 160px; margin: 4px 0 10px; margin-{gap}: 16px; font-size: 9pt;"
    return Part("box", text, style + more, picture=picture)


def infobox(
    more: str = "", rows: tuple[tuple[str, ...], ...] = _ROWS, text: str = "Harbour"
) -> Part:
    style = "float: right; width: 240px; margin: 0 0 10px 16px; font-size: 10pt;"
    return Part("box", text, style + more, rows)


_BORDER = "border: 1px solid #888; padding: 6px; background: #eee;"
# Boxes stand in the page before the paragraph that they interrupt.
LAYOUTS: dict[str, list[Part]] = {
    "page-top": [infobox(_BORDER), TITLE, prose(0, 6), prose(3, 5), HEADING, prose(1, 6)],
    "no-border": [TITLE, prose(0, 4), infobox(), prose(3, 7), prose(1, 6)],
    "over-pages": [
        *(TITLE, prose(0, 8), prose(2, 9), prose(5, 7), prose(1, 8)),
        *(infobox(_BORDER, _LONG_ROWS), prose(4, 30), prose(3, 9), prose(6, 6)),
    ],
    "two-lines": [
        *(TITLE, prose(0, 4), thumb("right", text="A quay at low tide, and a dog.", picture="")),
        *(prose(3, 7), prose(1, 6)),
    ],
    "two-boxes": [
        *(TITLE, prose(0, 4), thumb("right"), thumb("left", text="The old mole.")),
        *(prose(3, 9), prose(1, 6)),
    ],
    "two-right": [
        *(TITLE, prose(0, 4), thumb("right", text="The old mole in winter, closed by its chain.")),
        *(thumb("right", _BORDER), prose(3, 9), prose(1, 6)),
    ],
    "list": [TITLE, prose(0, 4), thumb("right"), *ITEMS, prose(3, 7), prose(1, 6)],
    "heading": [TITLE, prose(0, 4), thumb("right", _BORDER), HEADING, prose(2, 7), prose(5, 4)],
    "left": [TITLE, prose(0, 4), thumb("left"), prose(3, 7), HEADING, prose(1, 6)],
    "left-border": [TITLE, prose(0, 4), thumb("left", _BORDER), prose(3, 7), prose(1, 6)],
    "columns": [
        *(TITLE, prose(0, 7), prose(2, 6), thumb("right", "width: 120px"), prose(3, 9)),
        *(
            HEADING,
            prose(1, 6),
            thumb("left", "width: 120px", "The mole."),
            prose(0, 9),
            prose(4, 9),
        ),
    ],
    "justified": [
        *(TITLE, prose(0, 4), thumb("right"), prose(3, 7), prose(1, 6), thumb("left", _BORDER)),
        *(prose(2, 8), prose(6, 7)),
    ],
    "drawing": [
        *(TITLE, prose(0, 4), thumb("right", picture="drawing"), prose(2, 7)),
        *(prose(1, 6), prose(3, 8)),
    ],
    "same-type": [
        *(TITLE, prose(0, 4), thumb("right", "font-size: 12pt;" + _BORDER, picture="")),
        *(prose(3, 7), prose(1, 6)),
    ],
    "short-paragraphs": [
        *(TITLE, prose(0, 2), thumb("right"), prose(3, 2), prose(4, 1), prose(6, 2), prose(8, 1)),
        *(prose(2, 2), prose(0, 8)),
    ],
    "indented": [
        *(TITLE, prose(0, 4), thumb("right"), prose(3, 5), prose(1, 2), prose(5, 3), prose(6, 6)),
        *(thumb("left"), prose(0, 5), prose(3, 5), prose(2, 4)),
    ],
}
_STYLES = {
    "columns": "body { columns: 2; font-size: 10pt } h1 { column-span: all }",
    "justified": "p { text-align: justify }",
    "indented": "p { text-align: justify; text-indent: 1.5em; margin: 0 }",
}


def truth(name: str) -> list[tuple[str, str]]:
    """The kinds and words of a page's blocks in the order in which they are to be read."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, str]] = []
    parts = LAYOUTS[name]
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        if part.tag == "box":
            # Of two boxes the second stands left of the first, in all of these pages.
            on_the_left = bool(waiting)
            waiting = part.read() + waiting if on_the_left else waiting + part.read()
            continue
        found += part.read()
        if part.tag == "p" or (part.tag == "li" and after and after.tag != "li"):
            found += waiting
            waiting = []
    return found


def page(name: str) -> str:
    body = "".join(
        f"<ul>{''.join(part.html() for part in parts)}</ul>"
        if tag == "li"
        else "".join(part.html() for part in parts)
        for tag, parts in groupby(LAYOUTS[name], key=lambda part: part.tag)
    )
    style = f"<style>{_PAGE}{_STYLES.get(name, '')}</style>"
    return f'<!doctype html><html lang="en"><meta charset="utf-8">{style}<body>{body}'


def _print(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page(name), "utf-8")
        subprocess.run(
            (
                *("chromium-headless-shell", "--no-sandbox", "--disable-gpu"),
                *("--no-pdf-header-footer", f"--print-to-pdf={FILES / name}.pdf", str(source)),
            ),
            check=True,
            capture_output=True,
            timeout=60,
        )


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for one in sys.argv[1:] or LAYOUTS:
        _print(one)

"""Small PDFs made by hand: words at places, in the fonts that every reader of PDFs has.

Courier's letters are all six tenths as wide as high, so that a test can know
where a line ends. Coordinates are points from the lower left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

WIDTH, HEIGHT = 612, 792
_FONTS = {
    "roman": "Times-Roman",
    "italic": "Times-Italic",
    "bold": "Times-Bold",
    "mono": "Courier",
    # Its letters have no names that say what they are, as those of fonts drawn for a printer.
    "unnamed": "Courier-Oblique",
}
_NAMELESS = "<< /Type /Encoding /Differences [0 {}] >>".format(
    " ".join(f"/n{n}" for n in range(256))
)
# Of Courier.
LETTER = 0.6


@dataclass
class Sheet:
    """One page; `text` and `rule` draw on it."""

    drawn: list[str] = field(default_factory=list)
    turn: int = 0
    # Left, lower, right and upper side of what is shown of it.
    crop: tuple[int, int, int, int] = (0, 0, WIDTH, HEIGHT)

    def text(self, x: float, y: float, words: str, *, size: float = 12, font: str = "mono") -> None:
        data = words.encode("cp1252")
        for sign in (b"\\", b"(", b")"):
            data = data.replace(sign, b"\\" + sign)
        # Latin-1 carries the bytes as they are into the file.
        shown = data.decode("latin-1")
        self.drawn.append(f"BT /{font} {size} Tf {x} {y} Td ({shown}) Tj ET")

    def rule(self, x: float, y: float, wide: float) -> None:
        self.drawn.append(f"{x} {y} m {x + wide} {y} l S")

    def column(
        self, x: float, y: float, lines: list[str], *, size: float = 12, font: str = "mono"
    ) -> float:
        """Lines below each other; the next baseline."""
        for line in lines:
            if line:
                self.text(x, y, line, size=size, font=font)
            y -= 1.2 * size
        return y


def wrapped(words: list[str], letters: int, *, indent: int = 0) -> list[str]:
    """Words as lines of at most so many letters, the first with an indent."""
    lines = [""]
    for word in words:
        room = letters - (indent if len(lines) == 1 else 0)
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def pdf(*sheets: Sheet) -> bytes:
    """The pages as a file."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    first = 3 + len(_FONTS)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(sheets)))
    objects.append(f"<< /Type /Pages /Count {len(sheets)} /Kids [{kids}] >>")
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} "
        f"/Encoding {_NAMELESS if font == 'unnamed' else '/WinAnsiEncoding'} >>"
        for font, name in _FONTS.items()
    ]
    fonts = " ".join(f"/{name} {n} 0 R" for n, name in enumerate(_FONTS, 3))
    for n, sheet in enumerate(sheets):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {sheet.turn} "
            f"/CropBox [{' '.join(map(str, sheet.crop))}] "
            f"/Contents {first + 2 * n + 1} 0 R /Resources << /Font << {fonts} >> >> >>"
        )
        stream = "\n".join(sheet.drawn)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for n, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{one}\nendobj\n".encode("latin-1")
    start = len(out)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    return out + f"startxref\n{start}\n%%EOF\n".encode()

"""The picture of the first essay, drawn."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw


def draw(path: Path) -> None:
    """A mole, a lamp tower and two boats, in four shades."""
    image = Image.new("P", (320, 160), 0)
    image.putpalette([238, 242, 245, 150, 178, 196, 92, 84, 78, 214, 60, 40])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 96, 320, 160), fill=1)
    pen.polygon([(0, 92), (214, 98), (222, 112), (0, 120)], fill=2)
    pen.rectangle((204, 52, 214, 100), fill=2)
    pen.ellipse((202, 42, 216, 54), fill=3)
    for x in (60, 118):
        pen.polygon([(x, 128), (x + 34, 128), (x + 27, 137), (x + 6, 137)], fill=2)
        pen.line((x + 16, 100, x + 16, 128), fill=2, width=2)
    # Small: some programs write a picture out dot by dot.
    image.resize((96, 48)).save(path, optimize=True)

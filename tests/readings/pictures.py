"""Files with pictures in them, made here."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from PIL import Image


def picture_bytes(
    form: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "teal"
) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


def data_address(data: bytes, media_type: str = "image/png") -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"


def essay_with_picture() -> str:
    """Markdown that brings its picture along."""
    image = f'<img src="{data_address(picture_bytes())}" alt="A gate, shut.">'
    return (
        "# Small gates\n\n*By Nora Field*\n\n"
        "A gate is a fence that has changed its mind, and all who pass are grateful to it.\n\n"
        f"<figure>{image}<figcaption>The gate in winter</figcaption></figure>\n\n"
        "It closes again, and nobody knows who has gone through it, or when that was.\n"
    )

"""The pictures of a file: what is in it, of a kind that every browser shows, is kept."""

from __future__ import annotations

import base64
import binascii
import re
import warnings
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote_to_bytes

from PIL import Image

from documents.document import DocumentPicture
from documents.messages import Message
from documents.messages import gettext_lazy as _

# Pillow's name → the ending of the kept picture's name, and its media type.
_FORMS = {
    "PNG": ("png", "image/png"),
    "JPEG": ("jpg", "image/jpeg"),
    "GIF": ("gif", "image/gif"),
    "WEBP": ("webp", "image/webp"),
}
# A page of a book scanned at 600 dots an inch is 35 million.
MAX_PIXELS = 60_000_000
MAX_SIDE = 20_000
MAX_PICTURES = 500
_DATA = re.compile(r"data:[\w.+/-]*(?:;[\w=.-]+)*?(?P<base64>;base64)?,", re.IGNORECASE)
_DRAWINGS = re.compile(r"\.(?:emf|wmf|svgz?|eps|pict?|cgm|svm)\b|^data:image/svg", re.IGNORECASE)


class PictureBox:
    """Collects the pictures of one file.

    `find` gives the bytes that the file holds under an address, or None.
    """

    def __init__(self, find: Callable[[str], bytes | None] = lambda _: None) -> None:
        self._find = find
        self._names: dict[bytes, str] = {}
        self.pictures: list[DocumentPicture] = []

    def take(self, address: str) -> str | Message:
        """The name of the kept picture; or why it is not kept."""
        data = _inline(address) if address[:5].lower() == "data:" else self._find(address)
        if data is None:
            return _("is not in the file")
        if data in self._names:
            return self._names[data]
        if _DRAWINGS.search(address[:200]) or _is_drawing(data):
            return _("is a drawing (EMF, WMF or SVG), which a browser cannot be trusted with")
        if len(self.pictures) >= MAX_PICTURES:
            return _("is one of more than %(most)s", most=MAX_PICTURES)
        picture = _checked(data, len(self.pictures) + 1)
        if picture is None:
            return _("is damaged, too large, or of a kind that is not shown")
        self.pictures.append(picture)
        self._names[data] = picture.name
        return picture.name


def _inline(address: str) -> bytes | None:
    head = _DATA.match(address)
    if head is None:
        return None
    body = address[head.end() :]
    if not head["base64"]:
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"\s+", "", unquote_to_bytes(body).decode("latin-1")))
    except (binascii.Error, ValueError):
        return None


def _is_drawing(data: bytes) -> bool:
    return (
        data[40:44] == b" EMF"
        or data.startswith((b"\xd7\xcd\xc6\x9a", b"%!PS"))
        or b"<svg" in data[:1000].lower()
    )


def _checked(data: bytes, number: int) -> DocumentPicture | None:
    """The picture as what it is, whatever it is called; None if it cannot be shown safely."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=tuple(_FORMS)) as image:
                width, height = image.size
                form = str(image.format)
                if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
                    return None
                image.verify()
    except Exception:  # noqa: BLE001 - what Pillow raises on broken pictures has no common class
        return None
    ending, media_type = _FORMS[form]
    return DocumentPicture(f"{number}.{ending}", media_type, width, height, data)

"""What a file is, by its content, and its words as text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from readings.importing.refusal import ImportRefused

# Uploads beyond this are not essays, and cost more than a request may.
MAX_BYTES = 20 * 1024 * 1024

MARKDOWN, TEXT = "markdown", "text"

_READABLE = (
    "For now Colloquy reads Markdown and plain text. Save the essay as one of these and try again."
)

# First bytes → what people call such a file.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_ZIPS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document"),
    (b"application/epub+zip", "an EPUB book"),
    (b"opendocument.text", "an OpenDocument text"),
)
_EXTENSIONS = {
    "pdf": "a PDF",
    "doc": "a Word document",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "epub": "an EPUB book",
    "rtf": "an RTF document",
    "htm": "a web page",
    "html": "a web page",
    "xhtml": "a web page",
    "tex": "a LaTeX document",
    "rst": "a reStructuredText document",
    "org": "an Org document",
}
_WEB_PAGE = re.compile(r"\s*(<\?xml\b|<!doctype\s+html|<html\b)", re.IGNORECASE)
_LATEX = re.compile(r"^\\documentclass\b", re.MULTILINE)
_RTL_OR_ANY_LETTER = re.compile(r"[^\W\d_]")

# Signs of Markdown, each with how much it tells. Three points decide.
_MARKDOWN_SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^#{1,6} +\S", re.MULTILINE), 3),
    (re.compile(r"\[[^\]\n]+\]\([^)\s]+(?: \"[^\"\n]*\")?\)"), 3),
    (re.compile(r"</?(?:sup|sub|em|strong|br|i|b|div|p|img)\b[^>\n]*>"), 3),
    (re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE), 3),
    (re.compile(r"^(?:```|~~~)", re.MULTILINE), 3),
    (re.compile(r"^\|?[ :]*-{3,}[ :]*\|[-| :]*$", re.MULTILINE), 3),
    (re.compile(r"^[^\s].*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE), 3),
    (re.compile(r"\A---\n(?:.*\n)*?(?:title|author)s?:.*\n(?:.*\n)*?(?:---|\.\.\.)\n"), 3),
    (re.compile(r"\*\*\S(?:[^*\n]*\S)?\*\*"), 3),
    (re.compile(r"^> ?\S", re.MULTILINE), 2),
    (re.compile(r"(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])"), 2),
    (re.compile(r"\\[*_#\[\]]"), 1),
    (re.compile(r"^[-*+] \S", re.MULTILINE), 1),
    (re.compile(r"(?<![\w_])_[^\s_](?:[^_\n]*[^\s_])?_(?![\w_])"), 1),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """`format` is MARKDOWN or TEXT; `doubts` are (code, message) pairs."""

    format: str
    text: str
    doubts: tuple[tuple[str, str], ...] = ()


def recognise(data: bytes, filename: str) -> Recognised:
    """The text of a file and what it is written in.

    Raises ImportRefused for what is too large, empty, damaged or of a kind
    that is not readable.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(
            "too_large",
            f"This file is {len(data) >> 20} MB; the limit is {MAX_BYTES >> 20} MB.",
            "Save the text without its pictures, or split it.",
        )
    if not data.strip():
        raise ImportRefused(
            "empty", "This file is empty.", "Choose the file that holds the essay's text."
        )
    _refuse_by_bytes(data)
    text, doubts = decode(data)
    extension = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if _WEB_PAGE.match(text):
        raise _unsupported("a web page")
    if _LATEX.search(text[:5000]):
        raise _unsupported("a LaTeX document")
    if extension in _EXTENSIONS:
        raise _unsupported(_EXTENSIONS[extension])
    text, cleaned = _clean(text)
    if not _RTL_OR_ANY_LETTER.search(text):
        raise ImportRefused(
            "empty",
            "There are no words in this file.",
            "Choose the file that holds the essay's text.",
        )
    markdown = extension in {"md", "markdown", "mdown", "mkd"} or looks_like_markdown(text)
    return Recognised(MARKDOWN if markdown else TEXT, text, (*doubts, *cleaned))


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling name is written in Markdown."""
    points = sum(
        weight * min(1 + (weight < 3), len(sign.findall(text))) for sign, weight in _MARKDOWN_SIGNS
    )
    return points >= 3


def decode(data: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """UTF-8, UTF-16 with its mark, or Windows-1252, as text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise ImportRefused(
                "damaged", "This file is cut short or damaged.", "Save it again as UTF-8 text."
            ) from error
    if data.count(b"\0") > len(data) // 100:
        raise ImportRefused(
            "not_text",
            "This file is not text, or its encoding is not known.",
            "Save the essay as plain text in UTF-8.",
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    whole = data.decode("utf-8", "replace")
    broken = whole.count("\ufffd")
    if broken * 20 < sum(1 for c in whole if c > "\x7f"):
        message = (
            f"{broken} characters could not be read and stand as \ufffd: the file is damaged there."
        )
        return whole, (("broken_characters", message),)
    return _windows(data)


def _windows(data: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    unknown = ImportRefused(
        "unknown_encoding",
        "The encoding of this file is not known, so its letters would come out wrong.",
        "Save it again as UTF-8 text (in most editors: Save as, Encoding, UTF-8).",
    )
    # Western text is mostly ASCII; other alphabets in one byte are mostly not.
    if sum(1 for byte in data if byte > 0x7F) > len(data) * 0.3:
        raise unknown
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise unknown from error
    message = "The file is not in UTF-8; it was read as Windows-1252. Look at the accented letters."
    return text, (("guessed_encoding", message),)


def _clean(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """One kind of line end; no control characters; composed letters (NFC).

    pandoc composes letters too: the same essay is the same in any format.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n")
    clean = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]", "", text)
    gone = len(text) - len(clean)
    clean = unicodedata.normalize("NFC", clean)
    if not gone:
        return clean, ()
    return clean, (
        ("removed_characters", f"{gone} control characters that no reader sees were left out."),
    )


def _refuse_by_bytes(data: bytes) -> None:
    head = data[:4096]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise _unsupported(name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        for sign, name in _ZIPS:
            if sign in data:
                raise _unsupported(name)
        raise _unsupported("a zip file")


def _unsupported(name: str) -> ImportRefused:
    return ImportRefused(
        "unsupported_format", f"This is {name}, which Colloquy cannot read yet.", _READABLE
    )

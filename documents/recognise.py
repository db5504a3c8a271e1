"""What a file is, by its content before its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.containers import Container
from documents.encoding import Warnings, clean, decode
from documents.format_detection import looks_like_markdown, markup_of, text_format
from documents.messages import Message
from documents.messages import gettext_lazy as _
from documents.refusal import ImportRefused

# Uploads beyond this are not essays, and cost more than a request may.
MAX_BYTES = 20 * 1024 * 1024

MARKDOWN, TEXT, HTML, MHTML = "markdown", "text", "html", "mhtml"
DOCX, ODT, EPUB, RTF, PDF = "docx", "odt", "epub", "rtf", "pdf"
LATEX, RST, ORG, JATS, DOCBOOK = "latex", "rst", "org", "jats", "docbook"
FORMATS = (MARKDOWN, TEXT, HTML, DOCX, ODT, EPUB, RTF, LATEX, PDF, RST, ORG, JATS, DOCBOOK)

_READABLE = _(
    "Colloquy reads Word (.docx), OpenDocument, PDF, EPUB, RTF, web pages, LaTeX, Markdown and "
    "plain text. Save the essay as one of these and try again."
)

# First bytes → what people call such a file.
_MAGIC: tuple[tuple[bytes, Message], ...] = (
    (b"\x1f\x8b", _("a compressed file")),
    (b"7z\xbc\xaf", _("a compressed file")),
    (b"Rar!", _("a compressed file")),
    (b"BZh", _("a compressed file")),
    (b"\xfd7zXZ\0", _("a compressed file")),
    (b"\x28\xb5\x2f\xfd", _("a compressed file")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"RIFF", _("a picture or a recording")),
    (b"II*\0", _("a picture")),
    (b"MM\0*", _("a picture")),
    (b"ID3", _("a recording")),
    (b"\x7fELF", _("a program")),
    (b"MZ\x90", _("a program")),
    (b"BOOKMOBI", _("a Kindle book")),
)
_OLE = b"\xd0\xcf\x11\xe0"
_WORDS = re.compile(r"[^\W\d_]")
_WEB_NAMES = {"htm", "html", "xhtml", "xht"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """`format` is one of FORMATS; `warnings` are (code, message) pairs.

    A format of bytes has `data` and no `text`, and `container` where it is a
    zip file; a format of letters has `text`.
    """

    format: str
    text: str = ""
    warnings: Warnings = ()
    data: bytes = b""
    container: Container | None = None


def recognise(data: bytes, filename: str) -> Recognised:
    """What a file is written in, and its text or its bytes.

    Raises ImportRefused for what is too large, empty, damaged, locked, unsafe
    or of a kind that is not readable.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(
            "too_large",
            _(
                "This file is %(size)s MB; the limit is %(most)s MB.",
                size=len(data) >> 20,
                most=MAX_BYTES >> 20,
            ),
            _("Save the text without its pictures, or split it."),
        )
    if not data.strip():
        raise ImportRefused(
            "empty", _("This file is empty."), _("Choose the file that holds the essay's text.")
        )
    return _of_bytes(data) or _of_letters(data, filename)


def _of_letters(data: bytes, filename: str) -> Recognised:
    text, warnings = decode(data)
    extension = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    text, cleaned = clean(text)
    if not _WORDS.search(text):
        raise ImportRefused(
            "empty",
            _("There are no words in this file."),
            _("Choose the file that holds the essay's text."),
        )
    form = markup_of(text)
    if form == "xml" and extension not in _WEB_NAMES:
        raise _unsupported(_("an XML file of a kind that is not known"))
    if form == MHTML:
        return Recognised(HTML, "", warnings, data=data)
    if form in {"", "xml"}:
        form = text_format(text, extension)
    return Recognised(form, text, (*warnings, *cleaned))


def _of_bytes(data: bytes) -> Recognised | None:
    """What the first bytes tell, if they tell anything."""
    if data.startswith(_OLE):
        raise _old_office(data)
    # A PDF may have some bytes before its own first line.
    if b"%PDF-" in data[:1024] and b"\n" not in data[: data.index(b"%PDF-")].strip():
        return Recognised(PDF, data=data)
    if data[:200].lstrip().startswith(b"{\\rtf"):
        return Recognised(RTF, data=data[data.index(b"{\\rtf") :])
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _of_container(data)
    for magic, name in _MAGIC:
        if data.startswith(magic) or (magic == b"BOOKMOBI" and data[60:68] == magic):
            raise _unsupported(name)
    return None


def _of_container(data: bytes) -> Recognised:
    container = Container(data)
    kind = (container.find("mimetype") or b"")[:100].strip()
    if kind == b"application/epub+zip" or "META-INF/container.xml" in container:
        return Recognised(EPUB, data=data, container=container)
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        if b"encryption-data" in (container.find("META-INF/manifest.xml") or b""):
            raise _locked()
        return Recognised(ODT, data=data, container=container)
    names = container.names
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return Recognised(DOCX, data=data, container=container)
    for sign, name in (
        ("xl/", _("a spreadsheet")),
        ("ppt/", _("a presentation")),
        ("Index/", _("an Apple Pages document")),
    ):
        if any(one.startswith(sign) for one in names):
            raise _unsupported(name)
    raise ImportRefused(
        "unsupported_format",
        _("This is a zip file, or a document without its text."),
        _("Unpack it and choose the essay's own file."),
    )


def _old_office(data: bytes) -> ImportRefused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _locked()
    return ImportRefused(
        "old_word",
        _("This is an old Word document (.doc), which Colloquy cannot read."),
        _("Open it in Word or LibreOffice, save it as .docx, and try that one."),
    )


def _locked() -> ImportRefused:
    return ImportRefused(
        "encrypted",
        _("This file is locked with a password."),
        _("Open it, save it without a password, and try that one."),
    )


def _unsupported(name: Message) -> ImportRefused:
    return ImportRefused(
        "unsupported_format", _("This is %(name)s, which cannot be read.", name=name), _READABLE
    )


__all__ = ["FORMATS", "MAX_BYTES", "Recognised", "looks_like_markdown", "recognise"]

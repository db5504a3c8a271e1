"""From bytes to letters: which encoding a text is in, and what no reader sees taken out."""

from __future__ import annotations

import codecs
import re

from documents.legacy_encodings import guessed_text
from documents.messages import Message, ngettext_lazy
from documents.messages import gettext_lazy as _
from documents.normal_form import normalized
from documents.refusal import ImportRefused

Warnings = tuple[tuple[str, Message], ...]

# The longer ones first: the mark of UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JAPANESE = b"\x1b$B"
# What a web page or an XML file says of its own encoding, in its first bytes.
_DECLARED = re.compile(
    rb"""(?:<\?xml[^>]{0,200}?encoding\s*=\s*["']|<meta[^>]{0,200}?charset\s*=\s*["']?)([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# The beginning of a file in which such a declaration stands.
_HEAD = 4096
# Letters that no reader sees: control characters and what Unicode says is no character.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def decode(data: bytes) -> tuple[str, Warnings]:
    """UTF-8, what a mark or the file declares, or what makes words of the bytes, as text."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    # Japanese mail switches its letters by an escape; nothing else has it.
    marked = marked or ("iso2022_jp_ext" if _JAPANESE in data else None)
    if marked:
        try:
            return data.decode(marked), ()
        except UnicodeDecodeError as error:
            raise ImportRefused(
                "damaged",
                _("This file is cut short or damaged."),
                _("Save it again as UTF-8 text."),
            ) from error
    if data.count(b"\0") > len(data) // 100:
        raise ImportRefused(
            "not_text",
            _("This file is not text, or its encoding is not known."),
            _("Save the essay as plain text in UTF-8."),
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    if declared is not None:
        return declared, ()
    whole = data.decode("utf-8", "replace")
    broken = whole.count("\ufffd")
    if broken * 20 < sum(1 for c in whole if c > "\x7f"):
        message = ngettext_lazy(
            "%(count)s character could not be read and stands as %(sign)s: "
            "the file is damaged there.",
            "%(count)s characters could not be read and stand as %(sign)s: "
            "the file is damaged there.",
            broken,
            sign="\ufffd",
        )
        return whole, (("broken_characters", message),)
    return _legacy(data)


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    name = match.group(1).decode("ascii", "replace").lower()
    # What pages call Latin-1 is Windows-1252: so the web's own standard has it.
    name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "gb2312": "gb18030"}.get(name, name)
    try:
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None
    # Codecs that are no encodings of text ("hex", "rot13") are refused by decode itself.
    return text


def _legacy(data: bytes) -> tuple[str, Warnings]:
    """The encoding that makes words of a known language of the bytes, else Windows-1252."""
    found = guessed_text(data)
    if found is None:
        found = _windows(data), "Windows-1252"
    text, name = found
    message = _(
        "The file is not in UTF-8; it was read as %(encoding)s. Look at its letters.",
        encoding=name,
    )
    return text, (("guessed_encoding", message),)


def _windows(data: bytes) -> str:
    unknown = ImportRefused(
        "unknown_encoding",
        _("The encoding of this file is not known, so its letters would come out wrong."),
        _("Save it again as UTF-8 text (in most editors: Save as, Encoding, UTF-8)."),
    )
    # Western text is mostly ASCII; other alphabets in one byte are mostly not.
    if sum(1 for byte in data if byte > 0x7F) > len(data) * 0.3:
        raise unknown
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise unknown from error


def visible_text(text: str) -> str:
    """A text without control characters, its letters composed (NFC)."""
    return normalized("NFC", _UNSEEN.sub("", text))


def clean(text: str) -> tuple[str, Warnings]:
    """One kind of line end; no control characters; composed letters (NFC).

    The same essay has the same letters in any format.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n")
    gone = len(_UNSEEN.findall(text))
    if not gone:
        return visible_text(text), ()
    message = ngettext_lazy(
        "%(count)s control character that no reader sees was left out.",
        "%(count)s control characters that no reader sees were left out.",
        gone,
    )
    return visible_text(text), (("removed_characters", message),)

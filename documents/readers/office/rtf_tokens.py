"""RTF cut into its words: groups, control words, letters and bytes.

The format is Microsoft's “Rich Text Format (RTF) Specification, version 1.9.1”.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|"
    r"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z'])|(?P<letters>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
# \fcharset and \ansicpg → Python's codecs.
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_CONTROL_SYMBOLS = {"~": "\u00a0", "-": "", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}
# Control words that are a letter.
LETTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "tab": "\t", "emspace": " ", "enspace": " ", "qmspace": " ",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip

# Kind (open, close, word, letters, sign, byte, symbol), what it is, and its number.
Token = tuple[str, str, int | None]


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file in order; what `\\bin` holds is passed over."""
    text = data.decode("latin-1")
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return
        at = match.end()
        kind = match.lastgroup or ""
        if match["word"] is not None:
            number = int(match["number"]) if match["number"] else None
            if match["word"] == "bin":
                size = max(0, number or 0)
                yield "bytes", text[at : at + size], None
                at += size
                continue
            yield "word", match["word"], number
        elif kind == "symbol":
            symbol = match["symbol"]
            if symbol in "\r\n":
                yield "word", "par", None
            elif symbol in _CONTROL_SYMBOLS:
                yield "sign", _CONTROL_SYMBOLS[symbol], None
            else:
                yield "symbol", symbol, None
        elif kind:
            yield kind, match[kind], None


def codec_of(charset: int | None) -> str:
    return _CHARSETS.get(charset or 0, "cp1252")


def codec_of_page(page: int | None) -> str:
    name = {10000: "mac_roman", 65001: "utf-8", 936: "gb18030"}.get(page or 1252, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"

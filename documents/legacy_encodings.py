"""Encodings from before Unicode, told apart by the language that they make of a text.

Any bytes are letters in most of them: only where the words come out in a language of the
encoding, in the letters that the language is written in, is it the right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from documents.language import language_of

_SAMPLE = 100_000
_TAG = re.compile(rb"<[^<>]{1,2000}>")
# Western text is mostly ASCII; in other alphabets, of one byte or two, most is not.
_MOSTLY_OTHER = 0.3
# Of the letters beyond ASCII, what belongs to the language.
_ENOUGH_LATIN = 0.95
_HIRAGANA = "".join(map(chr, range(0x3041, 0x3094)))
_SIMPLIFIED = (
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着"
    "去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方"
    "又如前所本见经"
)
_TRADITIONAL = (
    "的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著"
    "去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手用主行方"
    "又如前所本見經"
)
_CYRILLIC = {"ru", "uk", "bg", "be", "sr"}
_PUNCTUATION = "“”„‘’‚–—…«»‹›§°€©·\u00a0¿¡"
_WEST = {
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüß",
    "es": "áéíóúüñ",
    "it": "àèéìíîòóùú",
    "pt": "àáâãçéêíóôõúü",
    "nl": "áéëïíóöúü",
    "sv": "åäöé",
    "da": "åæøé",
    "nb": "åæøéòô",
    "fi": "äöå",
    "ca": "àçèéíïòóúü",
    "en": "éèêàâçïîôöüñæœ",
}
_CENTRAL = {
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîşţșț",
    "hr": "čćđšž",
}


class _Encoding(NamedTuple):
    """A codec, what people call it, its languages with their letters beyond ASCII."""

    codec: str
    name: str
    letters: dict[str, str]


class _Script(NamedTuple):
    """A codec, what people call it, its languages, and the letters most common in them.

    They are `share` of the letters beyond ASCII at least.
    """

    codec: str
    name: str
    languages: set[str]
    common: str
    share: float


_LATIN = (
    _Encoding("cp1252", "Windows-1252", _WEST),
    _Encoding("cp1250", "Windows-1250", _CENTRAL),
    _Encoding("iso8859_2", "ISO 8859-2", _CENTRAL),
    _Encoding("cp1254", "Windows-1254", {"tr": "çğıöşüâîûi̇"}),
    _Encoding("mac_roman", "Mac Roman", _WEST),
)
_SCRIPTS = (
    _Script("euc_jp", "EUC-JP", {"ja"}, _HIRAGANA, 0.25),
    _Script("cp932", "Shift JIS", {"ja"}, _HIRAGANA, 0.25),
    _Script("gb18030", "GB 18030", {"zh"}, _SIMPLIFIED, 0.15),
    _Script("big5", "Big5", {"zh"}, _TRADITIONAL, 0.15),
    _Script("cp949", "Windows-949", {"ko"}, "이다는을의에가고하지도로은를한어서나기리자사", 0.2),
    _Script("cp1251", "Windows-1251", _CYRILLIC, "оеаинтсрвлі", 0.5),
    _Script("koi8_u", "KOI8", _CYRILLIC, "оеаинтсрвлі", 0.5),
    _Script("cp1253", "Windows-1253", {"el"}, "αοιετσςνρκπάόίέή", 0.5),
    _Script("cp1255", "Windows-1255", {"he"}, "יוהלאמרתבש", 0.5),
    _Script("cp1256", "Windows-1256", {"ar", "fa", "ur"}, "اليمنوهرتبد", 0.5),
)


def guessed_text(data: bytes) -> tuple[str, str] | None:
    """The text, and the name of the encoding that it is surely in; None where none is sure."""
    words = _TAG.sub(b" ", data[:_SAMPLE])
    other = sum(byte > 0x7F for byte in words) > _MOSTLY_OTHER * len(words)
    tries: tuple[Callable[[bytes], tuple[str, str] | None], ...] = (_of_script, _latin)
    for attempt in tries if other else reversed(tries):
        found = attempt(words)
        if found is None:
            continue
        codec, name = found
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    return None


def _of_script(words: bytes) -> tuple[str, str] | None:
    """The encoding in which the commonest letters of its language are commonest."""
    best, found = 1.0, None
    for one in _SCRIPTS:
        letters = [c for c in _decoded(words, one.codec) if c > "\x7f" and c.isalpha()]
        if not letters or sum(map(str.isupper, letters)) * 2 > len(letters):
            continue
        share = sum(c in one.common for c in letters) / len(letters) / one.share
        if share > best and language_of("".join(letters)) in one.languages:
            best, found = share, (one.codec, one.name)
    return found


def _latin(words: bytes) -> tuple[str, str] | None:
    """The encoding that gives nearly no letters but those of the text's own language."""
    best, found = _ENOUGH_LATIN, None
    for one in _LATIN:
        text = _decoded(words, one.codec)
        known = one.letters.get(language_of(text))
        others = [c for c in text if c > "\x7f"]
        if known is None or not others:
            continue
        share = sum(c.lower() in known or c in _PUNCTUATION for c in others) / len(others)
        if share > best:
            best, found = share, (one.codec, one.name)
    return found


def _decoded(words: bytes, codec: str) -> str:
    """The text in an encoding; "" where it is not in it. A sample may end within a letter."""
    for end in range(len(words), max(0, len(words) - 4), -1):
        try:
            return words[:end].decode(codec)
        except UnicodeDecodeError:
            if len(words) < _SAMPLE // 2:
                return ""
    return ""

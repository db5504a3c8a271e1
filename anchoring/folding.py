"""Folding a text for matching: pure functions on strings, offsets in Unicode code points.

`fold` ignores what readers and programs do to words: runs of white space, quotation
marks of all languages, dashes and hyphens, invisible characters, ligatures, the digits
of other scripts and normal forms. What is raised stays so: 10² is not 102. Positions are
always those of the original text.

It serves all who compare words. Anchoring takes it as it is. Searching for words that
somebody typed adds `fold_letters`: capitals, accents and strokes count for nothing.
Quizzes add to both how people end, quote and number an answer (quizzes.questions.
answer_folding).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from documents.normal_form import normalized

_SAME = str.maketrans(
    {
        # The digits of every script.
        **{
            chr(point): str(unicodedata.digit(chr(point)))
            for point in range(128, 0x20000)  # Unicode has none above
            if unicodedata.category(chr(point)) == "Nd"
        },
        **dict.fromkeys("‘’‚‛‹›❛❜′`´ʹʻʼʽ׳", "'"),
        **dict.fromkeys("“”„‟«»❝❞″ʺˮ״⹂「」『』〝〞〟", '"'),
        **dict.fromkeys("‐‑‒–—―−⸺⸻֊־", "-"),
        **dict.fromkeys("⁄∕", "/"),
        "٪": "%",
        "\u2800": " ",  # the empty pattern of Braille
    }
)
# What no eye sees: controls, and what Unicode calls default ignorable (soft hyphen, zero-width,
# marks of direction, variation selectors, fillers, tags).
_DROPPED = frozenset(
    map(
        chr,
        [
            *(i for i in (*range(32), *range(127, 160)) if not chr(i).isspace()),
            *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
            *range(0x180B, 0x1810),
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(0xFE00, 0xFE10),
            *range(0xFFF0, 0xFFFC),
            *range(0x1BCA0, 0x1BCA4),
            *range(0x1D173, 0x1D17B),
            *range(0xE0000, 0xE1000),
        ],
    )
)
# Raised signs mean something of their own.
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"
# Letters that join the one before them in NFC without being combining marks: the vowel
# signs of some Indian scripts, and the vowels and finals of Korean.
_JOINING = frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
).union(map(chr, range(0x1161, 0x1176)), map(chr, range(0x11A8, 0x11C3)))

# Scripts written without spaces: each character counts as a word.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
PUNCTUATION = (
    r"!-/:-@\[-^`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u05be\u05c0\u05c3"
    r"\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2010-\u205e\u3001-\u3003\u3008-\u3020\u30fb"
)
_LETTER = rf"[^\s{PUNCTUATION}{UNSPACED}]"
WORD = re.compile(rf"[{UNSPACED}]|{_LETTER}+(?:['’]{_LETTER}+)*")


_UNSPACED = re.compile(f"[{UNSPACED}]")


def is_unspaced(word: str) -> bool:
    """Whether this is a character of a script without spaces."""
    return _UNSPACED.match(word) is not None


@dataclass(frozen=True)
class Folded:
    """A text folded for matching; character i stood at `starts[i]:ends[i]` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands in the folded text."""
        return [match.span() for match in WORD.finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        """The words without punctuation; in scripts without spaces, the characters."""
        return [self.text[start:end] for start, end in self.spans]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Word → the indexes in `words` at which it stands."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(word, []).append(index)
        return found

    def is_border(self, at: int) -> bool:
        """Whether a character of the original begins or ends before this one of the folded.

        The space that “¨” is folded to, in front of its mark, is no part that one could miss.
        """
        if not 0 < at < len(self.text) or self._source(at - 1) != self._source(at):
            return True
        return self.text[at - 1] == " " and (at == 1 or self._source(at - 2) != self._source(at))

    def _source(self, at: int) -> tuple[int, int]:
        return self.starts[at], self.ends[at]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters `start` to `end` stood in the original text."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str, *, letters: bool = False) -> Folded:
    """Fold `text` for matching, remembering where each folded character came from.

    With `letters`, capitals, accents and strokes count for nothing either (`fold_letters`).
    """
    alphabet = set(text)
    if alphabet.isdisjoint(_DROPPED) and not any(map(_is_more_than_changed, alphabet)):
        spaces = dict.fromkeys(map(ord, filter(str.isspace, alphabet)), " ")
        folded = text.translate(_SAME | spaces)
        lowered = fold_letters(folded) if letters else folded
        if "  " not in folded and (not letters or text.isascii()):
            # Most texts keep their length: every character answers to itself.
            return Folded(lowered, range(len(text)), range(1, len(text) + 1))
    return _Folding(text, letters=letters).folded()


def folded_text(text: str) -> str:
    """Return `fold(text, letters=True).text`, in a small part of the time.

    For looking through much that was written, where nobody asks where in it a word stood.
    Most texts have no letter whose folding depends on what stands beside it.
    """
    alphabet = set(text)
    if any(map(_joins, alphabet)) or any("/" in _ALONE[ord(one)][1:] for one in alphabet):
        return fold(text, letters=True).text
    return _SPACES.sub(" ", text.translate(_ALONE))


class _FoldedAlone(dict[int, str]):
    """Each character folded by itself, by its code point, once it is asked for."""

    def __missing__(self, point: int) -> str:
        folded = fold(chr(point), letters=True).text
        if len(self) < _MOST_ALONE:
            self[point] = folded
        return folded


_ALONE = _FoldedAlone()
_MOST_ALONE = 50_000  # characters: more than any library's, and fewer than Unicode's
_SPACES = re.compile("  +")


class _Folding:
    """A text while it is folded character by character."""

    def __init__(self, text: str, *, letters: bool) -> None:
        self.text, self.letters = text, letters
        self.characters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def folded(self) -> Folded:
        position = 0
        while position < len(self.text):
            position = self._take(position)
        return Folded("".join(self.characters), tuple(self.starts), tuple(self.ends))

    def _take(self, position: int) -> int:
        """Fold what begins at `position`, and return where the next begins."""
        if self.text[position] in _DROPPED:
            return position + 1
        piece, end = self.text[position], position + 1
        after = end
        # A base letter and its combining marks are folded together, or NFC and NFD would differ.
        while after < len(self.text):
            character = self.text[after]
            if _joins(character):
                piece += character
                end = after + 1
            elif character not in _DROPPED:
                break
            after += 1
        self._append(plain(piece), position, end)
        return after

    def _append(self, piece: str, start: int, end: int) -> None:
        if self.letters:
            piece = fold_letters(piece)
        if "/" in piece[1:] and self.characters and self.characters[-1].isdecimal():
            piece = f" {piece}"  # 1½ is one and a half, not eleven halves
        for character in piece:
            if character.isspace():
                if self.characters and self.characters[-1] == " ":
                    self.ends[-1] = end
                    continue
                character = " "
            self.characters.append(character)
            self.starts.append(start)
            self.ends.append(end)


def _joins(character: str) -> bool:
    return bool(unicodedata.combining(character)) or character in _JOINING


def _is_more_than_changed(character: str) -> bool:
    """Whether folding does more to a character than put one other in its place."""
    if character.isascii():
        return False  # controls are told by _DROPPED
    if _joins(character):
        return True
    if ord(character) in _SAME:
        return False
    folded = plain(character)
    return folded != character and not (character.isspace() and folded == " ")


def plain(piece: str) -> str:
    """Put a letter with its marks into the form that all its spellings share (NFKC).

    But what is raised stays so.
    """
    if piece.isascii():
        return piece.translate(_SAME)
    return normalized("NFC", "".join(map(_decomposed, piece)))


@lru_cache(8192)
def _decomposed(character: str) -> str:
    if character in RAISED:
        return character
    if ord(character) in _SAME:
        return str(_SAME[ord(character)])
    points = [one for one in unicodedata.decomposition(character).split() if one[0] != "<"]
    return "".join(_decomposed(chr(int(point, 16))) for point in points) or character


# --- Letters ------------------------------------------------------------------------------------
_STROKES = str.maketrans(
    dict(zip("łøđðħŧıȷƀɨʉɍɏƶǥɫƚɵŋĸ", "loddhtijbiuryzgllonk", strict=True))
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
_ACCENT = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f]"
)
# Letters of their own, though they are written with a mark: й is not и with an accent.
_DISTINCT = frozenset({"и\u0306", "у\u0306", "і\u0308", "г\u0301", "к\u0301"})


def fold_letters(text: str) -> str:
    """Make letters the same that differ by capitals, accents, strokes or ligatures alone.

    So İ, I, ı and i are the same letter, as Turkish has two of them in capitals and two in
    small ones, and who types on another keyboard has one of each. Marks of scripts in which
    they make another word (Thai, those of India, が) stay; and so does what crosses out a
    sign: ≠ is not =.
    """
    if text.isascii():
        return text.lower()
    kept: list[str] = []
    base = ""
    for character in normalized("NFD", text.casefold()).translate(_STROKES):
        if _ACCENT.match(character):
            if base.isalpha() and base + character not in _DISTINCT:
                continue
        elif not unicodedata.combining(character):
            base = character
        kept.append(character)
    return normalized("NFC", "".join(kept))

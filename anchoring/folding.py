"""Folding a text for matching: pure functions on strings, offsets in Unicode code points.

Folding ignores what readers and programs do to words: runs of white space,
curly or straight quotation marks, dashes and hyphens, soft hyphens, ligatures
and normal forms. Positions are always those of the original text.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
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

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters `start` to `end` stood in the original text."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Fold `text` for matching, remembering where each folded character came from."""
    alphabet = set(text)
    if alphabet.isdisjoint(_DROPPED) and not any(map(_is_more_than_changed, alphabet)):
        spaces = dict.fromkeys(map(ord, filter(str.isspace, alphabet)), " ")
        folded = text.translate(_SAME | spaces)
        if "  " not in folded:
            # Most texts keep their length: every character answers to itself.
            return Folded(folded, range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        after = position + 1
        # A base letter and its combining marks are folded together, or NFC and NFD would differ.
        while after < len(text) and _joins(text[after]):
            after += 1
        piece = text[position:after]
        if piece not in _DROPPED:
            _append_folded(piece, position, after, characters, starts, ends)
        position = after
    return Folded("".join(characters), tuple(starts), tuple(ends))


def _joins(character: str) -> bool:
    return bool(unicodedata.combining(character)) or character in _JOINING


def _is_more_than_changed(character: str) -> bool:
    """Whether folding does more to a character than put one other in its place."""
    if _joins(character):
        return True
    folded = unicodedata.normalize("NFKC", character)
    return folded != character and not (character.isspace() and folded == " ")


def _append_folded(
    piece: str,
    start: int,
    end: int,
    characters: list[str],
    starts: list[int],
    ends: list[int],
) -> None:
    for character in unicodedata.normalize("NFKC", piece).translate(_SAME):
        if character.isspace():
            if characters and characters[-1] == " ":
                ends[-1] = end
                continue
            character = " "
        characters.append(character)
        starts.append(start)
        ends.append(end)

"""Finding words in a text: pure functions on strings, offsets in Unicode code points.

Matching ignores what readers and programs do to quotations: runs of white
space, curly or straight quotation marks, dashes and hyphens, soft hyphens,
ligatures and normal forms. Positions are always those of the original text.
"""

import unicodedata
from dataclasses import dataclass

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)
_DROPPED = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for matching; character i stood at `starts[i]:ends[i]` of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> Folded:
    """Fold `text` for matching, remembering where each folded character came from."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        after = position + 1
        # A base letter and its combining marks are folded together, or NFC and NFD would differ.
        while after < len(text) and unicodedata.combining(text[after]):
            after += 1
        piece = text[position:after]
        if piece not in _DROPPED:
            _append_folded(piece, position, after, characters, starts, ends)
        position = after
    return Folded("".join(characters), tuple(starts), tuple(ends))


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


def find_words(text: str | Folded, words: str) -> list[tuple[int, int]]:
    """Return every place of `words` in `text` as (start, end); none for empty words.

    Who looks for many in one text folds it once: that is what takes the time.
    """
    wanted = fold(words).text.strip()
    if not wanted:
        return []
    folded = text if isinstance(text, Folded) else fold(text)
    places: list[tuple[int, int]] = []
    at = folded.text.find(wanted)
    while at != -1:
        places.append((folded.starts[at], folded.ends[at + len(wanted) - 1]))
        at = folded.text.find(wanted, at + 1)
    return places


def nearest(places: list[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """Return the place that begins nearest to `start`, or None where there is none."""
    return min(places, key=lambda place: abs(place[0] - start), default=None)


def context(text: str, start: int, end: int, length: int) -> tuple[str, str]:
    """Return the `length` characters before `start` and after `end`."""
    return text[max(0, start - length) : start], text[end : end + length]

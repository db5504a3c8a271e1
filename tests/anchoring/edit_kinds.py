"""The kinds of edits that quotations are held against; what becomes of them, the pieces tell.

Each kind takes the text, the quotation that the edit is about and a source of
chance, and returns the new text, or None where it cannot be done there.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from tests.anchoring.edits import (
    Edit,
    Paragraph,
    Piece,
    Quotation,
    Text,
    is_han,
    separator,
    span,
    written,
)

NEW_WORDS = [
    "quietly",
    "slowly",
    "perhaps",
    "indeed",
    "again",
    "therefore",
    "often",
    "once",
    "merely",
    "almost",
    "certainly",
    "later",
    "harvest",
    "candle",
    "meadow",
    "ledger",
    "pattern",
    "shadow",
    "granite",
    "parcel",
    "window",
    "marble",
    "timber",
    "kettle",
]
HAN_WORDS = list("春夏秋冬山川草木云雨雪风")
END = re.compile(r"[.!?;。!?][”\"’)]*$|^[。!?]$")

Kind = Callable[[Text, Quotation, random.Random], "Text | None"]


def _copy(text: Text) -> Text:
    return [list(paragraph) for paragraph in text]


def _new_words(paragraph: Paragraph, chance: random.Random, most: int = 5) -> Paragraph:
    words = HAN_WORDS if separator(paragraph) == "" else NEW_WORDS
    return [Piece(word) for word in chance.sample(words, chance.randint(1, most))]


def _around(paragraph: Paragraph, quotation: Quotation, chance: random.Random) -> int | None:
    """The index of a piece near the quotation, outside it."""
    near = [
        index
        for index in (
            *range(quotation.first - 5, quotation.first),
            *range(quotation.last + 1, quotation.last + 6),
        )
        if 0 <= index < len(paragraph)
    ]
    return chance.choice(near) if near else None


def words_in_around(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    at = chance.choice([quotation.first, quotation.last + 1, max(0, quotation.first - 2)])
    paragraph[at:at] = _new_words(paragraph, chance)
    return new


def words_out_around(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    before = chance.randint(0, min(3, quotation.first))
    after = chance.randint(0, 3) if before else chance.randint(1, 3)
    del paragraph[quotation.last + 1 : quotation.last + 1 + after]
    del paragraph[quotation.first - before : quotation.first]
    return new


def words_replaced_around(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    for _ in range(chance.randint(1, 3)):
        at = _around(text[quotation.paragraph], quotation, chance)
        if at is None:
            return None
        paragraph[at] = _new_words(paragraph, chance, 1)[0]
    return new


def words_in_inside(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    if quotation.last - quotation.first < 2:
        return None
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    at = chance.randint(quotation.first + 1, quotation.last)
    paragraph[at:at] = _new_words(paragraph, chance, 4)
    return new


def words_out_inside(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    size = quotation.last - quotation.first + 1
    if size < 3:
        return None
    new = _copy(text)
    count = chance.randint(1, max(1, size // 4))
    at = chance.randint(quotation.first, quotation.last + 1 - count)
    del new[quotation.paragraph][at : at + count]
    return new


def words_replaced_inside(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    size = quotation.last - quotation.first + 1
    if size < 3:
        return None
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    for at in chance.sample(range(quotation.first, quotation.last + 1), max(1, size // 5)):
        word = _new_words(paragraph, chance, 1)[0]
        paragraph[at] = replace(word, stands_for=text[quotation.paragraph][at].name)
    return new


def paragraph_moved(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    moved = new.pop(quotation.paragraph)
    places = [place for place in range(len(new) + 1) if place != quotation.paragraph]
    new.insert(chance.choice(places), moved)
    return new


def paragraphs_merged(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    at = max(0, min(quotation.paragraph - chance.randint(0, 1), len(new) - 2))
    new[at : at + 2] = [new[at] + new[at + 1]]
    return new


def paragraph_split(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    ends = [i + 1 for i, piece in enumerate(paragraph[:-1]) if END.search(piece.text)]
    if not ends:
        return None
    at = chance.choice(ends)
    new[quotation.paragraph : quotation.paragraph + 1] = [paragraph[:at], paragraph[at:]]
    return new


def paragraph_split_inside(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    if quotation.last - quotation.first < 5:
        return None
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    at = chance.randint(quotation.first + 2, quotation.last - 1)
    new[quotation.paragraph : quotation.paragraph + 1] = [paragraph[:at], paragraph[at:]]
    return new


def paragraph_deleted(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    del new[quotation.paragraph]
    return new


def paragraph_added(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    words = HAN_WORDS if separator(text[0]) == "" else NEW_WORDS
    new.insert(chance.randint(0, len(new)), [Piece(chance.choice(words)) for _ in range(40)])
    return new


def _sentence(paragraph: Paragraph, quotation: Quotation) -> tuple[int, int]:
    """From the piece that begins the quotation's sentence to the one after its end."""
    first = quotation.first
    while first > 0 and not END.search(paragraph[first - 1].text):
        first -= 1
    last = quotation.last
    while last < len(paragraph) - 1 and not END.search(paragraph[last].text):
        last += 1
    return first, last + 1


def sentence_deleted(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    first, last = _sentence(text[quotation.paragraph], quotation)
    if last - first == len(text[quotation.paragraph]):
        return None
    del new[quotation.paragraph][first:last]
    return new


def sentence_rewritten(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    paragraph = new[quotation.paragraph]
    first, last = _sentence(paragraph, quotation)
    words = HAN_WORDS if separator(paragraph) == "" else NEW_WORDS
    paragraph[first:last] = [Piece(chance.choice(words)) for _ in range(last - first)]
    return new


def sentences_reordered(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    new = _copy(text)
    paragraph = text[quotation.paragraph]
    first, last = _sentence(paragraph, quotation)
    rest = paragraph[:first] + paragraph[last:]
    ends = [0, *(i + 1 for i, piece in enumerate(rest) if END.search(piece.text))]
    ends = [place for place in ends if place != first]
    if not ends:
        return None
    at = chance.choice(ends)
    new[quotation.paragraph] = rest[:at] + paragraph[first:last] + rest[at:]
    return new


def words_deleted(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    """The quotation itself is taken out of its sentence."""
    new = _copy(text)
    del new[quotation.paragraph][quotation.first : quotation.last + 1]
    return new


def _strangers(quoted: Paragraph) -> Paragraph:
    return [Piece(piece.text) for piece in quoted]


def same_words_added_elsewhere(
    text: Text, quotation: Quotation, chance: random.Random
) -> Text | None:
    """Someone else's use of the same words comes in; the quotation stays where it is."""
    new = _copy(text)
    quoted = text[quotation.paragraph][quotation.first : quotation.last + 1]
    other = chance.choice([i for i in range(len(text)) if i != quotation.paragraph])
    at = chance.randint(0, len(new[other]))
    new[other][at:at] = _strangers(quoted)
    return new


def words_deleted_and_used_elsewhere(
    text: Text, quotation: Quotation, chance: random.Random
) -> Text | None:
    """The quotation's sentence goes, and another sentence happens to use some of the same words."""
    new = sentence_deleted(text, quotation, chance)
    if new is None or quotation.last - quotation.first > 5:
        return None
    quoted = text[quotation.paragraph][quotation.first : quotation.last + 1]
    other = chance.choice([i for i in range(len(text)) if i != quotation.paragraph])
    at = chance.randint(0, len(new[other]))
    new[other][at:at] = _strangers(quoted)
    return new


def punctuation_changed(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    """Commas become semicolons or go, as an editor does."""
    turned = str.maketrans({",": ";", ";": ",", ":": " –", "，": "、"})
    dropped = str.maketrans(dict.fromkeys(",;", ""))
    table = chance.choice([turned, dropped])
    return [
        [replace(piece, text=piece.text.translate(table) or piece.text) for piece in paragraph]
        for paragraph in text
    ]


def typography_changed(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    """Straight marks, other dashes, ligatures, soft hyphens, another normal form."""
    straight = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "—", "-": "‐"})

    def set_anew(piece: Piece) -> Piece:
        words = piece.text.translate(straight).replace("fi", "ﬁ").replace("fl", "ﬂ")
        if len(words) > 8 and words[4].isalpha() and not is_han(words):
            words = f"{words[:4]}\u00ad{words[4:]}"
        return replace(piece, text=unicodedata.normalize("NFD", words))

    return [[set_anew(piece) for piece in paragraph] for paragraph in text]


def revised(text: Text, quotation: Quotation, chance: random.Random) -> Text | None:
    """A whole revision: one word in thirty changed, and paragraphs moved, merged and added."""
    new: Text = []
    for paragraph in text:
        pieces: Paragraph = []
        for piece in paragraph:
            dice = chance.random()
            if dice < 0.012:
                word = _new_words(paragraph, chance, 1)[0]
                pieces.append(replace(word, stands_for=piece.name))
                continue
            if dice > 0.024:
                pieces.append(piece)
            if dice < 0.036:
                pieces.extend(_new_words(paragraph, chance, 2))
        new.append(pieces)
    at = chance.randrange(len(new))
    new.insert(chance.randrange(len(new)), new.pop(at))
    at = chance.randrange(len(new) - 1)
    new[at : at + 2] = [new[at] + new[at + 1]]
    return paragraph_added(new, quotation, chance)


KINDS: dict[str, Kind] = {
    kind.__name__: kind
    for kind in (
        words_in_around,
        words_out_around,
        words_replaced_around,
        words_in_inside,
        words_out_inside,
        words_replaced_inside,
        words_deleted,
        paragraph_moved,
        paragraphs_merged,
        paragraph_split,
        paragraph_split_inside,
        paragraph_deleted,
        paragraph_added,
        sentence_deleted,
        sentence_rewritten,
        sentences_reordered,
        same_words_added_elsewhere,
        words_deleted_and_used_elsewhere,
        punctuation_changed,
        typography_changed,
        revised,
    )
}


def quotation_in(text: Text, chance: random.Random) -> Quotation | None:
    """A quotation as readers make them: often a sentence, often a few words, at times one."""
    number = chance.randrange(len(text))
    paragraph = text[number]
    manner = chance.random()
    first = chance.randrange(len(paragraph))
    if manner < 0.25:
        start, end = _sentence(paragraph, Quotation(number, first, first, trimmed=False))
        return Quotation(number, start, end - 1, trimmed=False)
    if manner < 0.4:
        long = [i for i, p in enumerate(paragraph) if len(p.text) > 4 or is_han(p.text)]
        if not long:
            return None
        first = chance.choice(long)
        last = first + (1 if is_han(paragraph[first].text) else 0)
        return Quotation(number, first, min(last, len(paragraph) - 1), trimmed=True)
    last = min(len(paragraph) - 1, first + chance.choice([1, 2, 3, 4, 6, 8, 12, 20, 35]))
    quotation = Quotation(number, first, last, trimmed=chance.random() < 0.5)
    start, end = span(text, quotation)
    return quotation if re.search(r"\w", written(text)[start:end]) else None


def edits_of(text: Text, seed: int, *, each: int = 4) -> list[Edit]:
    """`each` edits of every kind, every one about a quotation of its own."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    found = []
    for name, kind in KINDS.items():
        made = 0
        for _ in range(each * 20):
            quotation = quotation_in(text, chance)
            new = kind(text, quotation, chance) if quotation else None
            if quotation is None or new is None:
                continue
            new = [paragraph for paragraph in new if paragraph]
            found.append(Edit(name, text, new, [quotation]))
            made += 1
            if made == each:
                break
    return found

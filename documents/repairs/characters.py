"""Letters that were mis-read or escaped on the road."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from documents.draft import Doubt, Draft, Fix, Piece, repair_id, shortened
from documents.rich import Rich

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S*\s*")

# What UTF-8 looks like when it was read as Windows-1252.
_MOJIBAKE = re.compile(
    r"â€[\u0080-\u017f\u2018-\u203a\u20ac™œ\x9d]|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]"
)
_MOST = 50


def unescaped_links(draft: Draft) -> Draft:
    """Backslashes before punctuation in a link that shows its own address."""
    fixes: list[Fix] = []

    def mended(rich: Rich, uid: int | None, place: str) -> Rich:
        for mark in reversed([m for m in rich.marks if m.tag == "a"]):
            words = rich.text[mark.start : mark.end]
            plain = _ESCAPE.sub("", words)
            href = dict(mark.attrs).get("href", "")
            if plain == words or not (plain == href or _ADDRESS.fullmatch(plain)):
                continue
            if draft.allows("unescaped_links", words):
                cuts = [mark.start + m.start() for m in _ESCAPE.finditer(words)]
                rich = _without_characters(rich, cuts)
                detail = (
                    f"Took {len(cuts)} stray backslashes from the address {shortened(plain)}{place}"
                )
                fixes.append(
                    Fix("unescaped_links", uid, detail, repair_id("unescaped_links", words))
                )
        return rich

    pieces = tuple(_with(piece, mended(piece.rich, piece.uid, "")) for piece in draft.pieces)
    notes = tuple(
        replace(n, rich=mended(n.rich, None, f" in note {n.number}")) for n in draft.notes
    )
    return replace(draft, pieces=pieces, notes=notes, fixes=(*draft.fixes, *fixes))


def _with(piece: Piece, rich: Rich) -> Piece:
    return piece if rich is piece.rich else replace(piece, rich=rich)


def _without_characters(rich: Rich, cuts: list[int]) -> Rich:
    gone = set(cuts)
    text = "".join(c for at, c in enumerate(rich.text) if at not in gone)
    return rich.mapped(text, lambda at: at - sum(cut < at for cut in cuts))


def suspect_characters(draft: Draft) -> Draft:
    """Letters that cannot be what the author wrote are reported, never guessed."""
    doubts: list[Doubt] = []
    texts: list[tuple[str, int | None, str]] = [(p.text, p.uid, "") for p in draft.pieces]
    texts += [(n.rich.text, None, f" in note {n.number}") for n in draft.notes]
    for text, uid, place in texts:
        for at in _suspects(text):
            name = unicodedata.name(text[at], f"U+{ord(text[at]):04X}")
            around = text[max(0, at - 20) : at + 20].strip()
            letter = f"“{text[at]}” ({name.lower()}) in “{around}”{place}"
            message = f"{letter} may have been mis-read: compare the source."
            doubts.append(Doubt("suspect_character", uid, message))
    if len(doubts) > _MOST:
        more = f"{len(doubts) - _MOST} more characters may have been mis-read."
        doubts[_MOST:] = [Doubt("suspect_character", None, more)]
    return replace(draft, doubts=(*draft.doubts, *doubts))


def _suspects(text: str) -> list[int]:
    if text.isascii():
        return []
    found = [m.start() for m in _MOJIBAKE.finditer(text)]
    for at, c in enumerate(text):
        if c < "\u0100":
            continue
        if (
            c == "\ufffd"
            or unicodedata.category(c) == "Co"
            or (c.isalpha() and 0 < at < len(text) - 1 and _stranger(text[at - 1], c, text[at + 1]))
        ):
            found.append(at)
    return found


def _stranger(before: str, c: str, after: str) -> bool:
    """A letter of one alphabet between two letters of one other."""
    around = _script(before)
    own = _script(c)
    return bool(around and own) and around == _script(after) and own != around


def _script(c: str) -> str:
    """The alphabet of a letter; "" for what mixes with others by right."""
    if not c.isalpha():
        return ""
    if c.isascii():
        return "LATIN"
    name = unicodedata.name(c, "").split(" ", 1)
    # Chinese, Japanese and Korean stand beside other letters without a space;
    # a lone Korean jamo inside a word does not.
    if name[0] in {"CJK", "HIRAGANA", "KATAKANA", "MODIFIER", "MICRO", "MATHEMATICAL", "FULLWIDTH"}:
        return ""
    if name[0] == "HANGUL" and len(name) > 1 and name[1].startswith("SYLLABLE"):
        return ""
    return name[0]

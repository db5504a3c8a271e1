"""Letters that were mis-read or escaped on the road."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from documents.messages import Message, ngettext_lazy
from documents.messages import gettext_lazy as _
from documents.parsed import (
    AppliedRepair,
    ParsedBlock,
    ParsedDocument,
    ParseWarning,
    repair_id,
    shortened,
)
from documents.rich import Rich

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S*\s*")

# What UTF-8 looks like when it was read as Windows-1252.
_MOJIBAKE = re.compile(
    r"â€[\u0080-\u017f\u2018-\u203a\u20ac™œ\x9d]|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]"
)
_MOST = 50


def unescaped_links(parsed: ParsedDocument) -> ParsedDocument:
    """Backslashes before punctuation in a link that shows its own address."""
    repairs: list[AppliedRepair] = []

    def mended(rich: Rich, uid: int | None, note: str = "") -> Rich:
        for mark in reversed([m for m in rich.marks if m.tag == "a"]):
            words = rich.text[mark.start : mark.end]
            plain = _ESCAPE.sub("", words)
            href = dict(mark.attrs).get("href", "")
            if plain == words or not (plain == href or _ADDRESS.fullmatch(plain)):
                continue
            if parsed.allows("unescaped_links", words):
                cuts = [mark.start + m.start() for m in _ESCAPE.finditer(words)]
                rich = _without_characters(rich, cuts)
                detail = _cleaned(len(cuts), shortened(plain), note)
                repairs.append(
                    AppliedRepair(
                        "unescaped_links", uid, detail, repair_id("unescaped_links", words)
                    )
                )
        return rich

    blocks = tuple(_with(block, mended(block.rich, block.uid)) for block in parsed.blocks)
    notes = tuple(replace(n, rich=mended(n.rich, None, n.number)) for n in parsed.notes)
    return replace(parsed, blocks=blocks, notes=notes, repairs=(*parsed.repairs, *repairs))


def _cleaned(count: int, address: str, note: str) -> Message:
    """What was done to an address in the text, or in a note."""
    if note:
        return ngettext_lazy(
            "Took %(count)s stray backslash from the address %(address)s in note %(note)s",
            "Took %(count)s stray backslashes from the address %(address)s in note %(note)s",
            count,
            address=address,
            note=note,
        )
    return ngettext_lazy(
        "Took %(count)s stray backslash from the address %(address)s",
        "Took %(count)s stray backslashes from the address %(address)s",
        count,
        address=address,
    )


def _with(block: ParsedBlock, rich: Rich) -> ParsedBlock:
    return block if rich is block.rich else replace(block, rich=rich)


def _without_characters(rich: Rich, cuts: list[int]) -> Rich:
    gone = set(cuts)
    text = "".join(c for at, c in enumerate(rich.text) if at not in gone)
    return rich.mapped(text, lambda at: at - sum(cut < at for cut in cuts))


def suspect_characters(parsed: ParsedDocument) -> ParsedDocument:
    """Letters that cannot be what the author wrote are reported, never guessed."""
    warnings: list[ParseWarning] = []
    texts: list[tuple[str, int | None, str]] = [(p.text, p.uid, "") for p in parsed.blocks]
    texts += [(n.rich.text, None, n.number) for n in parsed.notes]
    for text, uid, note in texts:
        for at in _suspects(text):
            name = unicodedata.name(text[at], f"U+{ord(text[at]):04X}")
            around = text[max(0, at - 20) : at + 20].strip()
            message = _misread(text[at], name.lower(), around, note)
            warnings.append(ParseWarning("suspect_character", uid, message))
    if len(warnings) > _MOST:
        more = ngettext_lazy(
            "%(count)s more character may have been mis-read.",
            "%(count)s more characters may have been mis-read.",
            len(warnings) - _MOST,
        )
        warnings[_MOST:] = [ParseWarning("suspect_character", None, more)]
    return replace(parsed, warnings=(*parsed.warnings, *warnings))


def _misread(letter: str, name: str, around: str, note: str) -> Message:
    """What is to be compared in the text, or in a note."""
    values = {"letter": letter, "name": name, "around": around}
    if note:
        return _(
            "“%(letter)s” (%(name)s) in “%(around)s” in note %(note)s may have been mis-read: "
            "compare the source.",
            note=note,
            **values,
        )
    return _(
        "“%(letter)s” (%(name)s) in “%(around)s” may have been mis-read: compare the source.",
        **values,
    )


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

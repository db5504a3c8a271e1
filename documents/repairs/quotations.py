"""Block quotations that lost their indent."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.messages import gettext_lazy as _
from documents.parsed import ParsedBlock, ParsedDocument, applied_repair, shortened

# A verb of saying shortly before the colon.
_SAYING = re.compile(
    r"\b(?:said|says|saying|say|states?|stated|stating|wrote|writes|writing|written|"
    r"declare[sd]?|declaring|argue[sd]?|"
    r"arguing|explain(?:s|ed)|noted?s?|observe[sd]?|remark(?:s|ed)|conclude[sd]?|add(?:s|"
    r"ed)|ask(?:s|ed)|warn(?:s|ed)|"
    r"repl(?:ies|ied)|answer(?:s|ed)|recall(?:s|ed)|describe[sd]?|insist(?:s|ed)|"
    r"announce[sd]?|put it|puts it|reads?|"
    r"quot(?:es|ed|ing)|following (?:words|passage|terms)|in (?:his|her|their|"
    r"its) (?:own )?words|as follows|"
    r"schreibt|schrieb|sagte|erklärte|écrit|écrivait|déclare|déclaré|dit|disait|dijo|"
    r"escribió|escribe)\b"
    r"(?:[^.:!?]{0,60})[:：]$",
    re.IGNORECASE,
)
# "evolved as follows:" introduces a list of the author's own points.
_OWN = re.compile(r"\b(?:as follows|following (?:ways|points|reasons|steps))[:：]$", re.IGNORECASE)
_QUOTES = "\"“„«‹‘'「『"
_CLOSING = "\"”“»›’'」』"
_FEWEST_WORDS = 12


def found_quotations(parsed: ParsedDocument) -> ParsedDocument:
    """The paragraph after "…said:" is a quotation, if it is set off as one.

    Without quotation marks of its own, or wholly in them with a note at its
    end. Speech in a story ("He said:" and “…”) stays as it is.
    """
    blocks = list(parsed.blocks)
    repairs = []
    for n in range(1, len(blocks)):
        before, block = blocks[n - 1], blocks[n]
        if before.kind != "paragraph" or block.kind != "paragraph" or not _introduces(before.text):
            continue
        if (
            not _set_off(block)
            or n + 1 == len(blocks)
            or not parsed.allows("found_quotation", block.text)
        ):
            continue
        blocks[n] = replace(block, kind="blockquote")
        repairs.append(
            applied_repair(
                "found_quotation",
                block,
                _(
                    "Introduced by “…%(before)s”: %(words)s",
                    before=before.text[-40:],
                    words=shortened(block.text),
                ),
            )
        )
    return parsed.repaired(blocks, repairs)


def _introduces(text: str) -> bool:
    return bool(_SAYING.search(text[-160:])) and not _OWN.search(text)


def _set_off(block: ParsedBlock) -> bool:
    text = block.text
    if len(text.split()) < _FEWEST_WORDS and (text.isascii() or len(text) < 30):
        return False
    noted = any(ref.offset == len(text) for ref in block.rich.refs)
    if text[0] not in _QUOTES:
        return True
    return noted and text[-1] in _CLOSING

"""What a form of file cannot carry, in one place, with the reason.

A relaxation is a function over a truth and what was read, both in the form
that `preview_essay --json` prints; it changes as little as it can. Block
texts, kinds, levels, numbers, notes and the places of references are the same
in every form but where a function here says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.documents.formats.notation import NUMBERED

Reading = dict[str, Any]
Relaxation = Callable[[Reading], Reading]

_LIST_SIGN = re.compile(r"[•◦‣—–-]|\d\.")
_HAN_SPACE = re.compile(r"(?<=[\u3000-\u9fff]) (?=[0-9])|(?<=[0-9]) (?=[\u3000-\u9fff])")
_WIDE_SPACE = re.compile(r"(?<=[\u3000-\u9fff\uff01-\uff60]) (?=[\u3000-\u9fff])")
_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})


def without_marks(reading: Reading) -> Reading:
    """Plain text and a page's picture have no emphasis, links or raised letters."""
    for one in (*reading["blocks"], *reading["notes"]):
        one["marks"] = []
    return reading


def without_alternatives(reading: Reading) -> Reading:
    """The form has no place for a picture's alternative text, or no picture at all."""
    for block in reading["blocks"]:
        block.pop("alternative", None)
    return reading


def without_abstract(reading: Reading) -> Reading:
    """pandoc writes no abstract into these."""
    return reading | {"metadata": reading["metadata"] | {"abstract": ""}}


def without_subtitle(reading: Reading) -> Reading:
    """Nor a subtitle into Org and RTF."""
    return reading | {"metadata": reading["metadata"] | {"subtitle": ""}}


def without_verse(reading: Reading) -> Reading:
    """pandoc writes a poem into JATS as a paragraph, its lines run on."""
    for block in reading["blocks"]:
        if block["kind"] == "verse":
            block |= {"kind": "paragraph", "text": " ".join(block["text"].split())}
    return reading


def as_libreoffice_writes_epub(reading: Reading) -> Reading:
    """No lists and no head of a table: the marks and the first row are not in the file."""
    for block in reading["blocks"]:
        if block["kind"] == "list_item":
            block |= {"kind": "paragraph", "level": None}
        if block["kind"] == "table":
            rows = [row for row in block["text"].split("\n") if any(c.isdigit() for c in row)]
            block["text"] = "\n".join(rows)
    return reading


def with_plain_spaces(reading: Reading) -> Reading:
    """A PDF shows that there is a space, and not which."""
    for one in (*reading["blocks"], *reading["notes"]):
        one["text"] = one["text"].translate(_NO_BREAK)
    return reading


def without_han_spaces(reading: Reading) -> Reading:
    """The gap that is set between Chinese letters and digits is a space to pdftotext."""
    for one in (*reading["blocks"], *reading["notes"]):
        one["text"] = _HAN_SPACE.sub("", one["text"])
    return reading


def without_rules(reading: Reading) -> Reading:
    """LibreOffice draws a rule as a line, and a line is no text."""
    return reading | {"blocks": [b for b in reading["blocks"] if b["kind"] != "rule"]}


def as_prose(reading: Reading) -> Reading:
    """pdftotext without -layout takes every indent and empty line away.

    So no quotation, list, poem, table, rule or paragraph can be told from the
    next; what stands between two headings is one run of words, with its
    references between the same words.
    """
    blocks: list[dict[str, Any]] = []
    for block in reading["blocks"]:
        if block["kind"] == "heading":
            blocks.append(block)
            continue
        if not blocks or blocks[-1]["kind"] == "heading":
            blocks.append({"kind": "prose", "level": None, "number": None, "text": ""})
            blocks[-1] |= {"notes": [], "marks": []}
        blocks[-1]["text"] += " " + with_signs(block)
    for block in blocks:
        words = [word for word in block["text"].split() if not _LIST_SIGN.fullmatch(word)]
        # Where a Chinese paragraph ends is not to be seen either, and no space stands there.
        block["text"] = _WIDE_SPACE.sub("", " ".join(words))
    return reading | {"blocks": blocks}


def with_signs(block: dict[str, Any]) -> str:
    """A block's text with its references where they stand."""
    text = str(block["text"])
    for ref in sorted(block["notes"], key=lambda ref: -int(ref["offset"])):
        text = f"{text[: ref['offset']]}⟦{ref['number']}⟧{text[ref['offset'] :]}"
    return text


def without_levels(reading: Reading) -> Reading:
    """A line alone is a heading; of which level, no type and no number of empty lines says."""
    for block in reading["blocks"]:
        if block["kind"] == "heading" and block["level"] > 2:
            block["level"] = 2
    return reading


def without_slant(reading: Reading) -> Reading:
    """The second level is the third but slanted; these letters have no slant."""
    if reading["metadata"]["language"][:2] in {"zh", "ar"}:
        return without_levels(reading)
    return reading


def with_code_as_lines(reading: Reading) -> Reading:
    """Lines on an indent may be verse or code; their words stand line for line."""
    count = 0
    for block in reading["blocks"]:
        if block["kind"] == "code":
            lines = (" ".join(line.split()) for line in block["text"].split("\n"))
            block |= {"kind": "verse", "text": "\n".join(lines)}
        count += block["kind"] in NUMBERED
        block["number"] = count if block["kind"] in NUMBERED else None
    return reading


# Which files, by their whole name, and what they cannot carry.
_RELAXED: tuple[tuple[str, tuple[Relaxation, ...]], ...] = (
    (r".*\.txt", (without_marks, with_code_as_lines)),
    (r"(?!wrapped).*\.txt", (without_levels,)),
    (r".*\.pdf(-layout\.txt|\.txt)?", (without_marks, with_plain_spaces)),
    (r".*\.pdf(-layout)?\.txt", (without_han_spaces,)),
    (r"writer\.pdf-layout\.txt", (without_rules,)),
    (r"writer\.pdf", (without_slant,)),
    (r".*\.pdf\.txt", (as_prose,)),
    (r"(?!(page\.html|pandoc\.(docx|epub)|writer\.(docx|odt|rtf))$).*", (without_alternatives,)),
    (r"pandoc\.(odt|rtf|docbook\.xml)", (without_abstract,)),
    (r"pandoc\.(org|rtf)", (without_subtitle,)),
    (r"pandoc\.jats\.xml", (without_verse,)),
    (r"writer\.epub", (as_libreoffice_writes_epub, with_code_as_lines)),
)


def relaxations(file: str) -> list[Relaxation]:
    """What is relaxed for a file of this name."""
    return [one for name, several in _RELAXED if re.fullmatch(name, file) for one in several]


def applied(file: str, reading: Reading) -> Reading:
    reading = deepcopy(reading)
    for relaxation in relaxations(file):
        reading = relaxation(reading)
    return reading

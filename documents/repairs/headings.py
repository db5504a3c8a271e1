"""Headings: those without markup found, their levels made consistent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from documents.dates import date_of
from documents.messages import gettext_lazy as _
from documents.parsed import AppliedRepair, ParsedBlock, ParsedDocument, applied_repair, shortened
from documents.words import (
    TERMINAL,
    bare,
    ends_sentence,
    has_case,
    is_capitals,
    is_title_case,
    is_wide,
)

_LONGEST = 120
_MOST_WORDS = 16
_DEEPEST = 6
# Of a heading in Chinese, Arabic and other scripts without capitals.
_LONGEST_CASELESS = 40
# What follows a heading is at least this long, or a sentence, or a heading itself.
_BODY = 60
_SENTENCE = 35
# Of a heading that neither its type nor the space about it tells.
_LONGEST_PLAIN = 50

# Names of sections that stand on the highest level of any essay.
_GENERIC = re.compile(
    r"(?:introduction|preface|foreword|prologue|background|conclusions?|concluding remarks|"
    r"epilogue|afterword|"
    r"references|bibliography|works cited|notes|endnotes|acknowledge?ments?|"
    r"appendix(?: \w+)?|discussion|"
    r"einleitung|schluss|fazit|conclusión|introducción|conclusion générale|结论|引言)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:introduction|preface|foreword|prologue|abstract|summary|background)", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"(?:(?P<word>chapter|section|part|kapitel|chapitre)\s+)?"
    r"(?:(?P<arabic>\d{1,2}(?:\.\d{1,2})*)|(?P<roman>[IVXLC]{1,6})|"
    r"(?P<letter>[A-Z]))(?:[.):：]|\s*[—–-])?\s+(?=\S)",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def headed_lists(parsed: ParsedDocument) -> ParsedDocument:
    """Numbered headings that were taken for lists of one short item each.

    1. First  (paragraphs)  2. Second  (paragraphs): each item alone, counting
    on from the last, with text of its own below.
    """
    blocks = list(parsed.blocks)
    alone = [n for n in range(len(blocks)) if _lone_item(blocks, n)]
    runs: list[list[int]] = []
    for n in alone:
        number = int(blocks[n].marker[:-1])
        if runs and number == int(blocks[runs[-1][-1]].marker[:-1]) + 1:
            runs[-1].append(n)
        elif number == 1:
            runs.append([n])
    repairs = []
    for run in runs:
        for n in run if len(run) > 1 else []:
            block = blocks[n]
            if not parsed.allows("found_heading", block.text):
                continue
            repairs.append(
                applied_repair(
                    "found_heading",
                    block,
                    _("A numbered heading, not a list: %(words)s", words=shortened(block.text)),
                )
            )
            blocks[n] = replace(_numbered_text(block), kind="heading", level=None)
    return parsed.repaired(blocks, repairs)


def restored_numbers(parsed: ParsedDocument) -> ParsedDocument:
    """ "1986. A great year" and "4. August 2022" begin with a number, and are no lists."""
    blocks = list(parsed.blocks)
    repairs = []
    for n, block in enumerate(blocks):
        if _is_no_item(blocks, n) and parsed.allows("restored_number", block.text):
            repairs.append(
                applied_repair(
                    "restored_number",
                    block,
                    _("%(marker)s is a number of the text, not of a list", marker=block.marker),
                )
            )
            blocks[n] = replace(_numbered_text(block), kind="paragraph", level=None)
    return parsed.repaired(blocks, repairs)


def _is_no_item(blocks: list[ParsedBlock], n: int) -> bool:
    number = blocks[n].marker[:-1] if blocks[n].kind == "list_item" else ""
    if not number.isdigit() or _list_neighbour(blocks, n):
        return False
    return int(number) >= 1000 or bool(date_of(f"{blocks[n].marker} {blocks[n].text}"))


def _list_neighbour(blocks: list[ParsedBlock], n: int) -> bool:
    near = blocks[n - 1 : n] if n else []
    return any(p.kind == "list_item" for p in [*near, *blocks[n + 1 : n + 2]])


def _lone_item(blocks: list[ParsedBlock], n: int) -> bool:
    block = blocks[n]
    if block.kind != "list_item" or block.level != 1 or not block.marker[:-1].isdigit():
        return False
    if _list_neighbour(blocks, n) or len(block.text) > _LONGEST or ends_sentence(block.text):
        return False
    return (
        n + 1 < len(blocks)
        and blocks[n + 1].kind == "paragraph"
        and len(blocks[n + 1].text) >= _BODY
    )


def _numbered_text(block: ParsedBlock) -> ParsedBlock:
    shift = len(block.marker) + 1
    rich = block.rich.mapped(f"{block.marker} {block.text}", lambda at: at + shift)
    return replace(block, rich=rich, marker="")


def found_headings(parsed: ParsedDocument) -> ParsedDocument:
    """Short lines that head a text, though nothing marks them as headings."""
    blocks = list(parsed.blocks)
    usual = _usual_gap(blocks)
    likely = {n for n in range(len(blocks)) if _looks_like_heading(blocks, n, parsed.format, usual)}
    repairs = []
    # From the end: a heading is followed by text, or by a heading that is.
    for n in sorted(likely, reverse=True):
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        if after is None or not (after.kind != "paragraph" or _is_text(after)):
            continue
        if after.kind in {"rule", "boilerplate"} or not parsed.allows(
            "found_heading", blocks[n].text
        ):
            continue
        repairs.append(
            applied_repair(
                "found_heading",
                blocks[n],
                _("A heading without markup: %(words)s", words=shortened(blocks[n].text)),
            )
        )
        blocks[n] = replace(blocks[n], kind="heading", level=None)
    return parsed.repaired(blocks, reversed(repairs))


def _looks_like_heading(blocks: list[ParsedBlock], n: int, form: str, usual: int) -> bool:
    block = blocks[n]
    text = block.text.strip()
    if block.kind != "paragraph" or not 1 < len(text) <= _LONGEST or "\n" in text:
        return False
    # Below what a page's end took away: the rest of a sentence, if none has ended.
    if block.cut and (not n or not _ended(blocks[n - 1]) or text[0].islower()):
        return False
    if len(text.split()) > _MOST_WORDS or bare(text).endswith(
        (".", ":", ";", ",", "…", "。", "：", "，", "؛", "،")
    ):
        return False
    if text[0] in '"“‘«[(*•-–—' or not any(c.isalpha() for c in text):
        return False
    if block.rich.wholly("strong"):
        return True
    if form != "text":
        return bool(_GENERIC.fullmatch(text)) or (is_capitals(text) and len(text.split()) >= 2)
    ends = ends_sentence(text)
    if not has_case(text):
        return not ends and len(text) <= _LONGEST_CASELESS and _caseless(blocks, n, usual)
    if _GENERIC.fullmatch(text) or is_capitals(text) or _NUMBERED.match(text):
        return not ends or text.endswith("?")
    if block.gap > usual:
        return True
    return not ends and _alone(blocks, n) and (is_title_case(text) or _between_texts(blocks, n))


def _is_text(block: ParsedBlock) -> bool:
    """A paragraph of the text: long, or a whole sentence and no mere call."""
    long = len(block.text) >= _BODY
    return long or (ends_sentence(block.text) and len(block.text) >= _SENTENCE * _density(block))


def _density(block: ParsedBlock) -> float:
    """Chinese and Japanese say in one letter what takes others three."""
    return 0.35 if is_wide(block.text[:1]) else 1.0


def _ended(block: ParsedBlock) -> bool:
    return block.kind != "paragraph" or bare(block.text).endswith(tuple(TERMINAL))


def _between_texts(blocks: list[ParsedBlock], n: int) -> bool:
    """A short line that opens large, after a whole sentence and before a paragraph."""
    text = blocks[n].text.strip()
    above, below = blocks[n - 1 : n], blocks[n + 1 : n + 2]
    if not n or not above or not below or len(text) > _LONGEST_PLAIN or not text[0].isupper():
        return False
    return _ended(above[0]) and below[0].kind == "paragraph" and ends_sentence(below[0].text)


def _caseless(blocks: list[ParsedBlock], n: int, usual: int) -> bool:
    """In a script without capitals: set apart by more space, or between whole paragraphs."""
    if blocks[n].gap > usual:
        return True
    above, below = blocks[n - 1] if n else None, blocks[n + 1] if n + 1 < len(blocks) else None
    if above is None or below is None or below.kind != "paragraph" or not ends_sentence(below.text):
        return False
    return above.kind in {"heading", "rule"} or bare(above.text).endswith(tuple(TERMINAL))


def _alone(blocks: list[ParsedBlock], n: int) -> bool:
    """Not one of several short lines (an address, names, a poem)."""
    near = [p for p in (*blocks[n - 1 : n], *blocks[n + 1 : n + 2]) if n]
    return all(p.kind != "paragraph" or _is_text(p) for p in near)


def _usual_gap(blocks: list[ParsedBlock]) -> int:
    gaps = sorted(p.gap for p in blocks)
    return gaps[len(gaps) // 2] if gaps else 1


def unwrapped_headings(parsed: ParsedDocument) -> ParsedDocument:
    """Emphasis over a whole heading is how it was set, not what it says."""
    blocks = list(parsed.blocks)
    repairs = []
    for n, block in enumerate(blocks):
        tags = [
            tag for tag in ("em", "strong") if block.kind == "heading" and block.rich.wholly(tag)
        ]
        if tags and parsed.allows("unwrapped_heading", block.text):
            blocks[n] = replace(block, rich=block.rich.without(*tags))
            repairs.append(
                applied_repair(
                    "unwrapped_heading", block, _("Took the emphasis from the whole heading")
                )
            )
    return parsed.repaired(blocks, repairs)


@dataclass(slots=True)
class _HeadingForm:
    index: int
    level: int | None
    text: str
    gap: int = 1
    style: str = ""
    count: int = 0
    depth: int = 1


def levelled_headings(parsed: ParsedDocument) -> ParsedDocument:
    """Sections on level 2, subsections below, no level left out.

    The file's own levels are believed unless they contradict themselves: a
    counted run of headings (1., 2., 3.) stands on one level.
    """
    blocks = list(parsed.blocks)
    heads = [
        _heading_form(n, p) for n, p in enumerate(blocks) if p.kind == "heading" and not p.title
    ]
    if not heads:
        return parsed
    _level_runs(heads, blocks)
    _level_found(heads)
    used = sorted({head.level or 2 for head in heads})
    final = {level: min(2 + rank, _DEEPEST) for rank, level in enumerate(used)}
    repairs: list[AppliedRepair] = []
    for head in heads:
        block, level = blocks[head.index], final[head.level or 2]
        if block.level is not None and not parsed.allows("levelled_heading", block.text):
            continue
        if block.level is not None and block.level != level:
            detail = _(
                "From level %(old)s to %(new)s: %(words)s",
                old=block.level,
                new=level,
                words=shortened(block.text),
            )
            repairs.append(applied_repair("levelled_heading", block, detail))
        blocks[head.index] = replace(block, level=level)
    return parsed.repaired(blocks, repairs)


def _heading_form(index: int, block: ParsedBlock) -> _HeadingForm:
    head = _HeadingForm(index, block.level, block.text, block.gap)
    match = _NUMBERED.match(block.text)
    if match is None:
        return head
    if match["arabic"]:
        parts = match["arabic"].split(".")
        head.style, head.count, head.depth = "arabic", int(parts[-1]), len(parts)
    elif (
        match["roman"]
        and match["roman"].isupper()
        and (match["word"] or match.group().rstrip()[-1] in ".):：-–—")
    ):
        head.style, head.count = "roman", _roman(match["roman"])
    elif match["letter"] and match["letter"].isupper() and match.group().rstrip()[-1] in ".):":
        head.style, head.count = "letter", ord(match["letter"]) - 64
    return head


def _roman(text: str) -> int:
    values = [_ROMAN[c] for c in text.upper()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _level_runs(heads: list[_HeadingForm], blocks: list[ParsedBlock]) -> None:
    """One level for the members of each counted run that contradicts itself."""
    for run in _runs(heads):
        levels = {head.level for head in run}
        if len(levels) == 1 and None not in levels:
            continue
        level = _run_level(run, heads, blocks)
        for head in run:
            head.level = level + head.depth - run[0].depth


def _runs(heads: list[_HeadingForm]) -> list[list[_HeadingForm]]:
    runs: list[list[_HeadingForm]] = []
    for head in heads:
        if not head.style or head.depth > 1:
            continue
        last = runs[-1] if runs else []
        if last and last[-1].style == head.style and head.count == last[-1].count + 1:
            last.append(head)
        elif head.count == 1:
            runs.append([head])
    return [run for run in runs if len(run) > 1]


def _run_level(
    run: list[_HeadingForm], heads: list[_HeadingForm], blocks: list[ParsedBlock]
) -> int:
    """Below the heading before it, if that introduces the run; else beside it."""
    at = heads.index(run[0])
    members = {head.index for head in run}
    known = [head.level for head in heads if head.level is not None and head.index not in members]
    top = min(known, default=min((head.level for head in run if head.level is not None), default=2))
    plain = [head for head in heads[:at] if not head.style and head.level is not None]
    if not plain or at == 0:
        return top
    parent = plain[-1]
    before = blocks[run[0].index - 1]
    introduced = before.kind == "paragraph" and before.text.rstrip().endswith((":", "："))
    sections = [
        head for head in plain if head.level == parent.level and not _OPENING.fullmatch(head.text)
    ]
    return (parent.level or top) + 1 if introduced or len(sections) > 1 else top


def _level_by_space(heads: list[_HeadingForm]) -> bool:
    """Levels from the empty lines above: three for a section, two for what stands in it.

    Only where no level is known, and every heading has one of two such spaces.
    """
    spaces = sorted({head.gap for head in heads}, reverse=True)
    if len(spaces) != 2 or any(head.level is not None for head in heads):
        return False
    if spaces[1] < 2 or heads[0].gap != spaces[0]:
        return False
    for head in heads:
        head.level = 2 + spaces.index(head.gap)
    return True


def _level_found(heads: list[_HeadingForm]) -> None:
    """Levels for the headings that were found without markup.

    Names of whole sections go to the top; others stand below the marked
    headings, or on top where none is marked.
    """
    if _level_by_space(heads):
        return
    known = [head.level for head in heads if head.level is not None and not head.style]
    known = known or [head.level for head in heads if head.level is not None]
    top = min(known, default=2)
    above: int | None = None
    for head in heads:
        if head.level is not None:
            above = head.level
        elif _GENERIC.fullmatch(bare(head.text).strip(" :.")) or above is None:
            head.level = top + head.depth - 1
        else:
            head.level = min(above + 1, _DEEPEST)

"""Headings: those without markup found, their levels made consistent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from documents.dates import date_of
from documents.draft import Draft, Fix, Piece, fix, shortened
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


def headed_lists(draft: Draft) -> Draft:
    """Numbered headings that were taken for lists of one short item each.

    1. First  (paragraphs)  2. Second  (paragraphs): each item alone, counting
    on from the last, with text of its own below.
    """
    pieces = list(draft.pieces)
    alone = [n for n in range(len(pieces)) if _lone_item(pieces, n)]
    runs: list[list[int]] = []
    for n in alone:
        number = int(pieces[n].marker[:-1])
        if runs and number == int(pieces[runs[-1][-1]].marker[:-1]) + 1:
            runs[-1].append(n)
        elif number == 1:
            runs.append([n])
    fixes = []
    for run in runs:
        for n in run if len(run) > 1 else []:
            piece = pieces[n]
            if not draft.allows("found_heading", piece.text):
                continue
            fixes.append(
                fix(
                    "found_heading",
                    piece,
                    f"A numbered heading, not a list: {shortened(piece.text)}",
                )
            )
            pieces[n] = replace(_numbered_text(piece), kind="heading", level=None)
    return draft.repaired(pieces, fixes)


def restored_numbers(draft: Draft) -> Draft:
    """ "1986. A great year" and "4. August 2022" begin with a number, and are no lists."""
    pieces = list(draft.pieces)
    fixes = []
    for n, piece in enumerate(pieces):
        if _is_no_item(pieces, n) and draft.allows("restored_number", piece.text):
            fixes.append(
                fix(
                    "restored_number",
                    piece,
                    f"{piece.marker} is a number of the text, not of a list",
                )
            )
            pieces[n] = replace(_numbered_text(piece), kind="paragraph", level=None)
    return draft.repaired(pieces, fixes)


def _is_no_item(pieces: list[Piece], n: int) -> bool:
    number = pieces[n].marker[:-1] if pieces[n].kind == "list_item" else ""
    if not number.isdigit() or _list_neighbour(pieces, n):
        return False
    return int(number) >= 1000 or bool(date_of(f"{pieces[n].marker} {pieces[n].text}"))


def _list_neighbour(pieces: list[Piece], n: int) -> bool:
    near = pieces[n - 1 : n] if n else []
    return any(p.kind == "list_item" for p in [*near, *pieces[n + 1 : n + 2]])


def _lone_item(pieces: list[Piece], n: int) -> bool:
    piece = pieces[n]
    if piece.kind != "list_item" or piece.level != 1 or not piece.marker[:-1].isdigit():
        return False
    if _list_neighbour(pieces, n) or len(piece.text) > _LONGEST or ends_sentence(piece.text):
        return False
    return (
        n + 1 < len(pieces)
        and pieces[n + 1].kind == "paragraph"
        and len(pieces[n + 1].text) >= _BODY
    )


def _numbered_text(piece: Piece) -> Piece:
    shift = len(piece.marker) + 1
    rich = piece.rich.mapped(f"{piece.marker} {piece.text}", lambda at: at + shift)
    return replace(piece, rich=rich, marker="")


def found_headings(draft: Draft) -> Draft:
    """Short lines that head a text, though nothing marks them as headings."""
    pieces = list(draft.pieces)
    usual = _usual_gap(pieces)
    likely = {n for n in range(len(pieces)) if _looks_like_heading(pieces, n, draft.format, usual)}
    fixes = []
    # From the end: a heading is followed by text, or by a heading that is.
    for n in sorted(likely, reverse=True):
        after = pieces[n + 1] if n + 1 < len(pieces) else None
        if after is None or not (after.kind != "paragraph" or _is_text(after)):
            continue
        if after.kind in {"rule", "boilerplate"} or not draft.allows(
            "found_heading", pieces[n].text
        ):
            continue
        fixes.append(
            fix(
                "found_heading", pieces[n], f"A heading without markup: {shortened(pieces[n].text)}"
            )
        )
        pieces[n] = replace(pieces[n], kind="heading", level=None)
    return draft.repaired(pieces, reversed(fixes))


def _looks_like_heading(pieces: list[Piece], n: int, form: str, usual: int) -> bool:
    piece = pieces[n]
    text = piece.text.strip()
    if piece.kind != "paragraph" or not 1 < len(text) <= _LONGEST or "\n" in text:
        return False
    # Below what a page's end took away: the rest of a sentence, if none has ended.
    if piece.cut and (not n or not _ended(pieces[n - 1]) or text[0].islower()):
        return False
    if len(text.split()) > _MOST_WORDS or bare(text).endswith(
        (".", ":", ";", ",", "…", "。", "：", "，", "؛", "،")
    ):
        return False
    if text[0] in '"“‘«[(*•-–—' or not any(c.isalpha() for c in text):
        return False
    if piece.rich.wholly("strong"):
        return True
    if form != "text":
        return bool(_GENERIC.fullmatch(text)) or (is_capitals(text) and len(text.split()) >= 2)
    ends = ends_sentence(text)
    if not has_case(text):
        return not ends and len(text) <= _LONGEST_CASELESS and _caseless(pieces, n, usual)
    if _GENERIC.fullmatch(text) or is_capitals(text) or _NUMBERED.match(text):
        return not ends or text.endswith("?")
    if piece.gap > usual:
        return True
    return not ends and _alone(pieces, n) and (is_title_case(text) or _between_texts(pieces, n))


def _is_text(piece: Piece) -> bool:
    """A paragraph of the text: long, or a whole sentence and no mere call."""
    long = len(piece.text) >= _BODY
    return long or (ends_sentence(piece.text) and len(piece.text) >= _SENTENCE * _density(piece))


def _density(piece: Piece) -> float:
    """Chinese and Japanese say in one letter what takes others three."""
    return 0.35 if is_wide(piece.text[:1]) else 1.0


def _ended(piece: Piece) -> bool:
    return piece.kind != "paragraph" or bare(piece.text).endswith(tuple(TERMINAL))


def _between_texts(pieces: list[Piece], n: int) -> bool:
    """A short line that opens large, after a whole sentence and before a paragraph."""
    text = pieces[n].text.strip()
    above, below = pieces[n - 1 : n], pieces[n + 1 : n + 2]
    if not n or not above or not below or len(text) > _LONGEST_PLAIN or not text[0].isupper():
        return False
    return _ended(above[0]) and below[0].kind == "paragraph" and ends_sentence(below[0].text)


def _caseless(pieces: list[Piece], n: int, usual: int) -> bool:
    """In a script without capitals: set apart by more space, or between whole paragraphs."""
    if pieces[n].gap > usual:
        return True
    above, below = pieces[n - 1] if n else None, pieces[n + 1] if n + 1 < len(pieces) else None
    if above is None or below is None or below.kind != "paragraph" or not ends_sentence(below.text):
        return False
    return above.kind in {"heading", "rule"} or bare(above.text).endswith(tuple(TERMINAL))


def _alone(pieces: list[Piece], n: int) -> bool:
    """Not one of several short lines (an address, names, a poem)."""
    near = [p for p in (*pieces[n - 1 : n], *pieces[n + 1 : n + 2]) if n]
    return all(p.kind != "paragraph" or _is_text(p) for p in near)


def _usual_gap(pieces: list[Piece]) -> int:
    gaps = sorted(p.gap for p in pieces)
    return gaps[len(gaps) // 2] if gaps else 1


def unwrapped_headings(draft: Draft) -> Draft:
    """Emphasis over a whole heading is how it was set, not what it says."""
    pieces = list(draft.pieces)
    fixes = []
    for n, piece in enumerate(pieces):
        tags = [
            tag for tag in ("em", "strong") if piece.kind == "heading" and piece.rich.wholly(tag)
        ]
        if tags and draft.allows("unwrapped_heading", piece.text):
            pieces[n] = replace(piece, rich=piece.rich.without(*tags))
            fixes.append(
                fix("unwrapped_heading", piece, "Took the emphasis from the whole heading")
            )
    return draft.repaired(pieces, fixes)


@dataclass(slots=True)
class _Head:
    index: int
    level: int | None
    text: str
    gap: int = 1
    style: str = ""
    count: int = 0
    depth: int = 1


def levelled_headings(draft: Draft) -> Draft:
    """Sections on level 2, subsections below, no level left out.

    The file's own levels are believed unless they contradict themselves: a
    counted run of headings (1., 2., 3.) stands on one level.
    """
    pieces = list(draft.pieces)
    heads = [_head(n, p) for n, p in enumerate(pieces) if p.kind == "heading" and not p.title]
    if not heads:
        return draft
    _level_runs(heads, pieces)
    _level_found(heads)
    used = sorted({head.level or 2 for head in heads})
    final = {level: min(2 + rank, _DEEPEST) for rank, level in enumerate(used)}
    fixes: list[Fix] = []
    for head in heads:
        piece, level = pieces[head.index], final[head.level or 2]
        if piece.level is not None and not draft.allows("levelled_heading", piece.text):
            continue
        if piece.level is not None and piece.level != level:
            detail = f"From level {piece.level} to {level}: {shortened(piece.text)}"
            fixes.append(fix("levelled_heading", piece, detail))
        pieces[head.index] = replace(piece, level=level)
    return draft.repaired(pieces, fixes)


def _head(index: int, piece: Piece) -> _Head:
    head = _Head(index, piece.level, piece.text, piece.gap)
    match = _NUMBERED.match(piece.text)
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


def _level_runs(heads: list[_Head], pieces: list[Piece]) -> None:
    """One level for the members of each counted run that contradicts itself."""
    for run in _runs(heads):
        levels = {head.level for head in run}
        if len(levels) == 1 and None not in levels:
            continue
        level = _run_level(run, heads, pieces)
        for head in run:
            head.level = level + head.depth - run[0].depth


def _runs(heads: list[_Head]) -> list[list[_Head]]:
    runs: list[list[_Head]] = []
    for head in heads:
        if not head.style or head.depth > 1:
            continue
        last = runs[-1] if runs else []
        if last and last[-1].style == head.style and head.count == last[-1].count + 1:
            last.append(head)
        elif head.count == 1:
            runs.append([head])
    return [run for run in runs if len(run) > 1]


def _run_level(run: list[_Head], heads: list[_Head], pieces: list[Piece]) -> int:
    """Below the heading before it, if that introduces the run; else beside it."""
    at = heads.index(run[0])
    members = {head.index for head in run}
    known = [head.level for head in heads if head.level is not None and head.index not in members]
    top = min(known, default=min((head.level for head in run if head.level is not None), default=2))
    plain = [head for head in heads[:at] if not head.style and head.level is not None]
    if not plain or at == 0:
        return top
    parent = plain[-1]
    before = pieces[run[0].index - 1]
    introduced = before.kind == "paragraph" and before.text.rstrip().endswith((":", "："))
    sections = [
        head for head in plain if head.level == parent.level and not _OPENING.fullmatch(head.text)
    ]
    return (parent.level or top) + 1 if introduced or len(sections) > 1 else top


def _level_by_space(heads: list[_Head]) -> bool:
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


def _level_found(heads: list[_Head]) -> None:
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

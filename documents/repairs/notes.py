"""Notes that were written as paragraphs, bound to their references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from documents.document import NoteRef
from documents.draft import Doubt, Draft, Fix, Footnote, Piece, fix, shortened
from documents.readers.text.note_lists import HEADING
from documents.rich import Mark, Rich

_LABEL = re.compile(r"\d{1,4}|[*†‡§]{1,3}|[a-z]")
# What stands before an exponent: a digit, a unit of measure, a single letter.
_EXPONENT = re.compile(r"(?:\d|[)\]}]|\b(?:[kcmdµ]?m|ft|in|yd|mi|sec|s)|\b[A-Za-z])$")
# Notes with the same label (pages that count anew) that a sign may mean.
_MOST_ALIKE = 400
_BRACKET = re.compile(r"\[(\d{1,3})\]")
_BRACKET_NOTE = re.compile(r"\[(\d{1,3})\]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Sign:
    """A possible reference: in which piece, from where to where, its label.

    `group` counts the labels that are raised together.
    """

    piece: int
    start: int
    end: int
    label: str
    sure: bool
    group: int = 1


def bound_notes(draft: Draft) -> Draft:
    """Paragraphs that open with a raised number become notes.

    References and notes come in the same order, so the longest common run of
    labels binds them; a raised number that has no place in that run (an
    exponent, an ordinal) stays as it is.
    """
    pieces = _without_bracket_style(draft)
    noted = [(n, label) for n, piece in enumerate(pieces) if (label := _note_label(piece))]
    noted = [(n, label) for n, label in noted if draft.allows("bound_note", draft.pieces[n].text)]
    if not noted:
        return draft
    at = {n for n, _ in noted}
    signs = [s for n, piece in enumerate(pieces) if n not in at for s in _signs(n, piece.rich)]
    sure = [s for s in signs if s.sure]
    bound = _aligned([s.label for s in sure], [label for _, label in noted])
    pairs = {note: sure[sign] for sign, note in bound}
    pairs = _whole_groups(pairs | _between(pairs, noted, [s for s in signs if not s.sure]))
    if not pairs:
        return draft
    return _bind(draft, pieces, noted, pairs)


def _note_label(piece: Piece) -> str:
    if piece.kind not in {"paragraph", "list_item"}:
        return ""
    first = next((m for m in piece.rich.marks if m.tag == "sup"), None)
    if first is None or first.start or first.end >= len(piece.text):
        return ""
    label = piece.text[: first.end].strip()
    return label if _LABEL.fullmatch(label) else ""


def _without_bracket_style(draft: Draft) -> list[Piece]:
    """Pieces with the numbers of notes in brackets, [1], raised.

    Only where a run of such paragraphs ends the essay, and the body holds the
    same labels in brackets: elsewhere a bracket is the author's.
    """
    pieces = list(draft.pieces)
    last = len(pieces)
    tail: list[tuple[int, re.Match[str]]] = []
    for n in range(last - 1, -1, -1):
        text = pieces[n].text
        match = _BRACKET_NOTE.match(text) if pieces[n].kind == "paragraph" else None
        if match is None:
            break
        tail.append((n, match))
    body = {m.group(1) for p in pieces[: last - len(tail)] for m in _BRACKET.finditer(p.text)}
    if len(tail) < 1 or not {m.group(1) for _, m in tail} <= body:
        return pieces
    for n, match in tail:
        label = match.group(1)
        rest = pieces[n].rich.clip(match.end(), len(pieces[n].text))
        pieces[n] = replace(pieces[n], rich=_raised(label, rest))
    labels = {m.group(1) for _, m in tail}
    for n in range(last - len(tail)):
        rich = pieces[n].rich
        for match in reversed(list(_BRACKET.finditer(rich.text))):
            if match.group(1) in labels:
                mark = Mark(match.start(), match.end(), "sup", (("bracket", "1"),))
                rich = replace(rich, marks=(*rich.marks, mark))
        pieces[n] = replace(pieces[n], rich=rich)
    return pieces


def _raised(label: str, rest: Rich) -> Rich:
    shift = len(label) + 1
    whole = rest.mapped(f"{label} {rest.text}", lambda at: at + shift)
    return replace(whole, marks=(Mark(0, len(label), "sup"), *whole.marks))


def _signs(n: int, rich: Rich) -> list[_Sign]:
    found = []
    for mark in sorted((m for m in rich.marks if m.tag == "sup"), key=lambda m: m.start):
        text = rich.text[mark.start : mark.end]
        sure = bool(mark.attrs) or not _EXPONENT.search(
            rich.text[max(0, mark.start - 12) : mark.start]
        )
        # <sup>1,2</sup> refers twice.
        labels = re.split(r"[,;\s]+", text.strip("[]"))
        if all(_LABEL.fullmatch(label) for label in labels):
            found += [_Sign(n, mark.start, mark.end, label, sure, len(labels)) for label in labels]
    return found


def _aligned(signs: list[str], notes: list[str]) -> list[tuple[int, int]]:
    """Pairs of indexes (sign, note) of the longest common run, both rising.

    Hunt and Szymanski's algorithm: the longest rising run of the notes that
    each sign may mean. Labels that come again and again are bounded, so that a
    hostile text costs no more than a long one.
    """
    where: dict[str, list[int]] = {}
    for note, label in enumerate(notes):
        where.setdefault(label, []).append(note)
    tops: list[int] = []
    links: list[tuple[int, int, Any]] = []
    for sign, label in enumerate(signs):
        for note in reversed(where.get(label, [])[:_MOST_ALIKE]):
            at = bisect_left(tops, note)
            link = (sign, note, links[at - 1] if at else None)
            tops[at : at + 1] = [note]
            links[at : at + 1] = [link]
    pairs: list[tuple[int, int]] = []
    end = links[-1] if links else None
    while end is not None:
        sign, note, end = end
        pairs.append((sign, note))
    return pairs[::-1]


def _between(
    pairs: dict[int, _Sign], noted: list[tuple[int, str]], unsure: list[_Sign]
) -> dict[int, _Sign]:
    """Doubtful signs for the notes still unbound, if they stand in the gap."""
    more: dict[int, _Sign] = {}
    places = {note: (sign.piece, sign.start) for note, sign in pairs.items()}
    for note, (_, label) in enumerate(noted):
        if note in pairs:
            continue
        low = max((place for k, place in places.items() if k < note), default=(-1, 0))
        high = min(
            (place for k, place in places.items() if k > note), default=(len(noted) + 10**9, 0)
        )
        fits = [s for s in unsure if s.label == label and low < (s.piece, s.start) < high]
        if len(fits) == 1:
            more[note] = fits[0]
    return more


def _whole_groups(pairs: dict[int, _Sign]) -> dict[int, _Sign]:
    """Without the signs of a group (<sup>1,2</sup>) that is not bound whole."""
    bound = Counter((sign.piece, sign.start) for sign in pairs.values())
    return {
        note: sign for note, sign in pairs.items() if bound[sign.piece, sign.start] == sign.group
    }


def _bind(
    draft: Draft, pieces: list[Piece], noted: list[tuple[int, str]], pairs: dict[int, _Sign]
) -> Draft:
    numbers = _numbers(draft, noted, pairs)
    fixes: list[Fix] = []
    doubts: list[Doubt] = []
    notes = list(draft.notes)
    home: dict[int, int] = {}
    refs: dict[int, list[tuple[_Sign, str]]] = {}
    for index, (n, label) in enumerate(noted):
        if index not in pairs:
            message = f"This reads like a note ({label}), but nothing in the text refers to it."
            doubts.append(Doubt("unbound_note", pieces[n].uid, message))
            continue
        sign, number = pairs[index], numbers[index]
        mark = next(m for m in pieces[n].rich.marks if m.tag == "sup")
        words = pieces[n].rich.clip(mark.end, len(pieces[n].text)).squashed()
        notes.append(Footnote(number, words))
        home[n] = sign.piece
        refs.setdefault(sign.piece, []).append((sign, number))
        as_printed = f" (printed {label})" if number != label else ""
        detail = f"Note {number}{as_printed} bound to its reference: {shortened(words.text)}"
        fixes.append(fix("bound_note", pieces[sign.piece], detail, text=draft.pieces[n].text))
    out: list[Piece] = []
    moved: dict[int, int] = {}
    cut = False
    for n, piece in enumerate(draft.pieces):
        if n in home:
            cut = True
            moved[piece.uid] = draft.pieces[home[n]].uid
            continue
        rich = _with_refs(piece.rich, refs[n]) if n in refs else piece.rich
        out.append(replace(piece, rich=rich, cut=piece.cut or cut))
        cut = False
    out = _without_heading(out, fixes)
    doubts.extend(_dangling(out, set(numbers.values())))
    return replace(draft.repaired(out, fixes, doubts, moved), notes=tuple(notes))


def _numbers(draft: Draft, noted: list[tuple[int, str]], pairs: dict[int, _Sign]) -> dict[int, str]:
    """Each note's number: as printed, or counted where pages began anew."""
    labels = [noted[index][1] for index in sorted(pairs)]
    taken = {note.number for note in draft.notes}
    if max(Counter(labels).values()) == 1 and not taken & set(labels):
        return {index: noted[index][1] for index in pairs}
    return {index: str(count) for count, index in enumerate(sorted(pairs), len(taken) + 1)}


def _with_refs(rich: Rich, signs: list[tuple[_Sign, str]]) -> Rich:
    """The text without the raised numbers, and references in their place."""
    spans = sorted({(sign.start, sign.end) for sign, _ in signs}, reverse=True)
    for start, end in spans:
        numbers = [number for sign, number in signs if sign.start == start]
        # "word <sup>1</sup>." : the space before the number goes with it.
        lead = start
        after = rich.text[end : end + 1]
        while lead and rich.text[lead - 1].isspace() and (not after or not after.isalnum()):
            lead -= 1
        text = rich.text[:lead] + rich.text[end:]

        def place(at: int, lead: int = lead, end: int = end) -> int:
            return at if at <= lead else lead if at <= end else at - (end - lead)

        kept = replace(
            rich,
            marks=tuple(
                m for m in rich.marks if not (m.tag == "sup" and (m.start, m.end) == (start, end))
            ),
        )
        rich = kept.mapped(text, place)
        refs = sorted(
            (*rich.refs, *(NoteRef(number, lead) for number in numbers)), key=lambda r: r.offset
        )
        rich = replace(rich, refs=tuple(refs))
    return rich.squashed()


def _without_heading(pieces: list[Piece], fixes: list[Fix]) -> list[Piece]:
    """ "Notes" over notes that are no longer there goes too."""
    at = max((n for n, piece in enumerate(pieces) if not piece.furniture), default=0)
    if at < 1:
        return pieces
    last = pieces[at]
    if last.kind in {"heading", "paragraph"} and HEADING.fullmatch(last.text.rstrip(":")):
        fixes.append(
            fix(
                "removed_furniture",
                pieces[at - 1],
                f"The heading over the notes: {last.text}",
                text=last.text,
            )
        )
        return pieces[:at] + pieces[at + 1 :]
    return pieces


def _dangling(pieces: list[Piece], numbers: set[str]) -> list[Doubt]:
    """Raised numbers in the run of references that found no note."""
    highest = max((int(n) for n in numbers if n.isdigit()), default=0)
    doubts: dict[tuple[int, str], Doubt] = {}
    for piece in pieces:
        for sign in _signs(0, piece.rich):
            if sign.sure and sign.label.isdigit() and 0 < int(sign.label) <= highest + 1:
                message = f"Raised number {sign.label}: reads like a reference without a note."
                doubt = Doubt("unbound_reference", piece.uid, message)
                doubts.setdefault((piece.uid, sign.label), doubt)
    return list(doubts.values())

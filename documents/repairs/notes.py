"""Notes that were written as paragraphs, bound to their references."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from documents.document import NoteRef
from documents.messages import gettext_lazy as _
from documents.parsed import (
    AppliedRepair,
    ParsedBlock,
    ParsedDocument,
    ParsedNote,
    ParseWarning,
    applied_repair,
    shortened,
)
from documents.readers.text.note_lists import HEADING
from documents.repairs.note_labels import without_stop
from documents.rich import InlineMark, Rich

_LABEL = re.compile(r"\d{1,4}|[*†‡§]{1,3}|[a-zA-Z]")
# “¹H NMR” and “¹³C” open a paragraph of chemistry.
_ISOTOPE = re.compile(
    r"(?:[HCNOFPSKU]|He|Li|Be|Na|Mg|Al|Si|Cl|Ar|Ca|Fe|Co|Se|Kr|Sr|Tc|Ag|Xe|Cs|Pb|Ra|Th|Pu)(?![a-z])"
)
# What stands before an exponent: a digit, a unit of measure, a single letter.
_EXPONENT = re.compile(r"(?:\d|[)\]}]|\b(?:[kcmdµ]?m|ft|in|yd|mi|sec|s)|\b[A-Za-z])$")
# Notes with the same label (pages that count anew) that a candidate may mean.
_MOST_ALIKE = 400
_BRACKET = re.compile(r"\[(\d{1,3})\]")
_BRACKET_NOTE = re.compile(r"\[(\d{1,3})\][.:)]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _ReferenceCandidate:
    """A possible reference: in which block, from where to where, its label.

    `group` counts the labels that are raised together.
    """

    block: int
    start: int
    end: int
    label: str
    sure: bool
    group: int = 1


def bound_notes(parsed: ParsedDocument) -> ParsedDocument:
    """Paragraphs that open with a raised number become notes.

    References and notes come in the same order, so the longest common run of
    labels binds them; a raised number that has no place in that run (an
    exponent, an ordinal) stays as it is.
    """
    blocks = _without_bracket_style(parsed)
    noted = [(n, label) for n, block in enumerate(blocks) if (label := _note_label(block))]
    noted = [(n, label) for n, label in noted if parsed.allows("bound_note", parsed.blocks[n].text)]
    if not noted:
        return parsed
    at = {n for n, _ in noted}
    candidates = [
        s for n, block in enumerate(blocks) if n not in at for s in _candidates(n, block.rich)
    ]
    sure = [s for s in candidates if s.sure]
    bound = _aligned([s.label for s in sure], [label for _, label in noted])
    pairs = {note: sure[candidate] for candidate, note in bound}
    pairs = _whole_groups(pairs | _between(pairs, noted, [s for s in candidates if not s.sure]))
    if not pairs:
        return parsed
    return _bind(parsed, blocks, noted, pairs)


def _note_label(block: ParsedBlock) -> str:
    if block.kind not in {"paragraph", "list_item"}:
        return ""
    first = next((m for m in block.rich.marks if m.tag == "sup"), None)
    if first is None or first.start or first.end >= len(block.text):
        return ""
    if block.text[first.end - 1].isdigit() and _ISOTOPE.match(block.text, first.end):
        return ""
    label = block.text[: first.end].strip()
    return label if _LABEL.fullmatch(label) else ""


def _without_bracket_style(parsed: ParsedDocument) -> list[ParsedBlock]:
    """Blocks with the numbers of notes in brackets, [1], raised.

    Only where a run of such paragraphs ends the essay, and the body holds the
    same labels in brackets: elsewhere a bracket is the author's.
    """
    blocks = list(parsed.blocks)
    last = len(blocks)
    tail: list[tuple[int, re.Match[str]]] = []
    for n in range(last - 1, -1, -1):
        text = blocks[n].text
        match = _BRACKET_NOTE.match(text) if blocks[n].kind == "paragraph" else None
        if match is None:
            break
        tail.append((n, match))
    body = {m.group(1) for p in blocks[: last - len(tail)] for m in _BRACKET.finditer(p.text)}
    if len(tail) < 1 or not {m.group(1) for _, m in tail} <= body:
        return blocks
    heading = blocks[last - len(tail) - 1].text.strip().rstrip(":") if last > len(tail) else ""
    noted = any(_note_label(block) for block in blocks[: last - len(tail)])
    if noted and not HEADING.fullmatch(heading):
        return blocks  # a bibliography, beside notes that are numbered otherwise
    for n, match in tail:
        label = match.group(1)
        rest = blocks[n].rich.clip(match.end(), len(blocks[n].text))
        blocks[n] = replace(blocks[n], rich=_raised(label, rest))
    labels = {m.group(1) for _, m in tail}
    for n in range(last - len(tail)):
        rich = blocks[n].rich
        for match in reversed(list(_BRACKET.finditer(rich.text))):
            if match.group(1) in labels:
                mark = InlineMark(match.start(), match.end(), "sup", (("bracket", "1"),))
                rich = replace(rich, marks=(*rich.marks, mark))
        blocks[n] = replace(blocks[n], rich=rich)
    return blocks


def _raised(label: str, rest: Rich) -> Rich:
    shift = len(label) + 1
    whole = rest.mapped(f"{label} {rest.text}", lambda at: at + shift)
    return replace(whole, marks=(InlineMark(0, len(label), "sup"), *whole.marks))


def _candidates(n: int, rich: Rich) -> list[_ReferenceCandidate]:
    found = []
    for mark in sorted((m for m in rich.marks if m.tag == "sup"), key=lambda m: m.start):
        text = rich.text[mark.start : mark.end]
        sure = bool(mark.attrs) or not _EXPONENT.search(
            rich.text[max(0, mark.start - 12) : mark.start]
        )
        # <sup>1,2</sup> refers twice.
        labels = re.split(r"[,;\s]+", text.strip("[]"))
        if all(_LABEL.fullmatch(label) for label in labels):
            found += [
                _ReferenceCandidate(n, mark.start, mark.end, label, sure, len(labels))
                for label in labels
            ]
    return found


def _aligned(candidates: list[str], notes: list[str]) -> list[tuple[int, int]]:
    """Pairs of indexes (candidate, note) of the longest common run, both rising.

    Hunt and Szymanski's algorithm: the longest rising run of the notes that
    each candidate may mean. Labels that come again and again are bounded, so that a
    hostile text costs no more than a long one.
    """
    where: dict[str, list[int]] = {}
    for note, label in enumerate(notes):
        where.setdefault(label, []).append(note)
    tops: list[int] = []
    links: list[tuple[int, int, Any]] = []
    for candidate, label in enumerate(candidates):
        for note in reversed(where.get(label, [])[:_MOST_ALIKE]):
            at = bisect_left(tops, note)
            link = (candidate, note, links[at - 1] if at else None)
            tops[at : at + 1] = [note]
            links[at : at + 1] = [link]
    pairs: list[tuple[int, int]] = []
    end = links[-1] if links else None
    while end is not None:
        candidate, note, end = end
        pairs.append((candidate, note))
    return pairs[::-1]


def _between(
    pairs: dict[int, _ReferenceCandidate],
    noted: list[tuple[int, str]],
    unsure: list[_ReferenceCandidate],
) -> dict[int, _ReferenceCandidate]:
    """Doubtful candidates for the notes still unbound, if they stand in the gap."""
    more: dict[int, _ReferenceCandidate] = {}
    places = {note: (candidate.block, candidate.start) for note, candidate in pairs.items()}
    for note, (_block, label) in enumerate(noted):
        if note in pairs:
            continue
        low = max((place for k, place in places.items() if k < note), default=(-1, 0))
        high = min(
            (place for k, place in places.items() if k > note), default=(len(noted) + 10**9, 0)
        )
        fits = [s for s in unsure if s.label == label and low < (s.block, s.start) < high]
        if len(fits) == 1:
            more[note] = fits[0]
    return more


def _whole_groups(pairs: dict[int, _ReferenceCandidate]) -> dict[int, _ReferenceCandidate]:
    """Without the candidates of a group (<sup>1,2</sup>) that is not bound whole."""
    bound = Counter((candidate.block, candidate.start) for candidate in pairs.values())
    return {
        note: candidate
        for note, candidate in pairs.items()
        if bound[candidate.block, candidate.start] == candidate.group
    }


def _bind(
    parsed: ParsedDocument,
    blocks: list[ParsedBlock],
    noted: list[tuple[int, str]],
    pairs: dict[int, _ReferenceCandidate],
) -> ParsedDocument:
    numbers = _numbers(parsed, noted, pairs)
    repairs: list[AppliedRepair] = []
    warnings: list[ParseWarning] = []
    notes = list(parsed.notes)
    home: dict[int, int] = {}
    refs: dict[int, list[tuple[_ReferenceCandidate, str]]] = {}
    for index, (n, label) in enumerate(noted):
        if index not in pairs:
            message = _(
                "This reads like a note (%(label)s), but nothing in the text refers to it.",
                label=label,
            )
            warnings.append(ParseWarning("unbound_note", blocks[n].uid, message))
            continue
        candidate, number = pairs[index], numbers[index]
        mark = next(m for m in blocks[n].rich.marks if m.tag == "sup")
        words = without_stop(blocks[n].rich.clip(mark.end, len(blocks[n].text)).squashed())
        notes.append(ParsedNote(number, words))
        home[n] = candidate.block
        refs.setdefault(candidate.block, []).append((candidate, number))
        values = {"number": number, "words": shortened(words.text)}
        detail = (
            _("Note %(number)s bound to its reference: %(words)s", **values)
            if number == label
            else _(
                "Note %(number)s (printed %(label)s) bound to its reference: %(words)s",
                label=label,
                **values,
            )
        )
        repairs.append(
            applied_repair(
                "bound_note", blocks[candidate.block], detail, text=parsed.blocks[n].text
            )
        )
    out: list[ParsedBlock] = []
    moved: dict[int, int] = {}
    cut = False
    for n, block in enumerate(parsed.blocks):
        if n in home:
            cut = True
            moved[block.uid] = parsed.blocks[home[n]].uid
            continue
        rich = _with_refs(block.rich, refs[n]) if n in refs else block.rich
        out.append(replace(block, rich=rich, cut=block.cut or cut))
        cut = False
    out = _without_heading(out, repairs)
    warnings.extend(_dangling(out, set(numbers.values())))
    return replace(parsed.repaired(out, repairs, warnings, moved), notes=tuple(notes))


def _numbers(
    parsed: ParsedDocument, noted: list[tuple[int, str]], pairs: dict[int, _ReferenceCandidate]
) -> dict[int, str]:
    """Each note's number: as printed, or counted where pages began anew."""
    labels = [noted[index][1] for index in sorted(pairs)]
    taken = {note.number for note in parsed.notes}
    if max(Counter(labels).values()) == 1 and not taken & set(labels):
        return {index: noted[index][1] for index in pairs}
    return {index: str(count) for count, index in enumerate(sorted(pairs), len(taken) + 1)}


def _with_refs(rich: Rich, candidates: list[tuple[_ReferenceCandidate, str]]) -> Rich:
    """The text without the raised numbers, and references in their place."""
    spans = sorted({(candidate.start, candidate.end) for candidate, _ in candidates}, reverse=True)
    for start, end in spans:
        numbers = [number for candidate, number in candidates if candidate.start == start]
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


def _without_heading(blocks: list[ParsedBlock], repairs: list[AppliedRepair]) -> list[ParsedBlock]:
    """ "Notes" over notes that are no longer there goes too."""
    at = max((n for n, block in enumerate(blocks) if not block.running_header), default=0)
    if at < 1:
        return blocks
    last = blocks[at]
    if last.kind in {"heading", "paragraph"} and HEADING.fullmatch(last.text.rstrip(":")):
        repairs.append(
            applied_repair(
                "removed_running_header",
                blocks[at - 1],
                _("The heading over the notes: %(words)s", words=last.text),
                text=last.text,
            )
        )
        return blocks[:at] + blocks[at + 1 :]
    return blocks


def _dangling(blocks: list[ParsedBlock], numbers: set[str]) -> list[ParseWarning]:
    """Raised numbers in the run of references that found no note."""
    highest = max((int(n) for n in numbers if n.isdigit()), default=0)
    warnings: dict[tuple[int, str], ParseWarning] = {}
    for block in blocks:
        for candidate in _candidates(0, block.rich):
            if (
                candidate.sure
                and candidate.label.isdigit()
                and 0 < int(candidate.label) <= highest + 1
            ):
                message = _(
                    "Raised number %(number)s: reads like a reference without a note.",
                    number=candidate.label,
                )
                warning = ParseWarning("unbound_reference", block.uid, message)
                warnings.setdefault((block.uid, candidate.label), warning)
    return list(warnings.values())

"""Notes that a text lists at its end, and the signs that refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from documents.parsed import ParsedBlock
from documents.rich import InlineMark, Rich, joined

HEADING = re.compile(
    r"(?:end|foot)?notes?(?: and references)?|notes to the text|anmerkungen|fu(?:ß|ss)noten|"
    r"endnoten|notas?(?: al pie| finales)?|notes? de (?:bas de page|fin)|note|dipnotlar|notlar|"
    r"примечания|сноски|הערות(?: שוליים)?|הערות סיום|"
    r"الهوامش|هوامش|الحواشي|حواشي|ملاحظات|注释|注釋|脚注|尾注|注|註|註釋",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\[(\d{1,3})\][.:]?|\((\d{1,3})\)[.:]?|(\d{1,3})[.):]?|([⁰¹²³⁴-⁹]{1,3}))\s+(?=\S)"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FEWEST_FOUND = 0.6
# What a web page sets behind a note, to lead back to the text.
_BACK = re.compile(r"\s*[↩↑⤴⏎](?:\ufe0e|\ufe0f)?\s*$")


@dataclass(frozen=True, slots=True)
class _LabelStyle:
    """How references look in the text: the digits are the first group."""

    pattern: re.Pattern[str]


_STYLES = (
    _LabelStyle(re.compile(r"\[(\d{1,3})\]")),
    _LabelStyle(re.compile(r"([⁰¹²³⁴-⁹]{1,3})")),
    _LabelStyle(re.compile(r"(?<=[^\s(\d])\s?\((\d{1,3})\)")),
    _LabelStyle(re.compile(r"\^(\d{1,3})\b")),
    _LabelStyle(re.compile(r"\{(\d{1,3})\}")),
    # A number close to the end of a word or after its stop: "end.3 Then".
    _LabelStyle(
        re.compile(
            r"(?<=[^\W\d_][.,;:!?”\"’)»])(\d{1,3})(?=[\s—–]|$)|(?<=[^\W\d_])(\d{1,3})(?=[\s.,;:!?—–]|$)"
        )
    ),
)


def raised_note_lists(blocks: Iterable[ParsedBlock]) -> list[ParsedBlock]:
    """Blocks with the numbers of listed notes raised, and of what refers to them.

    A list under “Notes”, or one that ends the text and whose numbers the text
    holds. A paragraph of the list without a number goes on with the note
    before it. The shared repair binds what is raised.
    """
    out = list(blocks)
    found = _list(out)
    if found is None:
        return out
    start, end, labels = found
    notes = _notes(out[start:end])
    body = [*range(start), *range(end, len(out))]
    raised = {
        out[n].rich.text[m.start : m.end].strip("[]() ")
        for n in body
        for m in out[n].rich.marks
        if m.tag == "sup"
    }
    if len(raised & set(labels)) < _FEWEST_FOUND * len(labels):
        style = _style_of([out[n] for n in body], labels)
        if style is None:
            return out
        for n in body:
            if out[n].kind not in {"table", "code", "rule"}:
                out[n] = replace(out[n], rich=_raised(out[n].rich, style, set(labels)))
    return [*out[:start], *notes, *out[end:]]


def _list(blocks: list[ParsedBlock]) -> tuple[int, int, list[str]] | None:
    """Where notes are listed, from which block to before which, and their numbers."""
    for n in range(len(blocks) - 2, -1, -1):
        block = blocks[n]
        if block.kind in {"heading", "paragraph"} and HEADING.fullmatch(
            block.text.strip(" .:*_-—")
        ):
            end = next(
                (k for k in range(n + 1, len(blocks)) if blocks[k].kind == "heading"), len(blocks)
            )
            labels = _labels(blocks[n + 1 : end])
            if labels:
                return n + 1, end, labels
    start = len(blocks)
    while start and _label(blocks[start - 1]):
        start -= 1
    labels = _labels(blocks[start:])
    if blocks[start:] and blocks[start].text.startswith("[") and any(map(_is_note, blocks[:start])):
        return None  # a bibliography, beside notes that are numbered otherwise
    if len(labels) >= 2 and start and _style_of(blocks[:start], labels, strict=True):
        return start, len(blocks), labels
    return None


def _is_note(block: ParsedBlock) -> bool:
    """Whether a paragraph opens with a raised number, as a note at a page's foot does."""
    first = block.rich.marks[:1]
    return block.kind == "paragraph" and any(m.tag == "sup" and not m.start for m in first)


def _label(block: ParsedBlock) -> str:
    if block.running_header:
        return ""
    if block.kind == "list_item":
        return block.marker.strip("().[]") if block.marker.strip("().[]").isdigit() else ""
    match = _LABEL.match(block.text) if block.kind in {"paragraph", "blockquote"} else None
    if match is None:
        return ""
    return next(group for group in match.groups() if group).translate(_SUPERSCRIPTS)


def _labels(blocks: list[ParsedBlock]) -> list[str]:
    """The numbers of a list that counts from one; [] where it does not."""
    first = next((block for block in blocks if not block.running_header), None)
    if first is None or not _label(first):
        return []
    labels: list[str] = []
    for block in blocks:
        label = _label(block)
        if label and int(label) == (int(labels[-1]) + 1 if labels else 1):
            labels.append(label)
    return labels


def _notes(blocks: list[ParsedBlock]) -> list[ParsedBlock]:
    """The list's blocks, one to a note, each with its number raised."""
    out: list[ParsedBlock] = []
    count = 0
    for block in blocks:
        label = _label(block)
        if label and int(label) == count + 1:
            count += 1
            out.append(
                replace(block, kind="paragraph", level=None, marker="", rich=_headed(block, label))
            )
        elif block.running_header or not out or block.kind in {"rule", "table"}:
            out.append(block)
        else:
            more = block.rich if not block.marker else joined([Rich(block.marker), block.rich])
            at = next(n for n in range(len(out) - 1, -1, -1) if not out[n].running_header)
            out[at] = replace(out[at], rich=joined([out[at].rich, more]).squashed())
    return [replace(block, rich=_without_way_back(block.rich)) for block in out]


def _without_way_back(rich: Rich) -> Rich:
    match = _BACK.search(rich.text)
    return rich.clip(0, match.start()) if match else rich


def _headed(block: ParsedBlock, label: str) -> Rich:
    rich = block.rich
    if block.kind != "list_item":
        match = _LABEL.match(rich.text)
        first = next((m for m in rich.marks if m.tag == "sup" and m.start == 0), None)
        if first is not None:
            return rich
        rich = rich.clip(match.end() if match else 0, len(rich.text))
    shift = len(label) + 1
    whole = rich.mapped(f"{label} {rich.text}", lambda at: at + shift)
    return replace(whole, marks=(InlineMark(0, len(label), "sup"), *whole.marks))


def _style_of(
    blocks: list[ParsedBlock], labels: list[str], *, strict: bool = False
) -> _LabelStyle | None:
    """The way of referring that most labels are found in, in their order."""
    wanted = set(labels)
    for style in _STYLES[:4] if strict else _STYLES:
        found = [
            label
            for block in blocks
            if block.kind not in {"table", "code"} and not block.running_header
            for match in style.pattern.finditer(block.text)
            if (label := _digits(match)) in wanted
        ]
        if len(set(found)) < _FEWEST_FOUND * len(wanted):
            continue
        firsts = [int(label) for n, label in enumerate(found) if label not in found[:n]]
        if style is not _STYLES[-1] or firsts == sorted(firsts):
            return style
    return None


def _digits(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group).translate(_SUPERSCRIPTS)


def _raised(rich: Rich, style: _LabelStyle, labels: set[str]) -> Rich:
    """The references in a text as raised numbers."""
    for match in reversed(list(style.pattern.finditer(rich.text))):
        label = _digits(match)
        if label not in labels:
            continue
        start, end = match.span()
        text = rich.text[:start] + label + rich.text[end:]
        shift = len(label) - (end - start)

        def place(at: int, start: int = start, end: int = end, shift: int = shift) -> int:
            return at if at <= start else at + shift if at >= end else start

        rich = rich.mapped(text, place)
        mark = InlineMark(start, start + len(label), "sup", (("bracket", "1"),))
        rich = replace(rich, marks=tuple(sorted((*rich.marks, mark), key=lambda m: m.start)))
    return rich

"""The essays as their author wrote them, and the truth that every reader is held to.

An .essay file is the truth itself, in a small strict notation, so that nobody
counts offsets by hand. Metadata lines come first; then blocks, with an empty
line between; then the notes. A block is a paragraph unless it opens with:

    =  ==         a section, a subsection
    >             a block quotation; a line of > alone parts its paragraphs
    - -- 1. --    list items; two dashes stand one level deeper
    /             a line of verse
    |             a row of a table
    ! FILE | ALTERNATIVE TEXT | CAPTION
    ***           a rule
    ```           code, up to the next ```
    [1]           a note

and within a line: _emphasis_, **strong**, ^raised^, `code`, [[text|address]],
[#1] a reference to a note, {ruby|base|reading}, {he|words in Hebrew}, ~ a
no-break space, ¬ a narrow one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NBSP, NARROW = "\u00a0", "\u202f"
NUMBERED = {"paragraph", "list_item", "blockquote", "verse"}
FIELDS = ("title", "subtitle", "authors", "date", "language", "abstract")

_INLINE = re.compile(
    r"\[#(?P<ref>\d+)\]"
    r"|\[\[(?P<link>[^|\]]+)\|(?P<url>[^\]]+)\]\]"
    r"|\{ruby\|(?P<base>[^|}]+)\|(?P<reading>[^}]+)\}"
    r"|\{he\|(?P<he>[^}]+)\}"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|_(?P<em>[^_]+)_"
    r"|\^(?P<sup>[^^]+)\^"
    r"|`(?P<code>[^`]+)`"
)
_STRAY = re.compile(r"[\[\]{}_^`|*]")
_ITEM = re.compile(r"(?P<mark>-{1,2}|\d+\.) (?=\S)")


class Unreadable(ValueError):
    """The notation is not what it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `kind` is text, em, strong, sup, code, link, ref, ruby or he.

    `more` is a link's address or a ruby's reading; a reference's text is its number.
    """

    kind: str
    text: str
    more: str = ""

    @property
    def words(self) -> str:
        if self.kind == "ref":
            return ""
        return f"{self.text}（{self.more}）" if self.kind == "ruby" else self.text


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A block. `lines` has one entry but for verse; `rows` are a table's cells."""

    kind: str
    lines: tuple[Spans, ...] = ()
    level: int | None = None
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    code: str = ""
    picture: str = ""
    alternative: str = ""

    @property
    def spans(self) -> Spans:
        return self.lines[0]

    @property
    def text(self) -> str:
        if self.kind == "table":
            return "\n".join(" ".join(row) for row in self.rows)
        return self.code or "\n".join(words(line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Essay:
    name: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    date: str
    language: str
    abstract: str
    parts: tuple[Part, ...]
    notes: dict[str, Spans]


def names() -> list[str]:
    return sorted(path.stem for path in (HERE / "essays").glob("*.essay"))


def load(name: str) -> Essay:
    """An essay by name. Raises Unreadable for anything that is not in the notation."""
    head, *blocks = (HERE / "essays" / f"{name}.essay").read_text("utf-8").strip().split("\n\n")
    data = dict(_field(line) for line in head.split("\n"))
    parts: list[Part] = []
    notes: dict[str, Spans] = {}
    for block in _whole_code(blocks):
        if block.startswith("["):
            notes |= dict(_note(line) for line in block.split("\n"))
        else:
            parts += _parts(block)
    referred = [s.text for part in parts for line in part.lines for s in line if s.kind == "ref"]
    if referred != list(notes):
        raise Unreadable(f"{name}: references {referred}, notes {list(notes)}")
    return Essay(
        name=name,
        title=data["title"],
        subtitle=data["subtitle"],
        authors=tuple(data["authors"].split("; ")),
        date=data["date"],
        language=data["language"],
        abstract=data.get("abstract", ""),
        parts=tuple(parts),
        notes=notes,
    )


def words(spans: Spans) -> str:
    return "".join(span.words for span in spans)


def truth(essay: Essay) -> dict[str, Any]:
    """What an import must give, in the form that `preview_essay --json` prints.

    Beside it, each block has its inline elements as `marks`, and a figure its
    `alternative` text, so that nothing of the essay is left unlooked at.
    """
    title = {"kind": "heading", "level": 1, "number": None, "text": essay.title, "notes": []}
    blocks = [title | {"marks": []}]
    count = 0
    for part in essay.parts:
        count += part.kind in NUMBERED
        block: dict[str, Any] = {
            "kind": part.kind,
            "level": part.level,
            "number": count if part.kind in NUMBERED else None,
            "text": part.text,
            "notes": _references(part),
            "marks": [m for line in part.lines for m in marks(line)],
        }
        if part.kind == "figure":
            block["alternative"] = part.alternative
        blocks.append(block)
    metadata = {
        "title": essay.title,
        "subtitle": essay.subtitle,
        "authors": list(essay.authors),
        "published": essay.date,
        "language": essay.language,
        "direction": "rtl" if essay.language == "ar" else "ltr",
        "abstract": essay.abstract,
    }
    notes = [
        {"number": number, "text": words(spans), "marks": marks(spans)}
        for number, spans in essay.notes.items()
    ]
    return {"metadata": metadata, "blocks": blocks, "notes": notes}


def marks(spans: Spans) -> list[list[str]]:
    """The inline elements as tag and text, in order; a link is an `a`."""
    tags = {"em": "em", "strong": "strong", "sup": "sup", "code": "code", "link": "a"}
    return [[tags[span.kind], span.text] for span in spans if span.kind in tags]


def _references(part: Part) -> list[dict[str, Any]]:
    found = []
    at = 0
    for line in part.lines:
        for span in line:
            if span.kind == "ref":
                found.append({"number": span.text, "offset": at})
            at += len(span.words)
        at += 1
    return found


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(": ")
    if not colon or name not in FIELDS or not value.strip():
        raise Unreadable(f"not a metadata line: {line}")
    return name, value


def _whole_code(blocks: list[str]) -> list[str]:
    """Code may hold empty lines: what was parted there is put together."""
    out: list[str] = []
    for block in blocks:
        if out and out[-1].startswith("```") and out[-1].count("```") == 1:
            out[-1] += f"\n\n{block}"
        else:
            out.append(block)
    return out


def _parts(block: str) -> list[Part]:
    lines = block.split("\n")
    first = lines[0]
    if first.startswith("```"):
        if lines[-1] != "```":
            raise Unreadable(f"code without an end: {block[:60]}")
        return [Part("code", code="\n".join(lines[1:-1]))]
    if block == "***":
        return [Part("rule")]
    if match := re.fullmatch(r"(={1,3}) (.+)", block):
        return [Part("heading", (spans(match[2]),), 1 + len(match[1]))]
    if match := re.fullmatch(r"! (\S+) \| ([^|]+) \| (.+)", block):
        return [Part("figure", (spans(match[3]),), picture=match[1], alternative=match[2])]
    return _several(lines)


def _several(lines: list[str]) -> list[Part]:
    """A block of many lines: a table, verse, a quotation, a list; or a paragraph's one."""
    first = lines[0]
    if first.startswith("| "):
        rows = tuple(tuple(cell.strip() for cell in line[1:].split("|")) for line in lines)
        return [Part("table", rows=rows)]
    if first.startswith("/ "):
        return [Part("verse", tuple(spans(_after("/ ", line)) for line in lines))]
    if first.startswith("> "):
        quoted = [line for line in lines if line.strip() != ">"]
        return [Part("blockquote", (spans(_after("> ", line)),)) for line in quoted]
    if _ITEM.match(first):
        return [_item(line) for line in lines]
    if len(lines) > 1:
        raise Unreadable(f"a paragraph stands on one line: {first[:60]}")
    return [Part("paragraph", (spans(first),))]


def _item(line: str) -> Part:
    match = _ITEM.match(line)
    if match is None:
        raise Unreadable(f"not a list item: {line[:60]}")
    mark = match["mark"]
    level = 2 if mark == "--" else 1
    marker = "•" if mark.startswith("-") else mark
    return Part("list_item", (spans(line[match.end() :]),), level, marker)


def _after(sign: str, line: str) -> str:
    if not line.startswith(sign):
        raise Unreadable(f"not a line that opens with {sign!r}: {line[:60]}")
    return line.removeprefix(sign)


def _note(line: str) -> tuple[str, Spans]:
    match = re.fullmatch(r"\[(\d+)\] (.+)", line)
    if match is None:
        raise Unreadable(f"not a note: {line[:60]}")
    return match[1], spans(match[2])


def spans(text: str) -> Spans:
    """The inline notation of one line. Raises Unreadable for a sign that pairs with none."""
    text = text.replace("~", NBSP).replace("¬", NARROW)
    out: list[Span] = []
    at = 0
    for match in _INLINE.finditer(text):
        out.append(_plain(text[at : match.start()]))
        kind = match.lastgroup or ""
        if match["link"]:
            out.append(Span("link", match["link"], match["url"]))
        elif match["base"]:
            out.append(Span("ruby", match["base"], match["reading"]))
        else:
            out.append(Span(kind, match[kind]))
        at = match.end()
    out.append(_plain(text[at:]))
    return tuple(span for span in out if span.text)


def _plain(text: str) -> Span:
    stray = _STRAY.search(text)
    if stray:
        raise Unreadable(f"a stray {stray.group()!r} in: {text[:80]}")
    return Span("text", text)

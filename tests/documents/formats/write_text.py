"""The essays as plain text in the ways that people and programs write it."""

from __future__ import annotations

import textwrap
from itertools import groupby

from tests.documents.formats import printed
from tests.documents.formats.notation import Essay, Part, Span, Spans
from tests.documents.formats.write_markdown import filled

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def wrapped(essay: Essay) -> str:
    """Lines of 72 letters, notes as [1] at the end.

    An empty line stands between paragraphs, two above a subsection and three
    above a section, as in the old libraries of plain text.
    """
    writer = _Writer("[%s]", width=72, gaps=True)
    head = _head(essay, writer, "Abstract")
    return "\n\n".join([*head, *writer.body(essay), *writer.notes(essay)]) + "\n"


def lines(essay: Essay) -> str:
    """One line for each paragraph, raised numbers for the notes."""
    writer = _Writer("")
    head = _head(essay, writer, "Abstract")
    return "\n\n".join([*head, *writer.body(essay), *writer.notes(essay)]) + "\n"


def indented(essay: Essay) -> str:
    """A typescript: paragraphs open with an indent and follow without an empty line."""
    writer = _Writer("[%s]", width=66, indent="    ")
    out = _head(essay, writer, "Abstract")
    for prose, parts in groupby(essay.parts, lambda part: part.kind == "paragraph"):
        several = list(parts)
        if prose:
            out.append("\n".join(writer.part(part) for part in several))
        else:
            out += writer.grouped(several)
    return "\n\n".join([*out, *writer.notes(essay)]) + "\n"


def asterisks(essay: Essay) -> str:
    """Notes below the paragraph that refers to them, by asterisk and dagger."""
    writer = _Writer("*", width=70)
    out = _head(essay, writer, "Abstract")
    for part in essay.parts:
        writer.signs = []
        text = writer.part(part)
        if part.kind == "list_item" and out[-1].lstrip()[:1] in {"-", "1", "2", "3"}:
            out[-1] += f"\n{text}"
        else:
            out.append(text)
        for sign, number in writer.signs:
            out.append("\n".join(filled(f"{sign} {writer.line(essay.notes[number])}", width=70)))
    return "\n\n".join(out) + "\n"


def _head(essay: Essay, writer: _Writer, label: str) -> list[str]:
    head = [essay.title, essay.subtitle, printed.byline(essay), printed.date(essay)]
    if essay.abstract:
        head += [("\n\n" if writer.gaps else "") + label, writer.wrap(essay.abstract)]
    return head


class _Writer:
    def __init__(self, sign: str, width: int = 0, indent: str = "", *, gaps: bool = False) -> None:
        self.sign = sign
        self.width = width
        self.indent = indent
        self.gaps = gaps
        self.signs: list[tuple[str, str]] = []

    def body(self, essay: Essay) -> list[str]:
        return self.grouped(list(essay.parts))

    def grouped(self, parts: list[Part]) -> list[str]:
        out: list[str] = []
        above = ""
        for part in parts:
            text = self.part(part)
            if part.kind == above == "list_item":
                out[-1] += f"\n{text}"
            else:
                out.append(text)
            above = part.kind
        return out

    def notes(self, essay: Essay) -> list[str]:
        out = [("\n\n" if self.gaps else "") + printed.NOTES[essay.language]]
        for number, spans in essay.notes.items():
            text = f"{self.reference(number)} {self.line(spans)}"
            out.append(self.wrap(text))
        return out

    def part(self, part: Part) -> str:
        if part.kind == "blockquote":
            return textwrap.indent(self.wrap(self.line(part.spans), -8), "    ")
        if part.kind == "list_item":
            indent = "  " if part.level == 1 else "     "
            marker = "-" if part.marker == "•" else part.marker
            hang = indent + " " * (len(marker) + 1)
            return f"{indent}{marker} {self.wrap(self.line(part.spans), hang=hang)}"
        if part.kind == "verse":
            return "\n".join("        " + self.line(line) for line in part.lines)
        if part.kind == "table":
            widths = [max(map(len, column)) + 4 for column in zip(*part.rows, strict=True)]
            return "\n".join(
                "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                for row in part.rows
            )
        if part.kind == "rule":
            return "* * *"
        if part.kind == "code":
            return textwrap.indent(part.code, "    ")
        if part.kind == "heading" and self.gaps:
            return "\n" * (4 - (part.level or 2)) + self.line(part.spans)
        text = self.line(part.spans)
        if part.kind == "paragraph":
            return self.indent + self.wrap(text)
        return text

    def line(self, spans: Spans) -> str:
        return "".join(self.span(span) for span in spans)

    def span(self, span: Span) -> str:
        if span.kind == "link":
            return span.text
        if span.kind == "ref":
            return self.reference(span.text)
        return span.words

    def reference(self, number: str) -> str:
        if self.sign == "*":
            sign = "*†‡"[len(self.signs)]
            self.signs.append((sign, number))
            return sign
        return self.sign % number if self.sign else number.translate(_RAISED)

    def wrap(self, text: str, less: int = 0, hang: str = "") -> str:
        if not self.width:
            return text
        return "\n".join(filled(text, hang, width=self.width + less))

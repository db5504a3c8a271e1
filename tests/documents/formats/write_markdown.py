"""The essays as Markdown, as a careful person would type it."""

from __future__ import annotations

import re
import textwrap

from tests.documents.formats import printed
from tests.documents.formats.notation import Essay, Part, Span, Spans

_WIDTH = 78
_WIDE_WIDTH = 36
_LIST_SIGN = re.compile(r"[-+*#>]|\d+[.)]\s")


def commonmark(essay: Essay, *, wrapped: bool) -> str:
    """`#` headings and footnotes; the figure as HTML, or as a picture and its caption."""
    writer = _Writer(wrapped=wrapped, own=False)
    head = [f"# {essay.title}", essay.subtitle, printed.byline(essay), printed.date(essay)]
    if essay.abstract:
        head += ["## Abstract", writer.wrap(essay.abstract)]
    return "\n\n".join([*head, *writer.body(essay)]) + "\n"


def pandoc(essay: Essay, *, wrapped: bool = True) -> str:
    """pandoc's own dialect: YAML metadata, line blocks, raised letters between carets."""
    writer = _Writer(wrapped=wrapped, own=True)
    head = _yaml(essay)
    if essay.abstract:
        head += f"abstract: |\n{textwrap.indent(writer.wrap(essay.abstract), '  ')}\n"
    return "\n\n".join([f"---\n{head}---", *writer.body(essay)]) + "\n"


def typed(essay: Essay) -> str:
    """For a word processor: the abstract stands in the text, under a line in bold."""
    writer = _Writer(wrapped=False, own=True)
    abstract = ["**Abstract**", essay.abstract] if essay.abstract else []
    return "\n\n".join([f"---\n{_yaml(essay)}---", *abstract, *writer.body(essay)]) + "\n"


def _yaml(essay: Essay) -> str:
    authors = "".join(f"  - {author}\n" for author in essay.authors)
    head = f"title: {essay.title}\nsubtitle: {essay.subtitle}\nauthor:\n{authors}"
    head += f"date: {printed.date(essay)}\nlang: {essay.language}\n"
    return head + ("dir: rtl\n" if essay.language == "ar" else "")


class _Writer:
    def __init__(self, *, wrapped: bool, own: bool) -> None:
        self.wrapped = wrapped
        self.own = own

    def body(self, essay: Essay) -> list[str]:
        out: list[str] = []
        above = ""
        for part in essay.parts:
            text = self.part(part)
            if part.kind == above == "list_item":
                out[-1] += f"\n{text}"
            elif part.kind == above == "blockquote":
                out[-1] += f"\n>\n{text}"
            else:
                out.append(text)
            above = part.kind
        notes = [
            f"[^{number}]: {self.wrap(self.line(spans), hang='    ')}"
            for number, spans in essay.notes.items()
        ]
        return [*out, *notes]

    def part(self, part: Part) -> str:
        if part.kind == "heading":
            return f"{'#' * (part.level or 2)} {self.line(part.spans)}"
        if part.kind == "blockquote":
            return "> " + self.wrap(self.line(part.spans), hang="> ")
        if part.kind == "list_item":
            indent = "" if part.level == 1 else "    "
            marker = "-" if part.marker == "•" else part.marker
            text = self.wrap(self.line(part.spans), hang=indent + " " * (len(marker) + 1))
            return f"{indent}{marker} {text}"
        if part.kind == "verse":
            lines = [self.line(line) for line in part.lines]
            return "\n".join(f"| {s}" for s in lines) if self.own else "\\\n".join(lines)
        if part.kind == "table":
            head, *rows = [f"| {' | '.join(row)} |" for row in part.rows]
            return "\n".join([head, "|" + "---|" * len(part.rows[0]), *rows])
        if part.kind == "rule":
            return "* * *"
        if part.kind == "code":
            return f"```python\n{part.code}\n```"
        if part.kind == "figure":
            return self.figure(part)
        return self.wrap(self.line(part.spans))

    def figure(self, part: Part) -> str:
        caption = self.line(part.spans)
        if self.own:
            return f'![{caption}]({part.picture}){{alt="{part.alternative}"}}'
        if self.wrapped:
            return f"![{part.alternative}]({part.picture})\n\n{self.wrap(caption)}"
        return (
            f'<figure>\n<img src="{part.picture}" alt="{part.alternative}">\n'
            f"<figcaption>{caption}</figcaption>\n</figure>"
        )

    def line(self, spans: Spans) -> str:
        return "".join(self.span(span) for span in spans)

    def span(self, span: Span) -> str:
        text = span.text
        if span.kind == "sup":
            return f"^{text}^" if self.own else f"<sup>{text}</sup>"
        if span.kind == "ruby":
            return span.words
        if span.kind == "he":
            return f'[{text}]{{lang="he"}}' if self.own else f'<span lang="he">{text}</span>'
        forms = {"em": "*%s*", "strong": "**%s**", "code": "`%s`", "ref": "[^%s]"}
        if span.kind == "link":
            return f"[{text}]({span.more})"
        return forms.get(span.kind, "%s") % text

    def wrap(self, text: str, hang: str = "") -> str:
        return "\n".join(filled(text, hang)) if self.wrapped else text


def filled(text: str, hang: str = "", width: int = 0) -> list[str]:
    """Lines of a text, wrapped as an editor does; Chinese breaks between any two letters."""
    if any("\u4e00" <= c <= "\u9fff" for c in text) and len(text.split()) < len(text) / 20:
        return _filled_wide(text, hang)
    lines = textwrap.wrap(
        text.replace("\u00a0", "\x01").replace("\u202f", "\x02"),
        (width or _WIDTH) - len(hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    lines = [line.replace("\x01", "\u00a0").replace("\x02", "\u202f") for line in lines]
    for n in range(1, len(lines)):
        # What would open a list or a heading goes up to the line above.
        if _LIST_SIGN.match(lines[n]):
            first, _, rest = lines[n].partition(" ")
            lines[n - 1], lines[n] = f"{lines[n - 1]} {first}", rest
    return [lines[0], *(hang + line for line in lines[1:])]


def _filled_wide(text: str, hang: str) -> list[str]:
    out: list[str] = []
    # A mark of Markdown, a reference or a run of Latin letters stays whole.
    pieces = re.findall(r"\[[^\]]*\](?:\([^)]*\))?[，。；]?|[!-~]+|.[，。；：？！”’、]*", text)
    line = ""
    for piece in pieces:
        if len(line) + len(piece) > _WIDE_WIDTH:
            out.append(line)
            line = ""
        line += piece
    out.append(line)
    return [out[0], *(hang + one for one in out[1:])]

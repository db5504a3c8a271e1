"""The essays as LaTeX, in the manner of a paper, and the same for Typst."""

from __future__ import annotations

import re
from itertools import groupby

from tests.documents.formats import printed
from tests.documents.formats.notation import Essay, Part, Span, Spans

_HEAD = r"""\documentclass[11pt,a5paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{mathptmx}
%s\usepackage{graphicx}
\usepackage{caption}
\usepackage{float}
\usepackage{fancyhdr}
\usepackage[hidelinks]{hyperref}
\pagestyle{fancy}
\fancyhf{}
\fancyhead[L]{%s}
\fancyhead[R]{%s}
\fancyfoot[C]{\thepage}
"""
_LANGUAGES = {
    "fr": "\\usepackage[french]{babel}\n\\frenchsetup{AutoSpacePunctuation=false}\n"
    "\\DeclareUnicodeCharacter{202F}{\\,}\n",
    "zh": "\\usepackage{ctex}\n",
    "ar": "\\usepackage[arabic]{babel}\n",
}
# What TeX people type for the signs of print.
_TYPED = {
    "“": "``",
    "”": "''",
    "’": "'",
    "‘": "`",
    "—": "---",
    "–": "--",
    "…": r"\ldots{}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "\u00a0": "~",
}


def latex(essay: Essay) -> str:
    writer = _Latex(essay)
    authors = r" \and ".join(essay.authors)
    title = f"{writer.text(essay.title)}\\\\ \\large {writer.text(essay.subtitle)}"
    head = _HEAD % (_LANGUAGES.get(essay.language, ""), essay.authors[0], writer.text(essay.title))
    head += f"\\title{{{title}}}\n\\author{{{authors}}}\n\\date{{{printed.date(essay)}}}\n"
    body = "\\maketitle\n"
    if essay.abstract:
        body += f"\n\\begin{{abstract}}\n{writer.text(essay.abstract)}\n\\end{{abstract}}\n"
    body += "\n" + writer.body() + "\n"
    return f"{head}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


class _Latex:
    def __init__(self, essay: Essay) -> None:
        self.essay = essay

    def body(self) -> str:
        out = []
        for kind, group in groupby(self.essay.parts, lambda part: part.kind):
            several = list(group)
            if kind == "list_item":
                out.append(self.items(several))
            elif kind == "blockquote":
                name = "quotation" if len(several) > 1 else "quote"
                inside = "\n\n".join(self.line(part.spans) for part in several)
                out.append(f"\\begin{{{name}}}\n{inside}\n\\end{{{name}}}")
            else:
                out += [self.part(part) for part in several]
        return "\n\n".join(out)

    def items(self, parts: list[Part]) -> str:
        name = "itemize" if parts[0].marker == "•" else "enumerate"
        out = [f"\\begin{{{name}}}"]
        level = 1
        for part in parts:
            if part.level == 2 and level == 1:
                out.append("\\begin{itemize}")
            if part.level == 1 and level == 2:
                out.append("\\end{itemize}")
            level = part.level or 1
            out.append(f"\\item {self.line(part.spans)}")
        if level == 2:
            out.append("\\end{itemize}")
        return "\n".join([*out, f"\\end{{{name}}}"])

    def part(self, part: Part) -> str:
        if part.kind == "heading":
            return f"\\{'sub' * ((part.level or 2) - 2)}section*{{{self.line(part.spans)}}}"
        if part.kind == "verse":
            lines = "\\\\\n".join(self.line(line) for line in part.lines)
            return f"\\begin{{verse}}\n{lines}\n\\end{{verse}}"
        if part.kind == "table":
            rows = " \\\\\n".join(" & ".join(row) for row in part.rows)
            columns = "l" * len(part.rows[0])
            rows = rows.replace("\\\\\n", "\\\\ \\hline\n", 1)
            tabular = f"\\begin{{tabular}}{{{columns}}}\n{rows}\n\\end{{tabular}}"
            return f"\\begin{{center}}\n{tabular}\n\\end{{center}}"
        if part.kind == "rule":
            return "\\begin{center}\n* * *\n\\end{center}"
        if part.kind == "code":
            return f"\\begin{{verbatim}}\n{part.code}\n\\end{{verbatim}}"
        if part.kind == "figure":
            return (
                "\\begin{figure}[H]\n\\centering\n\\includegraphics[width=0.7\\textwidth]"
                f"{{{part.picture}}}\n\\caption*{{{self.line(part.spans)}}}\n\\end{{figure}}"
            )
        return self.line(part.spans)

    def line(self, spans: Spans) -> str:
        return "".join(self.span(span) for span in spans)

    def span(self, span: Span) -> str:
        if span.kind == "ref":
            return f"\\footnote{{{self.line(self.essay.notes[span.text])}}}"
        if span.kind == "link":
            return f"\\href{{{span.more}}}{{{self.text(span.text)}}}"
        text = self.text(span.words)
        forms = {
            "em": r"\emph{%s}",
            "strong": r"\textbf{%s}",
            "sup": r"\textsuperscript{%s}",
            "code": r"\texttt{%s}",
        }
        return forms.get(span.kind, "%s") % text

    def text(self, text: str) -> str:
        # Between French quotation marks babel's own commands would be typed;
        # the narrow space itself is what word processors leave behind.
        return "".join(_TYPED.get(c, c) for c in text)


_TYPST_HEAD = """#set document(title: "%(title)s")
#set page(paper: "a4", columns: %(columns)s, margin: 2.2cm, numbering: "1",
  header: context if counter(page).get().first() > 1 [
    #smallcaps[%(running)s] #h(1fr) The Quay Review])
#set text(lang: "%(language)s", size: 10.5pt, hyphenate: true, font: (%(fonts)s))
#set par(justify: true, first-line-indent: 1.2em)
#set footnote.entry(separator: line(length: 25%%, stroke: 0.5pt))
"""
_TYPST_TITLE = """#place(top + center, scope: "parent", float: true)[
  #text(size: 18pt, weight: "bold")[%s]

  #text(size: 13pt)[%s]

  %s

  %s
]
"""
_FONTS = '"Libertinus Serif", "Noto Serif CJK SC", "Amiri", "DejaVu Sans"'
_TYPST_SIGNS = re.compile(r"([\\#$*_`<>@\[\]~/=+;-]|\"|')")


def typst(essay: Essay, columns: int) -> str:
    writer = _Typst(essay)
    values = {
        "title": essay.title,
        "running": essay.title,
        "columns": columns,
        "language": essay.language,
        "fonts": _FONTS,
    }
    out = [_TYPST_HEAD % values]
    date, authors = printed.date(essay), " · ".join(essay.authors)
    if essay.language in {"zh", "ar"}:
        authors = printed.byline(essay)
    out.append(_TYPST_TITLE % (essay.title, essay.subtitle, authors, date))
    if essay.abstract:
        out.append(f'#text(weight: "bold")[Abstract] \\\n{writer.text(essay.abstract)}')
    return "\n\n".join([*out, *writer.body()]) + "\n"


class _Typst(_Latex):
    def body(self) -> list[str]:  # type: ignore[override]
        out = []
        for kind, group in groupby(self.essay.parts, lambda part: part.kind):
            several = list(group)
            if kind == "list_item":
                out.append(self.items(several))
            elif kind == "blockquote":
                inside = "\n\n".join(self.line(part.spans) for part in several)
                out.append(f"#quote(block: true)[\n{inside}\n]")
            else:
                out += [self.part(part) for part in several]
        return out

    def items(self, parts: list[Part]) -> str:
        sign = "-" if parts[0].marker == "•" else "+"
        return "\n".join(
            f"{sign if part.level == 1 else '  -'} {self.line(part.spans)}" for part in parts
        )

    def part(self, part: Part) -> str:
        if part.kind == "heading":
            return f"{'=' * ((part.level or 2) - 1)} {self.line(part.spans)}"
        if part.kind == "verse":
            lines = " \\\n".join(self.line(line) for line in part.lines)
            return f"#pad(left: 2em)[#set par(justify: false)\n{lines}\n]"
        if part.kind == "table":
            cells = ", ".join(f"[{cell}]" for row in part.rows for cell in row)
            return f"#align(center, table(columns: {len(part.rows[0])}, stroke: none, {cells}))"
        if part.kind == "rule":
            return "#align(center)[\\* \\* \\*]"
        if part.kind == "code":
            return f"```python\n{part.code}\n```"
        if part.kind == "figure":
            alternative = part.alternative.replace('"', '\\"')
            return (
                f'#figure(image("{part.picture}", width: 60%, alt: "{alternative}"), '
                f"numbering: none, supplement: none, caption: [{self.line(part.spans)}])"
            )
        return self.line(part.spans)

    def span(self, span: Span) -> str:
        if span.kind == "ref":
            return f"#footnote[{self.line(self.essay.notes[span.text])}]"
        if span.kind == "link":
            return f'#link("{span.more}")[{self.text(span.text)}]'
        text = self.text(span.words)
        forms = {"em": "#emph[%s]", "strong": "#strong[%s]", "sup": "#super[%s]"}
        return forms.get(span.kind, "%s") % text

    def text(self, text: str) -> str:
        return _TYPST_SIGNS.sub(r"\\\1", text)

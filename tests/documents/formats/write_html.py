"""The essays as web pages: a plain one, and one saved from a magazine's site."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from itertools import groupby

from tests.documents.formats import printed
from tests.documents.formats.notation import HERE, Essay, Part, Span, Spans

_STYLE = """
body { font-family: "Noto Serif CJK SC", "Amiri", "Liberation Serif", serif; margin: 2em auto;
  max-width: 38em; line-height: 1.45; text-align: justify; hyphens: auto }
h1, h2, h3 { text-align: start; hyphens: manual } sup { line-height: 0 }
blockquote { margin: 1em 2.5em } table { border-collapse: collapse } td, th { padding: .2em 1em }
figure { margin: 1em 0; text-align: center } .verse { margin-inline-start: 3em }
"""


def page(essay: Essay) -> str:
    """A plain page, as a careful author writes it: every element means what it is."""
    direction = ' dir="rtl"' if essay.language == "ar" else ""
    data = b64encode((HERE / "essays" / "mole.png").read_bytes()).decode()
    writer = _Writer(f"data:image/png;base64,{data}")
    notes = "\n".join(
        f'<li id="fn{number}">{writer.line(spans)} <a href="#ref{number}">↩</a></li>'
        for number, spans in essay.notes.items()
    )
    abstract = f"<h2>Abstract</h2>\n<p>{escape(essay.abstract)}</p>\n" if essay.abstract else ""
    return f"""<!DOCTYPE html>
<html lang="{essay.language}"{direction}>
<head>
<meta charset="utf-8">
<title>{escape(essay.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>{escape(essay.title)}</h1>
<p class="subtitle">{escape(essay.subtitle)}</p>
<p class="byline">{escape(printed.byline(essay))}</p>
<p><time datetime="{essay.date}">{printed.date(essay)}</time></p>
</header>
{abstract}{writer.body(essay.parts)}
<section class="footnotes">
<h2>{printed.NOTES[essay.language]}</h2>
<ol>
{notes}
</ol>
</section>
</body>
</html>
"""


def saved(essay: Essay) -> str:
    """The same on a magazine's site, saved whole from a browser."""
    writer = _Writer(f"{essay.name}_files/mole-1024x512.png", site=True)
    notes = "\n".join(
        f'<li id="footnote-{number}" class="fn">{writer.line(spans)}&nbsp;'
        f'<a class="fn-back" href="https://quayreview.example/p/{essay.name}#ref-{number}" '
        'aria-label="Back to text">↑</a></li>'
        for number, spans in essay.notes.items()
    )
    values = {
        "lang": essay.language,
        "dir": "rtl" if essay.language == "ar" else "ltr",
        "title": escape(essay.title),
        "subtitle": escape(essay.subtitle),
        "authors": escape(", ".join(essay.authors)),
        "byline": escape(printed.byline(essay)),
        "metas": "".join(f'<meta name="author" content="{escape(a)}">\n' for a in essay.authors),
        "iso": essay.date,
        "date": printed.date(essay),
        "name": essay.name,
        "abstract": f'<div class="abstract"><h4>Abstract</h4><p>{escape(essay.abstract)}</p></div>'
        if essay.abstract
        else "",
        "body": writer.body(essay.parts),
        "label": printed.NOTES[essay.language],
        "notes": notes,
    }
    text = (HERE / "saved_page.html").read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text


class _Writer:
    def __init__(self, picture: str, *, site: bool = False) -> None:
        self.picture = picture
        self.site = site

    def body(self, parts: tuple[Part, ...]) -> str:
        out = []
        for kind, group in groupby(parts, lambda part: part.kind):
            several = list(group)
            if kind == "list_item":
                out.append(self.items(several))
            elif kind == "blockquote":
                inside = "\n".join(f"<p>{self.line(part.spans)}</p>" for part in several)
                out.append(f"<blockquote>\n{inside}\n</blockquote>")
            else:
                out += [self.part(part) for part in several]
        return "\n".join(out)

    def items(self, parts: list[Part]) -> str:
        tag = "ul" if parts[0].marker == "•" else "ol"
        out = []
        for n, part in enumerate(parts):
            out.append(f"<li>{self.line(part.spans)}")
            below = parts[n + 1].level if n + 1 < len(parts) else None
            if part.level == 1:
                out.append("\n<ul>\n" if below == 2 else "</li>\n")
            else:
                out.append("</li>\n" if below == 2 else "</li>\n</ul>\n</li>\n")
        return f"<{tag}>\n{''.join(out)}</{tag}>"

    def part(self, part: Part) -> str:
        if part.kind == "heading":
            return f"<h{part.level}>{self.line(part.spans)}</h{part.level}>"
        if part.kind == "verse":
            lines = "<br>\n".join(self.line(line) for line in part.lines)
            return f'<p class="verse">{lines}</p>'
        if part.kind == "table":
            head, *rows = part.rows
            cells = "".join(f"<th>{cell}</th>" for cell in head)
            body = "\n".join(
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
            )
            return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        if part.kind == "rule":
            return "<hr>"
        if part.kind == "code":
            return f"<pre><code>{escape(part.code, quote=False)}</code></pre>"
        if part.kind == "figure":
            return (
                f'<figure>\n<img src="{self.picture}" alt="{escape(part.alternative)}">\n'
                f"<figcaption>{self.line(part.spans)}</figcaption>\n</figure>"
            )
        return f"<p>{self.line(part.spans)}</p>"

    def line(self, spans: Spans) -> str:
        return "".join(self.span(span) for span in spans)

    def span(self, span: Span) -> str:
        text = escape(span.text, quote=False)
        if span.kind == "link":
            return f'<a href="{escape(span.more)}">{text}</a>'
        if span.kind == "ruby":
            return f"<ruby>{text}<rp>（</rp><rt>{span.more}</rt><rp>）</rp></ruby>"
        if span.kind == "he":
            return f'<span lang="he" dir="rtl">{text}</span>'
        if span.kind == "ref" and self.site:
            return f'<sup class="fnref" id="ref-{text}"><a href="#footnote-{text}">{text}</a></sup>'
        if span.kind == "ref":
            return f'<sup><a href="#fn{text}" id="ref{text}">{text}</a></sup>'
        return text if span.kind == "text" else f"<{span.kind}>{text}</{span.kind}>"

"""An essay as one web page: semantic, its notes linked both ways, pictures and style within it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from documents.block_names import block_anchor, note_name
from documents.document import Document, DocumentBlock, DocumentNote, Metadata, NoteRef
from documents.writers.inline import Token, tokens
from documents.writers.labels import Labels, labels_for

# XML 1.0 has no other control characters, and no lone surrogates.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# The title over each printed page, and the page's number below: for browsers, as EPUB readers
# know no boxes in a page's margins.
PAPER = """:root { --running: attr(data-title); }
@page {
  margin: 22mm 20mm 20mm;
  @top-left { content: var(--running); font: 8pt sans-serif; color: #666; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #666; }
}
"""


@cache
def stylesheet() -> str:
    """The small stylesheet that an essay carries with it."""
    return Path(__file__).with_name("essay.css").read_text(encoding="utf-8")


def page(*, title: str, language: str, direction: str, style: str, body: str) -> str:
    """Return a whole HTML file: everything in it, nothing fetched and nothing run."""
    return (
        f'<!doctype html>\n<html lang="{escape(language or "und")}" dir="{escape(direction)}"'
        f' data-title="{escape(title)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def to_html(document: Document) -> str:
    """Return the essay as one file that needs no other."""
    data = document.metadata
    writer = HtmlWriter(addresses(document), labels=labels_for(data.language))
    body = "\n".join(
        [*head_of(data), *writer.blocks(document.blocks), *writer.notes(document.notes)]
    )
    return page(
        title=data.title,
        language=data.language,
        direction=data.direction,
        style=stylesheet() + PAPER,
        body=f"<article>\n{body}\n</article>",
    )


def addresses(document: Document) -> Callable[[str], str]:
    """Return what gives a picture's `data:` address by its name, "" for one that is not there."""
    found = {
        one.name: f"data:{one.media_type};base64,{b64encode(one.data).decode()}"
        for one in document.pictures
    }
    return lambda name: found.get(name, "")


def head_of(data: Metadata) -> list[str]:
    """How an essay opens: title, byline, abstract, about the author."""
    labels = labels_for(data.language)
    date = f'<time datetime="{escape(data.published)}">{escape(data.published)}</time>'
    venue = f"<cite>{escape(data.venue)}</cite>" if data.venue else ""
    facts = [
        escape(labels.names(data.authors)),
        venue,
        escape(data.issue),
        date if data.published else "",
    ]
    parts = [f"<h1>{clean(data.title)}</h1>"]
    if data.subtitle:
        parts.append(f'<p class="subtitle">{clean(data.subtitle)}</p>')
    if any(facts):
        parts.append(f'<p class="by">{" · ".join(fact for fact in facts if fact)}</p>')
    if data.licence:
        parts.append(f'<p class="by">{clean(data.licence)}</p>')
    about = ((labels.abstract, data.abstract), (labels.about_author, data.author_note))
    for name, words in about:
        if words.strip():
            paragraphs = "".join(f"<p>{clean(one)}</p>" for one in re.split(r"\n\s*\n", words))
            parts.append(
                f'<section class="about" aria-label="{escape(name)}">{paragraphs}</section>'
            )
    return ["<header>", *parts, "</header>"]


class HtmlWriter:
    """Writes blocks and notes; `source` gives a picture's address by its name, or "".

    With `xml`, what it writes is well-formed XML and notes are marked up for EPUB readers.
    """

    def __init__(self, source: Callable[[str], str], *, labels: Labels, xml: bool = False) -> None:
        self.source = source
        self.labels = labels
        self.xml = xml
        self.back: dict[str, list[str]] = {}
        self.names: Counter[str] = Counter()

    def blocks(self, blocks: Sequence[DocumentBlock]) -> list[str]:
        """Every block but the title, lists together."""
        out: list[str] = []
        inside = False
        for n, block in enumerate(blocks):
            if block.kind == "heading" and block.level == 1 and n == 0:
                continue
            if inside != (block.kind == "list_item"):
                inside = not inside
                out.append('<ul class="items">' if inside else "</ul>")
            out.append(self.block(block))
        return [*out, "</ul>"] if inside else out

    def block(self, block: DocumentBlock) -> str:
        words = self.words(block.html, block.note_refs)
        name = self.anchor(block)
        match block.kind:
            case "heading":
                level = min(max(block.level or 2, 2), 6)
                return f"<h{level}{name}>{words}</h{level}>"
            case "list_item":
                marker = f'<span class="marker">{clean(block.marker)}</span>'
                level = min(block.level or 1, 3)
                return f'<li{name} class="l{level}">{marker if block.marker else ""}{words}</li>'
            case "blockquote":
                return f"<blockquote{name}><p>{words}</p></blockquote>"
            case "verse":
                return f'<div{name} class="verse">{words}</div>'
            case "code":
                return f"<pre{name}>{words}</pre>"
            case "table":
                # The white space between cells is the importer's, and stands in no table.
                return f"<div{name}>{_without_layout(words)}</div>"
            case "figure":
                return self.figure(block, name)
            case "rule":
                return "<hr/>" if self.xml else "<hr>"
        extra = f' class="{block.kind}"' if block.kind in {"pullquote", "boilerplate"} else ""
        return f"<p{name}{extra}>{words}</p>"

    def anchor(self, block: DocumentBlock) -> str:
        """` id="…"`: its paragraph's number where it has one, or the key."""
        name = block_anchor(block.number, note_name(block.key))
        return f' id="{name}"' if block.number or block.key else ""

    def figure(self, block: DocumentBlock, name: str) -> str:
        found = tokens(block.html, block.note_refs)
        images = [one for one in found if one.name == "img" and self.picture(one)]
        caption = self.written([one for one in found if one.name != "img"])
        shown = "".join(self.picture(one) for one in images)
        if not shown:
            shown = f'<p class="missing">{escape(self.labels.missing_picture)}</p>'
        captioned = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure{name}>{shown}{captioned}</figure>"

    def picture(self, image: Token) -> str:
        address = self.source(image.get("src").removeprefix("picture:"))
        if not address:
            return ""
        end = "/>" if self.xml else ">"
        return f'<img src="{escape(address)}" alt="{clean(image.get("alt"))}"{end}'

    def words(self, html: str, refs: Iterable[NoteRef] = ()) -> str:
        return self.written(tokens(html, refs))

    def written(self, found: Iterable[Token]) -> str:
        out: list[str] = []
        links: list[str] = []  # a link may not stand in a link: what is open around a reference
        whole = list(found)
        for n, token in enumerate(whole):
            match token.kind:
                case "text":
                    out.append(clean(token.text))
                case "note":
                    inside = "a" in links
                    out.append(self.reference(token.name, plain=inside))
                case "void" if token.name == "img":
                    out.append(self.picture(token))
                case "void":
                    out.append("<br/>" if self.xml else "<br>")
                case "open":
                    links.append(token.name)
                    # A link that shows its address need not tell it again on paper.
                    bare = token.name == "a" and _shows_address(whole[n + 1 : n + 2])
                    captioned = ' class="address"' if bare else ""
                    out.append(f"<{token.name}{self.attributes(token)}{captioned}>")
                case "close":
                    if token.name in links:
                        links.remove(token.name)
                    out.append(f"</{token.name}>")
        return "".join(out)

    def attributes(self, token: Token) -> str:
        pairs = [*token.attrs]
        if self.xml and token.get("lang"):
            pairs.append(("xml:lang", token.get("lang")))
        return "".join(f' {name}="{clean(value)}"' for name, value in pairs)

    def reference(self, number: str, *, plain: bool) -> str:
        self.names[number] += 1
        name = f"ref-{note_name(number)}"
        if self.names[number] > 1:
            name += f"-{self.names[number]}"
        self.back.setdefault(number, []).append(name)
        if plain:
            return f'<sup id="{name}">{clean(number)}</sup>'
        kind = 'epub:type="noteref" ' if self.xml else ""
        return (
            f'<a class="noteref" id="{name}" href="#note-{note_name(number)}" {kind}'
            f'role="doc-noteref">{clean(number)}</a>'
        )

    def notes(self, notes: Sequence[DocumentNote]) -> list[str]:
        if not notes:
            return []
        kind = ' epub:type="footnotes"' if self.xml else ' role="doc-endnotes"'
        items = [self.note(note) for note in notes]
        inner = items if self.xml else ["<ol>", *items, "</ol>"]
        heading = f'<h2 id="notes-heading">{escape(self.labels.notes)}</h2>'
        return [
            f'<section class="notes"{kind} aria-labelledby="notes-heading">',
            heading,
            *inner,
            "</section>",
        ]

    def note(self, note: DocumentNote) -> str:
        """Its number, its words and a way back to each place that refers to it."""
        number = clean(note.number)
        places = self.back.get(note.number, [])
        ways = "".join(
            f' <a class="back" href="#{place}" role="doc-backlink"'
            f' aria-label="{clean(self.labels.back_to(note.number, n))}">↩</a>'
            for n, place in enumerate(places, 1)
        )
        name = f"note-{note_name(note.number)}"
        inside = f'<span class="label">{number}</span> <span>{self.words(note.html)}{ways}</span>'
        if self.xml:
            return (
                f'<aside id="{name}" class="note" epub:type="footnote" role="doc-footnote">'
                f"<p>{inside}</p></aside>"
            )
        return f'<li id="{name}">{inside}</li>'


def _shows_address(following: Sequence[Token]) -> bool:
    return any(one.text.startswith(("http://", "https://", "www.")) for one in following)


_TABLE_SPACE = re.compile(
    r"(</?(?:table|caption|thead|tbody|tr|td|th)\b[^>]*>)\s+(</?(?:caption|thead|tbody|tr|td|th)\b)"
)


def _without_layout(table: str) -> str:
    return _TABLE_SPACE.sub(r"\1\2", _TABLE_SPACE.sub(r"\1\2", table))


def clean(text: str) -> str:
    """Return `text` as it may stand in a page or in XML."""
    return escape(_NO_XML.sub("", text))

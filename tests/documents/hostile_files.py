"""Files made to do harm, or broken on the way, and what must become of each."""

from __future__ import annotations

from collections.abc import Callable, Collection

from tests.documents.hostile import (
    PARAGRAPH,
    bomb_by_ratio,
    bomb_nested,
    bomb_overlapping,
    docx,
    docx_parts,
    drm_epub,
    encrypted_docx,
    encrypted_zip,
    epub,
    epub_parts,
    odt,
    pdf,
    with_entry,
    zipped,
)

_LOCK = (
    "/Encrypt <</Filter/Standard/V 1/R 2/P -44"
    f"/O <{'41' * 32}>/U <{'42' * 32}>>> /ID [<{'43' * 16}> <{'43' * 16}>]"
)
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_FILE_ENTITY = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
_ENTITY_PARAGRAPH = f"<w:p><w:r><w:t>&f;{PARAGRAPH}</w:t></w:r></w:p>"
_LAUGHING_PARAGRAPH = f"<w:p><w:r><w:t>&a9;{PARAGRAPH}</w:t></w:r></w:p>"

LOCKED = frozenset({"encrypted"})
BOMB = frozenset({"bomb", "unsafe_container", "too_complex"})
UNSAFE = frozenset({"unsafe_container"})
MARKUP = frozenset({"unsafe_markup"})

# name → (name of the file, what builds it, codes of which one must be given; None: or it is read)
MUST_BE_REFUSED: dict[str, tuple[str, Callable[[], bytes], Collection[str]]] = {
    "bomb by ratio": ("a.docx", bomb_by_ratio, BOMB),
    "bomb of overlapping entries": ("a.docx", bomb_overlapping, BOMB),
    "name that climbs": ("a.docx", lambda: with_entry("../../climbed"), UNSAFE),
    "name that climbs, backwards": ("a.docx", lambda: with_entry("..\\..\\climbed"), UNSAFE),
    "absolute name": ("a.docx", lambda: with_entry("/var/absolute"), UNSAFE),
    "name with a drive": ("a.docx", lambda: with_entry("C:/absolute"), UNSAFE),
    "symbolic link": ("a.docx", lambda: with_entry("l", b"/etc/passwd", mode=0o120777), UNSAFE),
    "too many entries": (
        "a.docx",
        lambda: zipped({**docx_parts(), **{f"word/media/{n}": "" for n in range(6000)}}),
        BOMB,
    ),
    "locked zip": ("a.docx", encrypted_zip, LOCKED),
    "locked Word document": ("a.docx", encrypted_docx, LOCKED),
    "locked PDF": ("a.pdf", lambda: pdf(trailer=_LOCK), LOCKED | {"damaged"}),
    "locked EPUB": ("a.epub", drm_epub, LOCKED | {"drm"}),
    "entities in Word": (
        "a.docx",
        lambda: docx(_LAUGHING_PARAGRAPH, prolog=_LAUGHS),
        MARKUP,
    ),
    "outer entity in Word": (
        "a.docx",
        lambda: docx(_ENTITY_PARAGRAPH, prolog=_FILE_ENTITY),
        MARKUP,
    ),
    "picture": ("a.md", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), {"unsupported_format"}),
    "program": ("a.txt", lambda: b"\x7fELF\2\1\1" + bytes(2000), {"unsupported_format"}),
    "bytes": ("a.txt", lambda: bytes(range(256)) * 40, {"not_text", "unknown_encoding"}),
    "white space": ("a.md", lambda: b" \n\t\r\n" * 1000, {"empty"}),
    "white space in UTF-16": ("a.md", lambda: ("\u3000\n" * 99).encode("utf-16"), {"empty"}),
    "NULs": ("a.txt", lambda: b"\0" * 1000, {"not_text", "empty"}),
    "lone half of a pair": (
        "a.txt",
        lambda: b"\xff\xfe" + PARAGRAPH.encode("utf-16-le") + b"\x00\xd8\x41\x00",
        {"damaged"},
    ),
}

# Of those below: what takes all the time that it is given, and is ended by the clock alone.
TOO_SLOW = frozenset(
    {
        "YAML bomb",
        "brackets, closed",
        "rules",
        "divs",
        "definitions",
        "letters alone",
        "attributes",
        "HTML paragraphs",
        "LaTeX macro of itself",
        "rst, deep",
    }
)

_DEEP = 5000
_XML = '<?xml version="1.0"?>'
# Read, or refused in any typed way.
MAY_BE_READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bomb of zips in zips": ("a.docx", bomb_nested),
    "entities in JATS": (
        "a.xml",
        lambda: f"{_XML}{_LAUGHS}<article><body><p>&a9;{PARAGRAPH}</p></body></article>".encode(),
    ),
    "entities in XHTML": (
        "a.xhtml",
        lambda: f"{_XML}{_LAUGHS}<html><body><p>&a9;{PARAGRAPH}</p></body></html>".encode(),
    ),
    "entities in EPUB": (
        "a.epub",
        lambda: zipped({**epub_parts(), "c.xhtml": f"{_LAUGHS}<html><p>&a9;</p></html>"}),
    ),
    "YAML bomb": (
        "a.md",
        lambda: (
            "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + f"title: *i\n---\n\n{PARAGRAPH}\n"
        ).encode(),
    ),
    "brackets": ("a.md", lambda: b"[" * 1_000_000 + PARAGRAPH.encode()),
    "brackets, closed": ("a.md", lambda: b"[" * 30_000 + b"a" + b"]" * 30_000),
    "pictures unclosed": ("a.md", lambda: b"![" * 300_000 + b"a"),
    "stars": ("a.md", lambda: b"*" * 1_000_000 + b" a"),
    "emphasis unclosed": ("a.md", lambda: b"*a " * 200_000),
    "emphasis in emphasis": ("a.md", lambda: b"*a **b " * 50_000),
    "underscores": ("a.md", lambda: b"_a" * 300_000),
    "quotations": ("a.md", lambda: b">" * 1_000_000 + b" a"),
    "quotations, deep": ("a.md", lambda: b"> " * _DEEP + PARAGRAPH.encode()),
    "lists, deep": (
        "a.md",
        lambda: b"".join(b"  " * n + b"- item\n" for n in range(1000)),
    ),
    "list on a line": ("a.md", lambda: b"- " * 5000 + b"a"),
    "backticks": ("a.md", lambda: b"`" * 1_000_000 + b" a"),
    "backticks of all lengths": (
        "a.md",
        lambda: b" ".join(b"`" * n for n in range(1, 1200)) + b" a",
    ),
    "tags unclosed": ("a.md", lambda: b"<a " * 200_000 + b"a"),
    "comments unclosed": ("a.md", lambda: b"<!--" * 200_000 + b"a"),
    "entities unclosed": ("a.md", lambda: b"&#x" * 300_000 + b"a"),
    "links unclosed": ("a.md", lambda: b"[a](" * 200_000 + b"a"),
    "link labels": ("a.md", lambda: b"[a]: b\n" * 100_000 + b"\nWords [a].\n"),
    "notes naming notes": (
        "a.md",
        lambda: "".join(f"[^{n}]: a[^{n + 1}]\n\n" for n in range(2000)).encode() + b"W[^0]\n",
    ),
    "note naming itself": ("a.md", lambda: b"Words.[^a]\n\n[^a]: See.[^a]\n"),
    "table of columns": ("a.md", lambda: b"|a" * 20_000 + b"|\n" + b"|-" * 20_000 + b"|\n|a|\n"),
    "headings": ("a.md", lambda: b"".join(b"# Heading %d\n\n" % n for n in range(10_000)) + b"A."),
    "fences": ("a.md", lambda: b"```\n~~~\n" * 50_000),
    "rules": ("a.md", lambda: b"---\n\n" * 100_000 + PARAGRAPH.encode()),
    "divs": ("a.md", lambda: b"::: a\n" * 3000 + PARAGRAPH.encode()),
    "definitions": ("a.md", lambda: b"a\n: b\n\n" * 20_000),
    "superscripts": ("a.md", lambda: b"<sup>1</sup>" * 60_000 + PARAGRAPH.encode()),
    "inline notes in each other": ("a.md", lambda: b"a^[" * 3000 + b"b" + b"]" * 3000),
    "a word of a megabyte": ("a.txt", lambda: b"a" * 1_000_000),
    "a paragraph of a megabyte": ("a.txt", lambda: (PARAGRAPH + " ").encode() * 13_000),
    "a paragraph of a megabyte in Markdown": (
        "a.md",
        lambda: (f"*{PARAGRAPH}* and " + " ").encode() * 12_000,
    ),
    "spaces": ("a.txt", lambda: b"a" + b" " * 1_000_000 + b"b"),
    "lines": ("a.txt", lambda: b"a\n" * 300_000),
    "empty lines": ("a.txt", lambda: b"a" + b"\n" * 1_000_000 + b"b"),
    "letters alone": ("a.txt", lambda: b"a\n\n" * 100_000),
    "combining marks": ("a.txt", lambda: ("a" + "\u0301" * 200_000).encode()),
    "direction marks": ("a.txt", lambda: ("\u202e\u2066" * 100_000 + PARAGRAPH).encode()),
    "elements, deep": ("a.html", lambda: b"<html>" + b"<div>" * _DEEP + PARAGRAPH.encode()),
    "inline elements, deep": ("a.html", lambda: b"<html><p>" + b"<b>" * _DEEP + b"a"),
    "HTML lists, deep": ("a.html", lambda: b"<html>" + b"<ul><li>a" * 2000),
    "HTML tables, deep": ("a.html", lambda: b"<html>" + b"<table><tr><td>a" * 1000),
    "attributes": (
        "a.html",
        lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">words</p>",
    ),
    "cells that span": (
        "a.html",
        lambda: b"<html><table><tr><td rowspan=65000 colspan=1000>a</td></tr></table><p>words",
    ),
    "HTML paragraphs": ("a.html", lambda: b"<html>" + b"<p>a" * 100_000),
    "LaTeX groups": (
        "a.tex",
        lambda: b"\\documentclass{article}\\begin{document}" + b"{" * 20_000 + b"a",
    ),
    "LaTeX macro that grows": (
        "a.tex",
        lambda: (
            b"\\documentclass{article}\\newcommand{\\a}{words words words}"
            + b"".join(
                b"\\newcommand{\\%c}{\\%c\\%c\\%c\\%c}" % (98 + n, *[97 + n] * 4) for n in range(20)
            )
            + b"\\begin{document}\\u\\end{document}"
        ),
    ),
    "LaTeX macro of itself": (
        "a.tex",
        lambda: b"\\documentclass{article}\\def\\a{a\\a}\\begin{document}Words \\a\\end{document}",
    ),
    "RTF groups": ("a.rtf", lambda: b"{\\rtf1 " + b"{" * 100_000 + b"words"),
    "RTF number": ("a.rtf", lambda: b"{\\rtf1 words \\bin99999999999 \\u-99999999 a\\par}"),
    "RTF hex": ("a.rtf", lambda: b"{\\rtf1 words " + b"\\'" * 50_000 + b"}"),
    "Word tables, deep": (
        "a.docx",
        lambda: docx("<w:tbl><w:tr><w:tc>" * 2000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2000),
    ),
    "Word runs": ("a.docx", lambda: docx("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 50_000 + "</w:p>")),
    "Word without a body": (
        "a.docx",
        lambda: zipped({**docx_parts(), "word/document.xml": "<w/>"}),
    ),
    "Word of no XML": ("a.docx", lambda: zipped({**docx_parts(), "word/document.xml": b"\0\1"})),
    "ODT lists, deep": (
        "a.odt",
        lambda: odt(
            "<text:list><text:list-item>" * 2000
            + "<text:p>a</text:p>"
            + "</text:list-item></text:list>" * 2000
        ),
    ),
    "ODT spaces": ("a.odt", lambda: odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>')),
    "EPUB that names itself": (
        "a.epub",
        lambda: epub(
            package=(
                '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
                '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine>'
                + '<itemref idref="c"/>' * 3000
                + "</spine></package>"
            )
        ),
    ),
    "EPUB of chapters outside": (
        "a.epub",
        lambda: epub(
            package=(
                '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
                '<item id="c" href="../../../../etc/passwd" media-type="application/xhtml+xml"/>'
                '<item id="d" href="file:///etc/passwd" media-type="application/xhtml+xml"/>'
                '</manifest><spine><itemref idref="c"/><itemref idref="d"/></spine></package>'
            )
        ),
    ),
    "PDF whose pages go in a circle": (
        "a.pdf",
        lambda: pdf().replace(b"/Kids[10 0 R]", b"/Kids[2 0 R 10 0 R]"),
    ),
    "PDF of many pages": ("a.pdf", lambda: pdf(pages=3000)),
    "PDF that says it has a million pages": (
        "a.pdf",
        lambda: pdf().replace(b"/Count 1", b"/Count 1000000"),
    ),
    "PDF of a great page": ("a.pdf", lambda: pdf().replace(b"612 792", b"9999999 9999999")),
    "PDF of many letters": ("a.pdf", lambda: pdf("a" * 300_000)),
    "PDF with a program": (
        "a.pdf",
        lambda: pdf(extra="9 0 obj <</S/JavaScript/JS(app.launchURL\\('http://a'\\))>> endobj"),
    ),
    "PDF of no objects": ("a.pdf", lambda: b"%PDF-1.7\n" + b"\n" * 1000),
    "org, deep": (
        "a.org",
        lambda: b"#+TITLE: a\n" + b"".join(b"*" * n + b" a\n" for n in range(1, 1000)),
    ),
    "rst, deep": (
        "a.rst",
        lambda: b"a\n=\n\n" + b"".join(b" " * n + b"- a\n\n" for n in range(500)),
    ),
    "Markdown in a Word name": ("a.docx", lambda: f"# Gates\n\n{PARAGRAPH}\n".encode()),
    "Word in a Markdown name": ("a.md", docx),
    "HTML in a PDF name": ("a.pdf", lambda: f"<!doctype html><p>{PARAGRAPH}".encode()),
    "PDF in a text name": ("a.txt", pdf),
}

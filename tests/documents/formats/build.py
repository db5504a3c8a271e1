"""Makes the files of every essay again: `python -m tests.documents.formats.build`.

Needs, beside the project's own packages, LibreOffice Writer, poppler's
pdftotext, Chromium, pdflatex (texlive-latex-extra, texlive-lang-french), the `typst` package and
the fonts Noto Serif CJK, Amiri and DejaVu. The files are kept with the project,
so that nobody needs these programs to run the tests.

    *.md *.txt page.html saved.html template.tex   written here, from the essay
    pandoc.*                                       by pandoc from pandoc.md
    writer.*                                       by LibreOffice from an ODT
    writer.pdf                                     by LibreOffice, A5, with running heads
    columns.pdf                                    by Typst in two columns
    latex.pdf                                      by pdflatex from template.tex
    chromium.pdf                                   by Chromium from page.html
    *.pdf.txt *.pdf-layout.txt                     by pdftotext from some of those PDFs
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pypandoc

from tests.documents.formats import (
    notation,
    picture,
    write_html,
    write_latex,
    write_markdown,
    write_text,
)
from tests.documents.formats.notation import Essay

FILES = notation.HERE / "files"
_PANDOC = str(pypandoc.get_pandoc_path())
PICTURE = notation.HERE / "essays" / "mole.png"
# Which PDFs are made of an essay: together they are not to weigh too much, and
# pdflatex has no Chinese, Arabic or Hebrew letters.
_PDFS = {
    "harbour": ("writer", "columns", "latex", "chromium"),
    "aloud": ("columns", "latex"),
    "traduire": ("latex",),
    "maps": ("writer",),
    "archive": ("writer",),
    "margins": ("columns",),
}
# And what LibreOffice writes of it.
_WRITER = {
    "harbour": ("odt", "docx", "rtf", "epub", "html"),
    "aloud": ("docx", "rtf"),
    "traduire": ("docx", "epub", "html"),
    "maps": ("docx", "rtf"),
    "archive": ("odt", "docx", "rtf"),
    "margins": ("docx", "epub", "html"),
}
# pandoc's other formats, once is enough.
_OTHERS = {"harbour": ("rst-smart", "org-smart-special_strings"), "aloud": ("jats", "docbook5")}
_EXTENSIONS = {
    "rst-smart": "rst",
    "org-smart-special_strings": "org",
    "jats": "jats.xml",
    "docbook5": "docbook.xml",
    "latex": "tex",
    "html5": "html",
}


def build(name: str) -> None:
    essay = notation.load(name)
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / name
        out.mkdir()
        shutil.copy(PICTURE, out)
        _written(essay, out)
        with tempfile.TemporaryDirectory() as folder:
            _by_pandoc(essay, out)
            _by_writer(essay, out, Path(folder))
            _printed(essay, out, Path(folder))
        _extracted(essay, out)
        (out / PICTURE.name).unlink()
        shutil.rmtree(FILES / name, ignore_errors=True)
        shutil.copytree(out, FILES / name)


def _extracted(essay: Essay, out: Path) -> None:
    """What pdftotext makes of the PDFs, where it is still text that one could restore.

    It puts Arabic letters and Hebrew vowels in other places. Chromium draws a
    list's marks, and so they are gone. Without -layout columns are mixed, a table's
    are read downwards, and the hyphen of north-east is gone at a line's end.
    """
    if essay.name in {"archive", "margins"}:
        return
    for pdf in sorted(out.glob("*.pdf")):
        if pdf.stem != "chromium":
            _run("pdftotext", "-layout", str(pdf), f"{pdf}-layout.txt")
        if pdf.stem in {"latex", "writer"} and essay.name != "harbour":
            _run("pdftotext", str(pdf), f"{pdf}.txt")


def _written(essay: Essay, out: Path) -> None:
    texts = {
        "wrapped.md": write_markdown.commonmark(essay, wrapped=True),
        "unwrapped.md": write_markdown.commonmark(essay, wrapped=False),
        "pandoc.md": write_markdown.pandoc(essay),
        "wrapped.txt": write_text.wrapped(essay),
        "lines.txt": write_text.lines(essay),
        "indented.txt": write_text.indented(essay),
        "page.html": write_html.page(essay),
        "saved.html": write_html.saved(essay),
        "template.tex": write_latex.latex(essay),
    }
    if essay.name == "aloud":
        texts["asterisks.txt"] = write_text.asterisks(essay)
    if essay.name == "traduire":
        for kind in ("unwrapped.md", "lines.txt", "page.html"):
            texts[f"nfd-{kind}"] = unicodedata.normalize("NFD", texts[kind])
    for name, text in texts.items():
        (out / name).write_text(text, "utf-8")


def _by_pandoc(essay: Essay, out: Path) -> None:
    source = out / "source.md"
    source.write_text(write_markdown.pandoc(essay, wrapped=False), "utf-8")
    for form in ("docx", "odt", "epub", "rtf", "latex", "html5", *_OTHERS.get(essay.name, ())):
        file = f"pandoc.{_EXTENSIONS.get(form, form)}"
        options = ("--wrap=none", "--syntax-highlighting=none", "-t", form)
        # Without smart the quotation marks are letters, and stay what they are.
        _run(_PANDOC, "-s", "-f", "markdown-smart", *options, source.name, "-o", file, folder=out)
    source.unlink()


def _by_writer(essay: Essay, out: Path, folder: Path) -> None:
    """LibreOffice reads an ODT with pages of its own, and writes what it can write."""
    reference = folder / "reference.odt"
    _run(_PANDOC, "-o", str(reference), "--print-default-data-file", "reference.odt")
    _with_pages(reference, essay)
    typed, source = out / "typed.md", folder / "writer.odt"
    typed.write_text(write_markdown.typed(essay), "utf-8")
    options = ("--reference-doc", str(reference), "-o", str(source))
    _run(_PANDOC, *options, typed.name, folder=out)
    typed.unlink()
    _with_alternatives(source, essay)
    forms = _WRITER[essay.name]
    for form in (*forms, "pdf") if "writer" in _PDFS[essay.name] else forms:
        _run(
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", form, "--outdir", str(out), str(source)),
        )
    for stray in out.glob("writer_html_*"):
        stray.unlink()


def _with_alternatives(file: Path, essay: Essay) -> None:
    """The alternative text that pandoc leaves out, as one types it in LibreOffice."""
    figures = [part for part in essay.parts if part.kind == "figure"]
    parts = _unzipped(file)
    content = parts["content.xml"].decode()
    for part in figures:
        place = content.index("</draw:frame>")
        words = f"<svg:desc>{part.alternative}</svg:desc>"
        content = content[:place] + words + content[place:]
    parts["content.xml"] = content.encode()
    _zipped(file, parts)


def _with_pages(reference: Path, essay: Essay) -> None:
    """Small pages with a running head and a page number, and letters for every script."""
    parts = _unzipped(reference)
    styles = parts["styles.xml"].decode()
    head, foot = (
        f'<style:{where}><text:p text:style-name="{style}">{words}</text:p></style:{where}>'
        for where, style, words in (
            ("header", "Header", f"{essay.authors[0]} — {essay.title}"),
            (
                "footer",
                "Footer",
                '<text:page-number text:select-page="current">1</text:page-number>',
            ),
        )
    )
    before, tag, after = styles.partition("<style:master-page ")
    opening, end, rest = after.partition(">")
    if opening.endswith("/"):
        opening, rest = opening[:-1], f"{head}{foot}</style:master-page>{rest}"
    else:
        rest = f"{head}{foot}{rest}"
    styles = f"{before}{tag}{opening}{end}{rest}"
    for name, value in (("page-width", "148mm"), ("page-height", "210mm")):
        styles = _with_value(styles, f"fo:{name}", value)
    if essay.language == "ar":
        styles = styles.replace('style:writing-mode="lr-tb"', 'style:writing-mode="rl-tb"')
        styles = styles.replace('style:writing-mode="page"', 'style:writing-mode="rl-tb"')
    parts["styles.xml"] = styles.encode()
    _zipped(reference, parts)


def _unzipped(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as old:
        return {one: old.read(one) for one in old.namelist()}


def _zipped(file: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one, data in parts.items():
            new.writestr(one, data)


def _with_value(styles: str, name: str, value: str) -> str:
    start = styles.index(f'{name}="') + len(name) + 2
    return styles[:start] + value + styles[styles.index('"', start) :]


def _printed(essay: Essay, out: Path, folder: Path) -> None:
    if "chromium" in _PDFS[essay.name]:
        _by_chromium(essay, out)
    if "columns" in _PDFS[essay.name]:
        source = out / "columns.typ"
        source.write_text(write_latex.typst(essay, 2), "utf-8")
        importlib.import_module("typst").compile(str(source), output=str(out / "columns.pdf"))
        source.unlink()
    if "latex" in _PDFS[essay.name]:
        shutil.copy(out / "template.tex", folder)
        shutil.copy(PICTURE, folder)
        for _ in range(2):
            _run("pdflatex", "-interaction=nonstopmode", "template.tex", folder=folder)
        shutil.copy(folder / "template.pdf", out / "latex.pdf")


def _by_chromium(essay: Essay, out: Path) -> None:
    """As from a site: Chromium prints the page's address below it, and the date above."""
    handler = partial(_Quiet, directory=str(out))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        _run(
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu"),
            f"--host-resolver-rules=MAP quayreview.example:80 127.0.0.1:{server.server_port}",
            *(f"--print-to-pdf={out}/chromium.pdf", "http://quayreview.example/page.html"),
        )
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the program that builds has its own words."""


def _run(*command: str, folder: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=folder, capture_output=True, timeout=180)


def main(names: Iterable[str]) -> None:
    picture.draw(PICTURE)
    for name in names or notation.names():
        build(name)


if __name__ == "__main__":
    main(sys.argv[1:])

"""From an essay to a file: Markdown, a web page, an EPUB, plain text.

Pure: a Document (readings.importing.document) in, bytes out; no database, no network. What
our own importer reads back, and what it does not, is said in each format's file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from readings.exporting.epub import to_epub
from readings.exporting.html import to_html
from readings.exporting.markdown import to_markdown
from readings.exporting.text import to_text
from readings.importing.document import Document

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One form that an essay can be taken away in."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Document], bytes]


def _encoded(write: Callable[[Document], str]) -> Callable[[Document], bytes]:
    # A lone surrogate, which no UTF-8 file can hold, becomes a question mark.
    return lambda document: write(document).encode("utf-8", "replace")


FORMATS = {
    "markdown": Format("Markdown", ".md", "text/markdown; charset=utf-8", _encoded(to_markdown)),
    "html": Format("Web page", ".html", "text/html; charset=utf-8", _encoded(to_html)),
    "epub": Format("EPUB", ".epub", "application/epub+zip", to_epub),
    "text": Format("Plain text", ".txt", "text/plain; charset=utf-8", _encoded(to_text)),
}

"""From an essay to a file: Markdown, a web page, an EPUB, plain text.

Pure: a Document (documents.document) in, bytes out; no database, no network. What
our own importer reads back, and what it does not, is said in each format's file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from documents.document import Document
from documents.writers.epub import to_epub
from documents.writers.html import (
    HtmlWriter,
    addresses,
    clean,
    head_of,
    page,
    stylesheet,
    to_html,
)
from documents.writers.inline import Token
from documents.writers.labels import Labels, labels_for
from documents.writers.markdown import to_markdown
from documents.writers.markdown_words import escaped, safe_start
from documents.writers.text import to_text

__all__ = [
    "FORMATS",
    "ExportFormat",
    "HtmlWriter",
    "Labels",
    "Token",
    "addresses",
    "clean",
    "escaped",
    "head_of",
    "labels_for",
    "page",
    "safe_start",
    "stylesheet",
]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One form that an essay can be taken away in."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Document], bytes]


def _encoded(write: Callable[[Document], str]) -> Callable[[Document], bytes]:
    # A lone surrogate, which no UTF-8 file can hold, becomes a question mark.
    return lambda document: write(document).encode("utf-8", "replace")


FORMATS = {
    "markdown": ExportFormat(
        "Markdown", ".md", "text/markdown; charset=utf-8", _encoded(to_markdown)
    ),
    "html": ExportFormat("Web page", ".html", "text/html; charset=utf-8", _encoded(to_html)),
    "epub": ExportFormat("EPUB", ".epub", "application/epub+zip", to_epub),
    "text": ExportFormat("Plain text", ".txt", "text/plain; charset=utf-8", _encoded(to_text)),
}

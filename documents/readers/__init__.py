"""Which reader reads which format: bytes or letters in, a parsed document out."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from documents.messages import gettext_lazy as _
from documents.parsed import ParsedDocument
from documents.progress import OnProgress, silent
from documents.recognise import Recognised
from documents.refusal import ImportRefused

# Where each format's reader is. Only the one that is needed is loaded: each file is read in a
# process of its own, and loading all of them takes longer than reading a short essay.
_OF_LETTERS = {
    "text": "text.plain_text.read_text",
    "markdown": "markup.markdown.read_markdown",
    "html": "web.page.read_web",
    "latex": "markup.languages.read_latex",
    "rst": "markup.languages.read_rst",
    "org": "markup.languages.read_org",
    "jats": "markup.languages.read_jats",
    "docbook": "markup.languages.read_docbook",
}
_OF_BYTES = {
    "pdf": "pdf.reader.read_pdf",
    "rtf": "office.rtf.read_rtf",
    "html": "web.page.read_saved_page",
}
_OF_CONTAINERS = {
    "docx": "office.docx.read_docx",
    "odt": "office.odt.read_odt",
    "epub": "web.epub.read_epub",
}
# These tell how far they are; the others are done before anyone could ask.
_TELLING = frozenset({"markdown", "pdf"})


def read(found: Recognised, on_progress: OnProgress = silent) -> ParsedDocument:
    """What was parsed of a recognised file; a long Markdown text and a PDF tell how far it is.

    Raises ImportRefused for what cannot be read within the limits, and for
    quotations or lists within each other deeper than any essay has them.
    """
    given: Any = found.container or found.data or found.text
    readers = _OF_LETTERS
    if found.container is not None:
        readers = _OF_CONTAINERS
    elif found.data:
        readers = _OF_BYTES
    module, name = readers[found.format].rsplit(".", 1)
    reader = getattr(import_module(f"documents.readers.{module}"), name)
    try:
        parsed: ParsedDocument = (
            reader(given, on_progress) if found.format in _TELLING else reader(given)
        )
    except RecursionError as error:
        raise ImportRefused(
            "too_complex",
            _("This file has hundreds of lists or quotations inside each other."),
            _("Check whether it is what you meant to read, or save it as plain text."),
        ) from error
    return parsed

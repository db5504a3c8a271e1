"""Word documents as a parsed document, by way of pandoc's tree with its styles."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from documents.containers import Container
from documents.parsed import ParsedDocument
from documents.pictures import PictureBox
from documents.readers.office.docx_names import usual_names
from documents.readers.office.docx_parts import readable_docx
from documents.readers.office.left_out import (
    comments_left_out,
    formulas_left_out,
    hidden_left_out,
)
from documents.readers.office.properties import office_properties
from documents.readers.pandoc.placeholders import Placeholders
from documents.readers.pandoc.program import pandoc_json
from documents.readers.pandoc.tree import TreeReader

_COMMENT = re.compile(rb"<w:comment\b")
_LANGUAGE = re.compile(rb'<w:lang\b[^>]*\bw:val="([\w-]+)"')


def read_docx(container: Container) -> ParsedDocument:
    """Blocks, notes and pictures of a Word document; tracked changes as if accepted."""
    container = usual_names(container)

    def find(address: str) -> bytes | None:
        return container.find(posixpath.normpath(f"word/{address}"))

    placeholders = Placeholders()
    data, size, hidden = readable_docx(container, placeholders)
    tree = pandoc_json(data, "docx+styles+empty_paragraphs", placeholders.restored, size)
    parsed = TreeReader("docx", PictureBox(find)).read(tree)
    properties = office_properties(container, "docProps/core.xml")
    language = _LANGUAGE.search(container.find("word/styles.xml") or b"")
    if language:
        properties = replace(properties, language=language.group(1).decode())
    comments = len(_COMMENT.findall(container.find("word/comments.xml") or b""))
    texts = ("document", "footnotes", "endnotes")
    formulas = formulas_left_out(*(container.find(f"word/{name}.xml") for name in texts))
    left_out = (*comments_left_out(comments), *hidden_left_out(hidden), *formulas)
    return replace(parsed, properties=properties, warnings=(*parsed.warnings, *left_out))

"""An essay as an EPUB 3: a zip file of the page, its contents and what is known of it."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from documents.block_names import block_anchor, note_name
from documents.document import Document, DocumentBlock, Metadata
from documents.writers.html import HtmlWriter, clean, head_of, stylesheet
from documents.writers.labels import labels_for

_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
# The same essay gives the same file: a zip file's first day stands for all times in it.
_THEN = (1980, 1, 1, 0, 0, 0)
_MODIFIED = "1980-01-01T00:00:00Z"


def to_epub(document: Document) -> bytes:
    """Return the essay as an EPUB 3.3 publication, its mimetype first and not compressed."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        _put(archive, "mimetype", b"application/epub+zip", ZIP_STORED)
        _put(archive, "META-INF/container.xml", _CONTAINER.encode())
        _put(archive, "EPUB/package.opf", _package(document).encode())
        _put(archive, "EPUB/nav.xhtml", _contents(document).encode())
        _put(archive, "EPUB/text.xhtml", _essay(document).encode("utf-8", "replace"))
        _put(archive, "EPUB/style.css", stylesheet().encode())
        for picture in document.pictures:
            _put(archive, f"EPUB/pictures/{picture.name}", picture.data)
    return out.getvalue()


def _put(archive: ZipFile, name: str, data: bytes, method: int = ZIP_DEFLATED) -> None:
    info = ZipInfo(name, _THEN)
    info.compress_type = method
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)


def _package(document: Document) -> str:
    data = document.metadata
    spine = ' page-progression-direction="rtl"' if data.direction == "rtl" else ""
    pictures = "".join(
        f'<item id="picture-{n}" href="pictures/{escape(one.name)}" media-type="{one.media_type}"/>'
        for n, one in enumerate(document.pictures, 1)
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"{_lang(data)}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{_known(document)}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
<item id="style" href="style.css" media-type="text/css"/>
{pictures}</manifest>
<spine{spine}><itemref idref="text"/></spine>
</package>
"""


def _known(document: Document) -> str:
    """What is known of the essay, in Dublin Core."""
    data = document.metadata
    digest = sha256(repr((data, document.blocks, document.notes)).encode("utf-8", "replace"))
    number = UUID(bytes=digest.digest()[:16], version=5)
    lines = [
        f'<dc:identifier id="id">urn:uuid:{number}</dc:identifier>',
        f"<dc:title>{_title(data)}</dc:title>",
        *(f"<dc:creator>{_clean(name)}</dc:creator>" for name in data.authors),
        f"<dc:language>{_clean(data.language) or 'und'}</dc:language>",
        f'<meta property="dcterms:modified">{_MODIFIED}</meta>',
    ]
    source = ", ".join(part for part in (data.venue, data.issue) if part)
    for name, value in (
        ("date", data.published),
        ("source", source),
        ("rights", data.licence),
        ("description", data.abstract),
    ):
        if value.strip():
            lines.append(f"<dc:{name}>{_clean(value)}</dc:{name}>")
    return "\n".join(lines)


def _essay(document: Document) -> str:
    kept = {picture.name for picture in document.pictures}
    writer = HtmlWriter(
        lambda name: f"pictures/{name}" if name in kept else "",
        labels=labels_for(document.metadata.language),
        xml=True,
    )
    body = "\n".join(
        [
            *head_of(document.metadata),
            *writer.blocks(document.blocks),
            *writer.notes(document.notes),
        ]
    )
    return _page(document.metadata, f"<article>\n{body}\n</article>")


def _contents(document: Document) -> str:
    """The headings as nested lists: a level below hangs on the one before it."""
    heads = [block for n, block in enumerate(document.blocks) if block.kind == "heading" and n]
    title = _title(document.metadata)
    out = [
        f'<nav epub:type="toc" id="toc"><h1>{title}</h1><ol><li><a href="text.xhtml">{title}</a>'
    ]
    depth = 1
    for head in heads:
        wanted = min(max((head.level or 2), 2), depth + 1)
        out.append("<ol>" if wanted > depth else "</li>" + "</ol></li>" * (depth - wanted))
        depth = wanted
        out.append(f'<li><a href="text.xhtml#{_anchor(head)}">{_clean(head.text)}</a>')
    out.append("</li></ol>" * depth)
    return _page(document.metadata, f"{''.join(out)}</nav>")


def _anchor(block: DocumentBlock) -> str:
    return block_anchor(None, note_name(block.key))


def _page(data: Metadata, body: str) -> str:
    direction = ' dir="rtl"' if data.direction == "rtl" else ""
    language = escape(data.language or "und")
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{language}"{_lang(data)}{direction}>
<head>
<title>{_title(data)}</title>
<link rel="stylesheet" href="style.css"/>
</head>
<body>
{body}
</body>
</html>
"""


def _lang(data: Metadata) -> str:
    return f' xml:lang="{escape(data.language or "und")}"'


def _title(data: Metadata) -> str:
    return _clean(data.title) or _clean(labels_for(data.language).untitled)


def _clean(text: str) -> str:
    return clean(" ".join(text.split()))

"""Zip files made by hand for the importer's tests."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pypandoc

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            kind = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(name, content, compress_type=kind)
    return out.getvalue()


def changed(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The same container with other or more parts."""
    with ZipFile(BytesIO(data)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**old, **parts})


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def written(markdown: str, form: str) -> bytes:
    """Markdown as pandoc writes it in another format."""
    command = [pypandoc.get_pandoc_path(), "-s", "-f", "markdown", "-t", form, "-o", "-"]
    return subprocess.run(command, input=markdown.encode(), capture_output=True, check=True).stdout


def epub(
    chapters: Mapping[str, str], metadata: str = "", parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A book whose chapters are the bodies of XHTML files, in this order."""
    kind = 'media-type="application/xhtml+xml"'
    navs = {name: "properties='nav'" for name in chapters if name.startswith("nav")}
    items = "".join(
        f'<item id="c{n}" href="{name}" {kind} {navs.get(name, "")}/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>On Harbours</dc:title><dc:language>en</dc:language>{metadata}</metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {
        f"book/{name}": '<html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head>'
        f"<body>{body}</body></html>"
        for name, body in chapters.items()
    }
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "book/package.opf": package,
            **pages,
            **(parts or {}),
        }
    )

"""What files made to do harm are built of: small ones, made here and nowhere kept."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PARAGRAPH = "A gate is a fence that has changed its mind, and everyone is grateful to it."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Parts = dict[str, str | bytes]


def zipped(parts: Parts, *, stored: tuple[str, ...] = ()) -> bytes:
    """A zip file of these parts, in this order."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, ZIP_STORED if name in stored else ZIP_DEFLATED)
    return buffer.getvalue()


def docx_parts(body: str = "", *, relations: str = "", prolog: str = "") -> Parts:
    """The least that Word would open; `body` is its XML between <w:body> and its end."""
    body = body or f"<w:p><w:r><w:t>{PARAGRAPH}</w:t></w:r></w:p>"
    office = f"{_RELATIONS}/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{office}" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ),
        "word/document.xml": (
            f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{_W}" xmlns:r="{_RELATIONS}" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>"
        ),
    }


def docx(body: str = "", **others: str) -> bytes:
    return zipped(docx_parts(body, **others))


def epub_parts(chapter: str = "", *, package: str = "") -> Parts:
    chapter = chapter or f"<p>{PARAGRAPH}</p>"
    package = package or (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Gates</dc:title>'
        '<dc:identifier id="i">x</dc:identifier></metadata>'
        '<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="p.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>'
        ),
        "p.opf": package,
        "c.xhtml": (
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Gates</title></head>'
            f"<body>{chapter}</body></html>"
        ),
    }


def epub(chapter: str = "", **others: str) -> bytes:
    return zipped(epub_parts(chapter, **others), stored=("mimetype",))


def odt(body: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    body = body or f"<text:p>{PARAGRAPH}</text:p>"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    parts: Parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "META-INF/manifest.xml": "<manifest/>",
    }
    return zipped(parts, stored=("mimetype",))


def with_entry(name: str, data: bytes = b"x", *, mode: int = 0) -> bytes:
    """A Word document with one part more, of any name and kind."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for part, words in docx_parts().items():
            archive.writestr(part, words)
        info = ZipInfo(name)
        info.filename = name
        info.external_attr = mode << 16
        archive.writestr(info, data)
    return buffer.getvalue()


def bomb_by_ratio() -> bytes:
    """A Word document of 300 kB whose text is 300 MB of spaces."""
    run = f"<w:p><w:r><w:t>{PARAGRAPH}{' ' * 1_000_000}</w:t></w:r></w:p>"
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head, _, tail = str(docx_parts()["word/document.xml"]).partition("<w:body>")
    data = [packer.compress(f"{head}<w:body>".encode())]
    check, size = zlib.crc32(f"{head}<w:body>".encode()), len(f"{head}<w:body>")
    for piece in [run.encode()] * 300 + [tail.encode()]:
        data.append(packer.compress(piece))
        check, size = zlib.crc32(piece, check), size + len(piece)
    data.append(packer.flush())
    packed = b"".join(data)
    parts = {k: v for k, v in docx_parts().items() if k != "word/document.xml"}
    return _appended(zipped(parts), "word/document.xml", packed, check, size)


def bomb_nested() -> bytes:
    """Zip files in each other, each of ten like the next."""
    inner = zipped({"0.txt": b"\0" * 10_000_000})
    for _ in range(5):
        inner = zipped({f"{n}.zip": inner for n in range(10)})
    return zipped({**docx_parts(), "word/embeddings/a.zip": inner})


def bomb_overlapping(entries: int = 500) -> bytes:
    """One packed part that many entries of the directory name: each unpacks to all of it."""
    kernel = zipped({**docx_parts(), "word/media/0": b"\0" * 1_000_000})
    with ZipFile(BytesIO(kernel)) as archive:
        info = archive.getinfo("word/media/0")
        start = archive.start_dir
    directory, count = kernel[start:-22], len(docx_parts()) + 1
    for n in range(1, entries):
        name = f"word/media/{n}".encode()
        directory += _directory_entry(
            name, info.CRC, info.compress_size, info.file_size, info.header_offset
        )
        count += 1
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
    return kernel[:start] + directory + end


def _appended(archive: bytes, name: str, packed: bytes, check: int, size: int) -> bytes:
    """The archive with one part more, packed already."""
    end = archive[-22:]
    count, _, start = struct.unpack("<H2L", end[10:20])
    title = name.encode()
    local = (
        struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, check, len(packed), size, len(title), 0
        )
        + title
        + packed
    )
    directory = archive[start:-22] + _directory_entry(title, check, len(packed), size, start)
    end = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count + 1, count + 1, len(directory), start + len(local), 0
    )
    return archive[:start] + local + directory + end


def _directory_entry(name: bytes, check: int, packed: int, size: int, offset: int) -> bytes:
    return (
        struct.pack(
            "<4s6H3L5H2L",
            b"PK\1\2",
            20,
            20,
            0,
            8,
            0,
            33,
            check,
            packed,
            size,
            len(name),
            0,
            0,
            0,
            0,
            0,
            offset,
        )
        + name
    )


def encrypted_zip() -> bytes:
    """The bit that says “locked”, set on every part."""
    data = bytearray(docx())
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


def encrypted_docx() -> bytes:
    """As Word locks: an OLE file with the package inside."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")


def drm_epub() -> bytes:
    """Chapters that a shop has locked."""
    rights = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData>'
        '<enc:CipherReference URI="c.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    parts: Parts = {
        **epub_parts(),
        "META-INF/encryption.xml": rights,
        "META-INF/rights.xml": "<r/>",
    }
    parts["c.xhtml"] = bytes(range(256)) * 40
    return zipped(parts, stored=("mimetype",))


def pdf(text: str = PARAGRAPH, *, trailer: str = "", pages: int = 1, extra: str = "") -> bytes:
    """A PDF of one line to a page, its table of places left for the reader to find."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
    kids = " ".join(f"{10 + n} 0 R" for n in range(pages))
    objects = [
        "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        f"2 0 obj <</Type/Pages/Kids[{kids}]/Count {pages}>> endobj",
        "3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj",
        f"4 0 obj <</Length {len(stream)}>> stream\n{stream}\nendstream endobj",
        *(
            f"{10 + n} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>> endobj"
            for n in range(pages)
        ),
        extra,
    ]
    body = "\n".join(objects)
    return f"%PDF-1.4\n{body}\ntrailer <</Root 1 0 R {trailer}>>\n%%EOF\n".encode("latin-1")

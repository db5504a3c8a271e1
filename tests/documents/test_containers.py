"""Zip files that are no documents, though they say so."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from documents import ImportRefused, import_document
from documents.containers import MAX_ENTRIES
from tests.documents.containers import changed, part, written, zipped
from tests.documents.helpers import BODY, texts


@pytest.fixture(scope="module")
def docx() -> bytes:
    return written(BODY, "docx")


def refused(data: bytes) -> str:
    with pytest.raises(ImportRefused) as caught:
        import_document(data, "essay.docx")
    assert str(caught.value.message).endswith(".")
    assert str(caught.value.advice).endswith((".", ")"))
    return caught.value.code


def with_entry(data: bytes, info: ZipInfo, content: bytes) -> bytes:
    out = BytesIO(data)
    with ZipFile(out, "a") as archive:
        archive.writestr(info, content)
    return out.getvalue()


def test_a_document_is_read(docx: bytes) -> None:
    assert texts(import_document(docx, "essay.docx")) == [BODY]


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "word/../../evil", "C:/evil.xml", "..\\evil.xml"]
)
def test_names_that_lead_out(docx: bytes, name: str) -> None:
    assert refused(with_entry(docx, ZipInfo(name), b"x")) == "unsafe_container"


def test_links(docx: bytes) -> None:
    info = ZipInfo("word/link")
    info.external_attr = 0o120777 << 16
    assert refused(with_entry(docx, info, b"/etc/passwd")) == "unsafe_container"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(docx: bytes) -> None:
    assert refused(with_entry(docx, ZipInfo("word/Document.xml"), b"x")) == "unsafe_container"


def test_a_part_that_unpacks_to_far_more(docx: bytes) -> None:
    bomb = changed(docx, {"word/media/image1.png": bytes(40 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert refused(bomb) == "bomb"


def test_many_parts(docx: bytes) -> None:
    more = {f"word/{n}.xml": b"" for n in range(MAX_ENTRIES + 1)}
    assert refused(changed(docx, more)) == "bomb"


def test_sizes_that_are_not_true() -> None:
    """A header may say that a part is small; what it unpacks to is counted."""
    content = bytes(30 * 1024 * 1024)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    name = b"word/document.xml"
    fields = (20, 0, 8, 0, 33, zlib.crc32(b"x" * 10), len(packed), 10, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *fields) + name + packed
    central = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, *fields, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    assert refused(local + central + end) in {"bomb", "damaged"}


def test_parts_that_overlap(docx: bytes) -> None:
    """Two entries of the directory that point at the same packed bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        archive.writestr("word/document.xml", "a" * 1000)
        archive.writestr("word/other.xml", "b" * 1000)
        archive.infolist()[1].header_offset = 0
    assert refused(out.getvalue()) == "unsafe_container"


def test_a_locked_part(docx: bytes) -> None:
    data = bytearray(docx)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)) == "encrypted"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_cut_short(docx: bytes, share: float) -> None:
    assert refused(docx[: int(len(docx) * share)]) == "damaged"


def test_entities(docx: bytes) -> None:
    main = part(docx, "word/document.xml")
    kind = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    at = main.index("?>") + 2
    assert (
        refused(changed(docx, {"word/document.xml": main[:at] + kind + main[at:]}))
        == "unsafe_markup"
    )


def test_a_bomb_inside_is_never_opened(docx: bytes) -> None:
    inner = zipped({"bomb": bytes(10 * 1024 * 1024)})
    data = changed(docx, {"word/embeddings/sheet.xlsx": inner})
    assert texts(import_document(data, "essay.docx")) == [BODY]


@pytest.mark.parametrize("name", ["xl/workbook.xml", "ppt/presentation.xml", "readme.txt"])
def test_other_zip_files(name: str) -> None:
    assert refused(zipped({name: "x"})) == "unsupported_format"


def test_another_packing_is_refused(docx: bytes) -> None:
    out = BytesIO(docx)
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        info = ZipInfo("word/x")
        info.compress_type = 14  # LZMA
        archive.writestr(info, b"x")
    assert refused(out.getvalue()) == "unsafe_container"

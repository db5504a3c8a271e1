"""Files made to do harm, and broken ones: read or refused with a reason, soon, and no more."""

from __future__ import annotations

import codecs
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import Document, ImportRefused, import_document
from documents.isolated import Limits, Usage, import_isolated
from readings.essays import translated
from readings.models import Block, Essay, ImportState
from tests.base import People
from tests.documents.hostile import PARAGRAPH, bomb_overlapping, docx, epub
from tests.documents.hostile_files import MAY_BE_READ, MUST_BE_REFUSED, TOO_SLOW
from tests.readings.library import sent
from tests.security.corpora import CORPORA, corpus

# Of the processor, pandoc's with it: what is promised is 5 s and 300 MB on a machine of its own.
SECONDS = 6.0
MEGABYTES = 300
SOON = 1.0  # still long enough for every reader to have begun
FILES = Path(__file__).parent / "formats" / "files"


def check(document: Document) -> None:
    """What comes out can be kept and shown: no NUL, no half of a pair."""
    whole = json.dumps(document.to_json(), ensure_ascii=False)
    assert "\\u0000" not in whole.replace("\\\\u0000", "")
    whole.encode()


def outcome(data: bytes, name: str) -> Document | ImportRefused:
    """The document, or the refusal: a reason and what to do about it."""
    try:
        document = import_document(data, name)
    except ImportRefused as refused:
        return refused
    check(document)
    return document


def is_told(refused: ImportRefused) -> bool:
    return str(refused.message).endswith(".") and str(refused.advice).endswith((".", ")"))


def within_limits(
    data: bytes, name: str, caplog: pytest.LogCaptureFixture, limits: Limits | None = None
) -> str:
    """Read the file as an upload is, and return the code of the refusal, or ""."""
    usage, limits = Usage(), limits or Limits.of(data)
    code, told = "", True
    with caplog.at_level(logging.ERROR, logger="documents.isolated"):
        try:
            check(import_isolated(data, name, usage=usage, limits=limits))
        except ImportRefused as error:
            code, told = error.code, is_told(error)
    assert told
    assert not caplog.records, "the reader itself failed"
    # A file of some size may take more, and no small one does.
    assert usage.seconds < max(SECONDS, limits.cpu_seconds * 1.2)
    assert 0 < usage.megabytes < max(MEGABYTES, limits.megabytes * 1.2)
    return code


@pytest.mark.parametrize("name", MUST_BE_REFUSED)
def test_is_refused(name: str, caplog: pytest.LogCaptureFixture) -> None:
    filename, build, codes = MUST_BE_REFUSED[name]
    assert within_limits(build(), filename, caplog) in codes


@pytest.mark.parametrize("name", MAY_BE_READ)
def test_is_read_or_refused(name: str, caplog: pytest.LogCaptureFixture) -> None:
    filename, build = MAY_BE_READ[name]
    data = build()
    if name not in TOO_SLOW:
        within_limits(data, filename, caplog)
        return
    # The limit itself is held by test_isolated.py: how each of these ends can be seen sooner.
    soon = replace(Limits.of(data), idle_seconds=SOON, cpu_seconds=SOON)
    assert within_limits(data, filename, caplog, soon) == "too_slow"


CUT = [
    "harbour/pandoc.docx",
    "harbour/writer.docx",
    "harbour/pandoc.odt",
    "harbour/pandoc.epub",
    "harbour/pandoc.rtf",
    "harbour/pandoc.tex",
    "harbour/latex.pdf",
    "harbour/pandoc.html",
    "harbour/pandoc.md",
    "harbour/pandoc.rst",
    "harbour/pandoc.org",
    "aloud/pandoc.jats.xml",
    "aloud/pandoc.docbook.xml",
]


@pytest.mark.parametrize("path", CUT)
def test_cut_short(path: str) -> None:
    """Whatever part of a file arrives: an essay, or a reason."""
    data = (FILES / path).read_bytes()
    for percent in (1, 20, 50, 80, 99):
        read = outcome(data[: len(data) * percent // 100], path)
        assert isinstance(read, Document) or is_told(read)


@pytest.mark.parametrize("path", CUT)
def test_damaged_in_the_middle(path: str) -> None:
    data = bytearray((FILES / path).read_bytes())
    for start in range(50, len(data), max(len(data) // 40, 1)):
        data[start] ^= 0xFF
    read = outcome(bytes(data), path)
    assert isinstance(read, Document) or is_told(read)


NAMES = ["a.docx", "a.pdf", "a.epub", "a.odt", "a.rtf", "a.html", "a.tex", "a.md", "a.txt", "a", ""]


@pytest.mark.parametrize("path", ["harbour/pandoc.docx", "harbour/latex.pdf", "harbour/pandoc.rtf"])
def test_wrong_name_is_no_hindrance(path: str) -> None:
    data = (FILES / path).read_bytes()
    right = import_document(data, path)
    for name in NAMES:
        assert import_document(data, name).blocks == right.blocks


# Nothing outside the file


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and who called it."""
    called: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.png", called
        try:
            called.append(str(server.accept()[1]))
        except BlockingIOError:
            return


def linked(address: str) -> dict[str, bytes]:
    picture = (
        '<w:p><w:r><w:drawing><a:blip r:link="r9" r:embed="r9"/></w:drawing></w:r>'
        f"<w:r><w:t>{PARAGRAPH}</w:t></w:r></w:p>"
    )
    relation = (
        '<Relationship Id="r9" TargetMode="External" Type="http://schemas.openxmlformats.org'
        f'/officeDocument/2006/relationships/image" Target="{address}"/>'
    )
    page = (
        f'<!doctype html><base href="{address}"><link rel="stylesheet" href="{address}">'
        f'<script src="{address}"></script><iframe src="{address}"></iframe>'
        f'<article><h1>Gates</h1><p>{PARAGRAPH}</p><img src="{address}" alt="A gate"></article>'
    )
    return {
        "a.docx": docx(picture, relations=relation),
        "a.html": page.encode(),
        "a.epub": epub(f'<p>{PARAGRAPH}</p><img src="{address}" alt="A gate"/>'),
        "a.md": f"# Gates\n\n{PARAGRAPH} ![A gate]({address})\n".encode(),
        "a.rst": (
            f"Gates\n=====\n\n{PARAGRAPH}\n\n.. image:: {address}\n\n.. include:: {address}\n"
        ).encode(),
        "a.org": f"#+TITLE: Gates\n#+INCLUDE: {address}\n\n{PARAGRAPH} [[{address}]]\n".encode(),
        "a.tex": (
            "\\documentclass{article}\\usepackage{graphicx}\\begin{document}"
            f"{PARAGRAPH} \\includegraphics{{{address}}}\\input{{{address}}}\\end{{document}}"
        ).encode(),
    }


@pytest.mark.parametrize("name", linked(""))
def test_nothing_is_fetched(name: str) -> None:
    """Without the walls of the child's process too: no step opens an address."""
    with listening() as (address, called):
        document = import_document(linked(address)[name], name)
        assert any(PARAGRAPH in block.text for block in document.blocks)
        assert not document.pictures
    assert not called


def including(path: str) -> dict[str, str]:
    return {
        "a.tex": (
            "\\documentclass{article}\\begin{document}Words of the essay. "
            f"\\input{{{path}}}\\include{{{path}}}\\verbatiminput{{{path}}}\\lstinputlisting{{{path}}}"
            f"\\immediate\\write18{{touch {path}.written}}\\end{{document}}"
        ),
        "writing.tex": (
            "\\documentclass{article}\\begin{document}Words of the essay. "
            f"\\newwrite\\f\\openout\\f={path}.written\\write\\f{{x}}\\end{{document}}"
        ),
        "a.rst": (
            f"Gates\n=====\n\nWords of the essay.\n\n.. include:: {path}\n\n"
            f".. raw:: html\n   :file: {path}\n\n.. literalinclude:: {path}\n"
        ),
        "table.rst": (
            f"Gates\n=====\n\nWords of the essay.\n\n.. csv-table:: T\n   :file: {path}\n"
        ),
        "a.org": (
            f'#+TITLE: Gates\n#+INCLUDE: "{path}"\n#+SETUPFILE: {path}\n\nWords of the essay.\n\n'
            f"#+begin_src sh :results output\ntouch {path}.written\n#+end_src\n"
        ),
        "a.md": (
            f"---\nbibliography: {path}\ncsl: {path}\nabstract: !include {path}\n---\n\n"
            f"Words of the essay. ![x]({path}) {{{{< include {path} >}}}}\n\n!include {path}\n"
        ),
        "a.html": (
            f'<html><p>Words of the essay.</p><object data="file://{path}"></object>'
            f'<iframe src="{path}"></iframe><img src="file://{path}"><embed src="{path}">'
        ),
        "a.xml": (
            f'<?xml version="1.0"?><!DOCTYPE article [<!ENTITY f SYSTEM "file://{path}">]>'
            '<article xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>Words of the essay. &f;'
            f'<xi:include href="{path}" parse="text"/></p></body></article>'
        ),
    }


@pytest.mark.parametrize("name", including(""))
def test_no_other_file_is_read_or_written(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("Nobody may read this.", encoding="utf-8")
    read = outcome(including(str(secret))[name].encode(), name)
    if isinstance(read, ImportRefused):
        assert name in {"writing.tex", "table.rst", "a.xml"}, read
    else:
        whole = json.dumps(read.to_json())
        assert "Words of the essay." in whole
        assert "Nobody may read" not in whole
        assert not read.pictures
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


# Letters

TONGUES = {
    "French": "Où était l’élève ? Là-bas, près du château où naît la forêt, déjà inquiète. " * 9,
    "Polish": "Zażółć gęślą jaźń. Któż by pomyślał, że źródło wyschło, a łąka żółknie. " * 9,
    "Russian": "Гавань была старше города, и все корабли помнили её прежнее имя. " * 9,
    "Greek": "Το λιμάνι ήταν παλαιότερο από την πόλη και κάθε πλοίο το ήξερε. " * 9,
    "Japanese": "港は町よりも古く、船はみなその昔の名前を覚えていた。" * 9,
    "Chinese": "港口比城市更古老，每一艘船都记得它从前的名字。" * 9,
    "Taiwanese": "港口比城市更古老，每一艘船都記得它從前的名字。" * 9,
    "Korean": "항구는 도시보다 오래되었고 모든 배가 그 옛 이름을 기억했다. " * 9,
}
ENCODINGS = """
    utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be latin-1 cp1250 cp1251
    cp1252 cp1253 shift_jis euc_jp iso2022_jp gbk gb18030 big5 euc_kr koi8-r mac_roman cp437
""".split()  # noqa: SIM905 - read as words
PAIRS = [
    (tongue, encoding)
    for tongue, text in TONGUES.items()
    for encoding in ENCODINGS
    if text.replace("’", "'").encode(encoding, "ignore").decode(encoding) == text.replace("’", "'")
]


@pytest.mark.parametrize(("tongue", "encoding"), PAIRS)
@pytest.mark.parametrize("before", ["", f"{PARAGRAPH} " * 40])
def test_letters_are_right_or_the_person_is_told(tongue: str, encoding: str, before: str) -> None:
    text = (before + TONGUES[tongue]).replace("’", "'").strip()
    read = outcome(text.encode(encoding), "essay.txt")
    if isinstance(read, ImportRefused):
        assert read.code in {"unknown_encoding", "not_text"}
        return
    words = " ".join(block.text for block in read.blocks)
    told = {"guessed_encoding", "broken_characters"} & {one.code for one in read.warnings}
    assert told or words == " ".join(text.split())


def test_every_mark_of_an_encoding_is_known() -> None:
    text = f"{PARAGRAPH} 😀 港"
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ):
        document = import_document(mark + text.encode(encoding), "essay.txt")
        assert [block.text for block in document.blocks] == [text]


# What others have collected


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_naughty_strings(name: str, caplog: pytest.LogCaptureFixture) -> None:
    strings = corpus("naughty-strings/blns.json")
    if not strings:
        pytest.skip("The naughty strings are not on this machine.")
    start = "<!doctype html><p>" if name == "a.html" else "# Words\n\n"
    text = start + f"\n\n{PARAGRAPH}\n\n".join(strings)
    within_limits(text.encode("utf-8", "replace"), name, caplog)


WORD = sorted(CORPORA.glob("docx/*.docx")) or [Path()]


@pytest.mark.parametrize("path", WORD, ids=[path.name for path in WORD])
def test_word_files_that_have_broken_other_readers(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if not path.name:
        pytest.skip("The Word files are not on this machine.")
    within_limits(path.read_bytes(), path.name, caplog)


# Nothing half imported


def test_upload_of_a_bomb_leaves_a_reason_and_nothing_else(people: People) -> None:
    draft = sent(people.client("alice"), SimpleUploadedFile("a.docx", bomb_overlapping()))
    assert draft.state == ImportState.REFUSED
    assert translated(draft.refusal["message"])
    assert draft.document == {}
    assert not draft.pictures.exists()
    assert not Block.objects.exists()
    assert not Essay.objects.exists()

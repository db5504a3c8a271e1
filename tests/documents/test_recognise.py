"""What a file is; what is refused, and what is said then."""

from __future__ import annotations

import codecs
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from documents import MAX_BYTES, ImportRefused, import_document
from documents.readers.pandoc import program
from tests.documents.helpers import BODY, MORE, markdown, plain, texts, warnings

WORDS = f"On Harbours\n\nNaïve “café” – 5 €. {BODY}\n"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
        WORDS.replace("\n", "\r\n").encode(),
        WORDS.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 le", "utf-16 be", "cp1252", "crlf", "cr"],
)
def test_encodings(data: bytes) -> None:
    document = import_document(data, "essay.txt")
    assert texts(document) == ["On Harbours", f"Naïve “café” – 5 €. {BODY}"]


def test_a_guessed_encoding_is_told() -> None:
    assert "guessed_encoding" in warnings(import_document(WORDS.encode("cp1252"), "essay.txt"))
    assert "guessed_encoding" not in warnings(import_document(WORDS.encode(), "essay.txt"))


def test_one_broken_letter_does_not_spoil_the_rest() -> None:
    data = ("Гавань была старше города. " * 20).encode()
    document = import_document(data[:101] + b"\xff" + data[102:], "essay.txt")
    assert "broken_characters" in warnings(document)
    assert "Гавань была старше города." in texts(document)[-1]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "essay.md", "empty"),
        (b" \n\t\n", "essay.md", "empty"),
        (b"--- 123 ---", "essay.txt", "empty"),
        (b"<!-- nothing -->", "essay.md", "empty"),
        (b"a" * (MAX_BYTES + 1), "essay.md", "too_large"),
        (b"PK\x03\x04....word/document.xml", "essay.txt", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "essay.docx", "old_word"),
        (
            b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "essay.docx",
            "encrypted",
        ),
        (b"\x89PNG\r\n\x1a\n", "essay.docx", "unsupported_format"),
        (b"\x1f\x8b\x08\x00", "essay.md", "unsupported_format"),
        (
            b"<?xml version='1.0'?><playlist><title>Songs</title></playlist>",
            "e.xml",
            "unsupported_format",
        ),
        (b"\x00\x01\x02\x03" * 50, "essay.txt", "not_text"),
        (WORDS.encode("utf-16-le"), "essay.txt", "not_text"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "essay.txt", "damaged"),
        (bytes(range(0x80, 0x100)) * 8, "essay.txt", "unknown_encoding"),
    ],
)
def test_refusals(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        import_document(data, name)
    assert caught.value.code == code
    assert str(caught.value.message).endswith(".")
    assert str(caught.value.advice).endswith((".", ")"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("> " * 3000 + "deep", "too_complex"), ("[" * 900_000 + "x", "too_slow")],
    ids=["deep", "slow"],
)
def test_what_is_made_to_be_hard_is_refused(
    text: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "CPU_SECONDS", 1)  # not to wait here as long as a person may
    with pytest.raises(ImportRefused) as caught:
        import_document(text.encode(), "essay.md")
    assert caught.value.code == code


def test_a_few_control_characters_are_left_out_and_told() -> None:
    document = import_document(WORDS.replace("café", "ca\x00f\x1bé").encode(), "essay.txt")
    assert "café" in texts(document)[1]
    assert "removed_characters" in warnings(document)


@pytest.mark.parametrize(
    "text",
    [
        f"# Title\n\n{BODY}",
        f"A *word* of *note*. {BODY}",
        f"Title\n=====\n\n{BODY}",
        f"{BODY}[^1]\n\n[^1]: Note.",
        f"See [the book](https://example.org). {BODY}",
        f"{BODY}<sup>1</sup>",
    ],
)
def test_markdown_in_a_txt_file(text: str) -> None:
    assert plain(text).format == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"Title\n\n{BODY}\n\n- one\n- two\n\n{MORE}",
        f"He was #1 in a*b and 3 * 4 * 5. {BODY}",
        f"Title\n\n* * *\n\n{BODY}",
        f"{BODY} snake_case_name and 5 < 6 > 4.",
    ],
)
def test_plain_text_stays_plain(text: str) -> None:
    assert plain(text).format == "text"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"{\\rtf1\\ansi On harbours.\\par}", "rtf"),
        (b"<!DOCTYPE html><title>Quays</title><p>On harbours.", "html"),
        (b"<html><body><p>On harbours.</p></body></html>", "html"),
        (b"\\documentclass{article}\n\\begin{document}On harbours.\\end{document}", "latex"),
        (b"#+title: Quays\n\n* One\n\nOn harbours.", "org"),
        (b"Quays\n=====\n\n:Author: Ada Ferrer\n\nOn harbours [1]_.\n\n.. [1] A note.\n", "rst"),
        (
            b"<article xmlns='http://docbook.org/ns/docbook'><para>On harbours.</para></article>",
            "docbook",
        ),
        (
            b"<article><front><article-meta/></front><body><p>On harbours.</p></body></article>",
            "jats",
        ),
        (b"# Quays\n\nOn *harbours*.", "markdown"),
        (b"On harbours.", "text"),
    ],
)
@pytest.mark.parametrize("name", ["essay", "essay.docx", "essay.pdf"])
def test_content_tells_whatever_the_name_is(data: bytes, form: str, name: str) -> None:
    assert import_document(data, name).format == form


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = (
        '<html><head><meta charset="koi8-r"></head><body><p>Гавань была старше.</p></body></html>'
    )
    document = import_document(page.encode("koi8-r"), "page.html")
    assert texts(document) == ["Гавань была старше."]
    assert "guessed_encoding" not in warnings(document)


def test_a_markdown_name_is_believed() -> None:
    assert markdown(BODY).format == "markdown"


def test_preview_essay_refuses_plainly(tmp_path: Path) -> None:
    path = tmp_path / "essay.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError, match=r"essay\.png: This is a picture.*Markdown and plain"):
        call_command("preview_essay", str(path), stdout=StringIO())
    with pytest.raises(CommandError, match="No such file"):
        call_command("preview_essay", str(tmp_path / "gone.md"), stdout=StringIO())


def test_preview_essay_lists_the_result(tmp_path: Path) -> None:
    path = tmp_path / "essay.md"
    path.write_text(f"# Quays\n\n{BODY}<sup>1</sup>\n\n<sup>1</sup> A note.\n")
    out = StringIO()
    call_command("preview_essay", str(path), stdout=out)
    listing = out.getvalue()
    assert "title: Quays" in listing
    assert f"[notes 1 at {len(BODY)}]" in listing
    assert "~ bound_note:" in listing
    assert "1. A note." in listing


_LEGACY = {
    "cp1251": "Гавань была старше города, и город давно забыл, какие из его улиц были причалами.",
    "koi8-r": "Корабли приходили с вечерним приливом, и писари записывали их имена почерком.",
    "cp1250": "Port był starszy niż miasto, a miasto dawno zapomniało, które z ulic są nabrzeżami.",
    "iso8859-2": "Přístav byl starší než město, a to již dávno zapomnělo, že v ulicích byla voda.",
    "cp1254": "Liman kasabadan daha eskiydi ve bir kasaba için bu çok şaşırtıcı değil, ağır ışık.",
    "cp1253": "Το λιμάνι ήταν παλαιότερο από την πόλη, και η πόλη είχε ξεχάσει τους δρόμους της.",
    "cp1255": "כשהגיע הערב נכנסו הספינות לנמל והפקידים רשמו את שמותיהן בספר הגדול.",
    "cp1256": "كان الميناء أقدم من المدينة وقد نسيت المدينة أي شوارعها كانت أرصفة.",
    "gb18030": "港口比城镇更古老，没有人记得是谁第一个在那里过河；这是我们的旧事。",
    "big5": "港口比城鎮更古老，沒有人記得是誰第一個在那裡過河；這是我們的舊事。",
    "shift_jis": "港は町よりも古く、町はどの通りがかつて岸壁であったかをとうに忘れていた。",
    "euc_jp": "船は夕方の潮とともに入ってきて、それを数えた書記たちは名前を書き留めた。",
    "cp949": "항구는 마을보다 오래되었고, 마을은 어느 거리가 한때 부두였는지 오래전에 잊었다.",
    "mac_roman": "Le port était plus vieux que la ville, et la ville avait oublié où l’été est né.",
}


@pytest.mark.parametrize("encoding", _LEGACY)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_an_encoding_is_known_by_the_language_that_it_makes(encoding: str, name: str) -> None:
    line = _LEGACY[encoding]
    text = f"<html><body><p>{line}</p><p>{line}</p></body></html>" if name == "a.html" else line
    document = import_document(text.encode(encoding), name)
    assert document.blocks[-1].text == line
    assert "guessed_encoding" in [warning.code for warning in document.warnings]

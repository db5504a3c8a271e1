"""Which pictures are kept, and under what name."""

from __future__ import annotations

import pytest

from documents import Document
from documents.messages import Message
from documents.pictures import MAX_SIDE, PictureBox
from documents.sanitise import sanitised
from tests.documents.helpers import BODY, markdown
from tests.readings.pictures import data_address, picture_bytes


@pytest.mark.parametrize(
    ("form", "name", "media_type"),
    [
        ("PNG", "1.png", "image/png"),
        ("JPEG", "1.jpg", "image/jpeg"),
        ("GIF", "1.gif", "image/gif"),
        ("WEBP", "1.webp", "image/webp"),
    ],
)
def test_a_picture_is_what_its_bytes_are(form: str, name: str, media_type: str) -> None:
    data = picture_bytes(form)
    box = PictureBox({"a.png": data}.get)
    assert box.take("a.png") == name
    picture = box.pictures[0]
    assert (picture.media_type, picture.width, picture.height) == (media_type, 40, 30)
    assert picture.data == data


def test_the_same_picture_is_kept_once() -> None:
    box = PictureBox(lambda _: picture_bytes())
    assert [box.take("a.png"), box.take("b.png")] == ["1.png", "1.png"]
    assert len(box.pictures) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "drawing"),
        (b"\xd7\xcd\xc6\x9a" + bytes(50), "drawing"),
        (bytes(40) + b" EMF" + bytes(50), "drawing"),
        (b"MZ" + bytes(100), "damaged"),
        (picture_bytes("BMP"), "damaged"),
        (picture_bytes()[:30], "damaged"),
        (picture_bytes("PNG", (MAX_SIDE + 1, 1)), "damaged"),
        (None, "not in the file"),
    ],
)
def test_what_is_not_kept_says_why(data: bytes | None, why: str) -> None:
    reason = PictureBox(lambda _: data).take("a.png")
    assert isinstance(reason, Message)
    assert why in str(reason)


def figure(text: str) -> tuple[Document, str]:
    document = markdown(f"# T\n\n{BODY}\n\n{text}\n\n{BODY} Again.\n")
    return document, document.blocks[2].html


def test_a_picture_inside_markdown() -> None:
    address = data_address(picture_bytes())
    document, html = figure(f'![A quay.]({address} "The quay")')
    assert html == '<img src="picture:1.png" alt="A quay.">The quay'
    assert (document.blocks[2].kind, document.blocks[2].text) == ("figure", "The quay")
    _, bare = figure(f"![A quay.]({address})")
    assert bare == '<img src="picture:1.png" alt="A quay.">'


def test_a_picture_inside_a_line_is_no_text() -> None:
    document = markdown(f"# T\n\nBefore ![dot]({data_address(picture_bytes())}) after. {BODY}\n")
    assert document.blocks[1].text == f"Before after. {BODY}"
    assert '<img src="picture:1.png" alt="dot">' in document.blocks[1].html


@pytest.mark.parametrize(
    "source",
    ["https://e.org/a.png", "data:image/png;base64,AA", "picture:../1.png", "picture:1.svg",
     "javascript:alert(1)", "//e.org/a.png", "1.png", "picture:"],
)  # fmt: skip
def test_no_other_address_comes_through(source: str) -> None:
    assert sanitised(f'<img src="{source}" alt="x">') == '<img alt="x">'


def test_only_the_elements_source_may_be_a_picture() -> None:
    assert sanitised('<a href="picture:1.png">x</a>') == "<a>x</a>"

"""Notes that a page sets beside its text, hides, or shows twice."""

from __future__ import annotations

import pytest

from tests.documents.helpers import BODY, MORE, texts
from tests.documents.test_web import page, refs

_LIST = '<section class="footnotes"><ol><li id="n1">A note. <a href="#r1">↩</a></li></ol></section>'
_LINK = '<sup><a href="#n1" id="r1">1</a></sup>'
_HIDDEN = '<span id="n1" class="text" hidden>A note.</span>'


@pytest.mark.parametrize(
    ("reference", "beside", "below"),
    [
        ("<sup>1</sup>", '<aside class="sidenote"><p><sup>1</sup> A note.</p></aside>', ""),
        ("<sup>1</sup>", "<aside><p>1. A note.</p></aside>", ""),
        ("", '<aside class="marginnote">A note.</aside>', ""),
        (f'{_LINK}<span class="sidenote">A note.</span>', "", _LIST),
        (_LINK, "", f'<div class="column"><div class="sidenote"><p>A note.</p></div></div>{_LIST}'),
        (f'<span class="number" data-note="n1">1</span>{_HIDDEN}', "", ""),
        ('<button aria-describedby="n1">1</button>', "", _HIDDEN),
    ],
    ids=["numbered", "named by its number", "bare", "twice", "column", "hidden", "button"],
)
def test_side_notes(reference: str, beside: str, below: str) -> None:
    text = f"<p>{BODY}{reference}</p>{beside}<p>{MORE}</p>{below}"
    document = page(f"<article><h1>T</h1>{text}</article>")
    assert texts(document) == ["T", BODY, MORE]
    assert [(note.number, note.text) for note in document.notes] == [("1", "A note.")]
    assert refs(document) == [("1", len(BODY))]


def test_an_aside_without_the_number_is_no_note() -> None:
    document = page(
        f"<article><h1>T</h1><p>{BODY}<sup>2</sup></p><aside><p>1901 was a dry year.</p></aside>"
        f"<p>{MORE}</p></article>"
    )
    assert document.notes == ()
    assert "1901 was a dry year." in texts(document)


def test_a_heading_right_below_the_title_is_its_deck() -> None:
    deck = "A study of old quays and of who kept them"
    top = f"<h1>On Harbours</h1><h2>{deck}</h2><p>{BODY}</p>"
    document = page(f"<article>{top}<p>{MORE}</p></article>")
    assert document.metadata.subtitle == deck
    assert texts(document) == ["On Harbours", BODY, MORE]
    parted = page(f"<article>{top}<h2>The end</h2><p>{MORE}</p></article>")
    assert parted.metadata.subtitle == ""

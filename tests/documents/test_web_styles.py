"""What a page says by its style sheet alone."""

from __future__ import annotations

import pytest

from documents import Document, import_document
from tests.documents.helpers import BODY, MORE, kinds, shape, texts


def page(body: str, css: str) -> Document:
    head = f"<head><title>The Harbour</title><style>{css}</style></head>"
    html = f"<!DOCTYPE html><html lang=en>{head}<body>{body}</body></html>"
    return import_document(html.encode(), "page.html")


@pytest.mark.parametrize(
    ("css", "markup"),
    [
        (".c1 { font-style: italic }", "<em>north-east</em>"),
        ("span.c1 { font-weight: 700 }", "<strong>north-east</strong>"),
        (".c0, .c1 { vertical-align: super; font-size: 7pt }", "<sup>north-east</sup>"),
        (".c1{font-style:italic;font-weight:bold}", "<em><strong>north-east</strong></em>"),
        ("/* .c1 { font-style: italic } */", "north-east"),
        (".c1 { color: red }", "north-east"),
        ("@media print { .c1 { font-style: italic } }", "north-east"),
        ('@charset "utf-8"; .c1 { font-style: italic }', "<em>north-east</em>"),
        ("} { .c1 { font-style: italic", "north-east"),
    ],
)
def test_a_class_says_how_its_words_are_set(css: str, markup: str) -> None:
    html = f'<h1>The Harbour</h1><p>{BODY} The wind is <span class="c1">north-east</span>.</p>'
    document = page(html, css)
    assert document.blocks[1].text == f"{BODY} The wind is north-east."
    assert document.blocks[1].html.endswith(f"The wind is {markup}.")


def test_a_style_attribute_says_it_too() -> None:
    html = f'<h1>The Harbour</h1><p>{BODY} <span style="font-style:italic">So be it.</span></p>'
    assert page(html, "").blocks[1].html.endswith("<em>So be it.</em>")


def test_paragraphs_in_larger_type_are_headings() -> None:
    css = ".t { font-size: 24pt } .h { font-size: 15pt } .b { font-size: 11pt }"
    html = (
        '<p class="t">The Harbour</p><p class="h">The pilots</p>'
        f'<p class="b">{BODY}</p><p class="b">{MORE}</p>'
        f'<p class="h">The clerks</p><p class="b">{MORE}</p><p class="b">{BODY}</p>'
    )
    assert shape(page(html, css)) == [
        ("heading", 1, "The Harbour"),
        ("heading", 2, "The pilots"),
        ("paragraph", None, BODY),
        ("paragraph", None, MORE),
        ("heading", 2, "The clerks"),
        ("paragraph", None, MORE),
        ("paragraph", None, BODY),
    ]


def test_a_page_with_headings_of_its_own_is_believed() -> None:
    css = ".lead { font-size: 18pt } .b { font-size: 11pt }"
    html = (
        '<h1>The Harbour</h1><p class="lead">Ships came in with the tide.</p>'
        f'<p class="b">{BODY}</p>'
        f'<h2>The clerks</h2><p class="b">{MORE}</p><p class="b">{BODY}</p>'
    )
    assert kinds(page(html, css)) == ["heading", *["paragraph"] * 2, "heading", *["paragraph"] * 2]


def test_lines_in_a_typewriters_letters_are_code() -> None:
    css = ".m { font-family: 'Courier New', monospace }"
    html = (
        f'<h1>The Harbour</h1><p>{BODY}</p><p class="m">tide = 4</p>'
        f'<p class="m">lamp = tide + 1</p><p>{MORE}</p>'
    )
    assert shape(page(html, css))[2] == ("code", None, "tide = 4\nlamp = tide + 1")


def test_paragraphs_set_in_are_quotations() -> None:
    css = ".q { margin: 0 0 0 0.5in } .i { margin-left: 0.5in; text-indent: -0.25in }"
    html = (
        f"<h1>The Harbour</h1><p>{BODY}</p><p>{MORE}</p>"
        f'<p class="q">You keep the chapel over the tavern.</p><p class="i">One mark only.</p>'
        f"<p>{MORE}</p><p>{BODY}</p>"
    )
    document = page(html, css)
    assert kinds(document).count("blockquote") == 1
    assert texts(document)[3] == "You keep the chapel over the tavern."


@pytest.mark.parametrize("attribute", ['src:="x"', '":="x"', "o:p:=1", "a'b:c=1"])
def test_attributes_that_name_nothing_are_left_out(attribute: str) -> None:
    document = page(f"<h1>The Harbour</h1><p {attribute}>{BODY}</p><p>{MORE}</p>", "")
    assert texts(document) == ["The Harbour", BODY, MORE]


@pytest.mark.parametrize("opening", ["<main>", '<div role="main">'])
def test_notes_beside_the_main_part_are_kept(opening: str) -> None:
    closing = "</main>" if opening == "<main>" else "</div>"
    html = (
        f"{opening}<h1>The Harbour</h1><p>{BODY}<sup id=r1><a href='#n1'>1</a></sup></p>"
        f"<p>{MORE}</p>{closing}"
        "<ol><li id=n1>The stone is dated. <a href='#r1'>↩</a></li></ol>"
    )
    document = page(html, "")
    assert [note.text for note in document.notes] == ["The stone is dated."]
    assert [len(block.note_refs) for block in document.blocks] == [0, 1, 0]

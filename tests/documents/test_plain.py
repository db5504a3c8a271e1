"""The plain form in which people edit a block: what comes back is what went in."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents import DocumentBlock, NoteRef
from documents.editing.block_words import plain_words, typed, written
from documents.editing.plain_form import plain_of, rich_of_html, rich_of_plain
from documents.rich import InlineMark, Rich

many = settings(max_examples=400, deadline=None)

CHARS = st.sampled_from([*"abc *[]()<>\\^!`_~&;:/\"'", "é", "字", "🖋", "[^7]", "](http", "<em>"])
TEXTS = st.lists(CHARS, min_size=1, max_size=40).map("".join)
TAGS = st.sampled_from(["em", "strong", "sup", "code", "a", "q", "span", "br", "img"])
ATTRS = {
    "a": (("href", "https://example.org/a?b=1&c=(2)"),),
    "span": (("lang", "fr"),),
    "img": (("src", "picture:1.png"), ("alt", "A [gate] \\ at dusk")),
}


EMPTY = DocumentBlock("paragraph", None, 1, "", "", (), "k")


@st.composite
def blocks(draw: st.DrawFn) -> DocumentBlock:
    """A paragraph as the importer writes it, with any marks and references over it."""
    text = " ".join(draw(TEXTS).split()) or "a"
    places = st.integers(0, len(text))
    marks = []
    for tag in draw(st.lists(TAGS, max_size=5)):
        start, end = sorted((draw(places), draw(places)))
        if tag in {"br", "img"}:
            end = start
            if tag == "br" and text[start : start + 1] != " ":
                continue  # the importer keeps a space after each line break
        marks.append(InlineMark(start, end, tag, ATTRS.get(tag, ())))
    refs = tuple(NoteRef(n, draw(places)) for n in draw(st.lists(st.sampled_from(["7", "*"]))))
    return written(EMPTY, Rich(text, tuple(marks), refs))


PICTURE = InlineMark(3, 3, "img", ATTRS["img"])


@many
@given(blocks())
@example(written(EMPTY, Rich("a![^7]", (PICTURE,), ())))
@example(written(EMPTY, Rich("a!()", (), (NoteRef("7", 2),))))
def test_a_block_that_is_saved_unchanged_keeps_its_text_and_references(
    block: DocumentBlock,
) -> None:
    again = written(block, typed(block, plain_words(block)).squashed())
    assert again.text == block.text
    assert sorted(again.note_refs, key=str) == sorted(block.note_refs, key=str)
    assert again.html.count("<img") == block.html.count("<img")
    assert again.html.count("<br") == block.html.count("<br")


@many
@given(st.lists(CHARS, max_size=60).map("".join))
@example("***both***")
@example("*a **b** c* [l](http://x.y)*")
def test_whatever_is_typed_its_letters_stay(words: str) -> None:
    """Only signs that became markup go; a letter never does, nor the number of a reference."""
    rich = rich_of_plain(words)
    kept = rich.text + "".join(ref.number for ref in rich.refs)
    assert sorted(c for c in kept if c in "é字🖋") == sorted(c for c in words if c in "é字🖋")
    assert [c for c in rich_of_plain(words, refs=False).text if c in "é字🖋"] == [
        c for c in words if c in "é字🖋"
    ]
    assert all(0 <= mark.start <= mark.end <= len(rich.text) for mark in rich.marks)
    assert all(0 <= ref.offset <= len(rich.text) for ref in rich.refs)


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("Plain words", "Plain words"),
        ("so *very* **loud**", "so <em>very</em> <strong>loud</strong>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("*outer **inner** again*", "<em>outer <strong>inner</strong> again</em>"),
        ("un*believ*able", "un<em>believ</em>able"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("an *open star", "an *open star"),
        ("a [link](https://example.org/x)", 'a <a href="https://example.org/x">link</a>'),
        ("a [link](javascript:alert)", "a [link](javascript:alert)"),
        ("as he wrote [sic] here", "as he wrote [sic] here"),
        ("the 70<sup>th</sup> year", "the 70<sup>th</sup> year"),
        ("a < b and <script>alert</script>", "a &lt; b and &lt;script&gt;alert&lt;/script&gt;"),
        ("one\ntwo", "one<br> two"),
        (r"a star \* and \[^7]", "a star * and [^7]"),
        ('<span lang="fr">mot</span>', '<span lang="fr">mot</span>'),
        ("</em> alone", "&lt;/em&gt; alone"),
    ],
)
def test_signs(words: str, html: str) -> None:
    assert rich_of_plain(words).html() == html


def test_reference_stands_where_it_is_typed() -> None:
    rich = rich_of_plain("He said so.[^7] Twice.[^*]")
    assert rich.text == "He said so. Twice."
    assert rich.refs == (NoteRef("7", 11), NoteRef("*", 18))


def test_plain_form_is_read_easily() -> None:
    rich = rich_of_html(
        'A <em>gate</em> in the 70<sup>th</sup> year, <a href="https://e.org">there</a> [sic].',
        (NoteRef("7", 6),),
    )
    assert plain_of(rich) == (
        "A *gate*[^7] in the 70<sup>th</sup> year, [there](https://e.org) [sic]."
    )


def test_code_is_edited_as_it_is() -> None:
    block = DocumentBlock("code", None, None, "a * b\n  [c](d)", "a * b\n  [c](d)", (), "k")
    assert plain_words(block) == block.text
    assert typed(block, "x < *y*\r\n  z").text == "x < *y*\n  z"

"""Marks and note references in a block's words, held by properties.

The output is read back by an XML parser, which accepts no wrong nesting.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from documents.block_names import note_name
from readings.page.layers import Mark
from readings.page.marks import Reference, render_block
from readings.page.slots import Own, fill

# Letters, markup's own characters, a combining accent, letters outside the basic plane.
CHARACTERS = st.sampled_from("ab é\u0301&<>\"'“𝔘🙂👩\u200d🎓漢ا\u00a0")
WORDS = st.text(CHARACTERS, min_size=1, max_size=12)
TAGS = st.sampled_from(
    ["em", "strong", "code", "q", 'span lang="fr"', 'a href="https://x.example/?a=1&amp;b=2"']
)


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def wrap(pair: tuple[str, list[str]]) -> str:
        tag, inside = pair
        return f"<{tag}>{''.join(inside)}</{tag.split()[0]}>"

    return st.tuples(TAGS, st.lists(children, max_size=3)).map(wrap)


LEAF = WORDS.map(lambda words: escape(words, quote=False)) | st.just("<br/>")
HTML = st.lists(st.recursive(LEAF, element, max_leaves=8), min_size=1, max_size=5).map("".join)


ME = 7  # who looks


def shown(html: str, **more: Any) -> str:
    """The block as ME sees it."""
    return fill(render_block(html, **more), Own(ME))


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<root>{html}</root>")  # noqa: S314 - our own output


def pieces(node: ElementTree.Element, cards: str = "") -> Iterator[tuple[str, str]]:
    """Each run of text, without the references to notes, with the threads that cover it."""
    if "data-skip" in node.attrib:
        return
    if node.tag == "mark":
        cards = node.get("data-threads", "")
    if node.text:
        yield node.text, cards
    for child in node:
        yield from pieces(child, cards)
        if child.tail:
            yield child.tail, cards


def text_of(html: str) -> str:
    return "".join(text for text, _ in pieces(parsed(html)))


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark], list[Reference]]:
    html = draw(HTML)
    length = len(text_of(html))
    marks = []
    for number in range(draw(st.integers(0, 6)) if length else 0):
        start = draw(st.integers(0, length - 1))
        end = draw(st.integers(start + 1, length))
        author = draw(st.sampled_from([0, ME, 8]))
        marks.append(Mark("k", start, end, f"t{number}", author=author))
    offsets = draw(st.lists(st.integers(0, length), max_size=3))
    references = [Reference(str(i), at, f"ref-{i}") for i, at in enumerate(offsets)]
    return html, marks, references


@given(marked())
def test_text_is_unchanged_and_each_character_has_exactly_its_marks(
    case: tuple[str, list[Mark], list[Reference]],
) -> None:
    html, marks, references = case
    rendered = shown(html, references=references, marks=marks)
    at = 0
    for text, cards in pieces(parsed(rendered)):
        for _ in text:
            covering = {mark.card[1:] for mark in marks if mark.start <= at < mark.end}
            assert set(cards.split()) == covering
            at += 1
    assert text_of(rendered) == text_of(html)


@given(marked())
def test_a_screen_reader_is_told_of_each_mark_once_and_first_where_it_begins(
    case: tuple[str, list[Mark], list[Reference]],
) -> None:
    html, marks, references = case
    # The first began in an earlier block.
    marks = [replace(mark, begins=mark.card != "t0") for mark in marks]
    rendered = parsed(shown(html, references=references, marks=marks))
    told = [card for node in rendered.iter("mark") for card in node.get("aria-details", "").split()]
    assert sorted(told) == sorted({mark.card for mark in marks} - {"t0"})
    for card in told:
        named = [n for n in rendered.iter("mark") if card[1:] in n.attrib["data-threads"].split()]
        assert card in named[0].get("aria-details", "").split()


@given(marked())
def test_each_reference_stands_once_at_its_place_and_in_no_link_and_no_mark(
    case: tuple[str, list[Mark], list[Reference]],
) -> None:
    html, marks, references = case
    rendered = parsed(shown(html, references=references, marks=marks))
    found: dict[str, int] = {}

    def walk(node: ElementTree.Element, at: int, inside: tuple[str, ...]) -> int:
        if "data-skip" in node.attrib:
            assert "a" not in inside
            assert "mark" not in inside
            assert node.attrib["id"] not in found
            found[node.attrib["id"]] = at
            return at
        at += len(node.text or "")
        for child in node:
            at = walk(child, at, (*inside, node.tag))
            at += len(child.tail or "")
        return at

    walk(rendered, 0, ())
    assert found == {reference.id: reference.offset for reference in references}


def test_shortest_passage_is_named_first() -> None:
    marks = [Mark("k", 0, 9, "t4"), Mark("k", 2, 5, "t7")]
    assert 'data-threads="7 4"' in render_block("some words", marks=marks)


def test_own_marks_and_those_of_a_group_say_under_which_filter_they_show() -> None:
    def show(mark: Mark) -> str:
        return parsed(shown("word", marks=[mark]))[0].get("data-show", "all")

    assert show(Mark("k", 0, 4, "t1", author=ME, audience="me")) == "mine group all"
    assert show(Mark("k", 0, 4, "t1", author=8, audience="seminar")) == "all"
    assert show(Mark("k", 0, 4, "t1", audience="group")) == "group all"
    assert show(Mark("k", 0, 4, "t1", audience="seminar")) == "all"
    assert show(Mark("k", 0, 4, "g1", audience="guide")) == "mine group all"


def test_guide_note_is_named_apart_from_threads_of_the_same_number() -> None:
    rendered = parsed(render_block("word", marks=[Mark("k", 0, 4, "g5", audience="guide")]))[0]
    assert rendered.attrib["data-mark"] == "g5"
    assert "data-threads" not in rendered.attrib


def test_white_space_between_cells_stays_where_a_browser_keeps_it() -> None:
    table = "<table><tbody><tr><td>a b</td> <td>c</td></tr></tbody></table>"
    rendered = render_block(
        table, marks=[Mark("k", 0, 5, "t1")], references=[Reference("1", 3, "ref-1")]
    )
    row = parsed(rendered).find(".//tr")
    assert row is not None
    assert [child.tag for child in row] == ["td", "td"]
    first, second = row
    assert [child.tag for child in first] == ["mark", "a"]
    assert [child.tag for child in second] == ["mark"]


def test_reference_may_follow_the_last_word_and_need_no_marks() -> None:
    rendered = render_block("<em>End.</em>", references=[Reference("*", 4, "ref--2a")])
    assert rendered.startswith('<em>End.</em><a class="fn" id="ref--2a" href="#note--2a"')
    assert note_name("*") == "-2a"


def test_marks_beyond_the_text_do_no_harm() -> None:
    rendered = render_block("word", marks=[Mark("k", 2, 99, "t1"), Mark("k", 50, 60, "t2")])
    assert text_of(rendered) == "word"

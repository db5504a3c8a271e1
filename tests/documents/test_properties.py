"""What holds for every text that can be read at all."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents import Document, ImportRefused, NoteRef, import_document
from documents.numbering import NUMBERED
from documents.readers.text.plain_text import read_text
from documents.rich import InlineMark, Rich, joined
from documents.sanitise import sanitised
from tests.processor import with_seconds

slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(max_examples=300, deadline=None)

SOUP = """
    harbour Quay TIDE 1986. ship-yard naïve “quoted” (in brackets) The town, was: old? 港口 Гавань
    שלום cafe\u0301 10 & <b>bold</b> *soft* **hard** `code` [link](https://example.org/a_b)
    — … ! $5 @ada
    <sup>1</sup> <sup>th</sup> <sup>2</sup> [1] \\* a_b_c x < y > z # * - 1. | ~ ^
"""
WORDS = st.sampled_from(SOUP.split())
LINES = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
STARTS = st.sampled_from(
    [
        "",
        "",
        "",
        "# ",
        "## ",
        "### 1. ",
        "- ",
        "1. ",
        "2) ",
        "> ",
        "<sup>1</sup> ",
        "[1] ",
        "* ",
        "    ",
    ]
)
BLOCKS = st.one_of(
    st.tuples(STARTS, LINES).map("".join),
    st.sampled_from(
        ["---", "***", "TPQ", "Summer 2020", "By Ada Ferrer", "Figure 1", "12", "Notes", ""]
    ),
    LINES.map(lambda line: f"*{line}*"),
    LINES.map(lambda line: f"**{line}**"),
    st.lists(LINES, min_size=2, max_size=4).map("\n".join),
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ESSAYS = st.lists(BLOCKS, min_size=1, max_size=12).map("\n\n".join)


def read(text: str, name: str) -> Document | None:
    try:
        return import_document(text.encode("utf-8", "replace"), name)
    except ImportRefused as refusal:
        told = str(refusal.message) and str(refusal.advice)
        return None if told else pytest.fail(refusal.code)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def held(document: Document) -> str:
    """All that the result says anywhere: what went from the text is in its repairs."""
    data = document.metadata
    return " ".join(
        [
            *(f"{block.marker} {block.text}" for block in document.blocks),
            *(f"{note.number} {note.text}" for note in document.notes),
            data.title,
            data.abstract,
            data.author_note,
            *(str(repair.detail) for repair in document.repairs),
        ]
    )


def check(document: Document, name: str, text: str) -> None:
    for block in document.blocks:
        assert unescape(re.sub(r"<[^>]*>", "", block.html)) == block.text
        assert sanitised(block.html, table=block.kind == "table") == block.html
        offsets = [ref.offset for ref in block.note_refs]
        assert all(0 <= offset <= len(block.text) for offset in offsets)
        assert offsets == sorted(offsets)
        if block.kind not in {"code", "verse", "table"}:
            assert block.text == block.text.strip()
            assert "\n" not in block.text
        assert (block.number is not None) == (block.kind in NUMBERED)
        assert (block.level is not None) == (block.kind in {"heading", "list_item"})
    for note in document.notes:
        assert unescape(re.sub(r"<[^>]*>", "", note.html)) == note.text
    numbers = [block.number for block in document.blocks if block.number]
    assert numbers == list(range(1, len(numbers) + 1))
    keys = [block.key for block in document.blocks]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{1,23}", key) for key in keys)
    known = [note.number for note in document.notes]
    assert len(known) == len(set(known))
    assert {ref.number for block in document.blocks for ref in block.note_refs} <= set(known)
    places = [one.block for one in document.repairs]
    places += [one.block for one in document.warnings]
    assert all(place is None or 0 <= place < len(document.blocks) for place in places)
    levels = [block.level for block in document.blocks if block.kind == "heading"]
    assert all(level and 1 <= level <= 6 for level in levels)
    assert Document.from_json(document.to_json()) == document
    assert import_document(text.encode("utf-8", "replace"), name) == document


@slow
@given(text=ESSAYS, name=st.sampled_from(["essay.md", "essay.txt"]))
@example(text="# T\n\n[1] a\n\nb [1]", name="essay.md")
def test_every_essay_holds_together(text: str, name: str) -> None:
    document = read(text, name)
    if document:
        check(document, name, text)


@many
@given(text=st.text(max_size=400))
def test_any_plain_text_holds_together(text: str) -> None:
    document = read(text, "essay.txt")
    if document and document.format == "text":
        check(document, "essay.txt", text)
        found = "".join(words(held(document)))
        text = unicodedata.normalize("NFC", CONTROLS.sub("", text))
        for word in words(text):
            assert word in found


@slow
@given(text=st.text(max_size=300))
def test_any_markdown_holds_together(text: str) -> None:
    document = read(text, "essay.md")
    if document:
        check(document, "essay.md", text)


@slow
@given(
    essay=st.lists(
        st.tuples(STARTS, st.lists(st.integers(10_000, 99_999), min_size=1, max_size=20)),
        min_size=1,
        max_size=8,
    )
)
def test_no_word_is_lost(essay: list[tuple[str, list[int]]]) -> None:
    """Each word is marked, so that each can be looked for."""
    text = "\n\n".join(start + " ".join(f"w{word}w" for word in line) for start, line in essay)
    for name in ("essay.md", "essay.txt"):
        document = read(text, name)
        assert document is not None
        found = words(held(document))
        for _, line in essay:
            for word in line:
                assert f"w{word}w" in found


@many
@given(text=st.text(alphabet="ab \u00a0\n\t;«1", max_size=30), data=st.data())
def test_squashing_keeps_words_marks_and_references_in_place(
    text: str, data: st.DataObject
) -> None:
    at = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(at, at), max_size=4))
    marks = tuple(InlineMark(min(a, b), max(a, b), "em") for a, b in spans if a != b)
    refs = tuple(NoteRef(str(n), n) for n in sorted(data.draw(st.sets(at, max_size=4))))
    rich = Rich(text, marks, refs).squashed()
    assert rich.text.split() == text.split()
    assert rich.squashed() == rich
    for mark in rich.marks:
        assert 0 <= mark.start < mark.end <= len(rich.text)
    for ref in rich.refs:
        before = text[: int(ref.number)].split()
        assert "".join(rich.text[: ref.offset].split()) == "".join(before)
    assert unescape(re.sub(r"<[^>]*>", "", rich.html())) == rich.text


@many
@given(parts=st.lists(st.text(alphabet="abc <&>", min_size=1, max_size=12), min_size=1, max_size=5))
def test_joining_and_cutting_are_inverse(parts: list[str]) -> None:
    riches = [
        Rich(part, (InlineMark(0, len(part), "em"),), (NoteRef("1", len(part)),)) for part in parts
    ]
    whole = joined(riches)
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part) + 1)
    for (start, after), rich in zip(pairwise(ends), riches, strict=True):
        assert whole.clip(start, after - 1) == rich


@many
@given(lines=st.lists(st.text(alphabet="aB. -*1", max_size=90), max_size=12))
def test_the_plain_reader_keeps_every_letter_in_its_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    draft = read_text(text)
    found = " ".join(f"{block.marker} {block.text}" for block in draft.blocks)
    # A word that is broken at the end of a line may be whole again.
    assert "".join(words(found)) == "".join(words(text))


def essay_of(parts: int) -> bytes:
    """An essay of about 450 bytes a part, each with a heading, a paragraph and a note."""
    paragraph = (
        "The harbour was older than the town<sup>{0}</sup>, and *nobody* knew its quays. " * 5
    )
    body = "\n\n".join(
        f"## Part {n}\n\n{paragraph.format(n)}\n\n<sup>{n}</sup> Note {n}." for n in range(parts)
    )
    return f"# T\n\n{body}\n".encode()


def seconds_to_read(name: str, parts: int) -> float:
    data = essay_of(parts)
    document, seconds = with_seconds(lambda: import_document(data, name))
    assert len(document.blocks) > parts
    return seconds


@pytest.mark.parametrize("name", ["essay.md", "essay.txt"])
def test_time_grows_with_the_text_and_not_faster(name: str) -> None:
    """Four times the text may cost four times the time; sixteen times would be a square."""
    seconds_to_read(name, 20)  # what is made on first use is not counted
    assert seconds_to_read(name, 2000) / seconds_to_read(name, 500) < 8

"""Edits on a document: valid after any of them, the same on every replay, no word lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import KINDS, Document, DocumentBlock, NoteRef, import_document
from documents.document import DocumentNote
from documents.editing.edited import CannotEdit, Edited, apply, check
from documents.editing.edits import (
    About,
    AddNote,
    BringBack,
    Describe,
    Drop,
    DropNote,
    Edit,
    Look,
    Merge,
    Move,
    Reword,
    RewordNote,
    SetKind,
    Split,
    from_json,
    to_json,
)
from documents.numbering import NUMBERED, numbered
from documents.sanitise import sanitised, text_content

ESSAY = b"""# Small gates

*By Nora Field*

## The first gate

A gate is a fence that has *changed its mind*, and everyone is grateful.[^1]

It closes again. Then it opens.[^2]

- one thing
- another **thing**

| here | there |
|---|---|
| 1 | 2 |

> Every gate is a question.

| A line of verse
| and one more

    code  stays

---

It closes again. Then it opens.

[^1]: Said by a *carpenter*.
[^2]: Said twice.
"""
DOCUMENT = import_document(ESSAY, "gates.md")
PICTURE = DocumentBlock(
    "figure", None, None, "A gate", '<img src="picture:1.png" alt="">A gate', (), "fig"
)
DOCUMENT = replace(DOCUMENT, blocks=(*DOCUMENT.blocks, PICTURE))
many = settings(max_examples=250, deadline=None)


def key(words: str, edited: Edited | None = None) -> str:
    blocks = edited.document.blocks if edited else DOCUMENT.blocks
    return next(block.key for block in blocks if block.text.startswith(words))


@st.composite
def edits(draw: st.DrawFn) -> list[Edit]:
    """Edits as a person makes them, one after the other, some of them impossible."""
    done: list[Edit] = []
    for _ in range(draw(st.integers(0, 12))):
        now = apply(DOCUMENT, done)
        blocks = now.document.blocks
        at = draw(st.integers(0, max(len(blocks) - 1, 0)))
        one = blocks[at].key if blocks else "none"
        above = blocks[at - 1].key if at else "none"
        some = draw(st.sampled_from([*(block.key for block in blocks), "none"]))
        number = draw(st.sampled_from(["1", "2", "9"]))
        words = draw(st.sampled_from(["New *words*", "", "Of [^1] and [^2]", "a\nb", "x [^9]"]))
        choices: list[Edit] = [
            SetKind(one, draw(st.sampled_from(KINDS)), draw(st.sampled_from([None, 1, 3, 40]))),
            Merge(one, above),
            Split(one, draw(st.integers(-1, 40))),
            Drop(one),
            BringBack(now.dropped[0].block.key if now.dropped else some),
            Reword(one, words),
            Move(one, some),
            Describe(one, 0, "A gate at <dusk>"),
            AddNote(number, words, one, draw(st.integers(0, 20))),
            RewordNote(number, words),
            DropNote(number),
            About({"title": words, "authors": ["N. F."]}),
            Look("a warning"),
        ]
        done.append(draw(st.sampled_from(choices)))
    return done


def letters(blocks: tuple[DocumentBlock, ...]) -> list[str]:
    """Every letter of these blocks, whatever the order: the white space between may change."""
    return sorted("".join("".join(block.text.split()) for block in blocks))


def assert_valid(edited: Edited) -> None:
    document = edited.document
    keys = [block.key for block in document.blocks]
    assert len(set(keys)) == len(keys)
    assert all(0 < len(one) <= 24 for one in keys)
    numbers = [block.number for block in document.blocks if block.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    known = {note.number for note in document.notes}
    assert len(known) == len(document.notes)
    for block in document.blocks:
        assert (block.number is not None) == (block.kind in NUMBERED)
        assert text_content(block.html) == block.text
        assert sanitised(block.html, table=block.kind == "table") == block.html
        assert all(0 <= ref.offset <= len(block.text) for ref in block.note_refs)
        assert {ref.number for ref in block.note_refs} <= known
        levels = {"heading": range(1, 7), "list_item": range(1, 10)}.get(block.kind, [None])
        assert block.level in levels
        assert len(block.marker) <= 12
    for note in document.notes:
        assert text_content(note.html) == note.text
    places = [one.block for one in document.repairs] + [one.block for one in document.warnings]
    assert all(place is None or 0 <= place < len(keys) for place in places)
    assert len(edited.warning_ids) == len(document.warnings)
    assert Document.from_json(document.to_json()) == document


@many
@given(edits())
def test_any_edits_leave_a_valid_document(done: list[Edit]) -> None:
    assert_valid(apply(DOCUMENT, done))


@many
@given(edits())
def test_the_same_edits_give_the_same_document_and_json_keeps_them(done: list[Edit]) -> None:
    assert [from_json(to_json(one)) for one in done] == done
    assert apply(DOCUMENT, done) == apply(DOCUMENT, [from_json(to_json(one)) for one in done])


@many
@given(edits())
def test_an_edit_and_its_undoing_and_redoing(done: list[Edit]) -> None:
    """Undoing is one edit fewer: each step back is the very state that was there."""
    states = [apply(DOCUMENT, done[:n]) for n in range(len(done) + 1)]
    for n in reversed(range(len(done))):
        if n in states[n + 1].lost:
            assert states[n + 1].document == states[n].document
            with pytest.raises(CannotEdit):
                check(DOCUMENT, done[:n], done[n])
        else:
            assert check(DOCUMENT, done[:n], done[n]) == states[n + 1]


@many
@given(edits())
def test_no_letter_goes_but_by_dropping_and_rewording(done: list[Edit]) -> None:
    kept = [one for one in done if not isinstance(one, Reword)]
    edited = apply(DOCUMENT, kept)
    everything = edited.document.blocks + tuple(one.block for one in edited.dropped)
    assert letters(everything) == letters(DOCUMENT.blocks)
    marks = sum(len(block.note_refs) for block in everything)
    gone = {one.number for one in kept if isinstance(one, DropNote)}
    if not gone and not any(isinstance(one, AddNote) for one in kept):
        assert marks == sum(len(block.note_refs) for block in DOCUMENT.blocks)


@many
@given(edits(), st.sets(st.integers(0, len(DOCUMENT.blocks) - 1), max_size=4))
def test_on_another_reading_of_the_file_every_edit_is_made_or_lost(
    done: list[Edit], missing: set[int]
) -> None:
    blocks = tuple(one for n, one in enumerate(DOCUMENT.blocks) if n not in missing)
    other = replace(DOCUMENT, blocks=blocks, repairs=(), warnings=())
    edited = apply(other, done)
    assert_valid(edited)
    gone = {DOCUMENT.blocks[n].key for n in missing}
    for index, one in enumerate(done):
        if getattr(one, "block", "") in gone:
            assert index in edited.lost


def test_merging_joins_words_notes_and_emphasis() -> None:
    first, second = key("A gate"), key("It closes")
    edited = apply(DOCUMENT, [Merge(second, first)])
    block = edited.block(first)
    assert block is not None
    assert block.text == (
        "A gate is a fence that has changed its mind, and everyone is grateful. "
        "It closes again. Then it opens."
    )
    assert [(ref.number, block.text[: ref.offset][-9:]) for ref in block.note_refs] == [
        ("1", "grateful."),
        ("2", "it opens."),
    ]
    assert "<em>changed its mind</em>" in block.html
    assert edited.block(second) is None


def test_merging_chinese_sets_no_space() -> None:
    blocks = numbered(
        [DocumentBlock("paragraph", None, None, t, t) for t in ("門是籬笆，", "它改變了主意。")]
    )
    document = replace(DOCUMENT, blocks=blocks, repairs=(), warnings=(), notes=())
    edited = apply(document, [Merge(blocks[1].key, blocks[0].key)])
    assert edited.document.blocks[0].text == "門是籬笆，它改變了主意。"


def test_splitting_gives_each_part_its_words_and_notes() -> None:
    whole = key("It closes")
    edited = apply(DOCUMENT, [Split(whole, len("It closes again. "))])
    at = [block.key for block in edited.document.blocks].index(whole)
    first, second = edited.document.blocks[at : at + 2]
    assert (first.text, second.text) == ("It closes again.", "Then it opens.")
    assert first.note_refs == ()
    assert second.note_refs == (NoteRef("2", len("Then it opens.")),)
    assert second.number == (first.number or 0) + 1
    again = apply(DOCUMENT, [Split(whole, len("It closes again. ")), Drop(second.key)])
    assert again.dropped[0].block.text == "Then it opens."
    assert again.dropped[0].below == whole


def test_splitting_inside_emphasis_keeps_it_on_both_sides() -> None:
    whole = key("A gate")
    at = len("A gate is a fence that has changed")
    edited = apply(DOCUMENT, [Split(whole, at)])
    index = [block.key for block in edited.document.blocks].index(whole)
    assert edited.document.blocks[index].html.endswith("<em>changed</em>")
    assert edited.document.blocks[index + 1].html.startswith("<em>its mind</em>")


def test_the_words_that_run_on_after_a_heading_become_a_paragraph() -> None:
    edited = apply(DOCUMENT, [Split(key("The first"), len("The first "))])
    found = [(b.kind, b.level, b.text) for b in edited.document.blocks if b.text == "gate"]
    assert found == [("paragraph", None, "gate")]


def test_a_dropped_block_comes_back_to_its_place() -> None:
    one = key("Every gate")
    assert apply(DOCUMENT, [Drop(one), BringBack(one)]).document == apply(DOCUMENT, []).document


def test_verse_becomes_a_paragraph_and_a_paragraph_verse() -> None:
    edited = apply(DOCUMENT, [SetKind(key("A line"), "paragraph")])
    assert edited.block(key("A line")).text == "A line of verse and one more"  # type: ignore[union-attr]
    one = key("It closes")
    edited = apply(DOCUMENT, [Reword(one, "a line\nanother"), SetKind(one, "verse")])
    assert edited.block(one).text == "a line\nanother"  # type: ignore[union-attr]


def test_a_reference_that_was_taken_out_is_said() -> None:
    edited = apply(DOCUMENT, [Reword(key("A gate"), "A gate.")])
    assert "Nothing in the text refers to note 1 any more." in [
        str(one.message) for one in edited.document.warnings
    ]
    assert edited.note("1") is not None


def test_reference_to_a_note_that_is_not_there_is_refused() -> None:
    with pytest.raises(CannotEdit, match="There is no note 9"):
        check(DOCUMENT, [], Reword(key("A gate"), "A gate.[^9]"))


def test_notes_are_added_in_the_order_of_the_text() -> None:
    edited = apply(DOCUMENT, [AddNote("1a", "Said *here*.", key("It closes"), 3)])
    assert [note.number for note in edited.document.notes] == ["1", "1a", "2"]
    assert edited.note("1a") == DocumentNote("1a", "Said here.", "Said <em>here</em>.")
    edited = apply(DOCUMENT, [RewordNote("1", "As in note[^2], he says")])
    assert edited.note("1") == DocumentNote(
        "1", "As in note[^2], he says", "As in note[^2], he says"
    )
    with pytest.raises(CannotEdit, match="already"):
        check(DOCUMENT, [], AddNote("1", "Again.", key("It closes"), 3))


def test_dropping_a_note_drops_what_refers_to_it() -> None:
    edited = apply(DOCUMENT, [DropNote("1")])
    assert [note.number for note in edited.document.notes] == ["2"]
    assert edited.block(key("A gate")).note_refs == ()  # type: ignore[union-attr]


def test_a_picture_wants_to_be_described_until_it_is() -> None:
    def wanted(edited: Edited) -> list[str]:
        return [one.code for one in edited.document.warnings if "picture" in one.code]

    assert wanted(apply(DOCUMENT, [])) == ["picture_without_description"]
    edited = apply(DOCUMENT, [Describe("fig", 0, 'A "gate" <at> dusk')])
    assert wanted(edited) == []
    block = edited.block("fig")
    assert block is not None
    assert 'alt="A &quot;gate&quot; &lt;at&gt; dusk"' in block.html.replace("<at>", "&lt;at&gt;")
    assert block.text == "A gate"


def test_a_warning_is_looked_at_and_not() -> None:
    edited = apply(DOCUMENT, [])
    assert edited.open_warnings > 0
    seen = [Look(name) for name in edited.warning_ids]
    assert apply(DOCUMENT, seen).open_warnings == 0
    assert apply(DOCUMENT, [*seen, Look(edited.warning_ids[0], seen=False)]).open_warnings == 1


def test_a_table_cannot_be_merged_split_or_reworded() -> None:
    one = key("here")
    above = DOCUMENT.blocks[[b.key for b in DOCUMENT.blocks].index(one) - 1].key
    for edit in (Merge(one, above), Split(one, 4), Reword(one, "x")):
        with pytest.raises(CannotEdit):
            check(DOCUMENT, [], edit)

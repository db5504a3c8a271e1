"""Notes and what looks like them."""

from __future__ import annotations

import pytest

from documents import import_document
from tests.documents.helpers import BODY, MORE, kinds, markdown, repairs, texts, warnings


def refs(document) -> list[tuple[int, str, int]]:  # type: ignore[no-untyped-def]
    return [(n, r.number, r.offset) for n, b in enumerate(document.blocks) for r in b.note_refs]


def test_note_paragraphs_are_bound_where_they_are_referred_to() -> None:
    document = markdown(
        f"# T\n\n{BODY}<sup>1</sup>\n\n<sup>1</sup> See the *Harbour Book*, p. 3.\n\n{MORE}\n"
    )
    assert refs(document) == [(1, "1", len(BODY))]
    assert document.notes[0].text == "See the Harbour Book, p. 3."
    assert document.notes[0].html == "See the <em>Harbour Book</em>, p. 3."
    assert texts(document) == ["T", BODY, MORE]


def test_exponents_and_ordinals_stay() -> None:
    text = f"On 5 m<sup>2</sup> of the 3<sup>rd</sup> quay. {BODY}<sup>1</sup> {MORE}<sup>2</sup>"
    document = markdown(
        f"# T\n\n{text}\n\n<sup>1</sup> One note here.\n\n<sup>2</sup> Two notes here.\n"
    )
    block = document.blocks[1]
    assert block.text.startswith("On 5 m2 of the 3rd quay.")
    assert "m<sup>2</sup>" in block.html
    assert "3<sup>rd</sup>" in block.html
    assert [r.number for r in block.note_refs] == ["1", "2"]
    assert block.note_refs[1].offset == len(block.text)


def test_an_exponent_alone_takes_no_note() -> None:
    document = markdown(f"# T\n\nE = mc<sup>2</sup>, they said. {BODY}\n")
    assert document.notes == ()
    assert "mc<sup>2</sup>" in document.blocks[1].html


def test_notes_that_count_anew_on_each_page_are_numbered_through() -> None:
    page = "{0}<sup>1</sup>\n\n<sup>1</sup> Note of the {1} page.\n\n"
    document = markdown("# T\n\n" + page.format(BODY, "first") + page.format(MORE, "second"))
    assert refs(document) == [(1, "1", len(BODY)), (2, "2", len(MORE))]
    assert [note.text for note in document.notes] == [
        "Note of the first page.",
        "Note of the second page.",
    ]


def test_a_note_nobody_refers_to_stays_and_is_told() -> None:
    document = markdown(
        f"# T\n\n{BODY}<sup>1</sup>\n\n<sup>1</sup> Bound.\n\n"
        f"<sup>2</sup> Lost and alone.\n\n{MORE}\n"
    )
    assert "2 Lost and alone." in texts(document)
    assert "unbound_note" in warnings(document)


def test_a_reference_without_a_note_stays_and_is_told() -> None:
    document = markdown(
        f"# T\n\n{BODY}<sup>1</sup>\n\n<sup>1</sup> Bound and done.\n\n{MORE}<sup>2</sup>\n"
    )
    assert texts(document)[-1] == MORE + "2"
    assert "unbound_reference" in warnings(document)


def test_two_references_in_one_place() -> None:
    document = markdown(
        f"# T\n\n{BODY}<sup>1,2</sup>\n\n<sup>1</sup> The first.\n\n<sup>2</sup> The second.\n"
    )
    assert refs(document) == [(1, "1", len(BODY)), (1, "2", len(BODY))]


def test_markdown_footnotes() -> None:
    document = markdown(
        f"# T\n\nFirst[^a] words. {BODY}[^b] And again.[^a]\n\n"
        "[^a]: Note **A**.\n\n[^b]: Note B.\n\n    More of B.\n"
    )
    block = document.blocks[1]
    assert block.text == f"First words. {BODY} And again."
    assert [(r.number, r.offset) for r in block.note_refs] == [
        ("1", 5),
        ("2", len("First words. ") + len(BODY)),
        ("1", len(block.text)),
    ]
    assert [(n.number, n.text) for n in document.notes] == [
        ("1", "Note A."),
        ("2", "Note B. More of B."),
    ]
    assert document.notes[0].html == "Note <strong>A</strong>."


def test_notes_in_brackets_at_the_end() -> None:
    document = markdown(
        f"# T\n\n{BODY} [1] {MORE}[2]\n\n## Notes\n\n[1] The first.\n\n[2] The second.\n"
    )
    assert document.blocks[1].text == f"{BODY} {MORE}"
    assert refs(document) == [(1, "1", len(BODY)), (1, "2", len(document.blocks[1].text))]
    assert [note.text for note in document.notes] == ["The first.", "The second."]
    assert kinds(document) == ["heading", "paragraph"]


def test_a_bracket_of_the_author_stays() -> None:
    document = markdown(f"# T\n\nHe wrote: “I saw [1] harbour.” {BODY}\n")
    assert "[1]" in document.blocks[1].text
    assert document.notes == ()


def test_binding_can_be_refused() -> None:
    text = f"# T\n\n{BODY}<sup>1</sup>\n\n<sup>1</sup> A note.\n"
    document = markdown(text, refuse=["bound_note"])
    assert texts(document) == ["T", BODY + "1", "1 A note."]
    assert "bound_note" not in repairs(document)


def test_many_notes_in_one_essay() -> None:
    body = "".join(
        f"{BODY}<sup>{n}</sup>\n\n<sup>{n}</sup> Note number {n}.\n\n" for n in range(1, 301)
    )
    document = markdown("# T\n\n" + body)
    assert [note.number for note in document.notes] == [str(n) for n in range(1, 301)]
    assert all(len(block.note_refs) == 1 for block in document.blocks[1:])


def test_a_sign_with_a_note_is_no_rule_whatever_the_note_says() -> None:
    """A star and a note of dashes: not a line of three signs."""
    document = markdown("| a | b |\n|---|---|\n| *[^1] | c |\n\n*[^2]\n\n[^1]: -—\n[^2]: —-\n")
    assert texts(document) == ["a b\n* c", "*"]
    assert refs(document) == [(0, "1", len("a b\n*")), (1, "2", 1)]
    assert [note.text for note in document.notes] == ["-—", "—-"]


def test_notes_with_the_same_words_are_two_notes() -> None:
    text = f"# T\n\n{BODY}[^a] {MORE}[^b] {BODY}[^c] {MORE}[^b]\n\n"
    text += "[^a]: Ibid.\n\n[^b]: Mill, p. 3.\n\n[^c]: Ibid.\n"
    document = markdown(text)
    assert [one.text for one in document.notes] == ["Ibid.", "Mill, p. 3.", "Ibid."]
    assert [ref.number for ref in document.blocks[1].note_refs] == ["1", "2", "3", "2"]


def test_emphasis_that_opens_a_note_stays() -> None:
    document = markdown(f"# T\n\n{BODY}[^a]\n\n[^a]: _Ibid._, *p. 3*.\n")
    assert document.notes[0].html == "<em>Ibid.</em>, <em>p. 3</em>."


def test_a_note_cited_in_a_note_alone_is_kept() -> None:
    text = f"# T\n\n{BODY}[^a]\n\n[^a]: So the register, but see[^b].\n\n[^b]: Lee, p. 9.\n"
    document = markdown(text)
    assert [(one.number, one.text) for one in document.notes] == [
        ("1", "So the register, but see [2]."),
        ("2", "Lee, p. 9."),
    ]


def test_a_note_that_nothing_refers_to_is_kept_and_said() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n{MORE}\n\n[^a]: Lee, p. 9.\n")
    assert texts(document) == ["T", BODY, MORE, "Lee, p. 9."]
    assert warnings(document) == ["unbound_note"]


def test_a_definition_of_a_note_in_code_is_code() -> None:
    document = markdown(f"# T\n\n{BODY}[^a]\n\n```\n[^b]: see[^a]\n```\n\n[^a]: Lee.\n")
    assert document.blocks[2].text == "[^b]: see[^a]"
    assert [one.text for one in document.notes] == ["Lee."]


@pytest.mark.parametrize(
    "begins", ["**See**", "*See*", '<abbr title="a">b</abbr>', "`code`", "[a](b)"]
)
def test_a_note_cited_twice_is_one_whatever_it_begins_with(begins: str) -> None:
    text = f"# T\n\nOne[^a] and two[^a] and three.[^b]\n\n[^a]: {begins} there.\n[^b]: Ibid.\n"
    document = markdown(text)
    assert [number for _, number, _ in refs(document)] == ["1", "1", "2"]
    assert len(document.notes) == 2


def _note_words(body: str, notes: str, name: str) -> list[tuple[str, str]]:
    if name.endswith(".html"):
        body = f"<html><body><article><h1>T</h1>{body}{notes}</article></body></html>"
        notes = ""
    document = import_document(f"{body}{notes}".encode(), name)
    assert sum(len(block.note_refs) for block in document.blocks) == 2
    return [(one.number, one.text) for one in document.notes]


@pytest.mark.parametrize(
    ("body", "notes", "name"),
    [
        (
            f"# T\n\n{BODY}<sup>1</sup>\n\n{MORE}<sup>2</sup>\n\n",
            "<sup>1</sup>. Mill, p. 3.\n\n<sup>2</sup>.Ibid.\n",
            "a.md",
        ),
        (f"# T\n\n{BODY}[1]\n\n{MORE}[2]\n\n", "[1]. Mill, p. 3.\n\n[2]. Ibid.\n", "a.txt"),
        (
            f"<p>{BODY}<sup><a id=r1 href=#n1>1</a></sup></p><p>{MORE}<sup><a id=r2 href=#n2>2</a>"
            "</sup></p>",
            "<p id=n1><a href=#r1>1</a>. Mill, p. 3.</p><p id=n2><a href=#r2>2</a>) Ibid.</p>",
            "a.html",
        ),
        (f"# T\n\n{BODY}[^1]\n\n{MORE}[^2]\n\n", "[^1]: 1. Mill, p. 3.\n[^2]: 2. Ibid.\n", "a.md"),
    ],
)
def test_nothing_of_a_notes_own_number_is_left_in_it(body: str, notes: str, name: str) -> None:
    assert _note_words(body, notes, name) == [("1", "Mill, p. 3."), ("2", "Ibid.")]


def test_a_number_that_a_note_begins_with_is_its_own() -> None:
    document = markdown(f"# T\n\n{BODY}[^1] {MORE}[^2]\n\n[^1]: .5 percent.\n[^2]: 1914 it was.\n")
    assert [one.text for one in document.notes] == [".5 percent.", "1914 it was."]

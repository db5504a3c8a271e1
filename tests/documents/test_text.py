"""Plain text in the ways that people and programs leave it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import Document
from tests.documents.helpers import BODY, MORE, kinds, plain, repairs, shape, texts

slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

GUTENBERG = f"""The Project Gutenberg eBook of Two Harbours, by Ines Halloran

This eBook is for the use of anyone anywhere at no cost.

Title: Two Harbours

Author: Ines Halloran

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK TWO HARBOURS ***

Produced by Ada Ferrer

TWO HARBOURS

{textwrap.fill(BODY, 66)}

[Illustration: The mole from the north]

{textwrap.fill("He called it _the old water_, and she _the new_. " + MORE, 66)}

*** END OF THE PROJECT GUTENBERG EBOOK TWO HARBOURS ***

Updated editions will replace the previous one.
"""


def wrapped(*paragraphs: str, width: int = 66) -> str:
    return "\n\n".join(textwrap.fill(one, width) for one in paragraphs)


def notes(document: Document) -> list[tuple[str, str]]:
    return [(note.number, note.text) for note in document.notes]


def places(document: Document) -> list[tuple[str, str]]:
    """Each reference: the words before it, and its note."""
    return [(b.text[: r.offset][-12:], r.number) for b in document.blocks for r in b.note_refs]


def test_notes_below_their_paragraph_by_asterisk_and_dagger() -> None:
    text = wrapped(
        "Two Harbours", f"{BODY}* {MORE}†", "* The first of them.", "† The second.", MORE
    )
    document = plain(text)
    assert notes(document) == [("*", "The first of them."), ("†", "The second.")]
    assert texts(document)[1:] == [f"{BODY} {MORE}", MORE]
    assert places(document) == [("always dry."[-12:].rjust(11), "*"), (MORE[-12:], "†")] or (
        [number for _, number in places(document)] == ["*", "†"]
    )


def test_asterisks_that_come_again_are_numbered() -> None:
    text = wrapped("Two Harbours", f"{BODY}*", "* The first.", f"{MORE}*", "* The second.", BODY)
    assert notes(plain(text)) == [("1", "The first."), ("2", "The second.")]


def test_an_asterisk_without_a_reference_is_a_bullet() -> None:
    document = plain(wrapped("Two Harbours", BODY) + "\n\n* hemp\n* flax\n\n" + MORE)
    assert kinds(document) == ["heading", "paragraph", "list_item", "list_item", "paragraph"]


def test_notes_listed_at_the_end() -> None:
    for sign, label in (("[1]", "[1]"), ("¹", "¹"), ("(1)", "(1)"), ("[1]", "1.")):
        second = sign.replace("1", "2").replace("¹", "²")
        other = label.replace("1", "2").replace("¹", "²")
        text = wrapped(
            "Two Harbours",
            f"{BODY}{sign} {MORE}",
            f"{MORE}{second}",
            "Notes",
            f"{label} The first of the notes.",
            f"{other} The second of the notes.",
        )
        document = plain(text)
        assert notes(document) == [
            ("1", "The first of the notes."),
            ("2", "The second of the notes."),
        ], sign
        assert texts(document)[1:] == [f"{BODY} {MORE}", MORE]
        refs = [(b.number, r.number, r.offset) for b in document.blocks for r in b.note_refs]
        assert refs == [(1, "1", len(BODY)), (2, "2", len(MORE))]


def test_a_listed_note_of_two_paragraphs_is_one_note() -> None:
    text = wrapped(
        "T", f"{BODY}[1]", f"{MORE}[2]", "Notes", "[1] First.", "It goes on.", "[2] Last."
    )
    assert notes(plain(text)) == [("1", "First. It goes on."), ("2", "Last.")]


def test_superscripts_that_are_no_references_stay() -> None:
    text = wrapped("Two Harbours", f"An area of 40 m² and 10³ ships. {BODY}", MORE)
    assert texts(plain(text))[1].startswith("An area of 40 m² and 10³ ships.")


def test_project_gutenberg() -> None:
    document = plain(GUTENBERG)
    assert document.metadata.title == "Two Harbours"
    assert document.metadata.authors == ("Ines Halloran",)
    assert document.metadata.language == "en"
    prose = [(kind, text) for kind, _, text in shape(document) if kind != "boilerplate"]
    assert prose == [
        ("heading", "TWO HARBOURS"),
        ("paragraph", BODY),
        ("figure", "The mole from the north"),
        ("paragraph", f"He called it the old water, and she the new. {MORE}"),
    ]
    assert "<em>the old water</em>" in document.blocks[[*kinds(document)].index("figure") + 1].html
    kept = " ".join(text for kind, _, text in shape(document) if kind == "boilerplate")
    assert "at no cost" in kept
    assert "Updated editions" in kept
    assert "Produced by Ada Ferrer" in kept
    assert "marked_boilerplate" in repairs(document)


def test_names_with_underscores_are_no_emphasis() -> None:
    text = wrapped("Two Harbours", f"The file my_own_notes and a_b_c. {BODY}")
    assert "my_own_notes and a_b_c" in texts(plain(text))[1]


def test_rows_of_cells_are_a_table() -> None:
    table = "Year    Ships\n1901    40\n1902    7"
    document = plain(f"{wrapped('Two Harbours', BODY)}\n\n{table}\n\n{MORE}\n")
    assert document.blocks[2].kind == "table"
    assert document.blocks[2].text == "Year Ships\n1901 40\n1902 7"


def test_a_wrapped_quotation_is_no_verse() -> None:
    quote = textwrap.indent(textwrap.fill(f"{MORE} {MORE}", 48), "    ")
    document = plain(f"{wrapped('Two Harbours', BODY)}\n\n{quote}\n\n{wrapped(BODY)}\n")
    assert (document.blocks[2].kind, document.blocks[2].text) == ("blockquote", f"{MORE} {MORE}")


def paged(pages: list[list[str]]) -> str:
    """Pages as a program takes them from a PDF: head, text, number, form feed."""
    out = []
    for n, lines in enumerate(pages, 1):
        head = ["Two Harbours", ""] if n > 1 else []
        out.append("\n".join([*head, *lines, "", "", f"{' ' * 30}{n}"]))
    return "\f".join(out) + "\f"


def test_pages_of_another_program_are_put_together() -> None:
    whole = textwrap.wrap(f"{BODY} {MORE} {BODY} {MORE} {BODY} {MORE}", 60)
    pages = [["Two Harbours", "", *whole[:5]], whole[5:9], whole[9:]]
    document = plain(paged(pages))
    assert texts(document) == ["Two Harbours", f"{BODY} {MORE} {BODY} {MORE} {BODY} {MORE}"]
    assert repairs(document).count("removed_running_header") == 5


def test_notes_at_the_foot_of_such_pages() -> None:
    first = [*textwrap.wrap(f"{BODY}1 {MORE} The clerks of the town were", 60), "", "1 The first."]
    second = [*textwrap.wrap(f"silent about it. {MORE}2", 60), "", "2 The second note is longer,"]
    third = textwrap.wrap(BODY, 60)
    pages = [["Two Harbours", "", *first], [*second, "and goes on."], third]
    document = plain(paged(pages))
    assert notes(document) == [
        ("1", "The first."),
        ("2", "The second note is longer, and goes on."),
    ]
    whole = f"{BODY} {MORE} The clerks of the town were silent about it. {MORE}"
    assert texts(document)[1] == whole
    assert [r.offset for r in document.blocks[1].note_refs] == [len(BODY), len(whole)]


def test_an_item_of_a_list_with_the_number_of_a_note_below_it() -> None:
    items = ["1. The clerks saw it first.", "2. The pilots saw it next.", "3. Nobody else did."]
    first = [*textwrap.wrap(f"{BODY}1", 60), "", "1 The first."]
    second = [*textwrap.wrap(f"{MORE}2 These are they:", 60), "", *items, "", "2 The second."]
    document = plain(paged([["Two Harbours", "", *first], second]))
    assert notes(document) == [("1", "The first."), ("2", "The second.")]
    listed = [block.text for block in document.blocks if block.kind == "list_item"]
    assert listed == [item[3:] for item in items]


def test_the_end_of_a_note_alone_on_the_last_page() -> None:
    cut = "1 The clerks kept two books for as long as anyone can say,"
    first = ["Two Harbours", "", *textwrap.wrap(f"{BODY} {MORE}", 60)]
    second = [*textwrap.wrap(f"{BODY} {MORE}1", 60), "", cut]
    document = plain(paged([first, second, ["and a third one at home."]]))
    assert notes(document) == [("1", f"{cut[2:]} and a third one at home.")]
    document = plain(paged([first, second, ["The end of it was that nobody read them."]]))
    assert notes(document) == [("1", cut[2:])]
    assert texts(document)[-1] == "The end of it was that nobody read them."


def test_a_page_number_close_below_the_last_line() -> None:
    whole = textwrap.wrap(f"{BODY} {MORE} {BODY} {MORE} {BODY} {MORE}", 60)
    pages = [["Two Harbours", "", *whole[:5]], whole[5:9], whole[9:]]
    close = "\f".join("\n".join([*lines, str(n)]) for n, lines in enumerate(pages, 1))
    assert texts(plain(close)) == ["Two Harbours", f"{BODY} {MORE} {BODY} {MORE} {BODY} {MORE}"]


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
PARAGRAPH = st.lists(WORD, min_size=25, max_size=80).map(lambda w: f"X{' '.join(w)}.")


@slow
@given(paragraphs=st.lists(PARAGRAPH, min_size=2, max_size=8), width=st.integers(40, 100))
def test_paragraphs_wrapped_at_any_width_come_back(paragraphs: list[str], width: int) -> None:
    document = plain("A Title of Words\n\n" + wrapped(*paragraphs, width=width))
    assert texts(document)[1:] == paragraphs


@slow
@given(
    pages=st.lists(
        st.lists(st.lists(st.integers(1, 25), max_size=8), min_size=1, max_size=30),
        min_size=2,
        max_size=5,
    ),
    spaces=st.lists(st.integers(1, 12), min_size=1, max_size=9),
)
def test_no_word_of_any_page_is_lost(pages: list[list[list[int]]], spaces: list[int]) -> None:
    """Words in rows, with gaps as they come: each is in a block, a note or a repair."""
    count = 0
    out = []
    for rows in pages:
        text = ""
        for row in rows:
            for _ in row:
                text += " " * spaces[count % len(spaces)] + f"w{count:04}w"
                count += 1
            text += "\n"
        out.append(text)
    document = plain("A first line of words\n\n" + "\f".join(out))
    said = [*(f"{b.marker} {b.text}" for b in document.blocks)]
    said += [*(n.text for n in document.notes), *(str(r.detail) for r in document.repairs)]
    said += [document.metadata.title, document.metadata.abstract, *document.metadata.authors]
    found = " ".join(said)
    for n in range(count):
        assert f"w{n:04}w" in found


def test_an_e_text_with_notes_after_each_chapter() -> None:
    document = plain(
        "The Project Gutenberg EBook of On Quays, by Ada Ferrer\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK ON QUAYS ***\n\nOn Quays.\n\nBy Ada Ferrer.\n\n"
        f"CHAPTER I.\n\nTHE STONES.\n\n{BODY}[1]\n\nFOOTNOTES:\n\n[1] Register, p. 3.\n\n"
        f"CHAPTER II.\n\nTHE CLERK.\n\n{MORE}[1] {BODY}[A]\n\n[Footnote 1: _Ibid._]\n\n"
        "[Footnote A: Register, p. 9.]\n\n"
        "*** END OF THIS PROJECT GUTENBERG EBOOK ON QUAYS ***\n\nIts licence.\n"
    )
    assert [one for one in shape(document) if one[0] != "boilerplate"] == [
        ("heading", 1, "On Quays."),
        ("heading", 2, "CHAPTER I. THE STONES."),
        ("paragraph", None, BODY),
        ("heading", 2, "CHAPTER II. THE CLERK."),
        ("paragraph", None, f"{MORE} {BODY}"),
    ]
    assert [one.html for one in document.notes] == [
        "Register, p. 3.",
        "<em>Ibid.</em>",
        "Register, p. 9.",
    ]
    assert document.metadata.authors == ("Ada Ferrer",)


QUOTED = (
    "The tide has no memory, and those who live beside it learn to have none either, except in the "
    "names of the streets that were quays."
)


def _wrapped(text: str, width: int = 70, indent: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)


def test_a_wrapped_quotation_in_a_text_of_long_lines_is_one() -> None:
    long = f"{BODY} {MORE}"
    parts = ["The Old Harbour", long, "Maud wrote of it:", _wrapped(QUOTED, 60, "    "), long, long]
    document = plain("\n\n".join(parts))
    assert kinds(document) == ["heading", *["paragraph"] * 2, "blockquote", *["paragraph"] * 2]
    assert texts(document)[3] == QUOTED


@pytest.mark.parametrize("head", ["", "    "])
def test_a_text_that_is_indented_throughout_is_no_quotation(head: str) -> None:
    body = [_wrapped(one, 70, "    ") for one in (f"{BODY} {MORE}", MORE, f"{MORE} {BODY}")]
    quoted = _wrapped(QUOTED, 66, "        ")
    document = plain("\n\n".join([f"{head}The Old Harbour", *body, quoted, body[0], body[1]]))
    assert kinds(document) == ["heading", *["paragraph"] * 3, "blockquote", *["paragraph"] * 2]


CHINESE = (
    "港口比城镇更古老，城镇早已忘记哪些街道曾经是码头，哪些一直是干的。人们在这里走了几百年，没有停过。",
    "船在傍晚随潮水进港，记下它们名字的书记员的字迹，如今再也没有人能读懂了，这是旧事。",
    "没有人记得是谁第一个在那里过河；石头对此什么也没有说，只有书上写着几个年份而已，很短。",
)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [18, 1000])
def test_two_wide_spaces_open_a_chinese_paragraph(between: str, width: int) -> None:
    wrapped = [
        "\n".join(line[at : at + width] for at in range(0, len(line), width))
        for line in (f"\u3000\u3000{one}" for one in CHINESE)
    ]
    document = plain(between.join(["旧港口", *wrapped]))
    assert kinds(document) == ["heading", *["paragraph"] * 3]
    assert texts(document)[1:] == list(CHINESE)


def test_words_broken_at_line_ends_are_made_whole() -> None:
    text = (
        "The har-\nbour was older than the town, and a well-\nknown clerk drew the harbour in "
        "pre-\nand postwar books, as a well-known man and a re-\nsident, who says that he saw the "
        "old har-\nbour; a resident of the sand-\nbank, which has sand, a bank, and no more."
    )
    document = plain(f"The Old Harbour\n\n{text}\n\n{_wrapped(MORE)}\n")
    assert texts(document)[1] == (
        "The harbour was older than the town, and a well-known clerk drew the harbour in pre- "
        "and postwar books, as a well-known man and a resident, who says that he saw the old "
        "harbour; a resident of the sandbank, which has sand, a bank, and no more."
    )
    assert [(one.code, one.block) for one in document.warnings] == [("hyphen_at_break", 1)]

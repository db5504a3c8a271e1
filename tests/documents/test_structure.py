"""What Markdown and plain text can hold, block by block."""

from __future__ import annotations

from documents import BULLET
from tests.documents.helpers import (
    BODY,
    MORE,
    kinds,
    markdown,
    plain,
    repairs,
    shape,
    texts,
    warnings,
)


def after_title(text: str) -> list[tuple[str, int | None, str]]:
    return shape(markdown(f"# T\n\n{text}\n"))[1:]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = BODY.replace(" town", "\ntown")
    assert after_title(wrapped) == [("paragraph", None, BODY)]


def test_words_in_angle_brackets_that_are_no_element_stay() -> None:
    document = markdown(
        "# On <Loud> Ships\n\nA List<String> for <your-name> has <b>bold</b> and `<T>`.<br>\n\n"
        f"<stage direction>\n\n<Speaker> says <ref>this</ref>, not </that>.\n\n{BODY}\n"
    )
    assert texts(document) == [
        "On <Loud> Ships",
        "A List<String> for <your-name> has bold and <T>.",
        "<stage direction>",
        "<Speaker> says this, not </that>.",
        BODY,
    ]


def test_markup_of_another_kind_is_no_word() -> None:
    document = markdown(f'# T\n\n<Toc /><anchor id="x">{BODY}\n\n<x-card>\n{MORE}\n</x-card>\n')
    assert texts(document) == ["T", BODY, MORE]


def test_block_quotations() -> None:
    assert after_title(f"{BODY}\n\n> One.\n>\n> Two.\n\n{MORE}") == [
        ("paragraph", None, BODY),
        ("blockquote", None, "One."),
        ("blockquote", None, "Two."),
        ("paragraph", None, MORE),
    ]


def test_a_quotation_that_lost_its_indent() -> None:
    document = markdown(f"# T\n\nOf this the harbourmaster wrote:\n\n{BODY}\n\n{MORE}\n")
    assert kinds(document) == ["heading", "paragraph", "blockquote", "paragraph"]
    assert "found_quotation" in repairs(document)


def test_what_a_colon_introduces_is_not_always_a_quotation() -> None:
    speech = after_title(f"And then the old man said:\n\n“{BODY}”\n\n{MORE}")
    own = after_title(f"The matter stands thus:\n\n{BODY}\n\n{MORE}")
    assert [kind for kind, _, _ in speech + own] == ["paragraph"] * 6


def test_nested_lists() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n- One\n- Two\n   1. Deep\n   2. Deeper\n- Three\n")
    items = [(b.level, b.marker, b.text) for b in document.blocks if b.kind == "list_item"]
    assert items == [
        (1, BULLET, "One"),
        (1, BULLET, "Two"),
        (2, "1.", "Deep"),
        (2, "2.", "Deeper"),
        (1, BULLET, "Three"),
    ]


def test_an_item_of_two_paragraphs() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n1. One.\n\n   More of one.\n\n2. Two.\n")
    items = [(b.level, b.marker, b.text) for b in document.blocks if b.kind == "list_item"]
    assert items == [(1, "1.", "One."), (1, "", "More of one."), (1, "2.", "Two.")]


def test_tables() -> None:
    table = "| Year | Ships |\n|---|---|\n| 1901 | **40** |\n| 1902 |  |"
    document = markdown(f"# T\n\n{BODY}\n\n{table}\n\n{MORE}\n")
    block = document.blocks[2]
    assert (block.kind, block.number) == ("table", None)
    assert block.text == "Year Ships\n1901 40\n1902"
    assert "<th>Year</th> <th>Ships</th>" in block.html
    assert "<strong>40</strong>" in block.html
    assert block.html.count("<td>") == 4


def test_code_keeps_its_lines() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n```\nif x < 1:\n    go()\n```\n\n{MORE}\n")
    assert document.blocks[2].text == "if x < 1:\n    go()"
    assert document.blocks[2].html == "if x &lt; 1:\n    go()"
    assert (document.blocks[2].kind, document.blocks[2].number) == ("code", None)


def test_verse() -> None:
    document = markdown(
        f"# T\n\n{BODY}\n\nThe tide comes in\\\nThe tide goes out\\\nAnd so it is\n"
    )
    block = document.blocks[2]
    assert (block.kind, block.number) == ("verse", 2)
    assert block.text == "The tide comes in\nThe tide goes out\nAnd so it is"
    assert block.html == "The tide comes in<br>\nThe tide goes out<br>\nAnd so it is"
    lines = markdown(f"# T\n\n{BODY}\n\n| The tide comes in\n| The tide goes out\n")
    assert shape(lines)[2] == ("verse", None, "The tide comes in\nThe tide goes out")


def test_pictures_leave_their_words() -> None:
    document = markdown(f"# T\n\n{BODY}\n\n![The harbour in 1901](harbour.jpg)\n\n{MORE}\n")
    assert shape(document)[2] == ("figure", None, "The harbour in 1901")
    assert document.blocks[2].number is None
    assert "missing_picture" in warnings(document)
    assert next(one.block for one in document.warnings if one.code == "missing_picture") == 2


def test_a_caption_without_its_picture() -> None:
    document = markdown(f"# T\n\n{BODY}\n\nFigure 2: The harbour in 1901\n\n{MORE}\n")
    assert kinds(document) == ["heading", "paragraph", "figure", "paragraph"]
    assert "missing_picture" in warnings(document)


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    assert (
        after_title(f"{BODY}\n\nFigure 2 shows the harbour in the year 1901.")[1][0] == "paragraph"
    )


def test_inline_markup_is_kept_and_closed() -> None:
    document = markdown(
        "# T\n\nA *soft* and **hard** and `code` and [link](https://example.org/a?b=c&d) and "
        f"H<sub>2</sub>O and <abbr title='x'>ab</abbr> and <i>old <b>nest</b></i>. {BODY}\n"
    )
    html = document.blocks[1].html
    assert "<em>soft</em>" in html
    assert "<strong>hard</strong>" in html
    assert "<code>code</code>" in html
    assert '<a href="https://example.org/a?b=c&amp;d">link</a>' in html
    assert "H<sub>2</sub>O" in html
    assert '<abbr title="x">ab</abbr>' in html
    assert "<em>old <strong>nest</strong></em>" in html


def test_nothing_that_acts_comes_through() -> None:
    document = markdown(
        "# T\n\nGo [here](javascript:alert(1)) <b onclick=alert(1)>now</b> "
        f"<script>alert(2)</script><img src=x onerror=alert(3) alt='seen'> {BODY}\n\n"
        "<script>\nalert(4)\n</script>\n\n<div onmouseover='alert(5)'>Kept <em>words</em>.</div>\n"
        f"\n<iframe src='https://example.org'></iframe>\n\n{MORE}\n"
    )
    whole = "".join(block.html for block in document.blocks)
    assert "alert" not in whole
    assert "onclick" not in whole
    assert "iframe" not in whole
    assert "Go here" in whole
    assert "Kept <em>words</em>." in whole
    assert "seen" in whole


def test_links_that_lead_nowhere_keep_their_words_alone() -> None:
    document = markdown(f"# T\n\nSee [below](#b), [near](../a) or <a href=' x:y'>odd</a>. {BODY}\n")
    assert document.blocks[1].text.startswith("See below, near or odd.")
    assert "href" not in document.blocks[1].html


def test_quotation_marks_and_dashes_stay_as_they_are() -> None:
    text = "\"Straight\" 'single' “curly” «guillemets» -- two --- three … ... – —"
    assert after_title(f"{text} {BODY}")[0][2] == f"{text} {BODY}"


def test_dollars_and_at_signs_are_words() -> None:
    text = "It cost $5 and then $10, said @ada, ~5 times; 2^10 ships."
    assert after_title(f"{text} {BODY}")[0][2] == f"{text} {BODY}"


def test_stray_backslashes_in_a_shown_address() -> None:
    link = "[https://example.org/a\\\\_b](https://example.org/a_b)"
    document = markdown(f"# T\n\n{BODY} See {link}.\n")
    assert document.blocks[1].text.endswith("See https://example.org/a_b.")
    assert "unescaped_links" in repairs(document)
    other = markdown(f"# T\n\n{BODY} See [a\\\\_b](https://example.org/a_b).\n")
    assert other.blocks[1].text.endswith("See a\\_b.")


def test_a_stranger_among_letters_is_told_and_kept() -> None:
    document = markdown(f"# T\n\nThe Mos\u0441ow road. {BODY}\n")
    assert "Mos\u0441ow" in texts(document)[1]
    assert "suspect_character" in warnings(document)
    fair = markdown(f"# T\n\n北京ABC大学 and λόγος and Москва, 5 µm, naïve café. {BODY}\n")
    assert "suspect_character" not in warnings(fair)


def test_letters_are_composed_in_every_format() -> None:
    text = f"Cafe\u0301 and café. {BODY}"
    assert after_title(text)[0][2] == f"Café and café. {BODY}"
    assert texts(plain(f"T\n\n{text}"))[1] == f"Café and café. {BODY}"


def test_plain_one_line_to_a_paragraph_without_empty_lines() -> None:
    long = f"{BODY} {MORE}"
    document = plain(f"On Harbours\n{long}\n{long}\n{MORE}\n")
    assert texts(document) == ["On Harbours", long, long, MORE]


def test_plain_wrapped_and_indented_paragraphs() -> None:
    first = "   The harbour was older than the town, and the town had long\nforgotten its quays."
    second = "   Ships came in with the evening tide, and the clerks who saw\nthem wrote it down."
    document = plain(f"On Harbours\n\n{first}\n{second}\n")
    assert texts(document)[1:] == [" ".join(first.split()), " ".join(second.split())]


def test_plain_lists() -> None:
    document = plain(f"On Harbours\n\n{BODY}\n\n- hemp\n- flax\n\n1. wool\n2. silk\n\n{MORE}\n")
    items = [(b.marker, b.text) for b in document.blocks if b.kind == "list_item"]
    assert items == [(BULLET, "hemp"), (BULLET, "flax"), ("1.", "wool"), ("2.", "silk")]


def test_plain_verse() -> None:
    poem = "The tide comes in\nThe tide goes out\nThe town is gone\nThe quays are out"
    document = plain(f"On Harbours\n\n{BODY}\n\n{poem}\n\n{MORE}\n")
    assert shape(document)[2] == ("verse", None, poem)


def test_plain_chinese_lines_join_without_a_space() -> None:
    line = "港口比城镇更古老城镇早已忘记哪些街道曾经是码头哪些一直是干的从来没有人问过"
    document = plain(f"港口\n\n{line}\n{line}\n{line}。\n")
    assert texts(document)[1] == line * 3 + "。"

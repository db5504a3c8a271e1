"""What LibreOffice writes into an OpenDocument text, and how each of it is read."""

from __future__ import annotations

import re

import pytest

from documents import Document, import_document
from tests.documents.containers import changed, part, written
from tests.documents.helpers import BODY, MORE, shape, texts

PICTURE = '<draw:image xlink:href="Pictures/none.png" xlink:type="simple"/>'
STYLES = """
    <style:style style:name="P1" style:family="paragraph"
      style:parent-style-name="Verse_20_of_20_old"/>
    <style:style style:name="P2" style:family="paragraph" style:parent-style-name="Deep"/>
    <style:style style:name="T1" style:family="text">
      <style:text-properties text:display="none"/></style:style>
    <style:style style:name="T2" style:family="text">
      <style:text-properties style:text-position="-33% 58%"/></style:style>
    <text:list-style style:name="L9">
      <text:list-level-style-number text:level="1" style:num-prefix="[" style:num-suffix="]"
        style:num-format="A" text:start-value="2"/>
      <text:list-level-style-bullet text:level="2" text:bullet-char="-"/>
    </text:list-style>
"""


def odt(body: str, parts: dict[str, str | bytes] | None = None) -> Document:
    """An OpenDocument text with this body, and STYLES beside the usual ones."""
    data = written("Words.", "odt")
    main = part(data, "content.xml")
    main = re.sub(
        r"(<office:text[^>]*>).*(</office:text>)", lambda m: m[1] + body + m[2], main, flags=re.S
    )
    main = main.replace("</office:automatic-styles>", f"{STYLES}</office:automatic-styles>")
    own = part(data, "styles.xml").replace(
        "</office:styles>",
        '<style:style style:name="Verse_20_of_20_old" style:family="paragraph"/>'
        '<style:style style:name="Deep" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-left="1.2cm"/></style:style></office:styles>',
    )
    return import_document(
        changed(data, {"content.xml": main, "styles.xml": own, **(parts or {})}), "essay.odt"
    )


def p(words: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def frame(inner: str, more: str = "") -> str:
    return f'<draw:frame text:anchor-type="paragraph">{inner}{more}</draw:frame>'


def box(*paragraphs: str) -> str:
    return frame(f"<draw:text-box>{''.join(paragraphs)}</draw:text-box>")


IN_A_LINE = {
    "a field": ("The <text:user-defined>old</text:user-defined> quay.", "The old quay."),
    "a field in a span": (
        'The <text:span text:style-name="Emphasis"><text:author-name>Ada</text:author-name>'
        "</text:span>.",
        "The Ada.",
    ),
    "a field in a link": (
        '<text:a xlink:href="https://a.example">The <text:date>4 May</text:date></text:a>.',
        "The 4 May.",
    ),
    "words with a mark of their own": (
        '<text:meta xml:id="a">The <text:meta-field xml:id="b">old</text:meta-field> quay.'
        "</text:meta>",
        "The old quay.",
    ),
    "ruby": (
        "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>。",
        "漢字（かんじ）。",
    ),
    "hidden words": ('The<text:span text:style-name="T1"> secret</text:span> quay.', "The quay."),
    "an annotation": (
        "The<office:annotation><text:p>Sure?</text:p></office:annotation> quay.",
        "The quay.",
    ),
    "a tracked insertion": (
        'The <text:change-start text:change-id="c"/>new <text:change-end text:change-id="c"/>quay.',
        "The new quay.",
    ),
    "spaces and line ends in a link": (
        '<text:a xlink:href="https://a.example">one<text:s/>two<text:line-break/>three</text:a>.',
        "one two three.",
    ),
    "a formula": (
        "So "
        + frame(
            '<draw:object><math:math xmlns:math="http://www.w3.org/1998/Math/MathML">'
            "<math:mi>a</math:mi><math:mo>+</math:mo><math:mi>b</math:mi></math:math></draw:object>"
        )
        + ".",
        "So a+b.",
    ),
}


@pytest.mark.parametrize("case", IN_A_LINE)
def test_words_in_a_line(case: str) -> None:
    given, read = IN_A_LINE[case]
    assert texts(odt(p(f"{BODY} {given}"))) == [f"{BODY} {read}"]


def test_words_in_a_heading() -> None:
    field = "<text:sequence>2</text:sequence>"
    document = odt(f'{p(BODY)}<text:h text:outline-level="1">Part {field}</text:h>{p(MORE)}')
    assert texts(document) == [BODY, "Part 2", MORE]


def test_raised_and_lowered_letters() -> None:
    (block,) = odt(p(f'{BODY} H<text:span text:style-name="T2">2</text:span>O')).blocks
    assert "H<sub>2</sub>O" in block.html


def test_styles_tell_through_all_they_are_based_on() -> None:
    body = p("The tide comes in", "P1") + p("The tide goes out", "P1")
    code = p("if wet:", "Preformatted_20_Text") + p(
        "<text:s text:c='4'/>wait()", "Preformatted_20_Text"
    )
    document = odt(
        p("On Harbours", "Title")
        + p("A study", "Subtitle")
        + p(BODY)
        + body
        + p(MORE, "P2")
        + code
        + p("", "Horizontal_20_Line")
        + p(MORE)
    )
    assert document.metadata.subtitle == "A study"
    assert shape(document) == [
        ("heading", 1, "On Harbours"),
        ("paragraph", None, BODY),
        ("verse", None, "The tide comes in\nThe tide goes out"),
        ("blockquote", None, MORE),
        ("code", None, "if wet:\n    wait()"),
        ("rule", None, ""),
        ("paragraph", None, MORE),
    ]


def test_an_essay_that_is_indented_is_no_quotation() -> None:
    assert shape(odt(p(BODY, "P2") + p(MORE, "P2") + p(BODY, "P2")))[0][0] == "paragraph"


def test_items_are_marked_as_they_are_shown() -> None:
    item = "<text:list-item>{}</text:list-item>".format
    inner = f"<text:list>{item(p('hemp'))}</text:list>"
    goes_on = 'text:style-name="L9" text:continue-numbering="true"'
    more = f"<text:list {goes_on}>{item(p('silk'))}</text:list>"
    document = odt(
        p(BODY)
        + f'<text:list text:style-name="L9">{item(p("rope") + p("of all kinds") + inner)}'
        + f'<text:list-item text:start-value="7">{p("flax")}</text:list-item></text:list>'
        + p(MORE)
        + more
    )
    items = [(b.text, b.level, b.marker) for b in document.blocks if b.kind == "list_item"]
    assert items == [
        ("rope", 1, "[B]"),
        ("of all kinds", 1, ""),
        ("hemp", 2, "•"),
        ("flax", 1, "[G]"),
        ("silk", 1, "[H]"),
    ]


def test_a_table_has_its_head_and_its_spans() -> None:
    cell = "<table:table-cell{}>{}</table:table-cell>".format
    row = "<table:table-row>{}</table:table-row>".format
    head = cell(' table:number-columns-spanned="2"', p("Ships")) + "<table:covered-table-cell/>"
    inner = f"<table:table>{row(cell('', p('b')) + cell('', p('c')))}</table:table>"
    listed = f"<text:list><text:list-item>{p('d')}</text:list-item></text:list>"
    heading = '<text:h text:outline-level="3">e</text:h>'
    document = odt(
        p(BODY)
        + f"<table:table><table:table-header-rows>{row(head)}</table:table-header-rows>"
        + row(cell("", p("a")) + cell("", inner))
        + row(cell("", listed) + cell("", heading))
        + "</table:table>"
    )
    table = document.blocks[1]
    assert table.kind == "table"
    assert table.text.split() == ["Ships", "a", "b", "c", "d", "e"]
    assert table.html.startswith('<table><thead><tr><th colspan="2">Ships</th></tr></thead>')


def test_a_note_has_more_than_paragraphs() -> None:
    listed = f"<text:list><text:list-item>{p('hemp')}</text:list-item></text:list>"
    note = f"<text:note><text:note-body>{p('See:')}{listed}</text:note-body></text:note>"
    assert [one.text for one in odt(p(BODY + note)).notes] == ["See: hemp"]


BESIDE = {
    "a text box": box(p("In the box.")),
    "a box in a box": box(p(box(p("In the box.")))),
    "a drawn shape": f"<draw:custom-shape>{p('In the box.')}</draw:custom-shape>",
    "a group": f"<draw:g><draw:rect>{p('In the box.')}</draw:rect></draw:g>",
}


@pytest.mark.parametrize("case", BESIDE)
def test_words_beside_a_paragraph_stand_after_it(case: str) -> None:
    assert texts(odt(p(BODY + BESIDE[case]) + p(MORE))) == [BODY, "In the box.", MORE]


def test_a_box_on_the_page_is_read_too() -> None:
    assert texts(odt(box(p("In the box.")) + p(BODY))) == ["In the box.", BODY]


def test_a_caption_stands_under_its_picture() -> None:
    inner = p(frame(PICTURE, "<svg:desc>A mole.</svg:desc>") + "Figure 1: The mole", "Illustration")
    document = odt(p(BODY) + p(box(inner)) + p(MORE))
    assert [(b.kind, b.text) for b in document.blocks] == [
        ("paragraph", BODY),
        ("figure", "Figure 1: The mole"),
        ("paragraph", MORE),
    ]


WRAPPED = {
    "a section": "<text:section>{}</text:section>",
    "a numbered paragraph": "<text:numbered-paragraph>{}</text:numbered-paragraph>",
    "a bibliography": (
        "<text:bibliography><text:index-body>{}</text:index-body></text:bibliography>"
    ),
    "a section in an item": (
        "<text:list><text:list-item><text:section>{}</text:section></text:list-item></text:list>"
    ),
}


@pytest.mark.parametrize("case", WRAPPED)
def test_what_is_wrapped_is_read(case: str) -> None:
    assert texts(odt(p(BODY) + WRAPPED[case].format(p(MORE)))) == [BODY, MORE]


def test_a_list_of_contents_is_not_read() -> None:
    contents = (
        "<text:table-of-content><text:index-body>{}</text:index-body></text:table-of-content>"
    )
    assert texts(odt(p(BODY) + contents.format(p("Part 2 ... 7")))) == [BODY]


@pytest.mark.parametrize("number", ["", "-1", "one", "²", "9" * 5000])
def test_numbers_that_are_none_are_passed_over(number: str) -> None:
    """A file that another program has broken is read, and does not end the reading."""
    item = f'<text:list-item text:start-value="{number}">{p("hemp")}</text:list-item>'
    cell = f'<table:table-cell table:number-columns-spanned="{number}">{p("a")}</table:table-cell>'
    document = odt(
        f'<text:h text:outline-level="{number}">Part</text:h>'
        + p(f'{BODY}<text:s text:c="{number}"/>It leans.')
        + f'<text:list text:style-name="L9">{item}</text:list>'
        + f"<table:table><table:table-row>{cell}{cell}</table:table-row></table:table>"
    )
    assert texts(document) == ["Part", f"{BODY} It leans.", "hemp", "a a"]

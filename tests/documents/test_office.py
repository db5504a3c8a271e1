"""Word, OpenDocument and RTF: the same essay, and what each has of its own."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from documents import Document, import_document
from tests.documents.containers import changed, part, written
from tests.documents.helpers import BODY, MORE, shape, texts, warnings
from tests.readings.pictures import picture_bytes

ESSAY = f"""---
title: On Harbours
author: Ada Ferrer
date: 4 May 2021
---

{BODY} It *leans*.^[A **first** note.]

# First

> {MORE}

1. hemp
2. flax
    - white

## Deeper

| Year | Ships |
|------|-------|
| 1901 | 40    |

{MORE}[^two]

[^two]: A second note.
"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("form", ["docx", "odt", "rtf"])
def test_the_same_essay(form: str) -> None:
    document = import_document(written(ESSAY, form), f"essay.{form}")
    assert document.format == form
    assert shape(document) == [
        ("heading", 1, "On Harbours"),
        ("paragraph", None, f"{BODY} It leans."),
        ("heading", 2, "First"),
        ("blockquote", None, MORE),
        ("list_item", 1, "hemp"),
        ("list_item", 1, "flax"),
        ("list_item", 2, "white"),
        ("heading", 3, "Deeper"),
        ("table", None, "Year Ships\n1901 40"),
        ("paragraph", None, MORE),
    ]
    assert [block.marker for block in document.blocks[4:7]] == ["1.", "2.", "•"]
    assert [note.html for note in document.notes] == [
        "A <strong>first</strong> note.",
        "A second note.",
    ]
    places = [(r.number, r.offset) for block in document.blocks for r in block.note_refs]
    assert places == [("1", len(f"{BODY} It leans.")), ("2", len(MORE))]
    assert "<em>leans</em>" in document.blocks[1].html
    assert document.metadata.title == "On Harbours"
    assert document.metadata.authors == ("Ada Ferrer",)
    assert document.metadata.published == "2021-05-04"
    assert document.metadata.language.startswith("en")


def word(body: str, styles: str = "") -> Document:
    """A Word document with this body, its styles added to the usual ones."""
    data = written("Words.", "docx")
    main = part(data, "word/document.xml")
    start, end = main.index("<w:body>") + len("<w:body>"), main.index("</w:body>")
    own = part(data, "word/styles.xml").replace("</w:styles>", f"{styles}</w:styles>")
    parts = {"word/document.xml": main[:start] + body + main[end:], "word/styles.xml": own}
    return import_document(changed(data, parts), "essay.docx")


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(inner: str, style: str = "") -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{chosen}{inner}</w:p>"


def style(name: str, key: str) -> str:
    own = f'w:type="paragraph" w:customStyle="1" w:styleId="{key}"'
    return f'<w:style {own}><w:name w:val="{name}"/></w:style>'


def test_words_own_styles_tell() -> None:
    styles = style("Intense Quote", "IQ") + style("Verse", "V") + style("Preformatted Text", "C")
    document = word(
        paragraph(run("On Harbours"), "Title")
        + paragraph(run("A study"), "Subtitle")
        + paragraph(run(BODY))
        + paragraph(run(MORE), "IQ")
        + paragraph(run("The tide comes in"), "V")
        + paragraph(run("The tide goes out"), "V")
        + paragraph(run("if wet:"), "C")
        + paragraph(run("    wait()"), "C")
        + paragraph(run(MORE)),
        styles,
    )
    assert document.metadata.subtitle == "A study"
    assert shape(document) == [
        ("heading", 1, "On Harbours"),
        ("paragraph", None, BODY),
        ("blockquote", None, MORE),
        ("verse", None, "The tide comes in\nThe tide goes out"),
        ("code", None, "if wet:\n    wait()"),
        ("paragraph", None, MORE),
    ]


def test_a_title_in_two_paragraphs_is_not_lost() -> None:
    document = word(
        paragraph(run("On Harbours"), "Title")
        + paragraph(run("And Quays"), "Title")
        + paragraph("", "Title")
        + paragraph(run(BODY))
    )
    assert texts(document) == ["On Harbours And Quays", BODY]


def test_tracked_changes_are_as_if_accepted() -> None:
    inserted = f'<w:ins w:id="1" w:author="x">{run("new ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>old </w:delText></w:r></w:del>'
    assert texts(word(paragraph(run("The ") + inserted + deleted + run("harbour.")))) == [
        "The new harbour."
    ]


def test_fields_controls_and_readings_keep_their_words() -> None:
    field = f'<w:fldSimple w:instr=" TITLE ">{run("a field")}</w:fldSimple>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run(' a control')}</w:sdtContent></w:sdt>"
    inner = f"<w:rt>{run('かんじ')}</w:rt><w:rubyBase>{run('漢字')}</w:rubyBase>"
    ruby = f"<w:r><w:ruby>{inner}</w:ruby></w:r>"
    assert texts(word(paragraph(field + control + ruby))) == ["a field a control漢字（かんじ）"]


def test_a_text_box_stands_after_its_paragraph_and_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent>"
    shapes = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(word(paragraph(run(BODY) + shapes) + paragraph(run(MORE)))) == [
        BODY,
        "In the box.",
        MORE,
    ]


OTHER_NAMES = {
    "another prefix": lambda xml: re.sub(r"(</?| |xmlns:)w([:=])", r"\1ns0\2", xml),
    "the strict format": lambda xml: re.sub(
        r"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml)/2006/(\w+)",
        r"http://purl.oclc.org/ooxml/\1/\2",
        xml,
    ),
}


@pytest.mark.parametrize("other", OTHER_NAMES)
def test_words_xml_under_other_names_is_the_same(other: str) -> None:
    data = written(f"# On Harbours\n\n{BODY} *It leans.*[^1]\n\n1. One\n\n[^1]: A note.\n", "docx")
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('In a control.')}</w:sdtContent></w:sdt>"
    main = part(data, "word/document.xml").replace("<w:sectPr", f"<w:p>{control}</w:p><w:sectPr")
    data = changed(data, {"word/document.xml": main})
    with ZipFile(BytesIO(data)) as archive:
        names = [one for one in archive.namelist() if one.endswith((".xml", ".rels"))]
    renamed = changed(data, {name: OTHER_NAMES[other](part(data, name)) for name in names})
    document = import_document(renamed, "essay.docx")
    assert "In a control." in texts(document)
    assert document == import_document(data, "essay.docx")


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_pictures_come_along(form: str, tmp_path: object) -> None:
    image = tmp_path / "quay.png"  # type: ignore[operator]
    image.write_bytes(picture_bytes())
    data = written(f'# T\n\n{BODY}\n\n![The quay]({image}){{alt="A quay."}}\n\n{MORE}\n', form)
    document = import_document(data, f"essay.{form}")
    figure = next(block for block in document.blocks if block.kind == "figure")
    assert figure.text == "The quay"
    assert figure.html.startswith('<img src="picture:1.png" alt="')
    assert document.pictures[0].data == picture_bytes()
    assert warnings(document) == []


def test_a_drawing_is_told_and_not_kept() -> None:
    data = written(BODY, "docx")
    emf = bytes(40) + b" EMF" + bytes(100)
    main = part(data, "word/document.xml")
    drawn = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:docPr id="1" name="p" descr="A chart."/><a:graphic xmlns:a='
        '"http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic='
        '"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rId99"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    links = part(data, "word/_rels/document.xml.rels").replace(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/image" Target="media/image9.emf"/></Relationships>',
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": main.replace("</w:body>", f"{drawn}</w:body>"),
        "word/_rels/document.xml.rels": links,
        "word/media/image9.emf": emf,
    }
    document = import_document(changed(data, parts), "essay.docx")
    assert document.pictures == ()
    assert "A chart." in texts(document)
    message = next(str(one.message) for one in document.warnings if one.code == "missing_picture")
    assert "EMF" in message


def test_properties_that_say_nothing_are_not_believed() -> None:
    data = written(f"{BODY}\n\n{MORE}", "docx")
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-'
        'properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title>'
        "<dc:creator>{}</dc:creator></cp:coreProperties>"
    )
    nonsense = {"docProps/core.xml": core.format("Document1.docx", "python-docx")}
    document = import_document(changed(data, nonsense), "harbours.docx")
    assert (document.metadata.title, document.metadata.authors) == ("harbours", ())
    sense = {"docProps/core.xml": core.format("On Harbours", "Ada Ferrer")}
    document = import_document(changed(data, sense), "harbours.docx")
    assert document.metadata.title == "On Harbours"
    assert document.metadata.authors == ("Ada Ferrer",)


def rtf(body: str) -> Document:
    return import_document(
        b"{\\rtf1\\ansi\\ansicpg1252" + body.encode("latin-1") + b"}", "essay.rtf"
    )


def test_rtf_letters_in_every_way() -> None:
    text = r"caf\'e9 \u8220 ?q\u8221 ?\emdash \u-10179 ?\u-8704 ? {\b strong} {\v hidden}end\par"
    document = rtf(text)
    assert texts(document) == ["café “q”—😀 strong end"]


def test_rtf_codepages_of_fonts() -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times CYR;}{\f2\fcharset128 Mincho;}}"
    russian = "".join(f"\\'{byte:02x}" for byte in "Гавань".encode("cp1251"))
    japanese = "".join(f"\\'{byte:02x}" for byte in "港".encode("cp932"))
    assert texts(rtf(fonts + rf"\f1 {russian} \f2 {japanese}\par")) == ["Гавань 港"]


def test_rtf_styles_tables_and_deleted_words() -> None:
    styles = r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2 Quote;}}"
    row = r"\trowd\cellx100\cellx200\intbl "
    cells = row + r"a\cell b\cell\row" + row + r"c\cell d\cell\row\pard "
    body = (
        r"\pard\s1 Quays\par\pard " + BODY + r"{\deleted gone }\par\pard\s2 " + MORE + r"\par\pard "
    )
    assert shape(rtf(styles + body + cells + MORE + r"\par"))[:5] == [
        ("heading", 1, "Quays"),
        ("paragraph", None, BODY),
        ("blockquote", None, MORE),
        ("table", None, "a b\nc d"),
        ("paragraph", None, MORE),
    ]


def test_rtf_cut_short_keeps_what_is_there() -> None:
    data = written(ESSAY, "rtf")
    document = import_document(data[: len(data) // 2], "essay.rtf")
    assert f"{BODY} It leans." in texts(document)


def test_the_signs_of_rtf_are_letters_in_every_encoding() -> None:
    document = rtf(rf"well\_known 5\~km co\-operate {MORE}\par")
    assert texts(document) == [f"well\u2011known 5 km cooperate {MORE}"]
    russian = r"{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'c3\'e0\_\'e2 " + MORE + r"\par"
    assert texts(rtf(russian)) == [f"Га\u2011в {MORE}"]


def test_hidden_words_and_comments_are_left_out_and_said() -> None:
    data = written(f"# T\n\n{BODY} HIDDEN\n\n{MORE}\n", "docx")
    main = part(data, "word/document.xml")
    run = re.compile(r"<w:r><w:t [^>]*>([^<]*) HIDDEN</w:t></w:r>")
    assert run.search(main)
    hidden = (
        r'<w:r><w:t xml:space="preserve">\1 </w:t></w:r>'
        r"<w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r>"
        r'<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t></w:t></w:r>'
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    comment = '<w:comment w:id="0"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>'
    parts = {
        "word/document.xml": run.sub(hidden, main),
        "word/comments.xml": f'<w:comments xmlns:w="{space}">{comment}</w:comments>',
    }
    document = import_document(changed(data, parts), "essay.docx")
    assert texts(document) == ["T", BODY, MORE]
    assert [one.code for one in document.warnings] == ["left_out_comments", "left_out_hidden"]


def test_comments_of_rtf_are_said() -> None:
    document = rtf(rf"{BODY}{{\*\atnid A}}{{\*\annotation Really?}}\par {MORE}\par")
    assert texts(document) == [BODY, MORE]
    assert "left_out_comments" in [one.code for one in document.warnings]

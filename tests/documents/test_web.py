"""Saved web pages: the article, its notes, and nothing of the site around it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from documents import Document, import_document
from tests.documents.helpers import BODY, MORE, kinds, shape, texts, warnings
from tests.readings.pictures import data_address, picture_bytes

SITE = f"""<!DOCTYPE html>
<html lang="en-GB"><head>
<title>On Harbours | The Quay Review</title>
<meta property="og:title" content="On Harbours">
<meta property="og:site_name" content="The Quay Review">
<meta property="article:published_time" content="2021-03-04T08:00:00Z">
<script type="application/ld+json">{{"@type": "Article", "headline": "On Harbours",
"author": [{{"@type": "Person", "name": "Ada Ferrer"}}, {{"name": "Ben Ito"}}]}}</script>
<script>alert(1)</script><style>p {{ color: red }}</style></head>
<body>
<header class="site-header"><a href="/">The Quay Review</a><nav><a href="/a">Essays</a></nav>
</header>
<div id="cookie-banner"><p>We use cookies. Do you agree to that?</p><button>Yes</button></div>
<div class="layout"><main><article>
<h1>On Harbours</h1>
<p class="standfirst">A study of old quays</p>
<p class="byline">By Ada Ferrer and Ben Ito</p><time datetime="2021-03-04">4 March 2021</time>
<div class="share-bar"><a href="https://example.org/s">Share this</a></div>
<p>{BODY}<sup><a href="#fn1" id="ref1">1</a></sup></p>
<h2 id="two">Two ports <a class="headerlink" href="#two">¶</a></h2>
<p>{MORE} As was said<a href="#fn2" id="ref2" class="footnote-ref">2</a>, and again.<sup><a
href="#fn1">1</a></sup></p>
<aside class="related"><h3>Related</h3><a href="/x">Another essay about the sea</a></aside>
<blockquote><p>{MORE}</p></blockquote>
<div style="display:none"><p>Hidden words that nobody was meant to see at all.</p></div>
<ul><li>hemp</li><li>flax</li></ul>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>1901</td><td>40</td></tr></table>
</article></main>
<aside class="sidebar"><h2>Most read</h2><ul><li><a href="/1">One</a></li></ul></aside></div>
<section class="footnotes"><h2>Notes</h2><ol>
<li id="fn1"><p>The <em>first</em> note. <a href="#ref1">↩</a></p></li>
<li id="fn2"><p>The second note.</p><p>It goes on.
<a href="#ref2" class="footnote-backref">↩</a></p></li>
</ol></section>
<section id="comments"><h2>2 comments</h2>
<p>{BODY} I disagree with all of that, I must say.</p></section>
<footer><p>All rights reserved, 2021. Contact us at the quay.</p></footer>
</body></html>"""


def page(body: str, head: str = "") -> Document:
    return import_document(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "page.html"
    )


def refs(document: Document) -> list[tuple[str, int]]:
    return [(ref.number, ref.offset) for block in document.blocks for ref in block.note_refs]


def test_the_article_and_not_its_surroundings() -> None:
    document = import_document(SITE.encode(), "saved.html")
    again = f"{MORE} As was said, and again."
    assert shape(document) == [
        ("heading", 1, "On Harbours"),
        ("paragraph", None, BODY),
        ("heading", 2, "Two ports"),
        ("paragraph", None, again),
        ("blockquote", None, MORE),
        ("list_item", 1, "hemp"),
        ("list_item", 1, "flax"),
        ("table", None, "Year Ships\n1901 40"),
    ]
    data = document.metadata
    assert (data.title, data.subtitle) == ("On Harbours", "A study of old quays")
    assert data.authors == ("Ada Ferrer", "Ben Ito")
    assert (data.venue, data.published) == ("The Quay Review", "2021-03-04")
    assert (data.language, data.direction) == ("en-GB", "ltr")


def test_notes_outside_the_article_are_bound() -> None:
    document = import_document(SITE.encode(), "saved.html")
    assert [(note.number, note.text) for note in document.notes] == [
        ("1", "The first note."),
        ("2", "The second note. It goes on."),
    ]
    assert document.notes[0].html == "The <em>first</em> note."
    again = f"{MORE} As was said, and again."
    assert refs(document) == [
        ("1", len(BODY)),
        ("2", again.index(", and again")),
        ("1", len(again)),
    ]


@pytest.mark.parametrize(
    ("reference", "notes"),
    [
        (
            '<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>',
            '<ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b>'
            '<a href="#cite_ref-1">^</a></b></span> <span>A note.</span></li></ol>',
        ),
        (
            '<a href="#_ftn1" name="_ftnref1">[1]</a>',
            '<hr><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> A note.</p></div>',
        ),
        (
            '<sup><a href="#n1" id="r1">*</a></sup>',
            '<p><a id="n1" href="#r1">*</a> A note.</p>',
        ),
        (
            '<a id="id1" href="#id2" role="doc-noteref">1</a>',
            '<aside role="doc-footnote" id="id2"><span class="label">[<a role="doc-backlink" '
            'href="#id1">1</a>]</span><p>A note.</p></aside>',
        ),
        (
            '<a id="footnote-anchor-1" href="#footnote-1">1</a>',
            '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1">1</a>'
            "<div><p>A note.</p></div></div>",
        ),
        ("<label for='s' class='margin-toggle'></label><input id='s' type='checkbox'>"
         "<span class='sidenote'>A note.</span>", ""),
    ],
    ids=["encyclopaedia", "word", "asterisk", "docutils", "newsletter", "sidenote"],
)  # fmt: skip
def test_notes_as_programs_write_them(reference: str, notes: str) -> None:
    document = page(f"<h1>T</h1><p>{BODY}{reference}</p><p>{MORE}</p>{notes}")
    assert [(note.number, note.text) for note in document.notes] == [("1", "A note.")]
    assert refs(document) == [("1", len(BODY))]
    assert texts(document) == ["T", BODY, MORE]


def test_links_in_the_text_are_no_notes() -> None:
    document = page(
        f'<h1>T</h1><p>{BODY} See <a href="#two">part 2</a> and <a href="#two">2</a>.</p>'
        f'<h2 id="two">Two</h2><p>{MORE}</p>'
    )
    assert document.notes == ()
    assert texts(document)[1] == f"{BODY} See part 2 and 2."


def test_verse_ruby_and_old_line_breaks() -> None:
    poem = '<div class="poem"><p>The tide comes in<br>The tide goes out</p></div>'
    ruby = "<p>彼は<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>を書いた。</p>"
    old = f"<div>{BODY}<br><br>{MORE}</div>"
    assert shape(page(f"<h1>T</h1><p>{BODY}</p>{poem}{ruby}{old}"))[2:] == [
        ("verse", None, "The tide comes in\nThe tide goes out"),
        ("paragraph", None, "彼は漢字（かんじ）を書いた。"),
        ("paragraph", None, BODY),
        ("paragraph", None, MORE),
    ]


def test_pictures_in_the_page_and_elsewhere() -> None:
    image = f'<img src="{data_address(picture_bytes())}" alt="A quay.">'
    inside = f"<figure>{image}<figcaption>The quay</figcaption></figure>"
    outside = '<figure><img src="https://example.org/a.png" alt="A ship."></figure>'
    document = page(f"<h1>T</h1><p>{BODY}</p>{inside}<p>{MORE}</p>{outside}<p>{BODY}</p>")
    figures = [block for block in document.blocks if block.kind == "figure"]
    assert figures[0].html == '<img src="picture:1.png" alt="A quay.">The quay'
    assert figures[0].text == "The quay"
    assert figures[1].html == "A ship."
    assert [(p.name, p.media_type, p.width, p.height) for p in document.pictures] == [
        ("1.png", "image/png", 40, 30)
    ]
    assert warnings(document) == ["missing_picture"]


def test_words_in_another_language_keep_it() -> None:
    document = page(f'<h1>T</h1><p>{BODY}</p><p lang="he" dir="rtl">שלום לכולם</p><p>{MORE}</p>')
    assert document.blocks[2].html == '<span lang="he" dir="rtl">שלום לכולם</span>'


def test_chinese_lines_are_joined_without_a_space() -> None:
    line = "港口比城镇更古老"
    document = page(f"<h1>港口</h1><p>{line}\n{line}<em>\n{line}</em></p>")
    assert texts(document)[1] == line * 3


def test_a_page_saved_as_one_file() -> None:
    data = picture_bytes()
    figure = '<figure><img src="https://e.org/q.png" alt="Q"></figure>'
    inner = f"<html><body><h1>T</h1><p>{BODY}</p>{figure}<p>{MORE}</p></body></html>"
    message = EmailMessage()
    message["From"] = "Saved"
    message.set_content(inner, subtype="html")
    message.add_related(data, "image", "png", headers=["Content-Location: https://e.org/q.png"])
    document = import_document(message.as_bytes(), "page.mhtml")
    assert kinds(document) == ["heading", "paragraph", "figure", "paragraph"]
    assert [picture.data for picture in document.pictures] == [data]


def test_nothing_is_fetched_and_nothing_acts() -> None:
    document = page(
        f'<h1>T</h1><p onclick="alert(1)">{BODY}</p><iframe src="https://e.org"></iframe>'
        f'<p><a href="javascript:alert(1)">Go</a> {MORE}</p><svg><script>alert(2)</script></svg>'
    )
    whole = "".join(block.html for block in document.blocks)
    assert "alert" not in whole
    assert "iframe" not in whole


def test_a_title_with_its_subtitle_in_a_group() -> None:
    group = "<hgroup><h1>On Harbours</h1><p>A study of quays</p></hgroup>"
    document = page(f"<main>{group}<p>{BODY}</p><p>{MORE}</p></main>")
    assert document.metadata.subtitle == "A study of quays"
    assert texts(document) == ["On Harbours", BODY, MORE]


def test_the_line_above_the_title_is_no_title() -> None:
    document = page(
        f'<article><header><div><a href="/s">Rivers</a></div><h1>Why it moved</h1>'
        f"<p>By Ada Ferrer</p></header><p>{BODY}</p><p>{MORE}</p></article>"
    )
    assert (document.metadata.title, document.metadata.authors) == ("Why it moved", ("Ada Ferrer",))
    assert texts(document) == ["Why it moved", BODY, MORE]
    assert "Rivers" in str(document.repairs[0].detail)


def test_notes_that_are_only_linked() -> None:
    ref = '<span class="fn"><a href="#n{0}">{0}</a></span>'
    document = page(
        f"<main><h1>T</h1><p>{BODY}{ref.format(1)}</p><p>{MORE}{ref.format(2)}</p>"
        '<p><strong>Notes</strong></p><p id="n1">1. So the register.</p><p>It is lost.</p>'
        '<p id="n2">2. Compare the charter.</p></main>'
    )
    assert texts(document) == ["T", BODY, MORE]
    assert [one.text for one in document.notes] == [
        "So the register. It is lost.",
        "Compare the charter.",
    ]


def test_a_row_of_numbers_that_lead_to_paragraphs_is_no_row_of_notes() -> None:
    row = '<p><a href="#n1">1</a> <a href="#n2">2</a></p>'
    document = page(f'<main><h1>T</h1>{row}<p id="n1">1. {BODY}</p><p id="n2">2. {MORE}</p></main>')
    assert document.notes == ()
    assert [one.text for one in document.blocks][-2:] == [f"1. {BODY}", f"2. {MORE}"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<span class="dropcap">T</span> <span>he ford</span> is old.', "The ford is old."),
        ('<span class="drop-cap">T</span>HE FORD is old.', "THE FORD is old."),
        (
            '<span class="dropcap">A</span> ford is older. Any ford is.',
            "A ford is older. Any ford is.",
        ),
        (
            '<span class="dropcap">A</span> ny ford is older. Any at all.',
            "Any ford is older. Any at all.",
        ),
    ],
)
def test_a_large_first_letter_is_of_its_word(written: str, read: str) -> None:
    document = page(f"<main><h1>T</h1><p>{written}</p><p>{BODY}</p></main>")
    assert texts(document)[1] == read


def test_paragraphs_without_a_word_are_not_numbered() -> None:
    empty = '<p><a name="x"></a></p><p>&nbsp;</p><p><br></p><p>&#8203;</p><p><a href="/y"></a></p>'
    document = page(f"<main><h1>T</h1><p>{BODY}</p>{empty}<p>{MORE}</p></main>")
    assert texts(document) == ["T", BODY, MORE]


def test_an_e_text_as_a_page_has_no_page_numbers_and_its_licence_below() -> None:
    licence = '<section class="pg-boilerplate" id="pg-{0}"><p>The {0} of the licence.</p></section>'
    document = page(
        f'{licence.format("header")}<h1>On Quays</h1><p>{BODY[:40]}<span class="pagenum">'
        f'<a id="Page_2">[Pg 2]</a></span>{BODY[40:]}</p><p>{MORE}</p>{licence.format("footer")}'
    )
    assert shape(document) == [
        ("heading", 1, "On Quays"),
        ("paragraph", None, BODY),
        ("paragraph", None, MORE),
        ("boilerplate", None, "The header of the licence."),
        ("boilerplate", None, "The footer of the licence."),
    ]


def test_attributes_that_are_no_names_are_passed_over() -> None:
    document = page(f'<main><h1>T</h1><p {{}}="x" {{="y" id="a">{BODY}</p><p>{MORE}</p></main>')
    assert texts(document) == ["T", BODY, MORE]


def test_a_line_break_and_two_wide_spaces_open_a_chinese_paragraph() -> None:
    lines = ("港口比城镇更古老，人们在这里走了几百年。", "船在傍晚随潮水进港，这是旧事。")
    inner = "<br>\n".join(f"\u3000\u3000{line}" for line in lines)
    page = f"<html><body><article><h1>旧港口</h1><div>{inner}</div></article></body></html>"
    document = import_document(page.encode(), "a.html")
    assert texts(document) == ["旧港口", *lines]


def _word_item(level: int, marker: str, words: str) -> str:
    return (
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
        f"<![if !supportLists]><span style='mso-list:Ignore'>{marker}<span>&nbsp;&nbsp; </span>"
        f"</span><![endif]>{words}</p>\n"
    )


def test_lists_of_a_page_that_word_has_saved_are_lists() -> None:
    items = [
        _word_item(1, "3.", "The quay"),
        _word_item(2, "·", "its stones"),
        _word_item(2, "·", "its <b>rings</b>"),
        _word_item(1, "4.", "The clerk"),
    ]
    page = f"<html><body><h1>T</h1><p>{BODY}</p>{''.join(items)}<p>{MORE}</p></body></html>"
    document = import_document(page.encode(), "a.html")
    assert [(one.kind, one.level, one.marker, one.text) for one in document.blocks[2:-1]] == [
        ("list_item", 1, "3.", "The quay"),
        ("list_item", 2, "•", "its stones"),
        ("list_item", 2, "•", "its rings"),
        ("list_item", 1, "4.", "The clerk"),
    ]
    assert texts(document)[-1] == MORE


def test_formulas_stand_as_they_were_typed_or_are_said_to_be_missing() -> None:
    drawn = "<span class='MathJax_Preview'></span><span class='MathJax'>E=mc2</span>"
    typed = f"{drawn}<script type='math/tex'>E = mc^2</script>"
    page = (
        f"<html><body><h1>T</h1><p>{BODY} So {typed} it is.</p><p>{MORE} And "
        "<mjx-container><svg><path d='M0 0'/></svg></mjx-container> too.</p></body></html>"
    )
    document = import_document(page.encode(), "a.html")
    assert texts(document)[1] == f"{BODY} So E = mc^2 it is."
    assert warnings(document) == ["left_out_formula"]

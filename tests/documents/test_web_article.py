"""What of a saved page is its article: nothing of the site, and nothing lost of the text."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from tests.documents.helpers import BODY, MORE, texts, warnings
from tests.documents.test_web import page

_LINK = '<a href="/{0}">Another piece, of which {0} is the matter</a>'
# What a site sets into and behind an article, by its kinds; “Gone” stands in each.
FURNITURE = {
    "a card": '<div class="box"><h3><a href="/x">Gone: ten quays</a></h3><p>By Ada</p></div>',
    "a linked block": '<a href="/x"><div><h4>Gone</h4><p>Ten quays and a mole.</p></div></a>',
    "links": f'<div><ul><li>Gone {_LINK.format(1)}</li><li>{_LINK.format(2)}</li></ul></div>',
    "a linked line": '<p><a href="/x">Gone: what the harbour master said</a></p>',
    "a line that opens so": '<p>Read also: <a href="/x">Gone is the harbour master</a></p>',
    "a camel's name": '<div class="Page_authorBio__x1"><p>Gone writes.</p></div>',
    "a name in a name": '<div class="sz-share__list"><span>Gone to your friends</span></div>',
    "a hiding class": '<div class="d-none"><p>Gone from sight.</p></div>',
    "a lone link": '<div class="x"><a class="btn-print" href="/p">Gone to paper</a></div>',
    "an idle heading": f'<h2>Gone further</h2><ul><li>{_LINK.format(1)}</li></ul>',
    "tags": f'<div class="post-tags">Gone: {_LINK.format("t")}</div>',
    "a call to follow": "<p>Follow us on Facebook for what is Gone.</p>",
    "a call to subscribe": "<p>Get the Gone of the week in your inbox.</p>",
    "a call in Spanish": "<p>Síguenos en Telegram: Gone y más</p>",
    "a wall": "<p>You must be logged in to say what is Gone.</p>",
    "a credit": "<p>Photo: Ada Gone/Reuters</p><p>© Oli Gone/Getty Images</p>",
    "a disclosure": "<p>Anzeige, enthält Gone Links</p>",
    "a linked quotation": '<blockquote>Puedes ver: <a href="/x">Gone is the port</a></blockquote>',
}  # fmt: skip


@pytest.mark.parametrize("kind", FURNITURE)
def test_what_a_site_sets_into_an_article_is_left_out(kind: str) -> None:
    document = page(
        f'<div class="wrap"><div class="entry-content"><h1>T</h1><p>{BODY}</p><p>{MORE}</p>'
        f"{FURNITURE[kind]}</div></div>"
    )
    assert texts(document) == ["T", BODY, MORE]


def test_a_label_goes_with_the_links_below_it() -> None:
    links = f"<h2>More on quays</h2><ul><li>{_LINK.format(1)}</li><li>{_LINK.format(2)}</li></ul>"
    document = page(f"<article><h1>T</h1><p>{BODY}</p>{links}<p>{MORE}</p></article>")
    assert texts(document) == ["T", BODY, MORE]


def test_when_a_page_was_changed_is_left_out_where_its_head_says_when_it_was_made() -> None:
    lines = ("Updated: 5 May 2021, 10:15", "Mittwoch, 5. Mai 2021, 09:30 Uhr", "4 min read")
    body = "".join(f"<p>{one}</p>" for one in lines)
    made = '<meta property="article:published_time" content="2021-05-05">'
    article = f"<article><h1>T</h1><p>{BODY}</p>{body}<p>{MORE}</p></article>"
    assert texts(page(article, head=made)) == ["T", BODY, MORE]
    assert texts(page(article)) == ["T", BODY, *lines, MORE]


def test_what_stands_behind_the_named_article_is_left_out() -> None:
    behind = f"<div><p>Sign in for more.</p></div><section><h2>Notes</h2><p>{MORE}</p></section>"
    document = page(
        f'<div><div class="article-body"><h1>T</h1><p>{BODY * 4}</p></div>{behind}</div>'
    )
    assert texts(document) == ["T", BODY * 4, "Notes", MORE]


@pytest.mark.parametrize(
    "own",
    [
        f'<section id="related-work"><h2>Related work</h2><p>{MORE}</p></section>',
        f"<h2>References</h2><ul><li>{_LINK.format(1)}</li><li>{_LINK.format(2)}</li></ul>",
        f'<div class="elementor-widget"><p>{MORE}</p></div><div class="elementor-widget">'
        f"<p>{BODY}</p></div>",
        "<h2>The End</h2>",
        f"<p>{MORE} Read more of it in <a href='/x'>her book</a>.</p>",
        f"<p>Follow these steps, which she shared on Twitter.</p><p>{MORE}</p>",
        f"<ul><li>three cubes of chicken stock</li><li>Foto und Film</li></ul><p>{MORE}</p>",
        f'<p><img alt="" src="a.png"></p><p>Photo: Ada Gone/Reuters</p><p>{MORE}</p>',
        f"<p>{MORE}</p><p>© 2019 Ada Gone</p>",
    ],
    ids=[
        "a section named by its heading",
        "sources",
        "a program's names",
        "an end",
        "words",
        "an advice",
        "goods",
        "a credit below its picture",
        "rights",
    ],
)
def test_what_is_the_articles_own_stays(own: str) -> None:
    document = page(f"<article><h1>T</h1><p>{BODY}</p>{own}</article>")
    words = lxml_html.fromstring(f"<div>{own}</div>").text_content()
    assert "".join(texts(document)[2:]).replace(" ", "") == words.replace(" ", "")


# What a browser shows nothing of when it is never closed, and what it does.
UNSEEN = (
    "iframe", "noembed", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp",
)  # fmt: skip
SEEN = (
    "button", "form", "label", "math", "nav", "object", "select", "svg", "template", "video",
)  # fmt: skip


@pytest.mark.parametrize("tag", [*UNSEEN, *SEEN])
def test_text_behind_an_element_that_is_never_closed(tag: str) -> None:
    document = page(
        f"<article><h1>T</h1><p>{BODY}</p><{tag}><p>{MORE}</p><p>The end.</p></article>"
    )
    assert texts(document) == ["T", BODY, MORE, "The end."]
    assert ("unclosed" in warnings(document)) == (tag in UNSEEN)


def test_text_behind_a_quotation_mark_that_is_never_closed() -> None:
    document = page(
        f'<article><h1>T</h1><p>{BODY} <a href="/x>So</a> it is.</p><p>{MORE}</p></article>'
    )
    assert texts(document) == ["T", f"{BODY} So it is.", MORE]
    assert "unclosed" in warnings(document)

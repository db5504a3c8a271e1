"""Markdown by people who do not know it: what they wrote is what is read."""

import re
from collections import Counter
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.plain_markdown import PlainMarkdown, shows_words
from documents.visible import is_visible

# Letters of many scripts, and the signs of prose; not those that Markdown is written with.
PLAIN = "aZé9ßЖω世界がعشא한🙂 \n\t.,;:!?'\"“”‘’«»()[]{}/%@$^&+-=—…#|"
PARSER = PlainMarkdown(line_breaks=True)
_MARKER = re.compile(r"^\s*(?:(?:-|[0-9]{1,3}[.)])\s+)+(?=\S)", re.MULTILINE)
_RULE = re.compile(r"^\s*(?:-[ \t]*){3,}$", re.MULTILINE)
_HASHES = re.compile(r"#")


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def visible(text: str) -> Counter[str]:
    return Counter(filter(is_visible, text))


@given(st.text(alphabet=PLAIN, max_size=120))
@example("    def f(x):\n\tpoem")
@example("see [^1] and [a]\n\n[^1]: Smith\n[a]: Wu")
@example("[he](sic)")
@example("Dear all\n---\nyours")
@example("1.\n\n2. b\n3. c")
@example("a|b\n-|-\nc|d|e")
def test_nothing_that_was_written_as_plain_text_is_gone(text: str) -> None:
    # Markers of lists are drawn by the browser; # begins a bold line; lines make a table or a rule.
    for one in (_RULE, _MARKER, _HASHES):
        text = one.sub("", text)
    left_out = Counter(dict.fromkeys("|-:", len(text)) if "|" in text else {})
    assert not visible(text) - visible(text_of(PARSER.render(text))) - left_out


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("    an indented line", "<p>an indented line</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("a[^1]\n\n[^1]: Smith", "<p>a[^1]</p>\n<p>[^1]: Smith</p>"),
        ("2.", "<p>2.</p>"),
        ("-", "<p>-</p>"),
        ("+ 1 for this", "<p>+ 1 for this</p>"),
        ("1914. The war began.", "<p>1914. The war began.</p>"),
        (">50 % of them", "<p>&gt;50 % of them</p>"),
        ("2*3*4", "<p>2*3*4</p>"),
        ("``` so much for that\nmore", "<p>``` so much for that<br>\nmore</p>"),
        ("a | b\n--|--\nc | d | e", "<p>a | b<br>\n--|--<br>\nc | d | e</p>"),
        ("[he](sic) [](https://a.org)", "<p>[he](sic) [](https://a.org)</p>"),
        ("**重要。**所以", "<p><strong>重要。</strong>所以</p>"),
        ("これは**「本」**です", "<p>これは<strong>「本」</strong>です</p>"),
    ],
)
def test_it_is_read_as_it_was_written(written: str, shown: str) -> None:
    assert PARSER.render(written).strip() == shown


def test_lists_keep_their_numbers() -> None:
    html = PARSER.render("1. one\n3. three")
    assert '<li value="1">one</li>' in html
    assert '<li value="3">three</li>' in html


@pytest.mark.parametrize(
    ("destination", "href"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org/a?b=1", "https://example.org/a?b=1"),
        ("https://example.org", "https://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_lead_out(destination: str, href: str) -> None:
    assert PARSER.render(f"[x]({destination})") == f'<p><a href="{href}">x</a></p>\n'


@pytest.mark.parametrize(
    "destination",
    ["page", "/s/spring/", "#p3", "?a", "../x", "//example.org", "notes.txt", "ftp://a.org", "a:b"],
)
def test_nothing_leads_into_the_page_around(destination: str) -> None:
    html = PARSER.render(f"[x]({destination})")
    assert "<a" not in html
    assert destination in unescape(html)


def test_addresses_are_recognised_by_their_beginning() -> None:
    parser = PlainMarkdown(line_breaks=True)
    parser.recognise_addresses()
    html = parser.render("See www.example.org/a, or https://b.org. It ended.So what?")
    assert '<a href="https://www.example.org/a">www.example.org/a</a>,' in html
    assert html.count("<a ") == 2


@pytest.mark.parametrize(
    "written",
    ["", "\u200b", "&nbsp;", "&#8203; \u3164", "#", "> ", ">", "> >\n> #", "```\n```", "~~~", "---",
     "[\u200b](https://example.org)" , "# &zwj;"],
)  # fmt: skip
def test_nothing_to_read(written: str) -> None:
    shown = PARSER.render(written)
    # What no link can show stays as it was written, and can be read.
    assert shows_words(shown) == ("https" in written)


@pytest.mark.parametrize("written", ["a", ".", "🙂", "2.", "[a]: https://example.org", "\\#"])
def test_something_to_read(written: str) -> None:
    assert shows_words(PARSER.render(written))

"""Comments are Markdown that can do nothing but be read, whatever is written in them."""

import json
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussions.common.markdown import first_words
from rendering.markdown import ATTRIBUTES, DIRECTED, TAGS, as_html

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
HREFS = {"", "http", "https", "mailto"}


class Inspector(HTMLParser):
    """Collects whatever a browser could take for more than words."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            allowed = ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
            if tag in DIRECTED and value == "auto":
                allowed = allowed | {"dir"}
            if name not in allowed:
                self.wrong.append(f"{tag}[{name}]")
            if name == "href" and urlsplit((value or "").strip()).scheme.lower() not in HREFS:
                self.wrong.append(str(value))
        if tag == "a" and dict(attrs).get("rel") != "nofollow noopener ugc":
            self.wrong.append("a link without rel")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")


def wrong_in(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.wrong


def corpus(name: str) -> list[str]:
    path = CORPORA / name
    if not path.exists():
        pytest.skip(f"The corpus {name} is not beside this folder.")
    rows = json.loads(path.read_text(encoding="utf-8"))
    keys = ("payload", "expected", "data", "attachment")
    found: list[str] = []
    for row in rows:
        values = [row] if isinstance(row, str) else [row.get(key) for key in keys]
        for value in values:
            found += value if isinstance(value, list) else [value]
    return [str(value) for value in found if value]


@pytest.mark.parametrize(
    "name",
    ["xss/dompurify-fixtures.json", "xss/h5sc-items.json", "naughty-strings/blns.json"],
)
def test_nothing_hostile_survives(name: str) -> None:
    texts = corpus(name)
    assert len(texts) > 100
    for text in texts:
        for written in (text, f"[a link]({text})", f"<{text}>", f"> - `{text}`", f"```{text}"):
            assert wrong_in(as_html(written)) == [], written


@given(st.text(alphabet="<>&\"'`*_[]()!#-|:/\\= \n\tjavascript:onhxdataimg", max_size=200))
def test_nothing_hostile_can_be_made_up(text: str) -> None:
    assert wrong_in(as_html(text)) == []


@pytest.mark.parametrize(
    "written",
    [
        '<b hx-get="/x">bold</b>',
        '<a href="/x" data-hx-post="/y" class="btn">link</a>',
        "<script>alert(1)</script>",
        '<p style="color:red" id="main">x</p>',
    ],
)
def test_html_is_shown_and_not_obeyed(written: str) -> None:
    html = as_html(written)
    assert wrong_in(html) == []
    assert "&lt;" in html


def test_markdown_works() -> None:
    html = as_html(
        "*a* **b** ~~c~~ `d`\n\n> e\n\n1. f\n2. g\n\n- h\n\n| i | j |\n|---|---|\n| k | l |"
    )
    for piece in ("<em>a</em>", "<strong>b</strong>", "<s>c</s>", "<code>d</code>", "<ol>", "<ul>"):
        assert piece in html
    assert "<blockquote>" in html
    assert "<td>k</td>" in html


def test_headings_are_bold_lines_and_images_are_links() -> None:
    assert as_html("# Title") == "<p><strong>Title</strong></p>"
    html = as_html("![cat](https://example.org/cat.png)")
    assert "<img" not in html
    assert 'href="https://example.org/cat.png"' in html


def test_addresses_become_links_and_sentences_do_not() -> None:
    assert 'href="https://example.org/a?b=1&amp;c=2"' in as_html(
        "see https://example.org/a?b=1&c=2"
    )
    assert "<a" not in as_html("It ended there.So what came next?")
    assert "<a" not in as_html("[x](javascript:alert(1)) [y](data:text/html,z)")


@pytest.mark.parametrize(
    "piece", ["[", "*", "`", "![", "_a", "> ", "|a", "<", "http://", "~~", "\\"]
)
def test_no_text_costs_much_more_than_prose(piece: str) -> None:
    """Nobody keeps the server busy with ten thousand brackets."""

    def seconds(text: str) -> float:
        started = time.process_time()
        as_html(text[:10_000])
        return time.process_time() - started

    prose = "It *says* so in [the note](https://example.org), and “we” is China. " * 200
    seconds(prose)  # what is made on first use is not counted
    assert seconds(piece * 10_000) < 100 * seconds(prose)


def test_first_words_are_plain_text_on_one_line() -> None:
    html = as_html("# Title\n\nIs 1 < 2 & *so* on?\nNext line\n\n> quoted")
    assert first_words(html) == "Title Is 1 < 2 & so on? Next line quoted"
    assert len(first_words(as_html("word " * 200))) <= 160


def test_each_paragraph_has_its_own_direction() -> None:
    assert as_html("Yes.\n\nשלום!").count('<p dir="auto">') == 2
    assert "dir" not in as_html("Yes.")


@pytest.mark.parametrize("sign", ["\u202e", "\u202d", "&#8238;", "&#x202D;"])
def test_no_sign_turns_the_letters_of_an_address(sign: str) -> None:
    written = f"See {sign}https://evil.example/moc.knab//:sptth and שלום"
    html = as_html(f"{written} https://evil.example/%E2%80%AEmoc")
    assert 'href="https://evil.example/moc.knab//:sptth"' in html
    assert "שלום" in html
    assert not {"\u202d", "\u202e"} & set(html)

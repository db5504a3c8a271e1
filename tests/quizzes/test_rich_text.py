"""Words of other programs as a guide's Markdown: nothing unsafe, no word lost."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from documents.plain_markdown import shows_words
from documents.visible import has_visible
from quizzes.formats.rich_text import clean, read_either, read_html, read_plain
from quizzes.questions import plain
from readings.guides import render_prose


@pytest.mark.parametrize(
    ("html", "markdown", "left"),
    [
        ("<p>a <b>bold </b>word</p>", "a **bold** word", []),
        ("<p>2 &lt; 3 &amp;amp; x_y</p>", "2 \\< 3 \\&amp; x\\_y", []),
        ("<p>10<sup>2</sup> H<sub>2</sub>O x<sup>ab</sup></p>", "10² H₂O x^(ab)", []),
        ("a<br>b<br/><br/>c", "a\\\nb\\\n\\\nc", []),
        ("<ul><li>x<ul><li>y</li></ul></li></ul>", "- x\n  - y", []),
        ("<ol start='3'><li>x</li><li>y</li></ol>", "3. x\n4. y", []),
        ("<blockquote><p>q</p><p>r</p></blockquote>", "> q\n>\n> r", []),
        ("<pre>a\n ### b</pre>", "```\na\n ### b\n```", []),
        ("<h2>Head</h2><p>x</p>", "**Head**\n\nx", []),
        ("<b>a</b><strong>b</strong>", "**ab**", []),
        ("<a href='https://x.org/?a=1&amp;b=2'>y</a>", "[y](<https://x.org/?a=1&b=2>)", []),
        ("<a href='javascript:alert(1)'>y</a>", "y", ["a link that leads nowhere from here"]),
        ("<img src=x onerror=alert(1) alt='A map'>", "\\[A map\\]", ["a picture"]),
        (
            "<p>So <math><msup><mi>x</mi><mn>2</mn></msup></math></p>",
            "So x 2",
            ["a formula: its signs stand in a row"],
        ),
        ("x<script>alert(1)</script><style>p{}</style>", "x", []),
        ("<iframe src='//x'></iframe>x<object>y</object>", "x", ["what is embedded in it"]),
        ("<p onclick='x()'>Answer: 1</p>", "Answer\\: 1", []),
        ("<p>Answer : 1</p>", "Answer \\: 1", []),
        ("<p>- a</p><p>1. b</p><p>(x) c</p><p># d</p>", "\\- a\n\n1\\. b\n\n\\(x) c\n\n\\# d", []),
        (
            "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>",
            "a · b\n\nc",
            ["a table, whose rows are lines now"],
        ),
    ],
)
def test_html(html: str, markdown: str, left: list[str]) -> None:
    found = read_html(html)
    assert found.prose == markdown
    assert found.left == left


def test_plain_text_is_taken_as_it_stands() -> None:
    assert read_plain("a\nb * c\n\n<d>").blocks == ["a\\\nb \\* c", "\\<d\\>"]
    assert read_either("2 < 3 and x<y>z").prose == "2 \\< 3 and x\\<y\\>z"
    assert read_either("a <b>c</b>\n\nd").blocks == ["a **c**", "d"]


PIECES = st.sampled_from(
    [
        *("*a*", "**b**", "`c`", "~~d~~", "[e](https://x.org)", "word", "2*3", "_f_", "1. ", "- "),
        *("\n", "\n\n", "> ", " ", "```\nx\n```\n", "<b>", "&amp;", "&", "\\", "#", "(x)", "→"),
        *("Answer: ", "->", "[", "]", "!", "***", "“q”", "½"),
    ]
)


def letters(html: str) -> str:
    return "".join(one for one in plain(re.sub(r"<br ?/?>", " ", html)) if has_visible(one))


def one_line(html: str) -> str:
    return " ".join(html.split())


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.lists(PIECES, max_size=10).map("".join), st.text(max_size=40)))
@example("A :")
def test_no_word_is_lost_and_what_is_read_stays(markdown: str) -> None:
    html = render_prose(clean(markdown))
    found = read_html(html)
    again = render_prose(found.prose)
    if shows_words(html):
        assert letters(again) == letters(html)
        assert one_line(render_prose(read_html(again).prose)) == one_line(again)


@settings(deadline=None, max_examples=80)
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<ul>",
                    "<li>",
                    "<b>",
                    "</b>",
                    "<a href='https://x'>",
                    "</a>",
                    "<br>",
                    "<td>",
                    "<table>",
                    "<pre>",
                    "<sup>",
                    "<img alt='&lt;b&gt;'>",
                    "<script>",
                    "x",
                    "&lt;script&gt;",
                    "`",
                    "<blockquote>",
                    "<code>",
                    "\\",
                    "**",
                    "<hr>",
                    "<ol start='x'>",
                    "<math>",
                    "<svg>",
                    "\x00",
                ]
            ),
            max_size=20,
        ).map("".join),
    )
)
def test_whatever_comes_in_is_safe(html: str) -> None:
    shown = render_prose(read_html(html).prose)
    tags = set(re.findall(r"<([a-z0-9]+)", shown))
    assert tags <= {
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "br",
        "hr",
        "a",
        "em",
        "strong",
        "s",
        "code",
    }
    assert "javascript:" not in re.findall(r'href="([^"]*)"', shown)

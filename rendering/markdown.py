"""Markdown as members write it, made into HTML that can do nothing but be read.

Two walls: the Markdown parser passes no HTML through, and what it makes is
sanitised against a closed list, so that a hole in one is not a hole in the page.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

import nh3
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from documents.plain_markdown import PlainMarkdown
from documents.visible import turns_words
from rendering.names import NOBODY, Names

# Raised whenever the same words would come out as other HTML; rows carry the version they have.
RENDERER_VERSION = 4

TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "a", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
# No class, style, id, data-* or hx-*: words may not look or act like the page around them.
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "li": {"value"}}
# A name that was found to be one of who reads it: its own direction, and how it looks.
MENTION_TAG = "bdi"
MENTION_CLASS = {MENTION_TAG: {"class": {"mention"}}}
_MENTIONS = re.compile(f'<{MENTION_TAG} class="mention">@([^<]*)</{MENTION_TAG}>')
# “¶ 4”, “¶4”, “¶ 12–14”; not what goes on as a word or as a larger number.
_CITED = re.compile(
    r"(?<!¶)(¶{1,2}[ \u00a0\u2009\u202f]?([1-9]\d{0,3}))([-–]([1-9]\d{0,3}))?(?!\w)"
)
# In text, “<” is never itself.
_CITATION = '<a href="#p'
DIRECTED = ("p", "li", "blockquote", "th", "td")
LINK_SCHEMES = {"http", "https", "mailto"}
# LEFT-TO-RIGHT and RIGHT-TO-LEFT OVERRIDE: letters in another order than they are written, so that
# a link reads as the address of another site. No language needs them.
_NO_OVERRIDES = dict.fromkeys(map(ord, "\u202d\u202e"))


def _heading_open(*_arguments: Any) -> str:
    # A comment's heading would stand in the outline of the page: it becomes a bold line.
    return "<p><strong>"


def _heading_close(*_arguments: Any) -> str:
    return "</strong></p>\n"


def _mention(state: StateInline, silent: bool) -> bool:
    """“@Amina Diallo”, where that is one of the names that are looked for."""
    names: Names = state.env.get("names", NOBODY)
    end = names.end_of(state.src, state.pos)
    if end is None:
        return False
    if not silent:
        state.push("mention", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _mention_html(_self: Any, tokens: Any, index: int, *_arguments: Any) -> str:
    return f'<{MENTION_TAG} class="mention">{html.escape(tokens[index].content)}</{MENTION_TAG}>'


def _cite_paragraphs(state: StateCore) -> None:
    """Make links of the paragraphs that plain words cite; code and what is a link stay."""
    last: int = state.env.get("paragraphs", 0)
    for block in state.tokens if last else ():
        if block.type == "inline" and "¶" in block.content:
            block.children = list(_with_citations(block.children or (), last))


def _with_citations(tokens: Sequence[Token], last: int) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not links:
            yield from _cited(token, last)
        else:
            yield token


def _cited(text: Token, last: int) -> Iterator[Token]:
    done = 0
    for found in _CITED.finditer(text.content):
        if int(found[2]) > last:
            continue
        # Of a range that ends in no paragraph, its beginning.
        end = found.end() if found[4] is None or int(found[4]) <= last else found.end(1)
        yield Token("text", "", 0, content=text.content[done : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": f"#p{found[2]}"})
        yield Token("text", "", 0, content=text.content[found.start() : end])
        yield Token("link_close", "a", -1)
        done = end
    yield Token("text", "", 0, content=text.content[done:])


def _parser(*, line_breaks: bool) -> PlainMarkdown:
    parser = PlainMarkdown(line_breaks=line_breaks, switched_off=["image"])
    parser.recognise_addresses()
    parser.inline.ruler.push("mention", _mention)
    parser.add_render_rule("mention", _mention_html)
    parser.core.ruler.push("cite_paragraphs", _cite_paragraphs)
    parser.add_render_rule("heading_open", _heading_open)
    parser.add_render_rule("heading_close", _heading_close)
    return parser


_TYPED = _parser(line_breaks=True)
_WRAPPED = _parser(line_breaks=False)


def as_html(
    body: str, *, is_wrapped: bool = False, names: Names = NOBODY, paragraphs: int = 0
) -> str:
    """Return Markdown as sanitised HTML, though it may show nothing.

    `names` are shown as mentions. “¶ 4” is a link to `#p4` where the text that it is about has
    so many numbered `paragraphs`: on which page that is, `leading_to` says.
    """
    # Each paragraph has its own direction, where there are several: “dir” on the whole has one.
    directed = {tag: {"dir": "auto"} for tag in DIRECTED} if turns_words(body) else None
    cleaned = nh3.clean(
        (_WRAPPED if is_wrapped else _TYPED).render(
            body, {"names": names, "paragraphs": paragraphs}
        ),
        tags=TAGS | {MENTION_TAG} if names else TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=MENTION_CLASS if names else None,
        url_schemes=LINK_SCHEMES,
        link_rel="nofollow noopener ugc",
        generic_attribute_prefixes=set(),
        set_tag_attribute_values=directed,
    )
    # Of what came out: an address or an entity may have spelled them.
    return cleaned.translate(_NO_OVERRIDES).strip()


def cites(rendered: str) -> bool:
    """Whether paragraphs are cited in rendered words."""
    return _CITATION in rendered


def leading_to(page: str, rendered: str) -> str:
    """Let the paragraphs that are cited in rendered words lead to this page."""
    return rendered.replace(_CITATION, f'<a href="{html.escape(page)}#p')


def mentioned_in(rendered: str) -> Names:
    """Return the names that stand as mentions in HTML that was rendered before."""
    return Names(mentions_in(rendered))


def mentions_in(rendered: str) -> list[str]:
    """Return the same as they are written, in their order."""
    return [html.unescape(found) for found in _MENTIONS.findall(rendered)]

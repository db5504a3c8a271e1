"""Markdown as members write it, made into HTML that can do nothing but be read.

Two walls: the Markdown parser passes no HTML through, and what it makes is
sanitised against a closed list, so that a hole in one is not a hole in the page.
"""

import html
import re
from typing import Any

import nh3
from markdown_it.rules_inline import StateInline

from documents.plain_markdown import PlainMarkdown
from documents.visible import turns_words
from rendering.names import NOBODY, Names

# Raised whenever the same words would come out as other HTML; rows carry the version they have.
RENDERER_VERSION = 3

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


def _parser(*, line_breaks: bool) -> PlainMarkdown:
    parser = PlainMarkdown(line_breaks=line_breaks, switched_off=["image"])
    parser.recognise_addresses()
    parser.inline.ruler.push("mention", _mention)
    parser.add_render_rule("mention", _mention_html)
    parser.add_render_rule("heading_open", _heading_open)
    parser.add_render_rule("heading_close", _heading_close)
    return parser


_TYPED = _parser(line_breaks=True)
_WRAPPED = _parser(line_breaks=False)


def as_html(body: str, *, is_wrapped: bool = False, names: Names = NOBODY) -> str:
    """Return Markdown as sanitised HTML, though it may show nothing; `names` as mentions."""
    # Each paragraph has its own direction, where there are several: “dir” on the whole has one.
    directed = {tag: {"dir": "auto"} for tag in DIRECTED} if turns_words(body) else None
    cleaned = nh3.clean(
        (_WRAPPED if is_wrapped else _TYPED).render(body, {"names": names}),
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


def mentioned_in(rendered: str) -> Names:
    """Return the names that stand as mentions in HTML that was rendered before."""
    return Names(html.unescape(found) for found in _MENTIONS.findall(rendered))

"""Markdown as members write it, made into HTML that can do nothing but be read.

Two walls: the Markdown parser passes no HTML through, and what it makes is
sanitised against a closed list, so that a hole in one is not a hole in the page.
"""

import html
from typing import Any

import nh3
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.fields import INVISIBLE
from discussions.common.errors import NothingToPost
from documents.plain_markdown import PlainMarkdown, shows_words
from documents.visible import turns_words

# Raised whenever the same words would come out as other HTML; rows carry the version they have.
RENDERER_VERSION = 3

FIRST_WORDS = 160  # characters of a comment that its card shows: two lines of the margin

TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "a", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
# No class, style, id, data-* or hx-*: words may not look or act like the page around them.
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "li": {"value"}}
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


def _parser(*, line_breaks: bool) -> PlainMarkdown:
    parser = PlainMarkdown(line_breaks=line_breaks, switched_off=["image"])
    parser.recognise_addresses()
    parser.add_render_rule("heading_open", _heading_open)
    parser.add_render_rule("heading_close", _heading_close)
    return parser


_TYPED = _parser(line_breaks=True)
_WRAPPED = _parser(line_breaks=False)


def render(body: str, *, is_wrapped: bool = False) -> str:
    """Return the comment's Markdown as sanitised HTML; raise NothingToPost.

    Every way by which words get into a thread comes through here, and here it is decided
    whether they are any: by what a reader would see of them. `is_wrapped` is for words out
    of a file, whose lines end where its editor was full.
    """
    rendered = as_html(body, is_wrapped=is_wrapped)
    if not shows_words(rendered):
        raise NothingToPost(str(INVISIBLE) if body.strip() else _("Write something first."))
    return rendered


def as_html(body: str, *, is_wrapped: bool = False) -> str:
    """Return Markdown as sanitised HTML, though it may show nothing."""
    # Each paragraph has its own direction, where there are several: “dir” on the whole has one.
    directed = {tag: {"dir": "auto"} for tag in DIRECTED} if turns_words(body) else None
    cleaned = nh3.clean(
        (_WRAPPED if is_wrapped else _TYPED).render(body),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=LINK_SCHEMES,
        link_rel="nofollow noopener ugc",
        generic_attribute_prefixes=set(),
        set_tag_attribute_values=directed,
    )
    # Of what came out: an address or an entity may have spelled them.
    return cleaned.translate(_NO_OVERRIDES).strip()


def first_words(rendered: str) -> str:
    """Return the beginning of rendered words as plain text, on one line."""
    text = html.unescape(strip_tags(rendered.replace("</p>", "</p> ").replace("<br>", " ")))
    return shorten(" ".join(text.split()), FIRST_WORDS)


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its first words within `limit` characters and an ellipsis.

    Django's Truncator counts each letter's marks apart and takes a fifth of the
    time of a page with two hundred threads.
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"

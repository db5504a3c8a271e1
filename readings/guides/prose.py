"""Markdown that instructors write in guides, as safe HTML: one renderer, one closed set of tags."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

BLOCK_TAGS = {"p", "ul", "ol", "li", "blockquote", "pre", "br", "hr"}
INLINE_TAGS = {"a", "em", "strong", "s", "code"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
LINK_REL = "noopener noreferrer"
# A note has no sections, tables or pictures: what looks like one stays as it was written.
SWITCHED_OFF = ["heading", "lheading", "table", "image"]


@cache
def _parser() -> MarkdownIt:
    # js-default escapes raw HTML where html is off; nh3 has the last word all the same.
    return MarkdownIt("js-default", {"html": False}).disable(SWITCHED_OFF)


def render_prose(markdown: str) -> str:
    """Return paragraphs, lists and quotations of `markdown` as sanitised HTML."""
    return _clean(_parser().render(markdown), BLOCK_TAGS | INLINE_TAGS)


def render_line(markdown: str) -> str:
    """Return one line of `markdown` as sanitised HTML that may stand in a legend or a label."""
    return _clean(_parser().renderInline(markdown), INLINE_TAGS)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL
    ).strip()

"""Markdown that instructors write in guides, as safe HTML: one renderer, one closed set of tags."""

from functools import cache

import nh3

from documents.plain_markdown import PlainMarkdown, shows_words

BLOCK_TAGS = {"p", "ul", "ol", "li", "blockquote", "pre", "br", "hr"}
INLINE_TAGS = {"a", "em", "strong", "s", "code"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "li": {"value"}}
SCHEMES = {"http", "https", "mailto"}
LINK_REL = "noopener noreferrer"
# A note has no sections, tables or pictures: what looks like one stays as it was written.
SWITCHED_OFF = ["heading", "table", "image"]


@cache
def _parser() -> PlainMarkdown:
    # It escapes raw HTML; nh3 has the last word all the same.
    return PlainMarkdown(line_breaks=False, switched_off=SWITCHED_OFF)


def render_prose(markdown: str) -> str:
    """Return paragraphs, lists and quotations of `markdown` as sanitised HTML."""
    return _clean(_parser().render(markdown), BLOCK_TAGS | INLINE_TAGS)


def render_line(markdown: str) -> str:
    """Return one line of `markdown` as sanitised HTML that may stand in a legend or a label."""
    return _clean(_parser().renderInline(markdown), INLINE_TAGS)


def shows_nothing(markdown: str) -> bool:
    """Whether a reader would see no words of this note, question or choice."""
    return not shows_words(render_prose(markdown))


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=LINK_REL
    ).strip()

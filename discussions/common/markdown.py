"""Markdown as members write it in threads: whether it is any words, and its first ones."""

import html

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.fields import INVISIBLE
from discussions.common.errors import NothingToPost
from documents.plain_markdown import shows_words
from rendering.markdown import as_html
from rendering.names import NOBODY, Names

FIRST_WORDS = 160  # characters of a comment that its card shows: two lines of the margin


def render(
    body: str, *, is_wrapped: bool = False, names: Names = NOBODY, paragraphs: int = 0
) -> str:
    """Return the comment's Markdown as sanitised HTML; raise NothingToPost.

    Every way by which words get into a thread comes through here, and here it is decided
    whether they are any: by what a reader would see of them. `is_wrapped` is for words out
    of a file, whose lines end where its editor was full. `names` are shown as mentions, and
    citations of so many `paragraphs` as links (see `paragraphs_for`).
    """
    rendered = as_html(body, is_wrapped=is_wrapped, names=names, paragraphs=paragraphs)
    if not shows_words(rendered):
        raise NothingToPost(str(INVISIBLE) if body.strip() else _("Write something first."))
    return rendered


def first_words(rendered: str) -> str:
    """Return the beginning of rendered words as plain text, on one line."""
    return shorten(plain_words(rendered), FIRST_WORDS)


def plain_words(rendered: str) -> str:
    """Return rendered words as plain text, on one line."""
    text = html.unescape(strip_tags(rendered.replace("</p>", "</p> ").replace("<br>", " ")))
    return " ".join(text.split())


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its first words within `limit` characters and an ellipsis.

    Django's Truncator counts each letter's marks apart and takes a fifth of the
    time of a page with two hundred threads.
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"

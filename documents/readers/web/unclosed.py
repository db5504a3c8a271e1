"""Elements of a page that are never closed: a browser and a parser lose the text behind them."""

from __future__ import annotations

import re

from documents.messages import gettext_lazy as _
from documents.parsed import ParseWarning

# What holds no elements: all up to its end is its own text.
_RAW = ("script", "style", "textarea", "title", "xmp", "noscript", "noembed", "noframes", "iframe")
_OPENING = re.compile(rf"<({'|'.join(_RAW)}|plaintext)(?=[\s>/])[^<>]*>", re.IGNORECASE)
# Where the page's own elements begin again, behind what belonged to the open one.
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|section|article|ul|ol|blockquote|table)[\s>]", re.IGNORECASE)
# An attribute's value that runs to the end of the file.
_OPEN_VALUE = re.compile(r"""<[a-z][^<>]*=\s*(?P<quote>["'])(?P<value>[^"'<>]*)>""", re.IGNORECASE)


def closed(text: str) -> tuple[str, tuple[ParseWarning, ...]]:
    """The page without openings that nothing closes, and what is to be said of them."""
    names = []
    place = 0
    while opening := _OPENING.search(text, place):
        name = opening.group(1).lower()
        end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, opening.end())
        if end is not None and name != "plaintext":
            place = end.end()
            continue
        block = _BLOCK.search(text, opening.end())
        if block is None:
            break
        names.append(f"<{name}>")
        own = name in {"script", "style"}
        text = text[: opening.start()] + text[block.start() if own else opening.end() :]
        place = opening.start()
    text, quotes = _with_quotes(text)
    names += quotes
    return text, tuple(_said(name) for name in dict.fromkeys(names))


def _with_quotes(text: str) -> tuple[str, list[str]]:
    """The page with the quotation mark after which no other one comes set where its tag ends."""
    for quote in "\"'":
        last = text.rfind(f"={quote}")
        if last < 0 or text.find(quote, last + 2) >= 0:
            continue
        start = text.rfind("<", 0, last)
        opening = _OPEN_VALUE.match(text, start) if start >= 0 else None
        if opening is not None and opening["quote"] == quote and opening.end("value") > last:
            at = opening.end("value")
            return text[:at] + quote + text[at:], [text[start:at] + ">"]
    return text, []


def _said(name: str) -> ParseWarning:
    return ParseWarning(
        "unclosed",
        None,
        _(
            "%(name)s is never closed in this page. The text behind it, which a browser may not "
            "show, has been read: see whether it belongs to the essay.",
            name=name[:60],
        ),
    )

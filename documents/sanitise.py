"""The small closed set of elements that an essay may hold."""

from __future__ import annotations

import re
from html import unescape

import nh3

INLINE_TAGS = {"em", "strong", "sup", "sub", "code", "a", "q", "cite", "abbr", "span", "br", "img"}
_TABLE = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "span": {"lang", "dir"},
    "img": {"src", "alt"},
}
_TABLE_ATTRIBUTES = _ATTRIBUTES | {"th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_SCHEMES = {"http", "https", "mailto", "picture"}
# A picture as the importer names it: `picture:` and its name in the document.
_PICTURE = re.compile(r"picture:[1-9][0-9]{0,3}\.(?:png|jpg|gif|webp)")

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s]", re.IGNORECASE)


def is_address(href: str) -> bool:
    """Whether a link leads anywhere from a page that is not its own."""
    return bool(_ADDRESS.match(href))


def is_picture(source: str) -> bool:
    """Whether a source names a picture of the essay itself."""
    return bool(_PICTURE.fullmatch(source))


def _kept(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "href" and not is_address(value):
        return None
    if tag == "img" and name == "src" and not is_picture(value):
        return None
    return value


_inline = nh3.Cleaner(
    tags=INLINE_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_kept,
    url_schemes=_SCHEMES,
    link_rel=None,
)
_table = nh3.Cleaner(
    tags=INLINE_TAGS | _TABLE,
    attributes=_TABLE_ATTRIBUTES,
    attribute_filter=_kept,
    url_schemes=_SCHEMES,
    link_rel=None,
)


def sanitised(html: str, *, table: bool = False) -> str:
    """HTML of one block with nothing in it but the closed set."""
    if "<" not in html and "&" not in html:
        return html
    return (_table if table else _inline).clean(html)


def text_content(html: str) -> str:
    """What a browser's `textContent` would give for sanitised HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html))

"""The words of sanitised HTML as plain text."""

import re
from html import unescape

_ENDS = re.compile(r"</(?:p|li|td|th|tr|pre|blockquote)>|<(?:br|hr)\s*/?>")
_TAG = re.compile(r"<[^>]*>")


def text_of_markup(html: str) -> str:
    """Return what a reader sees of `html`; a new line where a paragraph, an item or a cell ends."""
    return unescape(_TAG.sub("", _ENDS.sub("\n", html)))

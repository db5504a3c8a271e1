"""A block as HTML. It is written here by plain formatting: a page has hundreds of them.

The words under `data-text` are the block's text to the letter: no white space of ours among them.
"""

import re

from django.templatetags.static import static

from config.template_tags import direction, language
from readings.models import Block
from readings.page.layout import group_kind, name_of
from rendering.slots import escape

_PICTURES = re.compile(r'<img(?:\s+[a-z]+="[^"]*")*>')
_OPENINGS = {
    "list": '<div class="items" role="list">',
    "boilerplate": '<div class="boilerplate" role="group" aria-label="Printed with the essay">',
}


def icon_html(name: str) -> str:
    """One of static/icons.svg, as the tag `icon` draws it."""
    address = escape(static("icons.svg"))
    return f'<svg class="i" aria-hidden="true"><use href="{address}#{name}"/></svg>'


def block_html(block: Block, words: str, *, handle: str = "", cards: str = "") -> str:
    """Return the block with its number, its words (HTML), its button and what stands beside it."""
    key = escape(block.key)
    return (
        f"{block_opening(block)}{block_element(block, words)}{handle}"
        f'<div class="threads" id="threads-{key}"{of_interface()}>{cards}</div></div>\n'
    )


def block_opening(block: Block, *, within: str = "") -> str:
    """What opens a block, with its number; `within` begins the ids of a text beside another."""
    key = escape(block.key)
    return (
        f'<div class="block" id="{within}b-{key}" data-block="{key}" data-kind="{block.kind}"'
        f"{_level(block)}{_item(block)}>{_number(block, within)}"
    )


def of_interface() -> str:
    """What says that an element within an essay is in the reader's language: it is not in the
    essay's, nor does it run as that does."""
    return f' lang="{language()}" dir="{direction()}"'


def group_opening(block: Block) -> str:
    """What opens the group that the block stands in; nothing where it stands alone."""
    return _OPENINGS.get(group_kind(block), "")


def _level(block: Block) -> str:
    return f' data-level="{block.level}"' if block.level else ""


def _item(block: Block) -> str:
    if block.kind != "list_item":
        return ""
    level = f' aria-level="{block.level}"' if block.level else ""
    return f' role="listitem" data-marker="{escape(block.marker)}"{level}'


def _number(block: Block, within: str) -> str:
    n = block.number
    if not n:
        return ""
    at = f"{within}p{n}"
    return f'<a class="num" id="{at}" href="#{at}" aria-label="Paragraph {n}">{n}</a>'


def block_element(block: Block, words: str) -> str:
    """The element of its words, [data-text], with what stands around them."""
    match block.kind:
        case "heading":
            # The essay's title is the page's h1, its sections h2.
            tag = f"h{min(max(block.level or 2, 2), 6)}"
            return f"<{tag} data-text>{words}</{tag}>"
        case "blockquote":
            return f"<blockquote><p data-text>{words}</p></blockquote>"
        case "verse":
            return f"<div data-text>{words}</div>"
        case "code":
            label = escape(f"Code, {name_of(block)}")
            return f'<pre data-text tabindex="0" role="region" aria-label="{label}">{words}</pre>'
        case "table":
            label = escape(f"Table, {name_of(block)}")
            scrolls = f'tabindex="0" role="region" aria-label="{label}"'
            return f'<div class="table-wrap" data-text {scrolls}>{words}</div>'
        case "figure":
            return _figure(block, words)
        case "rule":
            return "<hr>"
    return f"<p data-text>{words}</p>"


def _figure(block: Block, words: str) -> str:
    """The pictures stand before the caption."""
    missing = (
        ""
        if "<img" in words
        else '<p class="missing">A picture stood here; it was not in the file.</p>'
    )
    caption = f"<figcaption data-text>{_PICTURES.sub('', words)}</figcaption>" if block.text else ""
    return f"<figure>{missing}{''.join(_PICTURES.findall(words))}{caption}</figure>"

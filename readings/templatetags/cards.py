"""Showing blocks, and what a layer hung on them, on pages that are not kept."""

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from readings.page import (
    NOBODY,
    BlockGroup,
    BlockRow,
    Card,
    block_html,
    fill,
    group_opening,
    icon_html,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: RequestContext, card: Card) -> SafeString:
    """Render a card's template with the page's context and its own, which comes first."""
    assert context.template is not None  # noqa: S101 - a tag is always rendered by a template
    piece = context.template.engine.get_template(card.template)
    with context.push(card=card.context, **card.context):
        return piece.render(context)


@register.simple_tag(takes_context=True)
def show_block(context: RequestContext, row: BlockRow) -> SafeString:
    """Render a block with the cards beside it; at the desk, with the button that edits it."""
    cards = "".join(show(context, card) for card in row.beside)
    handle = _edit_handle(context, row) if context.get("desk") else ""
    html = block_html(row.block, row.html, handle=handle, cards=cards)
    return mark_safe(fill(html, NOBODY))  # noqa: S308 - sanitised at import, and our own markup


@register.simple_tag
def open_group(group: BlockGroup) -> SafeString:
    """Open the list, or the stretch of boilerplate, in which blocks stand together."""
    return mark_safe(group_opening(group.rows[0].block))  # noqa: S308 - our own markup


def _edit_handle(context: RequestContext, row: BlockRow) -> str:
    key = row.block.key
    url = reverse("import_block", args=[context["draft"].pk, key])
    focus = " data-focus" if context.get("focus") == key else ""
    return (
        f'<a class="handle" id="edit-{escape(key)}" data-empty'
        f' href="{escape(url)}?part={context["preview"].page}"'
        f' aria-label="{escape(_("Edit %(place)s") % {"place": row.name})}"{focus}>'
        f"{icon_html('pencil')}</a>"
    )

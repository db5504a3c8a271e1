"""Showing what a layer hung on the page."""

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString

from readings.page import Card

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: RequestContext, card: Card) -> SafeString:
    """Render a card's template with the page's context and its own, which comes first."""
    assert context.template is not None  # noqa: S101 - a tag is always rendered by a template
    piece = context.template.engine.get_template(card.template)
    with context.push(card=card.context, **card.context):
        return piece.render(context)

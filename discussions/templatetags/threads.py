"""Threads as a list and a changed card show them."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from discussions.threads import ThreadCard, summary_html
from readings.page import Own, fill

register = template.Library()


@register.simple_tag
def thread_summary(card: ThreadCard, url: str = "") -> SafeString:
    """The line of a card, for the viewer whom the card was made for."""
    own = Own(card.author_id if card.is_own else 0, {card.pk: card.unread} if card.unread else {})
    return mark_safe(fill(summary_html(card, url), own))  # noqa: S308 - each word is escaped

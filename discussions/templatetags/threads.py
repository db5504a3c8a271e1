"""A thread's card as it shows to one viewer, where it has changed."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from discussions.threads import CardWriter, ThreadCard
from readings.models import Reading
from readings.page import Own, fill

register = template.Library()


@register.simple_tag
def thread_summary(reading: Reading, card: ThreadCard) -> SafeString:
    """The line of a card, for the viewer whom the card was made for."""
    own = Own(card.author_id if card.is_own else 0, {card.pk: card.unread} if card.unread else {})
    return mark_safe(fill(CardWriter(reading).summary(card), own))  # noqa: S308 - each word is escaped where it was written

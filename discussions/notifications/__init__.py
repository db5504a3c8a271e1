"""Being told: the news of a member, on their page and at the bell."""

from discussions.notifications.feed import count_news

__all__ = ["count_news"]

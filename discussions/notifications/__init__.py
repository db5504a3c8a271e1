"""Being told: the news of a member, on their page, at the bell and by mail."""

from discussions.notifications.background import keep_writing_news
from discussions.notifications.feed import count_news
from discussions.notifications.news_mail import PURPOSE, make_news_mail, write_news_mails

__all__ = ["PURPOSE", "count_news", "keep_writing_news", "make_news_mail", "write_news_mails"]

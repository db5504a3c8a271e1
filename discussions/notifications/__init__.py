"""Being told: the news of a member, on their page, at the bell and by mail."""

from discussions.notifications.background import keep_writing_news
from discussions.notifications.further_sources import register_news_source
from discussions.notifications.items import NewsItem, NewsKey
from discussions.notifications.kept_count import STAMP as NEWS_STAMP
from discussions.notifications.kept_count import kept_news_count
from discussions.notifications.news_mail import PURPOSE, make_news_mail, write_news_mails
from discussions.notifications.thread_news import NewsPart, NewsReader

__all__ = [
    "NEWS_STAMP",
    "PURPOSE",
    "NewsItem",
    "NewsKey",
    "NewsPart",
    "NewsReader",
    "keep_writing_news",
    "kept_news_count",
    "make_news_mail",
    "register_news_source",
    "write_news_mails",
]

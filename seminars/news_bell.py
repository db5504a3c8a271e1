"""The bell in the top bar: how many things are new to who asks, over all their seminars.

What is news is known above this app, which registers how it is counted. It is asked once for a
request, and only by pages that show the bell.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from rendering.kept_html import html, kept_html, word_slot

# Of the account of a key; what it depends on, where the page has asked for that already.
CountNews = Callable[[int, "NewsStamp | None"], int]
# The values of the scalars that were registered.
NewsStamp = tuple[Any, ...]
MOST_SHOWN = 99


class _Registered:
    """What is known above this app, set when the apps are ready."""

    count: CountNews | None = None
    stamp: tuple[str, ...] = ()


def register_news_count(count: CountNews, stamp: tuple[str, ...]) -> None:
    """Say how many things are new to the account of a key; called from AppConfig.ready().

    `stamp` are scalars of SQL that are others whenever the number may be another; in them
    `{user}` stands for the account's key. A page may ask for them with what it asks anyway.
    """
    _Registered.count, _Registered.stamp = count, stamp


def news_stamp_sql(user: str) -> tuple[str, ...]:
    """Return the scalars for the account whose key this piece of SQL names."""
    return tuple(scalar.format(user=user) for scalar in _Registered.stamp)


def know_news_stamp(request: HttpRequest, stamp: NewsStamp) -> None:
    """Let the bell of this request take these values; nothing is to have been written since."""
    known: Any = request
    known.news_stamp = stamp


def news_count(request: HttpRequest) -> int:
    """Return how many things are new to who asks; asked once for each request."""
    kept: Any = request
    if not hasattr(kept, "kept_news_count"):
        user_id, count = kept.user.pk or 0, _Registered.count
        stamp = getattr(kept, "news_stamp", None)
        kept.kept_news_count = count(user_id, stamp) if user_id and count else 0
    return int(kept.kept_news_count)


def news_bell(request: HttpRequest) -> SafeString:
    """Return the way to the news, with how many there are."""
    count = news_count(request)

    def context() -> dict[str, Any]:
        return {"count": word_slot("count") if count else ""}

    shown = f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count)
    filled = kept_html("_news_bell.html", (count > 0,), context).fill({"count": html(shown)})
    return mark_safe(filled.decode())  # noqa: S308 - a template's, and a number


def bell(request: HttpRequest) -> dict[str, Any]:
    """The bell, for base.html; counted where a page shows it."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"news_bell": SimpleLazyObject(lambda: news_bell(request))}

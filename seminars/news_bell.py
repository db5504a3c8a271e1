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

CountNews = Callable[[int], int]
MOST_SHOWN = 99
_counts: list[CountNews] = []


def register_news_count(count: CountNews) -> None:
    """Say how many things are new to the account of a key; called from AppConfig.ready()."""
    _counts.append(count)


def news_count(request: HttpRequest) -> int:
    """Return how many things are new to who asks; asked once for each request."""
    kept: Any = request
    if not hasattr(kept, "kept_news_count"):
        user_id = kept.user.pk or 0
        kept.kept_news_count = sum(count(user_id) for count in _counts) if user_id else 0
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

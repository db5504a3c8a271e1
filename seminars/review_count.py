"""How many cases wait for a member of staff: in the top bar and beside the desk, on every page.

What a case is is known above this app, which registers how they are counted. It is asked once for
a request, and only of staff.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from rendering.kept_html import html, kept_html, name_slot, word_slot
from seminars.models import Membership
from seminars.permissions import can_see_desk, may_change

CountReviews = Callable[[Membership], int]
MOST_SHOWN = 99
_counts: list[CountReviews] = []


def register_review_count(count: CountReviews) -> None:
    """Say how many cases wait for a member; called from AppConfig.ready()."""
    _counts.append(count)


def reviews_waiting(request: HttpRequest) -> int:
    """Return how many cases wait for who asks, below a seminar; one query, once for each request.

    0 for who is no staff of it.
    """
    kept: Any = request
    if not hasattr(kept, "kept_review_count"):
        member: Membership | None = getattr(request, "membership", None)
        asked = [member] if member and can_see_desk(member) and may_change(member) else []
        kept.kept_review_count = sum(count(one) for one in asked for count in _counts)
    return int(kept.kept_review_count)


def desk_link(request: HttpRequest) -> SafeString:
    """Return the way to what waits, with how many there are; nothing where nothing waits."""
    count = reviews_waiting(request)
    if not count:
        return SafeString()

    def context() -> dict[str, Any]:
        return {"count": word_slot("count"), "slug": name_slot("slug")}

    shown = f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count)
    member: Any = getattr(request, "membership", None)
    kept = kept_html("_desk_link.html", (), context)
    filled = kept.fill({"count": html(shown), "slug": html(member.seminar.slug)})
    return mark_safe(filled.decode())  # noqa: S308 - a template's, a number, and a slug


def waiting(request: HttpRequest) -> dict[str, Any]:
    """The way to the desk, for base.html; counted where a page shows it."""
    if getattr(request, "membership", None) is None:
        return {}
    return {"desk_link": SimpleLazyObject(lambda: desk_link(request))}

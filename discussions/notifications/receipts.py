"""Rows of the news that are seen by following them: decisions, marks, announcements.

A thread has a watermark, and a reading is seen by coming to it. All else would be new until all
news are put aside: so its link is a form that keeps a receipt, and leads on.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q
from django.db.models.expressions import Exists

from discussions.models import NewsReceipt
from discussions.notifications.items import NewsItem
from discussions.notifications.thread_news import NewsReader


def later_than_seen(readers: Sequence[NewsReader], source: int, at: str) -> Q:
    """Of the rows of a source, whose time is `at`: what came after each of these readers put
    their news aside, and they have not followed since."""
    later = Q()
    for one in readers:
        followed = NewsReceipt.objects.filter(
            membership=one.member.pk, source=source, row=OuterRef("pk"), seen_to__gte=OuterRef(at)
        )
        since = Q(seminar=one.member.seminar_id, **{f"{at}__gt": one.seen})
        later |= since & ~Q(Exists(followed))
    return later


def with_receipts(items: Sequence[NewsItem]) -> list[NewsItem]:
    """The same rows, those not new any more that were followed. One query, if any could be."""
    wanted = [one for one in items if one.is_new and one.takes_receipt]
    if not wanted:
        return list(items)
    receipts = NewsReceipt.objects.filter(
        membership__in={one.member.pk for one in wanted}, row__in={one.key.pk for one in wanted}
    )
    seen: dict[tuple[Any, ...], datetime] = {}
    for *of, to in receipts.values_list("membership", "source", "row", "seen_to"):
        seen[tuple(of)] = max(to, seen.get(tuple(of), to))
    found = []
    for one in items:
        until = seen.get((one.member.pk, *one.row)) if one.takes_receipt else None
        is_seen = until is not None and until >= one.at
        found.append(replace(one, is_new=False) if is_seen else one)
    return found


def note_followed(*, item: NewsItem, shown_at: datetime) -> None:
    """Keep that its reader has followed this row of theirs, as it stood when it was shown."""
    NewsReceipt.objects.get_or_create(
        seminar_id=item.member.seminar_id,
        membership=item.member,
        source=item.key.source,
        row=item.key.pk,
        seen_to=min(shown_at, item.at),
    )

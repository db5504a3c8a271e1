"""Putting the news aside, and taking that back."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from discussions.models import NewsRead
from discussions.notifications.thread_news import NewsReader


@transaction.atomic
def mark_seen(*, readers: Sequence[NewsReader], marking: uuid.UUID) -> None:
    """Let nothing of these memberships' news be new any more.

    `marking` names it, to take it back: sent twice it is the same one.
    """
    members = [one.member.pk for one in readers]
    if NewsRead.objects.filter(membership__in=members, marking=marking).exists():
        return
    now = timezone.now()
    before = dict(
        NewsRead.objects.filter(membership__in=members).values_list("membership", "seen_at")
    )
    NewsRead.objects.bulk_create(
        [
            NewsRead(
                seminar_id=one.member.seminar_id,
                membership_id=one.member.pk,
                seen_at=now,
                marking=marking,
                seen_before=before.get(one.member.pk),
            )
            for one in readers
        ],
        update_conflicts=True,
        unique_fields=["membership"],
        update_fields=["seen_at", "marking", "seen_before"],
    )


@transaction.atomic
def undo_seen(*, readers: Sequence[NewsReader], marking: uuid.UUID) -> None:
    """Let be new again what was so before this marking."""
    marked = NewsRead.objects.filter(
        membership__in=[one.member.pk for one in readers], marking=marking
    )
    marked.filter(seen_before=None).delete()
    marked.update(seen_at=F("seen_before"), seen_before=None, marking=None)


def is_marked(readers: Sequence[NewsReader], marking: uuid.UUID) -> bool:
    """Whether this marking can be taken back."""
    members = [one.member.pk for one in readers]
    return NewsRead.objects.filter(membership__in=members, marking=marking).exists()

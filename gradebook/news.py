"""Marks that were released, as news of everybody who takes part: no figure is told there."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from discussions.notifications import NewsItem, NewsKey, NewsPart, NewsReader
from documents.visible import isolated
from gradebook.models import GradeRelease


class GradeNews:
    """What was released together is told once, as long as some of it is."""

    number = 8
    part = NewsPart.MARKS
    at = "created_at"

    def rows(self, readers: Sequence[NewsReader]) -> "QuerySet[Any]":
        """Return the first of each release in these members' seminars, since they joined; nothing
        for who has no marks."""
        marked = [one for one in readers if not (one.member.is_staff or one.member.is_guest)]
        if not marked:
            found: QuerySet[Any] = GradeRelease.objects.none()
            return found
        rules = (
            Q(
                seminar__memberships=one.member.pk,
                created_at__gte=F("seminar__memberships__joined_at"),
            )
            for one in marked
        )
        standing = GradeRelease.objects.standing()
        before = standing.filter(
            seminar=OuterRef("seminar"), created_at=OuterRef("created_at"), pk__lt=OuterRef("pk")
        )
        return standing.filter(reduce(Q.__or__, rules), ~Exists(before))

    def items(self, rows: Sequence[Any], readers: Sequence[NewsReader]) -> list[NewsItem]:
        by_seminar = {one.member.seminar_id: one for one in readers}
        return [_item(row, by_seminar[row.seminar_id], self.number) for row in rows]


def _item(release: GradeRelease, reader: NewsReader, source: int) -> NewsItem:
    seminar = reader.member.seminar
    return NewsItem(
        key=NewsKey(release.created_at, source, release.pk),
        icon="circle-check",
        said=format_html(
            _("Marks are released to you in {seminar}"), seminar=isolated(seminar.name)
        ),
        words="",
        reading=None,
        member=reader.member,
        place="",
        url=reverse("own_marks", args=[seminar.slug]),
        act=_("See them"),
        is_new=release.created_at > reader.seen,
        thread=0,
        is_for_me=True,
        since=release.created_at,
    )

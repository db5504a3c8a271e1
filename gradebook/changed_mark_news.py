"""Marks by hand in columns that were released before, as news of whose marks they are.

What was given before a release is told with it (gradebook.news). No figure is told here, and no
title of what the person may not have come to in the text.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from discussions.notifications import NewsItem, NewsKey, NewsPart, NewsReader
from documents.visible import isolated
from gradebook.models import ColumnKind, GivenMark, GradeColumn, GradeRelease
from gradebook.scheme import key_of
from readings.models import Reading

_CHANGES_FIGURE = Q(points__isnull=False) | Q(is_excused=True)
_OF_READING = {
    ColumnKind.CHECKPOINT: "column__item__guide__reading",
    ColumnKind.OPEN: "column__question__quiz__reading",
}


class ChangedMarkNews:
    """The last that was said by hand of one person in one column, or that it was taken back."""

    number = 9
    part = NewsPart.MARKS
    at = "told_at"

    def rows(self, readers: Sequence[NewsReader]) -> "QuerySet[Any]":
        """Return the last mark of each of these members in each column that was released to them
        before it was given or taken back, and still is."""
        theirs = (
            Q(seminar=one.member.seminar_id, membership=one.member.pk)
            for one in readers
            if not (one.member.is_staff or one.member.is_guest)
        )
        same = GivenMark.objects.filter(
            column=OuterRef("column"), membership=OuterRef("membership")
        )
        release = GradeRelease.objects.standing().filter(
            column=OuterRef("column"), created_at__lt=OuterRef("told_at")
        )
        in_reach = Q(
            column__removed_at=None, **{f"{it}__removed_at": None for it in _OF_READING.values()}
        )
        found: QuerySet[Any] = GivenMark.objects.annotate(
            told_at=Coalesce("undone_at", "created_at"),
            had_figure=Exists(same.filter(_CHANGES_FIGURE, pk__lt=OuterRef("pk"))),
        ).filter(
            reduce(Q.__or__, theirs, Q(pk=None)),
            in_reach,
            Q(undone_at=None) | _CHANGES_FIGURE,
            ~Exists(same.filter(pk__gt=OuterRef("pk"))),
            Exists(release),
        )
        return found.select_related(*(f"{one}__essay" for one in _OF_READING.values()))

    def items(self, rows: Sequence[Any], readers: Sequence[NewsReader]) -> list[NewsItem]:
        by_seminar = {one.member.seminar_id: one for one in readers}
        return [_item(row, by_seminar[row.seminar_id], self.number) for row in rows]


def _item(mark: Any, reader: NewsReader, source: int) -> NewsItem:
    column, seminar = mark.column, reader.member.seminar
    reading = _reading_of(column)
    if reading is not None:
        reading.seminar = seminar
    return NewsItem(
        key=NewsKey(mark.told_at, source, mark.pk),
        icon="circle-check",
        said=_said(mark, reading),
        words="",
        reading=reading,
        member=reader.member,
        place="",
        url=f"{reverse('own_marks', args=[seminar.slug])}#figure-{key_of(column)}",
        act=_("See it"),
        is_new=mark.told_at > reader.seen,
        thread=0,
        is_for_me=True,
        since=mark.told_at,
    )


def _reading_of(column: GradeColumn) -> Reading | None:
    if column.item is not None:
        return column.item.guide.reading
    return column.question.quiz.reading if column.question is not None else None


def _said(mark: GivenMark, reading: Reading | None) -> SafeString:
    """What has happened, and to which mark; `mark` is a row of the query above."""
    row: Any = mark
    said = _("Your mark for {title} was changed")
    if not mark.changes_figure and not row.had_figure:
        said = _("Your mark for {title} has a comment")
    elif reading is None and not row.had_figure and mark.undone_at is None:
        said = _("You have a mark for {title}")  # nothing but what is given by hand stands there
    if reading is None:
        title = format_html("<b>{}</b>", isolated(mark.column.title))
    else:
        of = {
            ColumnKind.CHECKPOINT: _("a checkpoint in {reading}"),
            ColumnKind.OPEN: _("an open answer in {reading}"),
        }[ColumnKind(mark.column.kind)]
        title = format_html(of, reading=format_html("<b>{}</b>", isolated(reading.title)))
    return format_html(said, title=title)

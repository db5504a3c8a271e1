"""Marks that were released or changed, as news of who wrote the answer."""

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Greatest, Now
from django.utils.html import format_html
from django.utils.translation import gettext as _

from discussions.notifications import NewsItem, NewsKey, NewsPart, NewsReader
from documents.visible import isolated
from quizzes.marking import points_in_words
from quizzes.models import AnswerMark, EarlierMark, Review
from quizzes.questions import plain
from readings.models import Extension, Reading, in_front

SHOWN = 200  # characters of a remark


class MarkNews:
    """What a person gave for an answer: told once it is released, and when it is changed."""

    number = 7
    part = NewsPart.MARKS
    at = "told_at"

    def rows(self, readers: Sequence[NewsReader]) -> "QuerySet[Any]":
        """Return the marks of these members' answers that they may read.

        Where nothing is told until the reading is closed, no mark is news before.
        """
        rules = (
            Q(
                seminar=one.member.seminar_id,
                answer__attempt__membership=one.member.pk,
                answer__question__quiz__reading__in=Reading.objects.visible_to(one.member)
                .order_by()
                .values("pk"),
            )
            for one in readers
        )
        found = AnswerMark.objects.filter(
            reduce(Q.__or__, rules), _may_be_told(readers), released_at__isnull=False
        )
        return found.annotate(
            told_at=Greatest("released_at", "marked_at"),
            was_changed=Exists(EarlierMark.objects.filter(mark=OuterRef("pk"))),
            is_in_front=_in_front(readers),
        ).select_related("answer__question__quiz__reading__essay")

    def items(self, rows: Sequence[Any], readers: Sequence[NewsReader]) -> list[NewsItem]:
        by_seminar = {one.member.seminar_id: one for one in readers}
        return [_item(mark, by_seminar[mark.seminar_id], self.number) for mark in rows]


def _may_be_told(readers: Sequence[NewsReader]) -> Q:
    """Of what is told once a reading is closed: what is closed to its reader by now, who may have
    more time than others."""
    quiz = "answer__question__quiz"
    longer = Extension.objects.standing().filter(
        reading=OuterRef(f"{quiz}__reading"), closes_at__gt=Now()
    )
    is_open = Q(pk__in=[])
    for one in readers:
        is_open |= Q(Exists(longer.reaching(one.member)), seminar=one.member.seminar_id)
    is_over = Q(**{f"{quiz}__reading__closes_at__lte": Now()}) & ~is_open
    return ~Q(**{f"{quiz}__review": Review.AFTER_CLOSING}) | is_over


def _in_front(readers: Sequence[NewsReader]) -> Case:
    """Whether the checkpoint is served to its reader: does not stand behind one of their gates."""
    quiz = "answer__question__quiz"
    served = reduce(
        Q.__or__,
        (
            Q(seminar=one.member.seminar_id)
            & in_front(one.member, reading=f"{quiz}__reading", passage=f"{quiz}__item__passage")
            for one in readers
        ),
    )
    return Case(When(served, then=True), default=False, output_field=BooleanField())


def _item(mark: Any, reader: NewsReader, source: int) -> NewsItem:
    question = mark.answer.question
    reading = question.quiz.reading
    reading.seminar = reader.member.seminar
    said = _("Your answer to {question} has another mark")
    if not mark.was_changed:
        said = _("Your answer to {question} is marked")
    note = points_in_words(mark.points, Decimal(question.points))
    if not mark.is_in_front:
        closed = _("%(points)s. The answer stands behind a checkpoint: read on to it to see it.")
        note = closed % {"points": note}
    return NewsItem(
        key=NewsKey(mark.told_at, source, mark.pk),
        icon="circle-check",
        said=format_html(said, question=format_html("<b>{}</b>", isolated(plain(question.html)))),
        words=mark.remark[:SHOWN],
        reading=reading,
        member=reader.member,
        place=question.quiz.title,
        url=reading.get_absolute_url() + (f"#quiz-{question.quiz_id}" if mark.is_in_front else ""),
        act=_("See it") if mark.is_in_front else _("Read on"),
        is_new=mark.told_at > reader.seen,
        thread=0,
        is_for_me=True,
        since=mark.told_at,
        note=note,
    )

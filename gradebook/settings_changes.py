"""What a change of the settings would do: each thing in words, and what becomes of the totals."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from documents.visible import isolated
from gradebook.book import MarkBook
from gradebook.columns import ColumnSource
from gradebook.effects import Effect, effect_of
from gradebook.models import ColumnKind
from gradebook.scheme import Category, ColumnSettings, Scheme
from gradebook.weighing import plain

NEW_COLUMN = "own-new"


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """The scheme that is asked for, what is different in it, and what that does to the totals.

    `digest` says that this was seen.
    """

    before: Scheme
    after: Scheme
    words: Sequence[str]
    effect: Effect

    @property
    def digest(self) -> str:
        said = (self.after.categories, sorted(self.after.settings.items()), self.effect)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def settings_change(
    book: MarkBook, sources: Sequence[ColumnSource], after: Scheme
) -> SettingsChange:
    """Compare what is asked for with what holds."""
    words = [
        *_of_categories(book.scheme, after),
        *_of_columns(book.scheme, after, sources),
    ]
    return SettingsChange(book.scheme, after, words, effect_of(book, book.with_scheme(after)))


def _of_categories(before: Scheme, after: Scheme) -> Iterator[str]:
    earlier = {one.pk: one for one in before.categories}
    for one in after.categories:
        name = isolated(one.name)
        was = earlier.pop(one.pk, None)
        if was is None:
            weight = {"name": name, "weight": _points(one.weight)}
            yield _("%(name)s: a new category, weight %(weight)s") % weight
            continue
        yield from (f"{name}: {said}" for said in _category_words(was, one))
    for gone in earlier.values():
        said = _("%(name)s: taken away; its columns are in no total unless they are placed")
        yield said % {"name": isolated(gone.name)}


def _category_words(was: Category, now: Category) -> Iterator[str]:
    if was.name != now.name:
        yield _("called so, and not %(name)s") % {"name": isolated(was.name)}
    if was.weight != now.weight:
        yield _("weight %(now)s, and not %(was)s") % {
            "now": _points(now.weight),
            "was": _points(was.weight),
        }
    if (was.drop_lowest, was.drop_from) != (now.drop_lowest, now.drop_from):
        yield _("lowest left out: %(many)d once %(once)d are in") % {
            "many": now.drop_lowest,
            "once": now.drop_from,
        }
    if was.missing_is_zero != now.missing_is_zero:
        zero, neither = _("what is missing is zero once it is due"), _("what is missing counts not")
        yield zero if now.missing_is_zero else neither
    if was.takes != now.takes:
        kinds = dict(ColumnKind.choices)
        taken = kinds.get(now.takes)
        yield (
            _("new columns of %(kind)s go there") % {"kind": taken}
            if taken
            else _("no new columns go there by themselves")
        )


def _of_columns(before: Scheme, after: Scheme, sources: Sequence[ColumnSource]) -> Iterator[str]:
    names = {one.pk: isolated(one.name) for one in [*before.categories, *after.categories]}
    for source in sources:
        was, now = before.settings_of(source), after.settings_of(source)
        yield from (f"{source.full_title}: {said}" for said in _column_words(was, now, names))
    new = after.settings.get(NEW_COLUMN)
    if new is not None:
        told = {"title": isolated(new.title), "maximum": _points(new.maximum or Decimal(0))}
        yield _("%(title)s: a new column, of %(maximum)s") % told


def _column_words(
    was: ColumnSettings, now: ColumnSettings, names: Mapping[int, str]
) -> Iterator[str]:
    if was.title != now.title:
        yield _("called %(title)s") % {"title": isolated(now.title)}
    if was.is_removed != now.is_removed:
        yield _("taken away; its marks are kept") if now.is_removed else _("put back")
    if was.category != now.category:
        there = names.get(now.category) if now.category else None
        yield _("in %(category)s") % {"category": there} if there else _("in no total")
    if was.counts != now.counts:
        yield _("it counts") if now.counts else _("it counts no more")
    if was.maximum != now.maximum:
        yield (
            _("of %(maximum)s points") % {"maximum": _points(now.maximum)}
            if now.maximum
            else _("of as many points as there are to be had")
        )
    if was.weight != now.weight:
        yield (
            _("weighs %(weight)s") % {"weight": _points(now.weight)}
            if (now.weight is not None)
            else _("weighs as much as its maximum")
        )


def _points(value: Decimal) -> str:
    return plain(Fraction(value))

"""The demonstration's gradebook, kept by the same actions as everybody's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gradebook.actions import begin_gradebook, give_mark, release_grades
from gradebook.book import MarkBook, load_book
from gradebook.columns import Column
from gradebook.models import ColumnKind
from gradebook.scheme import Category, ColumnSettings, Scheme
from gradebook.settings_actions import change_gradebook
from gradebook.settings_changes import NEW_COLUMN, settings_change
from seminars.models import Membership
from seminars.permissions import has_progress


def keep_gradebook(
    plan: Mapping[str, Any], people: Mapping[str, Membership], *, by: Membership
) -> None:
    """Begin it, settle what counts, give the marks by hand, release some."""
    begin_gradebook(by=by)
    members = [one for one in people.values() if has_progress(one)]
    _settle(_book(by, members), by, categories=plan["categories"])
    for one in plan["columns"]:
        _settle(_book(by, members), by, column=one)
    book = _book(by, members)
    for one in plan["marks"]:
        points = one.get("points")
        give_mark(
            column=_column(book, one),
            membership=people[one["to"]],
            points=None if points is None else Decimal(str(points)),
            is_excused=one.get("excused", False),
            reason=one.get("reason", ""),
            comment=one.get("comment", ""),
            by=by,
        )
    released = [one for one in _book(by, members).columns if _is_named(one, plan["released"])]
    release_grades(columns=released, by=by)


def _book(by: Membership, members: Sequence[Membership]) -> MarkBook:
    book = load_book(by, members)
    if book is None:
        raise ValueError("The demonstration has no gradebook.")
    return book


def _settle(
    book: MarkBook,
    by: Membership,
    *,
    categories: Sequence[Mapping[str, Any]] = (),
    column: Mapping[str, Any] | None = None,
) -> None:
    """Change the settings as the form does: to these categories, or by a column of one's own."""
    known = {one.name: one for one in book.categories}
    after = [
        replace(
            known.get(one["name"]) or Category(-1, one["name"], Decimal(0)),
            weight=Decimal(one["weight"]),
            **{name: one[name] for name in ("drop_lowest", "drop_from") if name in one},
        )
        for one in categories
    ]
    settings = {one.key: book.scheme.settings_of(one) for one in book.loaded.sources}
    if column is not None:
        settings[NEW_COLUMN] = ColumnSettings(
            known[column["category"]].pk, maximum=Decimal(column["maximum"]), title=column["title"]
        )
    sources = list(book.loaded.sources)
    change = settings_change(book, sources, Scheme(after or book.categories, settings))
    change_gradebook(
        gradebook=book.gradebook,
        change=change,
        sources=sources,
        by=by,
        version=book.gradebook.edit_version,
        confirmed=change.digest,
    )


def _column(book: MarkBook, named: Mapping[str, Any]) -> Column:
    if "column" in named:
        return next(one for one in book.columns if one.source.title == named["column"])
    of_reading = [
        one
        for one in book.columns
        if one.kind == ColumnKind.CHECKPOINT and _slug(one) == named["reading"]
    ]
    place: int = named["checkpoint"]
    return of_reading[place - 1]


def _is_named(column: Column, names: Sequence[str]) -> bool:
    is_checkpoint = column.kind == ColumnKind.CHECKPOINT
    return column.source.title in names or (is_checkpoint and _slug(column) in names)


def _slug(column: Column) -> str:
    return column.source.reading.slug if column.source.reading else ""

"""What is a seminar's own: every row of every table that leads to it, found from the models.

A table belongs to seminars by a column that names one, or by a column that must name a row of a
table that does. What names one only perhaps belongs to somebody else, and is no part of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet

from readings.models import BlockVersion, Fragment, PageVersion, PeopleVersion
from seminars.models import Seminar

# What the database's triggers keep up with, or is made anew where it is missing: to be deleted
# when the rest is gone, as each row of the rest that goes makes it anew.
KEPT_UP = (Fragment, BlockVersion, PageVersion, PeopleVersion)


@dataclass(frozen=True)
class Belonging:
    """A table of seminars' own, and the way from its rows to the seminar (`question__seminar`)."""

    model: type[Model]
    path: str

    @property
    def depth(self) -> int:
        return self.path.count("__")

    def of(self, seminar_id: int) -> "QuerySet[Any]":
        return self.model._base_manager.filter(**{self.path: seminar_id})


@cache
def belongings() -> tuple[Belonging, ...]:
    """All tables, those whose rows are found by others before these; the seminars' own last."""
    paths: dict[type[Model], str] = {Seminar: "pk"}
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
    while found := {
        one: path for one in models if one not in paths and (path := _path(one, paths))
    }:
        paths |= found
    tables = [Belonging(model, path) for model, path in paths.items() if model not in KEPT_UP]
    tables.sort(key=lambda one: (one.model is Seminar, -one.depth))
    return tuple(tables)


def _path(model: type[Model], paths: dict[type[Model], str]) -> str:
    """The shortest way from a table by columns that must be filled; "" where there is none."""
    ways = list(_ways(model, paths))
    return min(ways, key=lambda way: (way.count("__"), way), default="")


def _ways(model: type[Model], paths: dict[type[Model], str]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        target = field.related_model
        if field.null or not isinstance(target, type) or target not in paths:
            continue
        yield field.name if target is Seminar else f"{field.name}__{paths[target]}"

"""What the tests of archived seminars share: every row of the database, by table."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, models

# What a member keeps for themselves alone, and what a session is.
OWN = {"readings.Visit", "discussions.ThreadRead", "discussions.NewsRead"}
OWN |= {"discussions.NewsReceipt", "seminars.AnnouncementReceipt", "sessions.Session"}
OWN |= {"accounts.SignedInSession"}
# What is kept to be quick, and made anew where it is missing.
KEPT = {"readings.Fragment", "readings.PageVersion", "readings.BlockVersion"}
KEPT |= {"readings.PeopleVersion"}

Rows = dict[str, list[str]]


def every_row(but: Iterable[str] = OWN | KEPT) -> Rows:
    """All rows of all tables but these, each table's in one order."""
    return {
        model._meta.label: sorted(map(repr, rows_of(model)))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in but
    }


def rows_of(model: type[models.Model]) -> list[tuple[Any, ...]]:
    """The rows as the database has them."""
    quoted = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted}")
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def changed(before: Rows, after: Rows) -> dict[str, list[str]]:
    """Of each table that is not as it was, the rows that are only in one of both."""
    differences = {
        label: sorted(set(before[label]) ^ set(after[label]))
        for label in before
        if before[label] != after[label]
    }
    return {label: rows or ["counts"] for label, rows in differences.items()}

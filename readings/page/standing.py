"""Where a member stands in a reading: membership, reading, visit and versions in one query.

The page asks this on every request, and often nothing else. The ORM takes longer to write such
a query than a database to answer it, so it is written here.
"""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix

from readings.models import (
    Extension,
    PageVersion,
    PeopleVersion,
    Reading,
    ReadingGroup,
    Revision,
    Visit,
)
from readings.page.http import no_reading
from seminars import permissions
from seminars.http import SeminarRequest
from seminars.models import Event, Group, Membership, Seminar

_COLUMNS: Sequence[tuple[type[Any], str, Sequence[str]]] = (
    (Membership, "m", ("id", "role", "user_id", "group_id", "seminar_id", "removed_at")),
    (
        Seminar,
        "s",
        ("id", "name", "slug", "default_audience", "rules_renderer", "withholds_talk"),
    ),
    (Group, "g", ("id", "name", "seminar_id")),
    (
        Reading,
        "r",
        (
            "id",
            "seminar_id",
            "essay_id",
            "revision_id",
            "kind",
            "slug",
            "opens_at",
            "due_at",
            "late_until",
            "closes_at",
            "open_to_guests",
            "peek_after",
            "peek_at",
            "anonymity",
            "removed_at",
        ),
    ),
    (Revision, "t", ("id", "essay_id", "number", "published_at")),
    (
        Visit,
        "v",
        (
            *("id", "seminar_id", "reading_id", "membership_id", "place", "progress", "begun_at"),
            *("new_since", "seen_at", "shown_at", "revision_id", "own_version"),
        ),
    ),
    (PageVersion, "pv", ("reading_id", "page", "blocks")),
    (PeopleVersion, "sv", ("seminar_id", "version")),
    (Extension, "e", ("id", "due_at", "late_until", "closes_at")),
)
_TIMES = {
    *("opens_at", "due_at", "late_until", "closes_at", "peek_at", "removed_at"),
    *("published_at", "begun_at", "new_since", "seen_at", "shown_at"),
}
_TABLES = {alias: model._meta.db_table for model, alias, _ in _COLUMNS}
# Of the groups that the reading is for, the viewer's own; 0 where it is for others, and NULL where
# it is for all.
_OWN_GROUP = f"""(
    SELECT MAX(CASE WHEN n.group_id = m.group_id THEN n.group_id ELSE 0 END)
    FROM {ReadingGroup._meta.db_table} n WHERE n.reading_id = r.id
    )"""
# Whoever has written in this reading holds its page's version until they commit, before their event
# gets its number: a lower one never comes after a higher one was seen.
_LAST_EVENT = f"(SELECT MAX(h.id) FROM {Event._meta.db_table} h WHERE h.reading_id = r.id)"
_QUERY = (
    "SELECT "
    + ", ".join(f"{alias}.{name}" for _, alias, names in _COLUMNS for name in names)
    + f", {_OWN_GROUP}, {_LAST_EVENT}"
    + """
    FROM {m} m
    JOIN {s} s ON s.id = m.seminar_id
    LEFT JOIN {g} g ON g.id = m.group_id
    JOIN {r} r ON r.seminar_id = s.id
    JOIN {t} t ON t.id = r.revision_id
    LEFT JOIN {v} v ON v.reading_id = r.id AND v.membership_id = m.id
    LEFT JOIN {pv} pv ON pv.reading_id = r.id
    LEFT JOIN {sv} sv ON sv.seminar_id = s.id
    LEFT JOIN {e} e ON e.reading_id = r.id AND e.taken_back_at IS NULL
        AND (e.membership_id = m.id OR e.group_id = m.group_id)
    WHERE m.user_id = %s AND m.removed_at IS NULL AND s.slug = %s AND r.slug = %s
    """.format(**_TABLES)
)


@dataclass(frozen=True, slots=True)
class Versions:
    """Of everything that shapes a reading's page but the viewer's own."""

    page: int
    blocks: int
    people: int

    def digest(self, reading: Reading, *more: object) -> str:
        """Name all that shapes every block, but for what hangs on it."""
        revision = reading.revision
        parts = (
            *(self.blocks, self.people, revision.pk, revision.published_at),
            *(reading.seminar.slug, reading.slug, get_script_prefix(), *more),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]

    def stamp(self, reading: Reading, *more: object) -> str:
        """Name all that shapes the page."""
        return f"{self.page}.{self.digest(reading, *more)}"


@dataclass(frozen=True, slots=True)
class Standing:
    """`visit` is None on the first one."""

    membership: Membership
    reading: Reading
    visit: Visit | None
    versions: Versions
    last_event: int = 0  # the number of the last thing that happened in the reading


def find_standing(user_id: int, seminar: str, reading: str) -> Standing | None:
    """Return where this person stands; None where they may not open the reading."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [user_id, seminar, reading])
        rows = cursor.fetchall()
    if not rows:
        return None
    # One for each extension that they were given: they and their group have one each at the most.
    found, own_group = _instances(rows[0])
    given = [one for row in rows if (one := _instances(row)[0][Extension]) is not None]
    member, asked = found[Membership], found[Reading]
    member.seminar = asked.seminar = found[Seminar]
    member.group = found[Group]
    asked.revision = found[Revision]
    asked.group_ids = frozenset() if own_group is None else frozenset({own_group})
    asked.keep_extensions(member.pk, given)
    # Nobody in particular of their class stands as they do (readings.page.viewers).
    asked.keep_extensions(None, given)
    if not permissions.can_open_reading(member, asked):
        return None
    # Of one page: what other readings withhold does not shape it.
    member.withheld_ids = member.withheld_ids & {asked.pk}
    versions = _versions(found[PageVersion], found[PeopleVersion])
    return Standing(member, asked, found[Visit], versions, rows[0][-1] or 0)


def _instances(row: Sequence[Any]) -> tuple[dict[type[Any], Any], int | None]:
    """Return what a row holds by its model, and what _OWN_GROUP is."""
    found: dict[type[Any], Any] = {}
    at = 0
    for model, __, names in _COLUMNS:
        found[model] = _instance(model, names, row[at : at + len(names)])
        at += len(names)
    return found, row[at]


def _versions(page: PageVersion | None, people: PeopleVersion | None) -> Versions:
    """Without triggers in the database there are none: then nothing that is kept is true."""
    if page is None or people is None:
        return Versions(*(secrets.randbits(62) for _ in range(3)))
    return Versions(page.page, page.blocks, people.version)


def _instance(model: type[Any], names: Sequence[str], values: Sequence[Any]) -> Any:
    """Return a row of the model with these columns; None where an outer join found none."""
    if values[0] is None:
        return None
    read = dict(zip(names, values, strict=True))
    # Django wants the values in the order of the model's columns.
    columns = [field.attname for field in model._meta.concrete_fields if field.attname in read]
    values = [_time(read[name]) if name in _TIMES else read[name] for name in columns]
    return model.from_db("default", columns, values)


def _time(value: datetime | None) -> datetime | None:
    """SQLite keeps times in UTC and does not say so."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


View = Callable[Concatenate[SeminarRequest, Standing, ...], HttpResponse]


def reading_view(view: View) -> Callable[..., HttpResponse]:
    """Let in members who may open the essay's reading in the URL; 404 for whoever else.

    The gate `seminar_view` and the reading's own in one query; sets `request.seminar` and
    `request.membership` as that does.
    """
    return _gate(view, or_general=False)


def reading_or_general_view(view: View) -> Callable[..., HttpResponse]:
    """The same, where the talk is meant: the general discussion's, too."""
    return _gate(view, or_general=True)


def _gate(view: View, *, or_general: bool) -> Callable[..., HttpResponse]:
    @wraps(view)
    def wrapped(request: HttpRequest, seminar: str, reading: str, **kwargs: Any) -> HttpResponse:
        standing = find_standing(request.user.pk or 0, seminar, reading)
        if standing is None or (standing.reading.is_general and not or_general):
            raise no_reading(request.user.pk or 0, seminar, reading)
        seminar_request = cast("SeminarRequest", request)
        seminar_request.membership = standing.membership
        seminar_request.seminar = standing.membership.seminar
        standing.membership.user = seminar_request.user
        return view(seminar_request, standing, **kwargs)

    wrapped.access = permissions.is_member.__name__  # type: ignore[attr-defined]
    return wrapped

"""Where a member stands in a reading: membership, reading, visit and versions in one query.

The page asks this on every request, and often nothing else. The ORM takes longer to write such
a query than a database to answer it, so it is written here.
"""

# ruff: noqa: S608 - tables and columns of our own models, and nothing that anybody sent

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property, wraps
from typing import Any, Concatenate, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix

from database.prepared import as_instance, prepared_cursor
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
from readings.page.viewers import ViewerClass, answered_in, class_member, viewer_class
from seminars import permissions
from seminars.http import SeminarRequest
from seminars.models import Event, Group, Membership, Seminar
from seminars.news_bell import NewsStamp, know_news_stamp, news_stamp_sql
from seminars.read_only import refuse_if_read_only

_COLUMNS: Sequence[tuple[type[Any], str, tuple[str, ...]]] = (
    (
        Membership,
        "m",
        (
            *("id", "role", "user_id", "group_id", "seminar_id", "removed_at"),
            *("muted_until", "restricted_at", "personal_mutes"),
        ),
    ),
    (
        Seminar,
        "s",
        (
            *("id", "name", "slug", "default_audience", "rules_renderer", "withholds_talk"),
            *("has_gates", "has_published_answers", "has_links"),
            *("posts_held", "watched_phrases", "archived_at", "deleted_from"),
        ),
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
    *("muted_until", "restricted_at", "archived_at", "deleted_from"),
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
_SELECTED = [f"{alias}.{name}" for _, alias, names in _COLUMNS for name in names]
_FROM = """
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


@cache
def _query() -> str:
    """The query; what the bell depends on is known when the apps are ready."""
    asked = (*_SELECTED, _OWN_GROUP, _LAST_EVENT, *news_stamp_sql("m.user_id"))
    return f"SELECT {', '.join(asked)} {_FROM}"


@dataclass(frozen=True, slots=True)
class Versions:
    """Of everything that shapes a reading's page but the viewer's own."""

    page: int
    blocks: int
    people: int
    # One page asks for the same several times.
    _digests: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)

    def digest(self, reading: Reading, *more: object) -> str:
        """Name all that shapes every block of the reading, but for what hangs on it."""
        key = (reading.pk, *more)
        if key not in self._digests:
            self._digests[key] = self._digest(reading, more)
        return self._digests[key]

    def _digest(self, reading: Reading, more: tuple[object, ...]) -> str:
        revision = reading.revision
        parts = (
            *(self.blocks, self.people, revision.pk, revision.published_at),
            *(reading.seminar.slug, reading.slug, get_script_prefix(), *more),
        )
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]

    def stamp(self, reading: Reading, *more: object) -> str:
        """Name all that shapes the page."""
        return f"{self.page}.{self.digest(reading, *more)}"


@dataclass(frozen=True)
class Standing:
    """`visit` is None on the first one."""

    membership: Membership
    reading: Reading
    visit: Visit | None
    versions: Versions
    last_event: int = 0  # the number of the last thing that happened in the reading
    news_stamp: NewsStamp = ()  # what the bell depends on

    @cached_property
    def viewer(self) -> ViewerClass:
        """The class of those who see what this member sees."""
        return viewer_class(self.membership, self.reading)

    @cached_property
    def nobody(self) -> Membership:
        """A member of the class who is nobody: what is kept for all of it is rendered for them."""
        return class_member(self.membership)


def find_standing(user_id: int, seminar: str, reading: str) -> Standing | None:
    """Return where this person stands; None where they may not open the reading."""
    with prepared_cursor(connection) as cursor:
        cursor.execute(_query(), [user_id, seminar, reading])
        rows = cursor.fetchall()
    if not rows:
        return None
    # One for each extension that they were given: they and their group have one each at the most.
    (found, further), *more = map(_instances, rows)
    own_group, last_event, *stamp = further
    extensions = (found[Extension], *(other[Extension] for other, _ in more))
    given = [one for one in extensions if one is not None]
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
    if not member.has_links:
        # Of one page: what other readings withhold, and where they end, does not shape it.
        member.withheld_ids = member.withheld_ids & {asked.pk}
        member.gate_places = tuple(one for one in member.gate_places if one[0] == asked.pk)
    member.answered_items = answered_in(asked, member)
    versions = _versions(found[PageVersion], found[PeopleVersion])
    return Standing(member, asked, found[Visit], versions, last_event or 0, tuple(stamp))


def know_bell(request: SeminarRequest, standing: Standing) -> None:
    """Let the bell of this page take what was found with the standing, and ask nothing more.

    For pages that write nothing; the first visit to a reading is news put aside.
    """
    if standing.visit is not None:
        know_news_stamp(request, standing.news_stamp)


def _instances(row: Sequence[Any]) -> tuple[dict[type[Any], Any], Sequence[Any]]:
    """Return what a row holds by its model, and what comes after them."""
    found: dict[type[Any], Any] = {}
    at = 0
    for model, __, names in _COLUMNS:
        found[model] = _instance(model, names, row[at : at + len(names)])
        at += len(names)
    return found, row[at:]


def _versions(page: PageVersion | None, people: PeopleVersion | None) -> Versions:
    """Without triggers in the database there are none: then nothing that is kept is true."""
    if page is None or people is None:
        return Versions(secrets.randbits(62), secrets.randbits(62), secrets.randbits(62))
    return Versions(page.page, page.blocks, people.version)


def _instance(model: type[Any], names: tuple[str, ...], values: Sequence[Any]) -> Any:
    """Return a row of the model with these columns; None where an outer join found none."""
    if values[0] is None:
        return None
    found = as_instance(model, "default", names, values)
    for name in _TIMES.intersection(names):
        setattr(found, name, _time(getattr(found, name)))
    return found


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
        refuse_if_read_only(request, standing.membership, view)
        return view(seminar_request, standing, **kwargs)

    wrapped.access = permissions.is_member.__name__  # type: ignore[attr-defined]
    return wrapped

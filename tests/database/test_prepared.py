"""Prepared statements find and write what the ORM does, for other values each time."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Count, F, Max
from django.test.utils import CaptureQueriesContext

from database.prepared import (
    Parameter,
    PreparedInsert,
    PreparedQuery,
    PreparedRows,
    PreparedUpdate,
    filled,
    listed,
    size_for,
)
from seminars.models import Event, Group, Membership
from tests.base import People

MEMBERS = PreparedQuery(
    lambda: (
        Membership.objects.select_related("seminar", "user", "group")
        .filter(
            seminar__slug=Parameter("slug", models.SlugField()),
            role=Parameter("role", models.CharField()),
            joined_at__lte=Parameter("until", models.DateTimeField()),
            removed_at=None,
        )
        .annotate(address=F("user__email"), invitations=Count("seminar__invitations"))
        .order_by("pk")
    )
)


def test_finds_what_the_queryset_finds(people: People) -> None:
    until = people.grace.joined_at
    for role in ("participant", "guest", "participant"):
        found = MEMBERS.all(slug="seminar", role=role, until=until)
        expected = list(people.seminar.memberships.filter(role=role).order_by("pk"))
        assert found == expected
        for member, other in zip(found, expected, strict=True):
            assert member.seminar == people.seminar
            assert member.user.date_joined == other.user.date_joined
            assert member.user.is_active is True
            assert member.group == other.group
            assert (member.address, member.invitations) == (other.user.email, 0)  # type: ignore[attr-defined]
            assert member.joined_at == other.joined_at


def test_asks_once_and_loads_what_it_joins(people: People) -> None:
    MEMBERS.first(slug="seminar", role="guest", until=people.grace.joined_at)
    with CaptureQueriesContext(connection) as queries:
        member = MEMBERS.first(slug="seminar", role="guest", until=people.grace.joined_at)
        assert member is not None
        assert (member.seminar.name, member.user.name, member.group) == ("Two views", "Grace", None)
    assert len(queries) == 1


def test_none_where_there_is_none(people: People) -> None:
    until = people.grace.joined_at
    assert MEMBERS.first(slug="another", role="guest", until=until) is None
    assert MEMBERS.all(slug="seminar", role="guest", until=people.alice.joined_at) == []


BY_ROLE = PreparedRows(
    lambda: (
        Membership.objects.filter(joined_at__lte=Parameter("until", models.DateTimeField()))
        .values_list("role", "seminar__slug")
        .annotate(Count("pk"), latest=Max("joined_at"))
        .order_by("role")
    )
)


def test_finds_the_rows_of_a_sum(people: People) -> None:
    for until in (people.grace.joined_at, people.bob.joined_at):
        joined = Membership.objects.filter(joined_at__lte=until)
        plain = joined.values_list("role", "seminar__slug").annotate(
            Count("pk"), latest=Max("joined_at")
        )
        assert BY_ROLE.all(until=until) == list(plain.order_by("role"))


def test_what_it_finds_is_saved_as_any_other(people: People) -> None:
    member = MEMBERS.first(slug="seminar", role="guest", until=people.grace.joined_at)
    assert member is not None
    member.role = "participant"
    member.save(update_fields=["role"])
    people.grace.refresh_from_db()
    assert people.grace.role == "participant"


EVENTS = PreparedInsert(Event)
GROUPS = PreparedInsert(Group)
MOVED = PreparedUpdate(
    lambda: (
        Event.objects.filter(kind=Parameter("kind", models.CharField())),
        {"target_id": F("target_id") + 1, "created_at": Parameter("at", models.DateTimeField())},
    )
)


def make_event(people: People, kind: str) -> Event:
    return EVENTS.create(
        seminar_id=people.seminar.pk,
        actor=people.alice,
        kind=kind,
        target_type="comment",
        target_id=7,
        audience="seminar",
        detail={"words": ["“ä”", None], "seq": 3},
    )


def test_inserts_what_create_inserts(people: People) -> None:
    made = make_event(people, "comment.published")
    found = Event.objects.get(pk=made.pk)
    values = {field.attname: getattr(made, field.attname) for field in Event._meta.concrete_fields}
    assert values == {name: getattr(found, name) for name in values}
    assert found.detail == {"words": ["“ä”", None], "seq": 3}
    made.kind = "comment.edited"
    made.save()
    assert Event.objects.get(pk=made.pk).kind == "comment.edited"


def test_inserts_other_values_by_one_statement_each(people: People) -> None:
    make_event(people, "comment.published")
    with CaptureQueriesContext(connection) as queries:
        kinds = [make_event(people, kind).kind for kind in ("comment.edited", "thread.started")]
    assert len(queries) == 2
    assert list(Event.objects.order_by("-pk").values_list("kind", flat=True)[:2]) == kinds[::-1]


def test_a_refused_insert_takes_its_transaction_with_it(people: People) -> None:
    GROUPS.create(seminar=people.seminar, name="Friday")

    @transaction.atomic
    def make_two() -> None:
        GROUPS.create(seminar=people.seminar, name="Saturday")
        GROUPS.create(seminar=people.seminar, name="Friday")

    with pytest.raises(IntegrityError):
        make_two()
    assert people.seminar.groups.filter(name="Friday").count() == 1
    assert not people.seminar.groups.filter(name="Saturday").exists()


def test_updates_the_rows_that_the_queryset_has(people: People) -> None:
    for kind in ("comment.published", "comment.published", "comment.edited"):
        make_event(people, kind)
    at = people.grace.joined_at
    assert MOVED.run(kind="comment.published", at=at) == 2
    assert MOVED.run(kind="comment.withdrawn", at=at) == 0
    rows = Event.objects.order_by("pk").values_list("target_id", "created_at")
    assert list(rows)[:2] == [(8, at), (8, at)]
    assert Event.objects.get(kind="comment.edited").target_id == 7


def test_a_list_of_any_length_is_found_by_a_few_statements(people: People) -> None:
    pks = list(Membership.objects.order_by("pk").values_list("pk", flat=True))
    sizes = {}
    for many in range(1, len(pks) + 1):
        asked = pks[-many:]
        size = size_for(asked)
        sizes[many] = size
        members = Membership.objects.filter(pk__in=listed("pk", models.BigIntegerField(), size))
        query = PreparedQuery(members.order_by("pk").all)
        assert [one.pk for one in query.all(**filled("pk", asked))] == asked
    assert sizes == {1: 1, 2: 2, 3: 4, 4: 4, 5: 8}


def test_words_that_never_change_stand_in_the_statement(people: People) -> None:
    """SQLite would compile it anew for each value that a partial index is about."""
    names = ["tuesday", "it's 5 %s", "Friday", ""]
    for name in names:
        Group.objects.create(seminar=people.seminar, name=name)
    seminar = Parameter("seminar", models.BigIntegerField())
    rows = PreparedRows(
        lambda: Group.objects.filter(seminar=seminar, name__in=names).values_list("name")
    )
    assert sorted(rows.all(seminar=people.seminar.pk)) == sorted((name,) for name in names)
    _alias, sql, parameters, _converters = rows._plan or ("", "", (), [])
    assert "'tuesday'" in sql
    assert [one for one in parameters if isinstance(one, str)] == ["it's 5 %s", "Friday"]


def test_the_server_plans_it_once(people: People) -> None:
    """On PostgreSQL; sqlite3 keeps what it has compiled by itself."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL tells what is prepared")
    for role in ("participant", "guest", "participant"):
        MEMBERS.all(slug="seminar", role=role, until=people.grace.joined_at)
    sql = MEMBERS._plan.sql if MEMBERS._plan else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements")
        plans = [times for statement, times in cursor.fetchall() if statement[:60] == sql[:60]]
    assert plans == [3]

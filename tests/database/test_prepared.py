"""A prepared query finds what the queryset finds, for other values each time."""

from django.db import connection, models
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from database.prepared import Parameter, PreparedQuery
from seminars.models import Membership
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


def test_what_it_finds_is_saved_as_any_other(people: People) -> None:
    member = MEMBERS.first(slug="seminar", role="guest", until=people.grace.joined_at)
    assert member is not None
    member.role = "participant"
    member.save(update_fields=["role"])
    people.grace.refresh_from_db()
    assert people.grace.role == "participant"

"""Stand-ins for a membership, of which the rules are asked as of any other.

`AnyMember` has parameters for its keys, to prepare a query for all of its kind; `EachMember` has
columns, to ask a rule of all rows of a query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Expression, Field, OuterRef, Subquery
from django.utils import timezone

from database.prepared import Parameter, filled, listed, size_for
from seminars.answered import AnsweredItems
from seminars.models import Membership, Role

_KEY = models.BigIntegerField()
KINDS_KEPT = 200  # kinds of people, or of sets of memberships, for which a query is kept


@dataclass(frozen=True, order=True)
class AnyMember:
    """Whoever has this role and so many groups, so many readings whose talk is withheld or whose
    text ends at a gate, and so many checkpoints whose published answers they read: what the rules
    ask of a membership. Of the last there is a kind for each power of two.

    `number` tells several apart in one query. The moment is a parameter, too: what is prepared
    lasts as long as the process, and readings open meanwhile.
    """

    is_instructor: bool
    is_assistant: bool
    is_guest: bool
    groups: int
    number: int = 0
    withheld: int = 0
    personal_mutes: bool = False  # whether they have muted anybody for themselves
    gates: int = 0
    answered: int = 0
    has_links: bool = False  # whether their seminar has any
    removed_at = None

    @classmethod
    def like(cls, member: Membership, number: int = 0) -> "AnyMember":
        role = (member.is_instructor, member.is_assistant, member.is_guest)
        counted = len(member.group_ids), number, len(member.withheld_ids)
        gates, answered = len(member.gate_places), member.answered_items
        return cls(
            *role,
            *counted,
            personal_mutes=member.personal_mutes > 0,
            gates=gates,
            answered=size_for(answered) if answered else 0,
            has_links=member.has_links,
        )

    @classmethod
    def kinds_of(
        cls, members: Sequence[Membership]
    ) -> tuple[tuple["AnyMember", ...], dict[str, Any]]:
        """The kinds of several members, and the values of all their parameters.

        They come in one order, so that people in the same roles share what is kept for theirs.
        """
        alike = sorted(members, key=cls.like)
        kinds = tuple(cls.like(one, number) for number, one in enumerate(alike))
        keys: dict[str, Any] = {}
        for kind, member in zip(kinds, alike, strict=True):
            keys.update(kind.keys_of(member))
        return kinds, keys

    def keys_of(self, member: Membership) -> dict[str, Any]:
        """The values of the parameters, for a member of this kind as things stand now; nobody in
        particular is 0."""
        groups = enumerate(sorted(member.group_ids))
        withheld = enumerate(sorted(member.withheld_ids))
        gates = enumerate(member.gate_places)
        places = {
            self._named(f"{name}{place}"): value
            for place, gate in gates
            for name, value in zip(("gated", "served"), gate, strict=True)
        }
        return {
            self._named("viewer"): member.pk or 0,
            self._named("seminar"): member.seminar_id,
            self.now.name: member.now,
            **{self._named(f"group{place}"): group for place, group in groups},
            **{self._named(f"withheld{place}"): reading for place, reading in withheld},
            **places,
            **self._answered_keys(member.answered_items or ()),
        }

    @property
    def is_staff(self) -> bool:
        return self.is_instructor or self.is_assistant

    @property
    def now(self) -> Parameter:
        return Parameter("now", models.DateTimeField())

    @property
    def pk(self) -> Parameter:
        return Parameter(self._named("viewer"), _KEY)

    @property
    def seminar_id(self) -> Parameter:
        return Parameter(self._named("seminar"), _KEY)

    @property
    def group_ids(self) -> tuple[Parameter, ...]:
        return tuple(Parameter(self._named(f"group{place}"), _KEY) for place in range(self.groups))

    @property
    def withheld_ids(self) -> tuple[Parameter, ...]:
        return tuple(
            Parameter(self._named(f"withheld{place}"), _KEY) for place in range(self.withheld)
        )

    @property
    def gate_places(self) -> tuple[tuple[Parameter, Parameter], ...]:
        return tuple(
            (
                Parameter(self._named(f"gated{place}"), _KEY),
                Parameter(self._named(f"served{place}"), _KEY),
            )
            for place in range(self.gates)
        )

    @property
    def answered_items(self) -> tuple[tuple[None, Parameter], ...] | None:
        if self.is_staff:
            return None
        name = self._named("answered")
        return tuple((None, item) for item in listed(f"{name}_", _KEY, self.answered))

    def _answered_keys(self, items: AnsweredItems) -> dict[str, Any]:
        keys = [item for _reading, item in items]
        return filled(f"{self._named('answered')}_", keys) if keys else {}

    def _named(self, what: str) -> str:
        return f"{what}_of_{self.number}"


class _MemberColumn(Expression):
    """A column of the memberships that a query is about, in whichever of its subqueries.

    An OuterRef means the query around its own, and a rule may ask two levels deep. Of a query's
    own rows Django writes the table's name, and of all in its subqueries an alias.
    """

    def __init__(self, name: str) -> None:
        field: Field[Any, Any] = Membership._meta.get_field(name)  # type: ignore[assignment]
        super().__init__(output_field=_KEY)
        self._column = field.column

    def as_sql(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002 - Django's own
        quoted = connection.ops.quote_name
        return f"{quoted(Membership._meta.db_table)}.{quoted(self._column)}", []


class EachMember:
    """Each of the current members with this role, in `Membership.objects.filter(Exists(rule))`.

    The query is about memberships, and stands in no other.
    """

    removed_at = None

    def __init__(self, role: str) -> None:
        self.now = timezone.now()
        self.is_instructor = role == Role.INSTRUCTOR
        self.is_assistant = role == Role.ASSISTANT
        self.is_staff = self.is_instructor or self.is_assistant
        self.is_guest = role == Role.GUEST
        self.pk = _MemberColumn("id")
        self.seminar_id = _MemberColumn("seminar")
        # No group is NULL, which equals none.
        self.group_ids: tuple[Any, ...] = (_MemberColumn("group"),)
        if self.is_assistant:
            looked_after = Membership.assists.through.objects.filter(
                group=OuterRef("group"), membership=self.pk
            )
            self.group_ids += (Subquery(looked_after.values("group")[:1]),)
        # Whom words are withheld from may be spoken to: nobody is told who has written yet.
        self.withheld_ids = ()
        self.gate_places = ()
        # The same of whom a published answer waits for.
        self.answered_items = None
        self.personal_mutes = 0
        self.has_links = True

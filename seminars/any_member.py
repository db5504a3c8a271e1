"""A membership with parameters for its keys, to prepare a query for all of its kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from database.prepared import Parameter
from seminars.models import Membership

_KEY = models.BigIntegerField()
KINDS_KEPT = 200  # kinds of people, or of sets of memberships, for which a query is kept


@dataclass(frozen=True, order=True)
class AnyMember:
    """Whoever has this role and so many groups: what the rules ask of a membership.

    `number` tells several apart in one query.
    """

    is_instructor: bool
    is_assistant: bool
    is_guest: bool
    groups: int
    number: int = 0
    removed_at = None

    @classmethod
    def like(cls, member: Membership, number: int = 0) -> "AnyMember":
        groups = len(member.group_ids)
        return cls(member.is_instructor, member.is_assistant, member.is_guest, groups, number)

    @classmethod
    def kinds_of(
        cls, members: Sequence[Membership]
    ) -> tuple[tuple["AnyMember", ...], dict[str, int]]:
        """The kinds of several members, and the values of all their parameters.

        They come in one order, so that people in the same roles share what is kept for theirs.
        """
        alike = sorted(members, key=cls.like)
        kinds = tuple(cls.like(one, number) for number, one in enumerate(alike))
        keys: dict[str, int] = {}
        for kind, member in zip(kinds, alike, strict=True):
            keys.update(kind.keys_of(member))
        return kinds, keys

    def keys_of(self, member: Membership) -> dict[str, int]:
        """The values of the parameters, for a member of this kind; nobody in particular is 0."""
        groups = enumerate(sorted(member.group_ids))
        return {
            self._named("viewer"): member.pk or 0,
            self._named("seminar"): member.seminar_id,
            **{self._named(f"group{place}"): group for place, group in groups},
        }

    @property
    def is_staff(self) -> bool:
        return self.is_instructor or self.is_assistant

    @property
    def pk(self) -> Parameter:
        return Parameter(self._named("viewer"), _KEY)

    @property
    def seminar_id(self) -> Parameter:
        return Parameter(self._named("seminar"), _KEY)

    @property
    def group_ids(self) -> tuple[Parameter, ...]:
        return tuple(Parameter(self._named(f"group{place}"), _KEY) for place in range(self.groups))

    def _named(self, what: str) -> str:
        return f"{what}_of_{self.number}"

"""What a roster would do, row by row, before it is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.mail import sends_mail
from seminars.models import Invitation, Membership, Role, Seminar
from seminars.rosters.roster_file import RosterFile, RosterRow


class RowOutcome(models.TextChoices):
    """What happens with one row of a roster."""

    INVITE = "invite", gettext_lazy("Is invited by mail")
    MOVE = "move", gettext_lazy("Moves. What was written so far stays with the old group")
    MOVE_INVITATION = "move_invitation", gettext_lazy("Is invited already: the group changes")
    INVITED = "invited", gettext_lazy("Is invited already")
    MEMBER = "member", gettext_lazy("Is a member already")
    PROBLEM = "problem", gettext_lazy("Is left out")


@dataclass(frozen=True)
class PlannedRow:
    """A row, what happens with it, and to whom; `group` is the one it names, as it is written."""

    row: RosterRow
    outcome: RowOutcome
    group: str = ""
    is_new_group: bool = False
    member: Membership | None = None
    invitation: Invitation | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.member.name if self.member else self.row.name

    @property
    def group_before(self) -> str:
        """The group out of which the person moves."""
        now = self.member or self.invitation
        moves = self.outcome in {RowOutcome.MOVE, RowOutcome.MOVE_INVITATION}
        return str(now.group) if now and now.group and moves else ""

    @property
    def is_change(self) -> bool:
        return self.outcome in {RowOutcome.INVITE, RowOutcome.MOVE, RowOutcome.MOVE_INVITATION}

    @property
    def is_problem(self) -> bool:
        return self.outcome == RowOutcome.PROBLEM


@dataclass(frozen=True)
class RosterPlan:
    """All rows of a roster, with what happens to each."""

    rows: list[PlannedRow]

    def of(self, *outcomes: RowOutcome) -> list[PlannedRow]:
        return [one for one in self.rows if one.outcome in outcomes]

    @cached_property
    def invited(self) -> list[PlannedRow]:
        return self.of(RowOutcome.INVITE)

    @cached_property
    def moved(self) -> list[PlannedRow]:
        return self.of(RowOutcome.MOVE, RowOutcome.MOVE_INVITATION)

    @cached_property
    def problems(self) -> list[PlannedRow]:
        return self.of(RowOutcome.PROBLEM)

    @cached_property
    def unchanged(self) -> list[PlannedRow]:
        return self.of(RowOutcome.MEMBER, RowOutcome.INVITED)

    @cached_property
    def changes(self) -> list[PlannedRow]:
        return [one for one in self.rows if one.is_change]

    @cached_property
    def shown(self) -> list[PlannedRow]:
        """What is to be looked at: all but those with whom nothing happens."""
        return [one for one in self.rows if one.is_change or one.is_problem]

    @cached_property
    def new_groups(self) -> list[str]:
        """The groups that are made, each once."""
        made = [one.group for one in self.changes if one.is_new_group]
        return list({name.casefold(): name for name in reversed(made)}.values())[::-1]

    @cached_property
    def mark(self) -> str:
        """What tells this plan from every other: who confirms it confirms this one."""
        said = [
            (one.row.line, one.outcome, one.row.email, one.group, one.group_before, one.row.role)
            for one in self.changes
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


class Planner:
    """Who is in the seminar and who is invited, to plan a list by. Three queries."""

    def __init__(self, seminar: Seminar) -> None:
        self.groups = {group.name.casefold(): group.name for group in seminar.groups.all()}
        members = seminar.memberships.current().select_related("user", "group")
        self.members = {one.user.email.casefold(): one for one in members}
        by_pk = {one.pk: one for one in members}
        self.invitations: dict[str, Invitation] = {}
        for one in seminar.invitations.personal().for_people_page():
            if one.state == "open":
                self.invitations.setdefault(one.email.casefold(), one)
            elif one.accepted_by_id in by_pk:
                # They joined by it with another address.
                self.members.setdefault(one.email.casefold(), by_pk[one.accepted_by_id])
        self.seen: dict[str, int] = {}

    def plan(self, rows: Iterable[RosterRow]) -> RosterPlan:
        return RosterPlan([self._planned(row) for row in rows])

    def _planned(self, row: RosterRow) -> PlannedRow:
        if row.problem:
            return PlannedRow(row, RowOutcome.PROBLEM, row.group, problem=row.problem)
        if row.email in self.seen:
            twice = _("Line %(line)d has the same address.") % {"line": self.seen[row.email]}
            return PlannedRow(row, RowOutcome.PROBLEM, row.group, problem=twice)
        self.seen[row.email] = row.line
        group = self.groups.get(row.group.casefold(), row.group)
        is_new = bool(group) and row.group.casefold() not in self.groups
        member = self.members.get(row.email)
        invitation = self.invitations.get(row.email)
        if member is not None:
            moves = bool(group) and not member.is_staff and _is_elsewhere(member, group)
            outcome = RowOutcome.MOVE if moves else RowOutcome.MEMBER
            return PlannedRow(row, outcome, group, is_new and moves, member=member)
        if invitation is not None:
            moves = bool(group) and _is_elsewhere(invitation, group)
            outcome = RowOutcome.MOVE_INVITATION if moves else RowOutcome.INVITED
            return PlannedRow(row, outcome, group, is_new and moves, invitation=invitation)
        if not sends_mail():
            no_mail = _("This site sends no mail. Make a link for them under “Invite people”.")
            return PlannedRow(row, RowOutcome.PROBLEM, group, problem=no_mail)
        return PlannedRow(row, RowOutcome.INVITE, group, is_new)


def _is_elsewhere(one: Membership | Invitation, group: str) -> bool:
    return one.group is None or one.group.name != group


def plan_roster(seminar: Seminar, file: RosterFile) -> RosterPlan:
    """Return what would happen to each row of the list, as things stand now."""
    return Planner(seminar).plan(file.rows)


def role_of(row: RosterRow) -> str:
    """The role that a row asks for, of somebody new."""
    return row.role or Role.PARTICIPANT

"""An invitation never lets in more than it says, in whatever order or at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from seminars import actions
from seminars.models import Invitation, Membership
from tests.at_once import at_once
from tests.base import People, make_people, make_user
from tests.examples import examples


class AcceptingInvitations(TestCase):
    """Hypothesis makes up the invitation, and who opens it in which order."""

    @settings(
        max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(max_uses=st.integers(1, 4), visits=st.lists(st.integers(0, 5), max_size=14))
    def test_counts_people_and_stops_at_the_limit(self, max_uses: int, visits: list[int]) -> None:
        people = make_people()
        users = [make_user(f"u{i}") for i in range(6)]
        invitation, token = actions.create_invitation(
            role="participant",
            group=None,
            max_uses=max_uses,
            valid_for=timedelta(days=1),
            by=people.alice,
        )
        inside: list[int] = []
        for visit in visits:
            may = visit in inside or len(inside) < max_uses
            try:
                actions.accept_invitation(token=token, user=users[visit])
                assert may
                inside += [visit] if visit not in inside else []
            except actions.InvitationRefused:
                assert not may
                assert invitation_state(token) == "used up"
        invitation.refresh_from_db()
        assert invitation.uses == len(inside)
        joined = Membership.objects.filter(seminar=people.seminar, user__in=users)
        assert {member.user for member in joined} == {users[i] for i in inside}


def invitation_state(token: str) -> str:
    return Invitation.objects.with_token(token).get().state


def joining(token: str, user: User) -> Callable[[], Membership]:
    return lambda: actions.accept_invitation(token=token, user=user)


def make_invitation(people: People, uses: int) -> tuple[Invitation, str]:
    return actions.create_invitation(
        role="participant",
        group=None,
        max_uses=uses,
        valid_for=timedelta(days=1),
        by=people.alice,
    )


@pytest.mark.usefixtures("transactional_db")
def test_the_last_place_goes_to_one() -> None:
    people = make_people()
    invitation, token = make_invitation(people, uses=1)
    users = [make_user(f"u{i}") for i in range(4)]
    results = at_once(*(joining(token, user) for user in users))
    refused = [r for r in results if isinstance(r, actions.InvitationRefused)]
    assert sum(isinstance(r, Membership) for r in results) == 1, results
    assert len(refused) == 3, results
    assert people.seminar.memberships.filter(user__in=users).count() == 1
    invitation.refresh_from_db()
    assert invitation.uses == 1


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("uses", [1, 5])
def test_one_person_in_two_windows_joins_once(uses: int) -> None:
    people = make_people()
    invitation, token = make_invitation(people, uses=uses)
    results = at_once(*(joining(token, people.mallory) for _ in range(4)))
    assert all(isinstance(r, Membership) for r in results), results
    assert people.seminar.memberships.filter(user=people.mallory).count() == 1
    invitation.refresh_from_db()
    assert invitation.uses == 1


@pytest.mark.usefixtures("transactional_db")
def test_two_instructors_cannot_demote_each_other() -> None:
    people = make_people()
    people.bob.role = "instructor"
    people.bob.save()

    def demote(member: Membership, by: Membership) -> Callable[[], None]:
        # Each of the two has the rows as their own request has read them.
        theirs = Membership.objects.get(pk=member.pk)
        own = Membership.objects.get(pk=by.pk)
        return lambda: actions.update_membership(
            membership=theirs, role="participant", group=None, by=own
        )

    results = at_once(demote(people.bob, people.alice), demote(people.alice, people.bob))
    assert sum(isinstance(r, ValidationError) for r in results) == 1, results
    left = people.seminar.memberships.current().filter(role="instructor")
    assert left.count() == 1

"""Who may see a thread: the rule said again in plain Python, against the queryset and the pages.

Rows are made at random for one example and rolled back after it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.models import Comment, Thread
from discussions.threads.actions import start_thread
from discussions.threads.layer import DiscussionLayer
from readings.models import Passage, Reading
from readings.passages.segments import Segment, segments_of
from seminars.models import Membership
from seminars.permissions import can_open_reading
from tests.base import People, make_people, sign_in
from tests.discussions.base import first_of, url
from tests.examples import examples

ROLES = ["instructor", "assistant", "participant", "guest"]
GROUPS = [None, "monday", "thursday"]
AUDIENCES = ["me", "group", "seminar", "staff", "member"]


@dataclass(frozen=True)
class Case:
    """A thread and somebody who may or may not see it.

    It is Carol's, of `author_group`, and `is_author` makes the viewer her; a word to one member
    is Alice's, and Carol the one to whom it is.
    """

    audience: str
    author_group: str | None
    role: str
    group: str | None
    assists: str | None  # looked after beside one's own group, by assistants alone
    is_author: bool
    removed: bool
    withdrawn: bool
    opened: bool
    open_to_guests: bool
    for_group: str | None
    other_seminar: bool


def allowed(case: Case) -> bool:
    """The rule of the product, in the order in which one would say it."""
    if case.other_seminar or case.removed or case.withdrawn:
        return False
    if case.role not in {"instructor", "assistant"} and not case.opened:
        return False
    if case.role == "guest" and (not case.open_to_guests or case.for_group):
        return False
    if case.role == "participant" and case.for_group not in {None, case.group}:
        return False
    if case.is_author or case.audience == "seminar":
        return True
    groups = {case.group, case.assists if case.role == "assistant" else None} - {None}
    if case.audience == "group":
        return case.role == "instructor" or case.author_group in groups
    if case.audience == "member":
        assisted = case.role == "assistant" and case.author_group in groups
        return case.role == "instructor" or assisted
    if case.audience == "staff":
        return case.role in {"instructor", "assistant"}
    return False  # only me


cases = st.builds(
    Case,
    audience=st.sampled_from(AUDIENCES),
    author_group=st.sampled_from(GROUPS[1:]),
    role=st.sampled_from(ROLES),
    group=st.sampled_from(GROUPS),
    assists=st.sampled_from(GROUPS),
    is_author=st.booleans(),
    removed=st.sampled_from([False, False, False, True]),
    withdrawn=st.sampled_from([False, False, False, True]),
    opened=st.sampled_from([True, True, False]),
    open_to_guests=st.booleans(),
    for_group=st.sampled_from([None, *GROUPS]),
    other_seminar=st.sampled_from([False, False, False, True]),
)


class World:
    """One thread, and one viewer, as a case has them."""

    def __init__(self, people: People, reading: Reading, stranger: Membership, case: Case) -> None:
        groups = {None: None, "monday": people.monday, "thursday": people.thursday}
        author = people.carol
        author.group = groups[case.author_group]
        author.save(update_fields=["group"])
        self.thread = start_thread(
            reading=reading,
            segments=[Segment("p1", quote="reads one text together")],
            audience=f"member:{author.pk}" if case.audience == "member" else case.audience,
            kind="comment",
            body="Zanzibar.",
            by=people.alice if case.audience == "member" else author,
        )
        if case.withdrawn:
            self.thread.withdrawn_at = timezone.now()
            self.thread.save(update_fields=["withdrawn_at"])
        self.viewer = author if case.is_author else people.dan
        self.viewer.role, self.viewer.group = case.role, groups[case.group]
        if case.assists:
            self.viewer.assists.set([groups[case.assists]])  # type: ignore[list-item]
        if case.removed:
            self.viewer.removed_at = timezone.now()
        self.viewer.save(update_fields=["role", "group", "removed_at"])
        if case.other_seminar:
            self.viewer = stranger
        reading.open_to_guests = case.open_to_guests
        reading.opens_at = None if case.opened else timezone.now() + timedelta(days=1)
        reading.save(update_fields=["open_to_guests", "opens_at"])
        named = groups[case.for_group]
        reading.groups.set([named] if named else [])
        self.reading = reading


@pytest.fixture
def stranger(people: People) -> Membership:
    """An instructor, but of another seminar."""
    return make_people("other").alice


def in_world(people: People, reading: Reading, stranger: Membership, case: Case, look: Any) -> None:
    """Make the case, look at it, and take it back."""
    members = [Membership.objects.get(pk=one.pk) for one in (people.carol, people.dan)]
    fresh = People(**{**people.__dict__, "carol": members[0], "dan": members[1]})
    with transaction.atomic():
        look(World(fresh, Reading.objects.get(pk=reading.pk), stranger, case))
        transaction.set_rollback(True)


slow = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@slow
@given(case=cases)
def test_queryset_is_the_rule(
    people: People, reading: Reading, stranger: Membership, case: Case
) -> None:
    def look(world: World) -> None:
        seen = Thread.objects.visible_to(world.viewer).filter(pk=world.thread.pk).exists()
        assert seen == allowed(case)
        assert Comment.objects.visible_to(world.viewer).exists() == allowed(case)
        layer = DiscussionLayer().content(
            reading=world.reading,
            membership=world.viewer,
            segments=segments_of(Passage.objects.filter(reading=world.reading)),
        )
        reachable = Reading.objects.visible_to(world.viewer).filter(pk=world.reading.pk).exists()
        if not case.other_seminar:
            fresh = Reading.objects.get(pk=world.reading.pk)
            assert reachable == can_open_reading(world.viewer, fresh)
        if reachable:
            assert bool(layer.beside) == bool(layer.marks) == bool(layer.counts) == allowed(case)

    in_world(people, reading, stranger, case, look)


@settings(slow, max_examples=examples(40))
@given(case=cases)
def test_every_page_reaches_as_far_as_the_rule(
    people: People, reading: Reading, stranger: Membership, case: Case
) -> None:
    def look(world: World) -> None:
        client = sign_in(world.viewer.user)
        may = allowed(case)
        comment = first_of(world.thread)
        for name, pk in (
            ("thread_detail", world.thread.pk),
            ("comment_detail", comment.pk),
            ("comment_revisions", comment.pk),
        ):
            for headers in ({}, {"HX-Request": "true"}):
                status = client.get(url(name, world.reading, pk), headers=headers).status_code
                assert (status != 404) == may, (name, status, case)
        # Nothing is sent that would change anything: what counts is whether the thread is found.
        # A role that may do the thing nowhere is turned away (403) before it is sought.
        for name, pk in (
            ("comment_create", world.thread.pk),
            ("comment_reports", comment.pk),
            ("comment_visibility", comment.pk),
        ):
            status = client.post(url(name, world.reading, pk), {}).status_code
            assert status in ({200, 403, 422} if may else {403, 404}), (name, status, case)
        pages = [
            url("thread_list", world.reading),
            world.reading.get_absolute_url(),
        ]
        for page in pages:
            assert ("Zanzibar" in client.get(page).content.decode()) == may, page
        asked = url("thread_list", world.reading, query=f"?comment={comment.pk}")
        assert (client.get(asked).status_code == 200) == may

    in_world(people, reading, stranger, case, look)

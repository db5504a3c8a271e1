"""What is new after any history, by the queries of the pages and by a plain loop over all rows."""

import random
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.comments.actions import undo_withdrawal, withdraw
from discussions.models import Comment, Thread, ThreadSubscription
from discussions.moderation.actions import restore
from discussions.threads.reads import mark_read, note_opened, set_watermark, undo_marking
from discussions.threads.unread_counts import new_threads, unread_comments
from readings.models import Reading, Visit
from readings.page.visits import begin_visit
from seminars import permissions
from seminars.models import Group, Membership
from seminars.personal_mutes import mute_for_self, unmute_for_self
from tests.base import People
from tests.discussions.base import answer, hidden, say
from tests.discussions.reads import plainly_unread
from tests.examples import examples

AUDIENCES = ["seminar", "seminar", "group", "me", "staff"]


class History:
    """A seminar in which things happen, one after another, drawn from a source."""

    def __init__(self, people: People, reading: Reading, seed: int) -> None:
        self.source = random.Random(seed)  # noqa: S311 - a history, not a secret
        self.people, self.reading = people, reading
        self.held: list[tuple[Thread, Membership]] = []
        self.markings: list[tuple[Membership, uuid.UUID]] = []
        self.steps: list[Callable[[], object]] = [
            *(
                self.begin,
                self.begin,
                *[self.reply] * 4,
                self.open,
                self.open,
                self.come,
                self.come,
            ),
            self.hide,
            *(self.restore, self.withdraw, self.undo, self.move, self.hold, self.approve),
            *(self.keep_new, self.mark_all, self.unmark, self.mute, self.unmute),
            *(self.mute_person, self.unmute_person),
        ]

    @property
    def members(self) -> list[Membership]:
        pks = [getattr(self.people, key).pk for key in ("alice", "carol", "dan")]
        return list(Membership.objects.filter(pk__in=pks).select_related("group", "seminar"))

    def who(self) -> Membership:
        return self.source.choice(self.members)

    def thread_of(self, member: Membership) -> Thread | None:
        threads = list(Thread.objects.visible_to(member).select_related("reading__seminar"))
        return self.source.choice(threads) if threads else None

    def comment(self, **where: object) -> Comment | None:
        found = list(Comment.objects.filter(**where).select_related("author", "thread"))
        return self.source.choice(found) if found else None

    def happen(self) -> None:
        self.source.choice(self.steps)()

    def begin(self) -> None:
        by = self.who()
        choices = AUDIENCES if by.group_id else [one for one in AUDIENCES if one != "group"]
        say(self.reading, by, audience=self.source.choice(choices), block="p1", quote="")

    def reply(self) -> None:
        by = self.who()
        if thread := self.thread_of(by):
            answer(thread, by)

    def come(self) -> None:
        by = self.who()
        visit = Visit.objects.filter(reading=self.reading, membership=by).first()
        begin_visit(self.reading, by=by, visit=visit)

    def open(self) -> None:
        by = self.who()
        if thread := self.thread_of(by):
            note_opened(thread=thread, by=by, seq=thread.last_seq)

    def hide(self) -> None:
        comment = self.comment(state="published", thread__audience="seminar")
        if comment and comment.author_id != self.people.alice.pk:
            hidden(comment, self.people.alice)

    def restore(self) -> None:
        if comment := self.comment(state="hidden"):
            restore(comment=comment, by=self.people.alice, version=comment.version)

    def withdraw(self) -> None:
        if comment := self.comment(state="published"):
            withdraw(comment=comment, by=comment.author)

    def undo(self) -> None:
        if comment := self.comment(state="withdrawn"):
            undo_withdrawal(comment=comment, by=comment.author)

    def move(self) -> None:
        group = self.source.choice(list(Group.objects.all()))
        who = self.source.choice([self.people.carol, self.people.dan])
        Membership.objects.filter(pk=who.pk).update(group=group)

    def hold(self) -> None:
        """Somebody writes what has to be approved before it is published."""
        by = self.who()
        if thread := self.thread_of(by):
            self.held.append((thread, by))

    def approve(self) -> None:
        """It was written long ago, and gets its number now."""
        if self.held:
            thread, by = self.held.pop()
            if Thread.objects.visible_to(by).filter(pk=thread.pk).exists():
                comment = answer(thread, by)
                written = timezone.now() - timedelta(days=2)
                Comment.objects.filter(pk=comment.pk).update(created_at=written)

    def keep_new(self) -> None:
        by = self.who()
        if thread := self.thread_of(by):
            set_watermark(thread=thread, by=by, seq=self.source.randint(0, thread.last_seq))

    def mark_all(self) -> None:
        by = self.who()
        marking = uuid.UUID(int=self.source.getrandbits(128))
        mark_read(readings=Reading.objects.visible_to(by), by=by, marking=marking)
        assert not plainly_unread(by), "nothing is left"
        self.markings.append((by, marking))

    def unmark(self) -> None:
        if self.markings:
            by, marking = self.markings.pop()
            undo_marking(by=by, marking=marking)

    def mute(self) -> None:
        by = self.who()
        if thread := self.thread_of(by):
            ThreadSubscription.objects.update_or_create(
                thread=thread,
                membership=by,
                defaults={"seminar_id": by.seminar_id, "level": "mute"},
            )

    def unmute(self) -> None:
        ThreadSubscription.objects.filter(membership=self.who(), level="mute").delete()

    def mute_person(self) -> None:
        by, other = self.who(), self.who()
        if permissions.can_mute_for_self(by, other):
            mute_for_self(member=other, by=by)

    def unmute_person(self) -> None:
        unmute_for_self(member=self.who(), by=self.who())

    def check(self) -> None:
        for member in self.members:
            plain = plainly_unread(member)
            by_reading = {(member.pk, reading): len(found) for reading, found in plain.items()}
            assert new_threads([member]) == by_reading
            visit = Visit.objects.filter(reading=self.reading, membership=member).first()
            if visit is None:
                continue
            seen = set(Thread.objects.visible_to(member).values_list("pk", flat=True))
            asked = unread_comments(
                reading=self.reading, membership=member, begun_at=visit.begun_at
            )
            counts = {thread: count for thread, count in asked.counts.items() if thread in seen}
            assert counts == plain.get(self.reading.pk, {})


@pytest.mark.django_db
@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_history_leaves_new_what_a_plain_count_says(
    people: People, reading: Reading, seed: int
) -> None:
    with transaction.atomic():
        history = History(people, reading, seed)
        for _ in range(6):
            for _ in range(12):
                history.happen()
            history.check()
        transaction.set_rollback(True)

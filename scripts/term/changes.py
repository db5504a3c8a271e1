"""What the instructor changes while the term goes on: groups, time, rules, words that stay hidden.

A change that is not allowed as things stand does not happen; that is one of the things that happen.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from discussions.common.errors import StaleComment
from discussions.models import Comment, CommentState
from discussions.moderation.actions import hide, restore
from readings.models import Extension, Reading
from readings.setup.actions import change_settings, remove_reading, restore_reading
from readings.setup.extension_actions import (
    AlreadyExtended,
    give_extension,
    take_back_extension,
)
from scripts.term.seminar import TermSeminar
from seminars.actions import accept_invitation, create_invitation, update_membership
from seminars.models import Membership
from seminars.move_actions import leave_seminar, move_members

REFUSED = (PermissionDenied, ValidationError, StaleComment, AlreadyExtended)
MOST_GONE = 2  # members who have left at the same time


class Changes:
    """One after another, drawn from `source`."""

    def __init__(self, there: TermSeminar, source: random.Random) -> None:
        self.there, self.source, self.by = there, source, there.instructor
        self.steps: list[Callable[[], Any]] = [
            *[self.move, self.give_time, self.hide] * 3,
            *(self.take_time_back, self.show_again, self.leave, self.come_back),
            *(self.change_dates, self.change_groups, self.take_away, self.put_back),
            *(self.look_after, self.ask_more),
        ]

    def happen(self) -> str:
        """Let one of them happen; return its name."""
        step = self.source.choice(self.steps)
        with suppress(*REFUSED), transaction.atomic():
            step()
        return step.__name__.replace("_", " ")

    def _choice(self, found: Any) -> Any:
        rows = list(found.order_by("pk"))
        return self.source.choice(rows) if rows else None

    def _members(self) -> Any:
        return self.there.seminar.memberships.current().filter(role="participant")

    def _reading(self) -> Reading:
        found: Reading = self._choice(self.there.seminar.readings.filter(removed_at=None))
        return found

    # --- People ---------------------------------------------------------------------------------
    def move(self) -> None:
        who = self._choice(self._members())
        group = self.source.choice([*self.there.groups, None])
        move_members(members=[who.pk], group=group, by=self.by)

    def look_after(self) -> None:
        """An assistant gets other groups beside their own."""
        one = self._choice(self.there.seminar.memberships.filter(role="assistant"))
        groups = self.source.sample(self.there.groups, k=self.source.randint(0, 2))
        update_membership(
            membership=one, role="assistant", group=one.group, assists=groups, by=self.by
        )

    def leave(self) -> None:
        gone = self.there.seminar.memberships.exclude(removed_at=None)
        if gone.count() < MOST_GONE:
            leave_seminar(by=self._choice(self._members()))

    def come_back(self) -> None:
        gone: Membership | None = self._choice(
            self.there.seminar.memberships.exclude(removed_at=None)
        )
        if gone is None:
            return
        _, token = create_invitation(
            role="participant",
            group=self.source.choice(self.there.groups),
            max_uses=1,
            valid_for=timedelta(days=1),
            by=self.by,
        )
        accept_invitation(token=token, user=gone.user)

    # --- Time -----------------------------------------------------------------------------------
    def give_time(self) -> None:
        reading = self._reading()
        if reading.due_at is None:
            return
        further = self.there.span * self.source.uniform(0.02, 0.2)
        due = max(reading.due_at, timezone.now()) + further
        given: dict[str, Any] = (
            {"membership": self._choice(self._members())}
            if self.source.random() < 0.6
            else {"group": self.source.choice(self.there.groups)}
        )
        names = self.source.choice([["due_at"], ["due_at", "closes_at"], ["late_until"]])
        give_extension(reading=reading, by=self.by, **given | dict.fromkeys(names, due))

    def take_time_back(self) -> None:
        extensions = Extension.objects.filter(seminar=self.there.seminar, taken_back_at=None)
        if given := self._choice(extensions.select_related("reading")):
            take_back_extension(extension=given, by=self.by)

    def change_dates(self) -> None:
        reading = self._reading()
        moved = self.there.span * self.source.uniform(-0.05, 0.1)
        dates = {
            name: getattr(reading, name) + moved
            for name in ("due_at", "late_until", "closes_at", "peek_at")
            if getattr(reading, name)
        }
        if not reading.opens_at or dates["due_at"] > reading.opens_at:
            change_settings(reading=reading, by=self.by, **dates)

    # --- Rules ----------------------------------------------------------------------------------
    def change_groups(self) -> None:
        groups = self.source.sample(self.there.groups, k=self.source.randint(0, 2))
        change_settings(reading=self._reading(), by=self.by, groups=groups)

    def ask_more(self) -> None:
        change_settings(
            reading=self._reading(),
            by=self.by,
            required_posts=self.source.randint(0, 2),
            required_replies=self.source.randint(0, 3),
            peek_after=self.source.choice([0, 0, 1, 2]),
            anonymity=self.source.choice(["off", "optional", "required"]),
        )

    def take_away(self) -> None:
        if self.source.random() < 0.3:
            remove_reading(reading=self._reading(), by=self.by)

    def put_back(self) -> None:
        if gone := self._choice(self.there.seminar.readings.exclude(removed_at=None)):
            restore_reading(reading=gone, by=self.by)

    # --- Words ----------------------------------------------------------------------------------
    def _said(self, state: str) -> Comment | None:
        found = Comment.objects.filter(seminar=self.there.seminar, state=state)
        comment: Comment | None = self._choice(found.select_related("thread", "author"))
        return comment

    def hide(self) -> None:
        if comment := self._said(CommentState.PUBLISHED):
            hide(comment=comment, reason="off_topic", by=self.by, version=comment.version)

    def show_again(self) -> None:
        if comment := self._said(CommentState.HIDDEN):
            restore(comment=comment, by=self.by, version=comment.version)

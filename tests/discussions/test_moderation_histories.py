"""Moderation after any sequence of what members and staff can do: the log, counts, who sees what.

Each step goes through the action that the pages call. What is refused is refused; what happened
is compared with a plain reading of all rows.
"""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.comments.actions import edit_comment, undo_withdrawal, withdraw
from discussions.common.counters import wrong_counts
from discussions.common.errors import AlreadyDecided, StaleComment, StaleReview
from discussions.models import (
    UNDECIDED,
    Action,
    Comment,
    Decision,
    Reason,
    ReviewItem,
    Thread,
)
from discussions.moderation import actions, case_actions, rare_actions
from discussions.moderation.member_actions import restrict
from discussions.moderation.report_actions import report
from discussions.moderation.several_actions import SeenCase, decide_several, undo_several
from discussions.moderation.thread_actions import premoderate
from readings.models import Reading
from seminars.models import Membership, PostsHeld, Role, Seminar
from seminars.permissions import can_decide_case, can_read_body
from tests.base import People, make_user
from tests.discussions.base import answer, say
from tests.examples import examples

MEMBERS = ("alice", "anna", "bob", "carol", "dan")
REFUSALS = (
    PermissionDenied,
    StaleComment,
    StaleReview,
    AlreadyDecided,
    case_actions.AlreadyAsked,
    rare_actions.TooLateToUndo,
)
TAKING = (actions.hide, actions.remove, actions.return_to_author)


class History:
    """A seminar with an instructor or two, an assistant and two groups, in which things happen."""

    def __init__(self, people: People, reading: Reading, seed: int) -> None:
        self.source = random.Random(seed)  # noqa: S311 - a history, not a secret
        self.people, self.reading = people, reading
        # In every other history Alice instructs alone, and nobody may decide on her words.
        self.anna = Membership.objects.create(
            seminar=people.seminar,
            user=make_user("anna"),
            role=self.source.choice([Role.INSTRUCTOR, Role.PARTICIPANT]),
        )
        self.made: list[int] = []  # the decisions that were answered with, in their order
        self.steps: list[Callable[[], object]] = [
            *[self.begin] * 3,
            *[self.reply] * 4,
            *[self.report] * 4,
            *[self.take] * 4,
            *[self.put_right] * 3,
            *(self.dismiss, self.dismiss, self.claim, self.hand_over, self.undo_decision),
            *(self.withdraw, self.put_back, self.edit, self.edit, self.ask_review),
            *(self.edit_for, self.purge, self.answer_own),
            *(self.decide_together, self.decide_together, self.undo_together),
            *(self.set_moderation, self.restrict, self.premoderate),
        ]

    def member(self, key: str) -> Membership:
        pk = self.anna.pk if key == "anna" else getattr(self.people, key).pk
        return Membership.objects.select_related("seminar", "group", "user").get(pk=pk)

    def who(self) -> Membership:
        return self.member(self.source.choice(MEMBERS))

    def staff(self) -> Membership:
        """Whoever decides: staff most of the time, and anybody now and then."""
        return self.member(self.source.choice([*("alice", "anna", "bob") * 3, "carol"]))

    def comment(self, *states: str) -> Comment | None:
        """A comment in one of the states; now and then in any."""
        found = Comment.objects.select_related("author__seminar", "thread__reading__seminar")
        if states and self.source.random() < 0.9:
            found = found.filter(state__in=states)
        rows = list(found.order_by("pk"))
        return self.source.choice(rows) if rows else None

    def item(self) -> ReviewItem | None:
        found = ReviewItem.objects.select_related("comment__thread").order_by("pk")
        if self.source.random() < 0.9:
            found = found.filter(state__in=UNDECIDED)
        rows = list(found)
        return self.source.choice(rows) if rows else None

    def happen(self) -> None:
        """One step; what it was refused for leaves nothing behind."""
        try:
            with transaction.atomic():
                done: Any = self.source.choice(self.steps)()
        except REFUSALS:
            return
        for one in done if isinstance(done, list) else [done]:
            if isinstance(one, Decision) and one.pk not in self.made:
                self.made.append(one.pk)

    # --- What members do -------------------------------------------------------------------------
    def begin(self) -> None:
        by = self.who()
        audience = self.source.choice(["seminar", "seminar", "group", "me", "staff"])
        if audience != "group" or by.group_id:
            say(self.reading, by, self.words(), audience=audience, block="p1", quote="")

    def words(self) -> str:
        return self.source.choice(["A remark.", "A rotten remark.", "Another thing."]) + str(
            self.source.random()
        )

    def reply(self) -> None:
        by = self.who()
        threads = list(Thread.objects.visible_to(by).select_related("reading__seminar"))
        if not threads:
            return
        thread = self.source.choice(threads)
        said = list(thread.comments.filter(state="published"))
        parent = self.source.choice([None, *said])
        answer(thread, by, self.words(), parent)

    def report(self) -> None:
        if comment := self.comment("published"):
            reason = self.source.choice(Reason.values)
            report(comment=comment, reason=reason, by=self.who())

    def withdraw(self) -> None:
        if comment := self.comment():
            withdraw(comment=comment, by=self.member_of(comment))

    def member_of(self, comment: Comment) -> Membership:
        return Membership.objects.select_related("seminar", "group").get(pk=comment.author_id)

    def put_back(self) -> None:
        if comment := self.comment("withdrawn"):
            undo_withdrawal(comment=comment, by=self.member_of(comment))

    def edit(self) -> None:
        if comment := self.comment("returned", "published", "pending"):
            by = self.member_of(comment)
            edit_comment(comment=comment, body=self.words(), version=comment.version, by=by)

    def ask_review(self) -> None:
        if comment := self.comment("hidden", "removed"):
            case_actions.ask_review(comment=comment, by=self.member_of(comment), why="Please.")

    # --- What staff do ---------------------------------------------------------------------------
    def take(self) -> Decision | None:
        comment = self.comment("published", "pending", "hidden")
        if comment is None:
            return None
        act = self.source.choice(TAKING)
        return act(comment=comment, reason="Unkind", by=self.staff(), version=comment.version)

    def put_right(self) -> Decision | None:
        comment = self.comment("pending", "hidden", "removed")
        if comment is None:
            return None
        act = actions.approve if comment.is_pending else actions.restore
        return act(comment=comment, by=self.staff(), version=comment.version)

    def dismiss(self) -> Decision | None:
        item = self.item()
        if item is None:
            return None
        return actions.dismiss(
            review_item=item,
            by=self.staff(),
            review_version=item.version,
            version=item.comment.version,
        )

    def decide_together(self) -> list[Decision]:
        rows = list(ReviewItem.objects.select_related("comment__thread").order_by("pk"))
        chosen = self.source.sample(rows, min(len(rows), self.source.choice([1, 3, 6])))
        action = self.source.choice([Action.DISMISS, Action.APPROVE, Action.HIDE, Action.REMOVE])
        cases = [SeenCase(one, one.version, one.comment.version) for one in chosen]
        return decide_several(cases=cases, action=action, by=self.staff(), reason="Unkind").done

    def undo_together(self) -> list[Decision]:
        rows = Decision.objects.exclude(together=None).select_related("actor")
        last = rows.order_by("-pk").first()
        if last is None or last.actor is None:
            return []
        return undo_several(decision=last, by=last.actor).done

    def claim(self) -> None:
        if item := self.item():
            act = self.source.choice([case_actions.claim, case_actions.release])
            act(review_item=item, by=self.staff(), review_version=item.version)

    def hand_over(self) -> Decision | None:
        item = self.item()
        if item is None:
            return None
        return case_actions.hand_over(
            review_item=item, to=self.staff(), by=self.staff(), review_version=item.version
        )

    def answer_own(self) -> Decision | None:
        item = self.item()
        if item is None:
            return None
        return case_actions.answer(
            review_item=item,
            by=self.member_of(item.comment),
            review_version=item.version,
            note_to_member="I stand by it.",
        )

    def undo_decision(self) -> Decision | None:
        last = Decision.objects.order_by("-pk").select_related("comment__thread", "actor").first()
        if last is None or last.actor is None:
            return None
        return rare_actions.undo(decision=last, by=last.actor)

    def edit_for(self) -> Decision | None:
        comment = self.comment()
        if comment is None:
            return None
        return rare_actions.edit_for_author(
            comment=comment,
            body=self.words(),
            by=self.staff(),
            version=comment.version,
            reason="A name",
        )

    def purge(self) -> Decision | None:
        comment = self.comment("removed")
        if comment is None:
            return None
        return rare_actions.purge(
            comment=comment, by=self.staff(), version=comment.version, reason="A secret"
        )

    def set_moderation(self) -> None:
        Seminar.objects.filter(pk=self.people.seminar.pk).update(
            posts_held=self.source.choice(PostsHeld.values),
            watched_phrases=self.source.choice(["", "rotten"]),
            hide_at_reports=self.source.choice([0, 2, 3]),
            assistants_remove=self.source.choice([True, False]),
        )

    def restrict(self) -> Decision | None:
        member = self.member(self.source.choice(["carol", "dan"]))
        return restrict(member=member, by=self.staff(), on=self.source.choice([True, False]))

    def premoderate(self) -> Decision | None:
        threads = list(Thread.objects.select_related("author", "reading"))
        if not threads:
            return None
        on = self.source.choice([True, False])
        return premoderate(thread=self.source.choice(threads), by=self.staff(), on=on)

    # --- What holds after each of them -----------------------------------------------------------
    def check(self) -> None:
        self.check_log()
        self.check_numbers()
        self.check_cases()
        for key in MEMBERS:
            self.check_sight(self.member(key))

    def check_log(self) -> None:
        """Every decision is in the log, once, in its order; the rest happened by itself."""
        logged = Decision.objects.order_by("pk").values_list("pk", "action")
        quiet = {Action.HIDE_AT_REPORTS, Action.CLAIM, Action.RELEASE}
        assert [pk for pk, action in logged if action not in quiet] == self.made

    def check_numbers(self) -> None:
        assert wrong_counts() == []
        for thread in Thread.objects.all():
            seqs = [one.seq for one in thread.comments.all() if one.seq is not None]
            assert sorted(seqs) == list(range(1, thread.last_seq + 1))
            assert not thread.is_held or not seqs

    def check_cases(self) -> None:
        """No open case is without somebody who may decide it, and no words wait without a case."""
        staff = [self.member(key) for key in ("alice", "anna", "bob")]
        for item in ReviewItem.objects.filter(state__in=UNDECIDED):
            comment = Comment.objects.select_related("author", "thread").get(pk=item.comment_id)
            able = [
                one
                for one in staff
                if can_decide_case(one, comment, assignee_id=item.assignee_id)
                and ReviewItem.objects.for_moderator(one).filter(pk=item.pk).exists()
            ]
            is_answered = (
                item in ReviewItem.objects.open_to_nobody() and comment.author.is_instructor
            )
            assert able or is_answered, item
        waiting = Comment.objects.filter(state="pending")
        with_case = ReviewItem.objects.filter(state__in=UNDECIDED).values_list("comment", flat=True)
        assert set(waiting.values_list("pk", flat=True)) <= set(with_case)

    def check_sight(self, viewer: Membership) -> None:
        """Words that are not public are there for their author, and for staff in charge of them."""
        for comment in Comment.objects.visible_to(viewer).select_related("author", "thread"):
            is_own = comment.author_id == viewer.pk
            if comment.state in {"withdrawn", "purged"}:
                assert not can_read_body(viewer, comment)
            elif comment.state != "published" and not viewer.is_staff:
                assert can_read_body(viewer, comment) == is_own
            if comment.seq is None and not viewer.is_staff:
                assert is_own
        for comment in Comment.objects.filter(state="purged"):
            assert not comment.body
            assert not comment.revisions.exists()


@pytest.mark.django_db
@settings(max_examples=examples(5), suppress_health_check=list(HealthCheck), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_history_is_logged_counted_and_kept_from_others(
    people: People, reading: Reading, seed: int
) -> None:
    with transaction.atomic():
        history = History(people, reading, seed)
        for _ in range(5):
            for _ in range(20):
                history.happen()
            history.check()
        transaction.set_rollback(True)

"""What is kept of a page is what would be rendered anew, under every rule of a reading.

As test_kept_pages.py, whose sequences have audiences, roles and groups, with all that tells
viewers apart besides: words to one member, talk that waits until one has written, other names,
readings for some groups, dates and more time, prompts for each group, assistants of several
groups. Time passes by itself, and nothing is written when a date does. Who sees which words is
asked of the plain rules of scripts/term, which know nothing of the querysets.
"""

import random
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from discussions.models import Comment, CommentState, Outcome, SubscriptionLevel, Tag, Thread
from discussions.questions.actions import endorse, judge_question
from discussions.reactions.actions import react
from discussions.thread_marks import create_tag, tag_thread
from discussions.thread_marks.actions import pin, subscribe, unpin
from discussions.threads.actions import start_thread
from discussions.threads.reads import note_opened
from readings.guides import apply_guide
from readings.models import Extension, GuideItem, Reading
from readings.passages.segments import Segment
from readings.setup.actions import change_settings
from readings.setup.extension_actions import (
    AlreadyExtended,
    give_extension,
    take_back_extension,
)
from scripts.term.clock import Clock
from scripts.term.recount import Recount
from seminars.models import Group, Membership
from tests.base import make_user
from tests.discussions import test_kept_pages
from tests.discussions.test_group_prompts import EACH, guide
from tests.discussions.test_kept_pages import WORDS, World, forget_all, undone

HOUR = timedelta(hours=1)


class RuledWorld(World):
    """The same seminar with more people, so that some are of one class; and a clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        seminar, monday = self.people.seminar, self.people.monday
        # Erin is of Carol's class, Ben assists two groups.
        Membership.objects.create(seminar=seminar, user=make_user("erin"), group=monday)
        ben = Membership.objects.create(
            seminar=seminar, user=make_user("ben"), group=monday, role="assistant"
        )
        ben.assists.add(self.people.thursday)

    @property
    def instructor(self) -> Membership:
        return Membership.objects.select_related("seminar").get(pk=self.people.alice.pk)

    def current(self) -> Reading:
        return Reading.objects.select_related("seminar", "essay").get(pk=self.reading.pk)

    def thread(self, by: Membership, choose: random.Random) -> Thread | None:
        threads = list(Thread.objects.visible_to(by).select_related("reading").order_by("pk"))
        return choose.choice(threads) if threads else None

    # --- What may happen ------------------------------------------------------------------------
    def speak(self, by: Membership, choose: random.Random) -> None:
        """Begin a thread for anybody whom it can be for, under one's name or another."""
        members = [one.pk for one in self.members]
        groups = list(Group.objects.filter(seminar=self.people.seminar).order_by("pk"))
        audiences = ["me", "staff", "seminar", *(f"group:{one.pk}" for one in groups)]
        key = choose.choice(sorted(WORDS))
        start_thread(
            reading=self.current(),
            segments=choose.choice([[Segment(key, quote=WORDS[key])], [Segment(key)], []]),
            audience=choose.choice([*audiences, f"member:{choose.choice(members)}"]),
            kind=choose.choice(["comment", "question"]),
            body=self.words(),
            by=by,
            anonymous=choose.random() < 0.5,
        )

    def peek(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        at = choose.choice([None, None, timezone.now() + 2 * HOUR])
        self.settle(peek_after=choose.choice([0, 1, 1, 2]), peek_at=at)

    def settle(self, **settings: Any) -> None:
        change_settings(reading=self.current(), by=self.instructor, **settings)

    def anonymity(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        self.settle(anonymity=choose.choice(["off", "optional", "required"]))

    def mean(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        groups = [self.people.monday, self.people.thursday]
        self.settle(groups=choose.choice([[], [], groups, groups[:1], groups[1:]]))

    def dates(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        now = timezone.now()
        opens = choose.choice([None, None, now - HOUR, now + HOUR])
        due = choose.choice([None, (opens or now) + HOUR])
        closes = choose.choice([None, (due or opens or now) + HOUR])
        self.settle(opens_at=opens, due_at=due, closes_at=closes, late_until=None)

    def give_time(self, by: Membership, choose: random.Random) -> None:
        reading, later = self.current(), timezone.now() + 3 * HOUR
        try:
            give_extension(
                reading=reading,
                by=by,
                membership=choose.choice(self.members),
                due_at=later,
                closes_at=later,
            )
        except AlreadyExtended:
            take_back_extension(extension=Extension.objects.standing()[0], by=by)

    def wait(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        self.clock.pass_time(choose.choice([0.2, 1.1, 3]) * HOUR)

    def assist(self, by: Membership, choose: random.Random) -> None:  # noqa: ARG002
        groups = [self.people.monday, self.people.thursday]
        ben = Membership.objects.get(user__email="ben@example.org")
        ben.assists.set(choose.sample(groups, k=choose.randint(0, 2)))

    def ask(self, by: Membership, choose: random.Random) -> None:
        prompt = f"{choose.choice([EACH, ''])}{self.words()}"
        apply_guide(reading=self.current(), text=guide(prompt), by=by)

    def mark(self, by: Membership, choose: random.Random) -> None:
        if thread := self.thread(by, choose):
            choose.choice([pin, unpin])(thread=thread, by=by)

    def tag(self, by: Membership, choose: random.Random) -> None:
        if not Tag.objects.exists():
            create_tag(name="Method", by=self.instructor)
        if thread := self.thread(by, choose):
            tag_thread(thread=thread, tag=Tag.objects.get(), by=by)

    def judge(self, by: Membership, choose: random.Random) -> None:
        if (thread := self.thread(by, choose)) and thread.is_question:
            judge_question(thread=thread, outcome=choose.choice(list(Outcome)), by=by)

    def agree(self, by: Membership, choose: random.Random) -> None:
        """React to somebody's words, or endorse them as an answer."""
        said = Comment.objects.visible_to(by).filter(state=CommentState.PUBLISHED)
        found = list(said.select_related("thread__reading", "author").order_by("pk"))
        if found and choose.random() < 0.5:
            react(comment=choose.choice(found), kind="agree", by=by)
        elif found:
            endorse(comment=choose.choice(found), by=by)

    def mute(self, by: Membership, choose: random.Random) -> None:
        if thread := self.thread(by, choose):
            subscribe(thread=thread, level=choose.choice([SubscriptionLevel.MUTE, None]), by=by)

    def open(self, by: Membership, choose: random.Random) -> None:
        if thread := self.thread(by, choose):
            note_opened(thread=thread, by=by, seq=thread.last_seq)

    # --- What must hold -------------------------------------------------------------------------
    def must_hold(self, member: Membership) -> None:
        recount = Recount(self.people.seminar.pk)
        if recount.opens_to(member.pk, self.reading.pk):
            super().must_hold(member)
            return
        address = self.reading.get_absolute_url()
        assert self.client(member).get(address).status_code == 404

    def shows_nothing_foreign(self, member: Membership, page: bytes) -> None:
        recount = Recount(self.people.seminar.pk)
        readable = " ".join(
            one.body
            for one in recount.comments.values()
            if one.state != "withdrawn"
            and (one.state == "published" or one.author_id == member.pk)
            and recount.sees(member.pk, recount.threads[one.thread_id])
            and recount.is_told(member.pk, self.reading.pk, one.author_id)
        )
        laid = " ".join(GuideItem.objects.exclude(kind="prompt").values_list("html", flat=True))
        said = set(re.findall(r"Canary\d+x", page.decode()))
        assert said <= set(re.findall(r"Canary\d+x", readable + laid))
        assert not re.search(r"[\x02\x03\x1f]", page.decode())

    def pages(self) -> list[bytes]:
        recount = Recount(self.people.seminar.pk)
        return [self.page(one) for one in self.members if recount.opens_to(one.pk, self.reading.pk)]


HAPPEN = 40  # events in one sequence
RULED = [
    *(["speak"] * 6 + ["respond"] * 4 + ["peek", "wait", "give_time"] * 3),
    *("anonymity", "anonymity", "mean", "mean", "dates", "dates", "assist", "ask", "mark", "tag"),
    *("judge", "agree", "agree", "mute", "open", "edit", "withdraw", "undo", "hide", "restore"),
    *("lock", "rename", "move", "guide", "unguide", "displace", "gate", "through"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_kept_pages_are_those_rendered_anew_under_every_rule(seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311 - a test's choices
    with undone(), Clock(timezone.now()).ruling() as clock:
        world = RuledWorld(clock)
        for what in choose.choices(RULED, k=HAPPEN):
            world.happen(what, choose)
            world.must_hold(choose.choice(world.members))
        for later in (0, 4):
            clock.pass_time(later * HOUR)
            for member in world.members:
                world.must_hold(member)
        kept = world.pages()
        forget_all()
        assert world.pages() == kept


def test_every_thing_that_happens_is_known() -> None:
    assert all(hasattr(RuledWorld, name) for name in RULED)
    assert set(test_kept_pages.EVENTS) <= {*RULED, "start", "unmark", "rename_group"}

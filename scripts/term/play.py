"""The term itself: people come, read, write and mark, the instructor changes rules, weeks pass."""

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from discussions.models import Comment, CommentState, Thread
from readings.models import Reading
from scripts.term.changes import Changes
from scripts.term.clock import Clock
from scripts.term.pages import told_by_pages, told_by_recount
from scripts.term.recount import Recount
from scripts.term.seminar import PARAGRAPHS, WORDS, TermSeminar, TermSize
from seminars.models import Membership

BEGINS = datetime(2026, 9, 7, 8, tzinfo=UTC)
DONE = {200, 204, 302}
REFUSED = {403, 404, 409, 422}  # the reading is closed, the talk is withheld, the thread is gone
MOST_FAULTS = 20  # told of one term
WATCHED_SHARE = 0.02  # of all openings and markings, after which all is counted at once


@dataclass
class TermReport:
    """What was played, how much was compared, and where pages and recount differ."""

    done: Counter[str] = field(default_factory=Counter)
    comments: int = 0
    compared: int = 0  # members, each with all their pages
    numbers: int = 0  # told by those pages
    new: int = 0  # comments that were new to somebody when they were compared
    owed: int = 0
    faults: list[str] = field(default_factory=list)


class Term:
    """One term of that size, the same for the same seed."""

    def __init__(self, size: TermSize, seed: int) -> None:
        self.size = size
        self.source = random.Random(seed)
        self.clock = Clock(BEGINS)
        self.report = TermReport()
        self.clients: dict[int, Client] = {}

    def play(self) -> TermReport:
        """Play it to its end, comparing all members' pages at the end of each week."""
        with self.clock.ruling():
            self.there = TermSeminar(self.size)
            self.changes = Changes(self.there, self.source)
            for week in range(1, self.size.weeks + 1):
                self._play_week(week)
                self.clock.now = BEGINS + timedelta(weeks=week)
                self._compare(week)
        return self.report

    # --- A week ---------------------------------------------------------------------------------
    def _play_week(self, week: int) -> None:
        wanted = self.size.comments * week // self.size.weeks
        step = timedelta(weeks=1) * self.size.weeks / self.size.comments / 8
        self.clients = {}  # sessions end within a term; people sign in anew
        while self.report.comments < wanted:
            if self.source.random() < 0.05:
                self.report.done[self.changes.happen()] += 1
            else:
                self._sit_down(step)

    def _sit_down(self, step: timedelta) -> None:
        """Somebody comes to a reading and does a few things there."""
        who = self.source.choice(self._members())
        readings = list(Reading.objects.visible_to(who).select_related("seminar"))
        if not readings:
            return
        # The newest text is read most.
        reading = max(self.source.choices(readings, k=2), key=lambda one: one.pk)
        self._send(who, "read", reading.get_absolute_url())
        steps = [self.reply] * 9 + [self.begin] * 3 + [self.open] * 3
        steps += [self.edit, self.withdraw, self.put_back, self.keep_new, self.mark_all]
        steps += [self.mute, self.mute_person, self.go_on, self.highlight]
        for one in self.source.choices(steps, k=4):
            self.clock.pass_time(step * self.source.uniform(0.2, 1.8))
            one(who, reading)

    def _members(self) -> list[Membership]:
        current = self.there.seminar.memberships.current()
        return list(current.select_related("user", "seminar", "group").order_by("pk"))

    def client(self, who: Membership) -> Client:
        if who.pk not in self.clients:
            self.clients[who.pk] = client = Client(headers={"host": "localhost"})
            client.force_login(who.user)
        return self.clients[who.pk]

    def _send(self, who: Membership, what: str, path: str, fields: Any = None) -> bool:
        """GET `path`, or POST `fields` to it; return whether it was done, and not refused."""
        client = self.client(who)
        answer = client.get(path) if fields is None else client.post(path, fields)
        if answer.status_code not in DONE | REFUSED:
            self._fault(f"{what} at {path} answered {answer.status_code}")
        is_done = answer.status_code in DONE
        self.report.done[what if is_done else f"{what}, refused"] += 1
        return is_done

    def _fault(self, said: str) -> None:
        if len(self.report.faults) < MOST_FAULTS:
            self.report.faults.append(said)

    # --- What people do -------------------------------------------------------------------------
    def _thread(self, who: Membership, reading: Reading) -> Thread | None:
        threads = list(Thread.objects.visible_to(who).filter(reading=reading).order_by("pk"))
        return self.source.choice(threads[-12:]) if threads else None

    def _own(self, who: Membership, state: str) -> Comment | None:
        found = Comment.objects.filter(author=who, state=state).select_related("thread__reading")
        comments = list(found.order_by("-pk")[:8])
        return self.source.choice(comments) if comments else None

    def _audience(self, who: Membership) -> str:
        audience = self.source.choice(["seminar"] * 4 + ["group"] * 4 + ["me", "staff", "member"])
        if audience == "group":
            groups = sorted(who.group_ids or [one.pk for one in self.there.groups])
            return f"group:{self.source.choice(groups)}"
        if audience == "member":
            return f"member:{self.source.choice(self.there.participants).pk}"
        return audience

    def begin(self, who: Membership, reading: Reading, *, body: str = "What of this?") -> None:
        kind = self.source.choice(["comment", "question"]) if body else "highlight"
        fields = {
            "block": self.source.choice(["", *(f"p{n}" for n in range(1, PARAGRAPHS + 1))]),
            "kind": kind,
            "audience": self._audience(who),
            "body": body,
            "client_key": str(uuid.UUID(int=self.source.getrandbits(128))),
        }
        if fields["block"] and (not body or self.source.random() < 0.5):
            fields["words"] = WORDS
        if self.source.random() < 0.4:
            fields["anonymous"] = "on"
        if self._send(who, kind, f"{reading.get_absolute_url()}threads/", fields) and body:
            self.report.comments += 1

    def highlight(self, who: Membership, reading: Reading) -> None:
        self.begin(who, reading, body="")

    def reply(self, who: Membership, reading: Reading) -> None:
        thread = self._thread(who, reading)
        if thread is None:
            return
        fields: dict[str, Any] = {
            "body": "So it seems to me.",
            "client_key": str(uuid.UUID(int=self.source.getrandbits(128))),
        }
        said = thread.comments.spoken_to(who).filter(state=CommentState.PUBLISHED)
        if self.source.random() < 0.5 and (parents := list(said.order_by("pk"))):
            fields["parent"] = self.source.choice(parents).pk
        if self.source.random() < 0.4:
            fields["anonymous"] = "on"
        if self._send(who, "reply", f"{self._address(thread)}comments/", fields):
            self.report.comments += 1

    def _address(self, thread: Thread) -> str:
        slug = Reading.objects.get(pk=thread.reading_id).slug
        return f"/s/{self.there.seminar.slug}/r/{slug}/threads/{thread.pk}/"

    def edit(self, who: Membership, reading: Reading) -> None:  # noqa: ARG002
        if comment := self._own(who, CommentState.PUBLISHED):
            fields = {"body": f"Put right {comment.version}.", "version": comment.version}
            self._send(who, "edit", f"{self._comment(comment)}revisions/", fields)

    def _comment(self, comment: Comment) -> str:
        reading = comment.thread.reading.slug
        return f"/s/{self.there.seminar.slug}/r/{reading}/comments/{comment.pk}/"

    def withdraw(self, who: Membership, reading: Reading) -> None:  # noqa: ARG002
        if comment := self._own(who, CommentState.PUBLISHED):
            self._send(who, "withdraw", f"{self._comment(comment)}withdrawal/", {})

    def put_back(self, who: Membership, reading: Reading) -> None:  # noqa: ARG002
        if comment := self._own(who, CommentState.WITHDRAWN):
            self._send(who, "put back", f"{self._comment(comment)}withdrawal/", {"undo": "1"})

    def open(self, who: Membership, reading: Reading) -> None:
        thread = self._thread(who, reading)
        if thread and self._send(who, "open", self._address(thread)) and self._is_watched():
            left = Recount(self.there.seminar.pk).new_to(who.pk, reading.pk)
            if thread.pk in left:
                self._fault(f"{who} has opened thread {thread.pk}, and it is new still")

    def _is_watched(self) -> bool:
        return self.source.random() < WATCHED_SHARE

    def keep_new(self, who: Membership, reading: Reading) -> None:
        if thread := self._thread(who, reading):
            seq = self.source.randint(0, thread.last_seq)
            self._send(who, "keep as new", f"{self._address(thread)}read/", {"seq": seq})

    def mark_all(self, who: Membership, reading: Reading) -> None:
        key = str(uuid.UUID(int=self.source.getrandbits(128)))
        page = f"{reading.get_absolute_url()}reads/"
        if not self._send(who, "mark all read", page, {"client_key": key}):
            return
        if self._is_watched() and Recount(self.there.seminar.pk).new_to(who.pk, reading.pk):
            self._fault(f"{who} has marked all read in {reading.slug}, and something is new still")
        if self.source.random() < 0.4:
            self._send(who, "undo the marking", page, {"undo": key})

    def mute(self, who: Membership, reading: Reading) -> None:
        if thread := self._thread(who, reading):
            fields = {"level": self.source.choice(["mute", "watch", ""])}
            self._send(who, "mute or watch", f"{self._address(thread)}subscription/", fields)

    def mute_person(self, who: Membership, reading: Reading) -> None:  # noqa: ARG002
        """Mute somebody for themselves, or take it back; staff and oneself cannot be muted."""
        other = self.source.choice(self._members())
        address = f"/s/{self.there.seminar.slug}/people/{other.pk}/personal-mute/"
        fields = {"undo": "1"} if self.source.random() < 0.3 else {}
        self._send(who, "mute somebody for themselves", address, fields)

    def go_on(self, who: Membership, reading: Reading) -> None:
        place = self.source.randint(1, PARAGRAPHS)
        fields = {"block": f"p{place}", "progress": 100 * place // PARAGRAPHS}
        self._send(who, "read on", f"{reading.get_absolute_url()}place/", fields)

    # --- Holding it against a recount -----------------------------------------------------------
    def _compare(self, week: int) -> None:
        recount = Recount(self.there.seminar.pk)
        for one in self._counts(recount):
            self._fault(f"week {week}: {one}")
        self.clients = {}
        everybody = self.there.seminar.memberships.select_related("user", "seminar")
        for member in everybody.order_by("pk"):
            plain = told_by_recount(recount, member.pk)
            told = told_by_pages(self.client(member), member)
            for name, should in vars(plain).items():
                if (said := getattr(told, name)) != should:
                    self._fault(
                        f"week {week}, {member.name} ({member.role}), {name}: "
                        f"the pages say {said}, and it is {should}"
                    )
            self.report.compared += 1
            self.report.numbers += sum(map(len, (plain.new_at_home, plain.new_in_seminar)))
            self.report.numbers += sum(map(len, plain.listed.values())) + len(plain.progress)
            self.report.numbers += sum(map(len, [*plain.owed.values(), *plain.asked.values()]))
            self.report.new += sum(sum(one.values()) for one in plain.listed.values())
            self.report.owed += len(plain.owed)

    def _counts(self, recount: Recount) -> Iterator[str]:
        """Counts that stand on a row, and are not what its comments say."""
        for thread in recount.threads.values():
            said = [one for one in recount.said_in[thread.id] if one.state == "published"]
            if len(said) != thread.comment_count:
                yield f"thread {thread.id} counts {thread.comment_count} comments of {len(said)}"

"""What is new to each member and what they owe, by plain loops over all rows.

Slow, and on purpose without anything of the app but its tables: the rules stand here in words
of their own, and are to be changed only where the rules change.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.utils import timezone

STAFF = {"instructor", "assistant"}
Row = Any  # a row's columns as attributes


def rows_of(model: str, **where: Any) -> list[Row]:
    found = apps.get_model(model)._default_manager.filter(**where).order_by("pk").values()
    return [SimpleNamespace(**one) for one in found]


class Recount:
    """All rows of one seminar, as they stand now, and what follows from them."""

    def __init__(self, seminar: int) -> None:
        self.now = timezone.now()
        here = {"seminar_id": seminar}
        self.members = {one.id: one for one in rows_of("seminars.Membership", **here)}
        self.readings = {one.id: one for one in rows_of("readings.Reading", **here)}
        self.threads = {one.id: one for one in rows_of("discussions.Thread", **here)}
        self.comments = {one.id: one for one in rows_of("discussions.Comment", **here)}
        self.groups_of = {pk: {one.group_id} - {None} for pk, one in self.members.items()}
        for one in rows_of("seminars.Membership_assists", membership__seminar_id=seminar):
            if self.members[one.membership_id].role == "assistant":
                self.groups_of[one.membership_id].add(one.group_id)
        self.meant = defaultdict(set)
        for one in rows_of("readings.ReadingGroup", reading__seminar_id=seminar):
            self.meant[one.reading_id].add(one.group_id)
        self.extensions = rows_of("readings.Extension", taken_back_at=None, **here)
        self.visits = {
            (one.membership_id, one.reading_id): one for one in rows_of("readings.Visit", **here)
        }
        self.read_to = {
            (one.membership_id, one.thread_id): one.seq
            for one in rows_of("discussions.ThreadRead", **here)
        }
        self.muted = {
            (one.membership_id, one.thread_id)
            for one in rows_of("discussions.ThreadSubscription", **here)
            if one.level == "mute"
        }
        self.muted_people = {
            (one.membership_id, one.muted_id) for one in rows_of("seminars.PersonalMute", **here)
        }
        self.said_in, self.said_by = defaultdict(list), defaultdict(list)
        for one in self.comments.values():
            self.said_in[one.thread_id].append(one)
            self.said_by[one.author_id].append(one)
        self.waiting = {
            (member, reading)
            for member in self.members
            for reading in self.readings
            if self._waits(member, reading)
        }

    # --- Who sees what --------------------------------------------------------------------------
    def opens_to(self, member: int, reading: int) -> bool:
        who, what = self.members[member], self.readings[reading]
        if who.removed_at or what.removed_at:
            return False
        if who.role in STAFF:
            return True
        if what.opens_at and what.opens_at > self.now:
            return False
        meant = self.meant[reading]
        if who.role == "guest":
            return bool(what.open_to_guests) and not meant
        return not meant or bool(meant & self.groups_of[member])

    def _waits(self, member: int, reading: int) -> bool:
        """Whether what others said there is withheld until they have said enough themselves."""
        who, what = self.members[member], self.readings[reading]
        if who.role in STAFF or not what.peek_after:
            return False
        if what.peek_at and what.peek_at <= self.now:
            return False
        said = [
            one
            for one in self.said_by[member]
            if one.state == "published"
            and self.threads[one.thread_id].reading_id == reading
            and self.threads[one.thread_id].audience in {"group", "seminar"}
        ]
        return len(said) < int(what.peek_after)

    def is_told(self, member: int, reading: int, author: int) -> bool:
        if (member, reading) not in self.waiting:
            return True
        return author == member or self.members[author].role in STAFF

    def sees(self, member: int, thread: Row) -> bool:
        if thread.withdrawn_at or not self.opens_to(member, thread.reading_id):
            return False
        if not self.is_told(member, thread.reading_id, thread.author_id):
            return False
        role, groups = self.members[member].role, self.groups_of[member]
        if member in {thread.author_id, thread.addressee_id} or thread.audience == "seminar":
            return True
        if role == "instructor":
            return bool(thread.audience != "me")
        if thread.audience == "group":
            return thread.group_id in groups
        if role == "assistant":
            theirs = thread.audience == "member" and thread.group_id in groups
            return bool(theirs or thread.audience == "staff")
        return False

    # --- What is new ----------------------------------------------------------------------------
    def new_to(self, member: int, reading: int) -> dict[int, int]:
        """How many comments are new, by thread that has any."""
        visit = self.visits.get((member, reading))
        if visit is None:
            return {}
        counts = {}
        for thread in self.threads.values():
            if thread.reading_id != reading or (member, thread.id) in self.muted:
                continue
            count = len(list(self._new_in(thread, member, visit)))
            if count and self.sees(member, thread):
                counts[thread.id] = count
        return counts

    def _new_in(self, thread: Row, member: int, visit: Row) -> Iterator[Row]:
        read_to = self.read_to.get((member, thread.id))
        for one in self.said_in[thread.id]:
            if one.author_id == member or one.state != "published":
                continue
            if self.is_muted_for(member, one):
                continue
            is_new = one.published_at > visit.begun_at if read_to is None else one.seq > read_to
            if is_new and self.is_told(member, thread.reading_id, one.author_id):
                yield one

    def is_muted_for(self, member: int, said: Row) -> bool:
        """Whether they have muted its author for themselves: not as staff, and not anonymous."""
        if said.alias or said.author_role in STAFF:
            return False
        return (member, said.author_id) in self.muted_people

    # --- What is owed ---------------------------------------------------------------------------
    def dates_of(self, member: int, reading: int) -> tuple[datetime | None, ...]:
        """When it is due to them, until when late work counts, and when it closes."""
        what, group = self.readings[reading], self.members[member].group_id
        given = [
            one
            for one in self.extensions
            if one.reading_id == reading
            and (one.membership_id == member or (group and one.group_id == group))
        ]
        dates: list[datetime | None] = []
        for name in ("due_at", "late_until", "closes_at"):
            own = getattr(what, name)
            offered = [getattr(one, name) for one in given if getattr(one, name)]
            # What comes later is never before what comes first.
            before = [one for one in dates if one]
            dates.append(max([own, *offered, *before]) if own else None)
        return tuple(dates)

    def asked_of(self, member: int, reading: int) -> list[tuple[str, int, int, int]]:
        """What it asks: its kind, how much is done, of how much, and how much of that late."""
        what = self.readings[reading]
        due, late_until, closes = self.dates_of(member, reading)
        ends = [one for one in (due and late_until, closes) if one]
        until = min(ends) if ends else None
        asked = []
        for kind, needed in (("posts", what.required_posts), ("replies", what.required_replies)):
            times = sorted(self._done(member, reading, kind))
            counted = [one for one in times if until is None or one <= until][:needed]
            late = [one for one in counted if due and one > due]
            if needed:
                asked.append((kind, len(counted), needed, len(late)))
        if not asked and what.due_at is None:
            return []
        visit = self.visits.get((member, reading))
        return [("reading", int(bool(visit and visit.progress >= 100)), 1, 0), *asked]

    def _done(self, member: int, reading: int, kind: str) -> Iterator[datetime]:
        for one in self.said_by[member]:
            thread = self.threads[one.thread_id]
            if one.state != "published" or thread.reading_id != reading:
                continue
            if thread.audience == "me" or thread.withdrawn_at or one.origin or thread.origin:
                continue
            parent = self.comments.get(one.parent_id)
            answered = parent.author_id if parent else thread.author_id
            if one.seq == 1:
                done = "posts" if thread.kind != "guide" else ""
            else:
                done = "replies" if answered != member else ""
            if done == kind:
                yield one.created_at

    def owes(self, member: int, reading: int) -> bool:
        """Whether something is open that still counts if it is done now."""
        due, late_until, closes = self.dates_of(member, reading)
        is_late = due is not None and self.now > due
        over = is_late and late_until is not None and self.now > late_until
        if over or (closes is not None and self.now >= closes):
            return False
        return any(
            done < needed and not (kind == "reading" and is_late)
            for kind, done, needed, _ in self.asked_of(member, reading)
        )

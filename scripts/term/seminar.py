"""The seminar of the term: its people in their groups, its readings, each with rules of its own."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from readings.guides import apply_guide
from readings.models import Block, Essay, Reading, Revision
from readings.setup.actions import create_reading
from seminars.actions import create_group, create_seminar
from seminars.models import Group, Membership, Seminar

PARAGRAPHS = 6
GROUPS = ("Monday", "Tuesday", "Friday")
WORDS = "stops at words"  # in each paragraph, for who quotes
PROMPTS = """\
---
guide: 1
title: Guide
---

## Prompt ¶ 1

Asked of: each group

Which doubt do you share?

## Prompt ¶ 2

What is said here to everybody?
"""


@dataclass(frozen=True, slots=True)
class TermSize:
    """How much of a term: the whole one, or a small one that is over in seconds."""

    weeks: int
    participants: int
    comments: int
    readings: int = 6


WHOLE = TermSize(weeks=12, participants=30, comments=3_000)
SMALL = TermSize(weeks=3, participants=7, comments=150)
BRIEF = TermSize(weeks=1, participants=3, comments=20)  # to see that it can be played
SIZES = {"whole": WHOLE, "small": SMALL, "brief": BRIEF}


class TermSeminar:
    """The rows that everything else is done with; `members` as they were when it began."""

    def __init__(self, size: TermSize) -> None:
        self.size = size
        self.instructor = self._instructor()
        self.seminar: Seminar = self.instructor.seminar
        self.groups: list[Group] = [create_group(name=name, by=self.instructor) for name in GROUPS]
        first, second, third = self.groups
        self.assistants = [self._join("bob", "assistant", first), self._join("ben", "assistant")]
        # One looks after two groups, the other after one.
        self.assistants[0].assists.add(second)
        self.assistants[1].assists.add(third)
        self.participants = [
            self._join(f"p{number}", "participant", self.groups[number % len(GROUPS)])
            for number in range(size.participants)
        ]
        self.guest = self._join("grace", "guest")
        self.span = timedelta(weeks=size.weeks)
        self.readings = [self._reading(number) for number in range(size.readings)]

    @property
    def members(self) -> list[Membership]:
        return [self.instructor, *self.assistants, *self.participants, self.guest]

    def _instructor(self) -> Membership:
        user = User.objects.create(email="alice@term.example.org", name="Alice")
        seminar = create_seminar(name="Term", description="", by=user)
        return seminar.memberships.select_related("seminar", "user").get()

    def _join(self, key: str, role: str, group: Group | None = None) -> Membership:
        user = User.objects.create(email=f"{key}@term.example.org", name=key.capitalize())
        return Membership.objects.create(seminar=self.seminar, user=user, role=role, group=group)

    def _reading(self, number: int) -> Reading:
        made = create_reading(
            essay=self._essay(number),
            slug=f"reading-{number}",
            by=self.instructor,
            **self._rules(number),
        )
        if number % 3 == 2:
            apply_guide(reading=made.reading, text=PROMPTS, by=self.instructor)
        made.reading.refresh_from_db()
        return made.reading

    def _rules(self, number: int) -> dict[str, Any]:
        """Every rule of a reading somewhere, and no two readings with the same."""
        begins = timezone.now()
        opens = begins + number * self.span / (self.size.readings + 1)
        due = opens + self.span / 5
        late = due + self.span / 10
        of_each: list[dict[str, Any]] = [
            {"required_posts": 2, "required_replies": 3, "late_until": late},
            {"peek_after": 1, "required_posts": 1, "required_replies": 2},
            {"anonymity": "optional", "required_posts": 1, "closes_at": late},
            {"peek_after": 2, "peek_at": due, "groups": self.groups[:2], "required_replies": 1},
            {"anonymity": "required", "peek_after": 1, "late_until": late, "closes_at": late},
            {"anonymity": "off", "open_to_guests": True},
        ]
        rules: dict[str, Any] = {"opens_at": opens, "due_at": due}
        return rules | of_each[number % len(of_each)]

    def _essay(self, number: int) -> Essay:
        by = self.instructor.user
        essay = Essay.objects.create(title=f"Essay {number}", authors=["Ada"], created_by=by)
        revision = Revision.objects.create(
            essay=essay,
            number=1,
            source_name="essay.md",
            source_sha256="0" * 64,
            created_by=by,
            published_at=timezone.now(),
        )
        text = f"Each reader {WORDS} of their own."
        title = Block(revision=revision, position=0, key="h", kind="heading", level=1, text="Title")
        Block.objects.bulk_create(
            [
                title,
                *(
                    Block(
                        revision=revision,
                        position=place,
                        key=f"p{place}",
                        kind="paragraph",
                        number=place,
                        text=text,
                        html=text,
                    )
                    for place in range(1, PARAGRAPHS + 1)
                ),
            ]
        )
        return essay

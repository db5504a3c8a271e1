"""Links for the tests: a second reading, threads between the two, and who may not see its end."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.utils import timezone

from discussions.links import link_kinds
from discussions.models import LinkKind, Thread
from discussions.threads.actions import FarEnd, start_thread
from readings.guides import apply_guide
from readings.models import Reading
from readings.passages.segments import Segment
from readings.setup.actions import change_settings
from seminars.models import Membership
from tests.base import People, make_reading
from tests.discussions.base import WORDS

FAR_TITLE = "Good fences"
FAR_PARAGRAPHS = [
    "A fence is read from both of its sides, and never alike.",
    "Whoever mends a wall in spring asks what it walls in, and what it walls out.",
    "Zebulon left the gate open for the reader who comes after dark.",
]
FAR_WORDS = "asks what it walls in"  # of p2
FAR_END = "Zebulon left the gate open"  # of p3


def make_far_reading(people: People, slug: str = "fences", title: str = FAR_TITLE) -> Reading:
    """Put a second essay before the seminar, of which no word stands in the first."""
    reading = make_reading(people, slug=slug, paragraphs=FAR_PARAGRAPHS)
    reading.essay.title = title
    reading.essay.save(update_fields=["title"])
    return reading


def kind_of(reading: Reading, code: str = "answers") -> LinkKind:
    return next(one for one in link_kinds(reading.seminar) if one.code == code)


def link(
    near: Reading,
    far: Reading,
    by: Membership,
    body: str = "",
    *,
    kind: str = "answers",
    audience: str = "seminar",
    block: str = "p1",
    quote: str = WORDS,
    far_block: str = "p2",
    far_quote: str = FAR_WORDS,
    segments: Sequence[Segment] = (),
) -> Thread:
    """Link words of one reading with words of another; without a body, wordlessly.

    `segments` are the near end's where they are several.
    """
    other = FarEnd(far, [Segment(far_block, quote=far_quote)], kind_of(near, kind))
    return start_thread(
        reading=near,
        segments=segments or [Segment(block, quote=quote)],
        audience=audience,
        kind="link",
        body=body,
        by=by,
        far=other,
    )


# --- Who may not see an end -----------------------------------------------------------------------
def _for_another_group(people: People, reading: Reading) -> None:
    change_settings(reading=reading, by=people.alice, groups=[people.monday])


def _not_yet_open(people: People, reading: Reading) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    change_settings(reading=reading, by=people.alice, opens_at=tomorrow)


def _not_for_guests(people: People, reading: Reading) -> None:
    change_settings(reading=reading, by=people.alice, open_to_guests=False)


def _behind_a_gate(people: People, reading: Reading) -> None:
    text = f"""\
---
guide: 1
title: A guide
essay: {reading.essay.title}
---

## Checkpoint ¶ 1

Title: Stop
Gate: hard

### Whose?

Answer: ours
"""
    apply_guide(reading=reading, text=text, by=people.alice)


def _not_before_writing(people: People, reading: Reading) -> None:
    change_settings(reading=reading, by=people.alice, peek_after=1)


# What is done to one of two linked readings, and to whom it closes that end.
NARROWED: dict[str, tuple[Callable[[People, Reading], None], str]] = {
    "for another group": (_for_another_group, "dan"),
    "not yet open": (_not_yet_open, "dan"),
    "not for guests": (_not_for_guests, "grace"),
    "behind a gate": (_behind_a_gate, "dan"),
    "not before writing": (_not_before_writing, "dan"),
}


def narrow(people: People, reading: Reading, how: str) -> str:
    """Close the reading to somebody as NARROWED says; return who that is."""
    close, who = NARROWED[how]
    close(people, reading)
    reading.refresh_from_db()
    return who

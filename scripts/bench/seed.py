"""A seeded instance: as many seminars, people, readings and comments as a college has.

Every seminar is made from a source of its own, so that the first one is the same in an
instance of one seminar and in an instance of a hundred.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from readings.models import Block, Essay, Reading, Revision, Visit
from scripts.bench.sessions import sign_in
from scripts.bench.talk import (
    DiscussionSize,
    add_private_notes,
    add_quiz,
    add_talk,
    add_watermarks,
)
from seminars.models import Group, Membership, Seminar

SEED = 20200601  # the same words and places in every run
BLOCKS = 40  # paragraphs of each essay, and
THREADS = 200  # threads on it: the figures that the goals are set for
TERM = timedelta(days=100)  # over which the talk is spread
AWAY = timedelta(days=1)  # how long ago people were last here
LONG_AWAY = timedelta(days=30)
WORDS = [
    *("alliance", "treaty", "partner", "margin", "reading", "question", "evidence", "border"),
    *("channel", "distance", "trust", "summit", "document", "sentence", "because", "although"),
    *("whether", "against", "between", "common", "security", "trade"),
]

# Places of the members of each seminar; the first instructs it.
CAUGHT_UP, UNREAD, PRIVATE, BUSY = 1, 2, 3, 4
WRITERS = range(5, 13)
SIGNED_IN = 13  # the first so many have a session
SEMINARS_OF_THE_BUSY = 5
PRIVATE_NOTES = 3


@dataclass(frozen=True)
class Scale:
    """How much to make: numbers of a whole instance, of one seminar, and of the large ones."""

    seminars: int = 100
    people: int = 20  # in each
    readings: int = 2  # in each
    comments: int = 500  # on each
    grown: int = 1_500  # comments on the reading that has a thousand more
    large: int = 20_000  # comments on each of the two readings of the large seminar
    many: int = 2_000  # threads on the reading that has many


FULL = Scale()
SMALL = Scale(seminars=3, comments=200, grown=1_200, large=500, many=250)


def sentence(source: random.Random, length: int) -> str:
    return " ".join(source.choices(WORDS, k=length)).capitalize() + "."


@transaction.atomic
def seed_one(scale: Scale) -> None:
    """Fill an empty database with the first seminar alone."""
    _seminars(scale, 1)


@transaction.atomic
def seed_whole(scale: Scale) -> None:
    """Fill an empty database with every seminar, and those that are measured for their size."""
    members = _seminars(scale, scale.seminars)
    busy = members[0][BUSY].user
    Membership.objects.bulk_create(
        Membership(seminar=others[0].seminar, user=busy, role="participant", group=others[1].group)
        for others in members[1:SEMINARS_OF_THE_BUSY]
    )
    _seminar(
        scale,
        "figures",
        {"one": DiscussionSize(1, 1), "grown": DiscussionSize(THREADS, scale.grown)},
    )
    large = DiscussionSize(THREADS, scale.large)
    _seminar(scale, "large", {"reading-0": large, "reading-1": large})
    _seminar(scale, "many", {"reading-0": DiscussionSize(scale.many, scale.many)})


def _seminars(scale: Scale, many: int) -> list[list[Membership]]:
    talk = DiscussionSize(THREADS, scale.comments)
    readings = {f"reading-{n}": talk for n in range(scale.readings)}
    return [_seminar(scale, f"seminar-{number}", readings) for number in range(many)]


def _seminar(scale: Scale, slug: str, readings: dict[str, DiscussionSize]) -> list[Membership]:
    source = random.Random(f"{SEED} {slug}")
    now = timezone.now()
    seminar = Seminar.objects.create(name=slug.capitalize(), slug=slug)
    members = _people(scale, seminar)
    for name, talk in readings.items():
        reading = _reading(source, seminar, members[0], name)
        add_talk(source, reading, members, talk, since=now - TERM)
        add_private_notes(source, reading, members[PRIVATE], PRIVATE_NOTES)
        add_quiz(source, reading)
        _visits(reading, members, now)
    sign_in({f"{slug}-{place}": one.user for place, one in enumerate(members[:SIGNED_IN])})
    return members


def _people(scale: Scale, seminar: Seminar) -> list[Membership]:
    groups = [Group.objects.create(seminar=seminar, name=name) for name in ("Monday", "Thursday")]
    users = User.objects.bulk_create(
        User(email=f"{seminar.slug}-{n}@example.org", name=f"Person {n}", annotations="all")
        for n in range(scale.people)
    )
    return Membership.objects.bulk_create(
        Membership(
            seminar=seminar,
            user=user,
            role="participant" if place else "instructor",
            group=groups[place % 2],
        )
        for place, user in enumerate(users)
    )


def _visits(reading: Reading, members: Sequence[Membership], now: datetime) -> None:
    """Everybody is here now; some had read all, the others were away for a while.

    Those who are signed in have been here for the whole term, and have opened every thread.
    """
    new_since = {CAUGHT_UP: now, PRIVATE: now, UNREAD: now - LONG_AWAY}
    for place, member in enumerate(members[:SIGNED_IN]):
        add_watermarks(reading, member, since=new_since.get(place, now - AWAY))
    Visit.objects.bulk_create(
        Visit(
            seminar_id=reading.seminar_id,
            reading=reading,
            membership=member,
            revision_id=reading.revision_id,
            begun_at=now - TERM if place < SIGNED_IN else now - AWAY,
            new_since=new_since.get(place, now - AWAY),
            seen_at=now,
            shown_at=now,
        )
        for place, member in enumerate(members)
    )


def _reading(source: random.Random, seminar: Seminar, by: Membership, slug: str) -> Reading:
    essay = Essay.objects.create(
        title=sentence(source, 6), authors=["A. Writer"], created_by=by.user
    )
    revision = Revision.objects.create(
        essay=essay,
        number=1,
        source_name="seed.md",
        source_sha256="0" * 64,
        created_by=by.user,
        published_at=essay.created_at,
    )
    Block.objects.bulk_create(_blocks(source, revision))
    return Reading.objects.create(
        seminar=seminar,
        essay=essay,
        revision=revision,
        slug=slug,
        due_at=timezone.now() + timedelta(days=7),
        created_by=by,
    )


def _blocks(source: random.Random, revision: Revision) -> Iterator[Block]:
    yield Block(revision=revision, position=0, key="title", kind="heading", level=1, text="Seeded")
    for n in range(1, BLOCKS + 1):
        text = " ".join(sentence(source, 14) for _ in range(7))
        yield Block(
            revision=revision,
            position=n,
            key=f"b{n}",
            kind="paragraph",
            number=n,
            text=text,
            html=text,
        )

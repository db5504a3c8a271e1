"""A term of a seminar in rows: people, readings, talk and answers, as many as are asked for.

Written by a few statements, for what depends on how many there are; tests of what is counted use
the actions that members use.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from discussions.models import Comment, Thread
from quizzes.models import Answer, Attempt, Choice, Question, Quiz
from readings.models import Guide, GuideItem, Passage, Reading, Visit
from rendering.markdown import RENDERER_VERSION
from seminars.models import Group, Membership
from tests.base import PARAGRAPHS, People, make_reading

SEED = 20261129
PARAGRAPHS_EACH = 24
QUESTIONS = 4
TERM = timedelta(days=84)


@dataclass(frozen=True)
class TermSize:
    people: int
    readings: int
    comments: int


def make_term(people: People, size: TermSize) -> list[Reading]:
    """Make the term in Alice's seminar, over the last twelve weeks; Carol and Dan are in it."""
    source = random.Random(SEED)  # noqa: S311 - the same in every run
    members = _members(people, size.people)
    now = timezone.now()
    readings = []
    for number in range(size.readings):
        begins = now - TERM + TERM * number / size.readings
        text = [
            f"{source.choice(PARAGRAPHS)} So it is in ¶ {place + 1}."
            for place in range(PARAGRAPHS_EACH)
        ]
        reading = make_reading(
            people,
            f"reading-{number}",
            text,
            due_at=begins + timedelta(days=9),
            required_posts=1,
            required_replies=2,
        )
        Reading.objects.filter(pk=reading.pk).update(opens_at=begins)
        readings.append(reading)
        _visits(source, reading, members, begins)
        share = size.comments // size.readings
        _talk(source, reading, members, share, begins)
        _answers(source, reading, members, begins)
    return readings


def _members(people: People, many: int) -> list[Membership]:
    groups = list(Group.objects.filter(seminar=people.seminar).order_by("pk"))
    first = [people.carol, people.dan]
    there = User.objects.count()
    users = User.objects.bulk_create(
        User(email=f"person-{there + number}@example.org", name=f"Person {number}")
        for number in range(len(first), many)
    )
    more = Membership.objects.bulk_create(
        Membership(
            seminar=people.seminar,
            user=user,
            role="participant",
            group=groups[number % len(groups)] if number % 7 else None,
        )
        for number, user in enumerate(users)
    )
    members = [*first, *more][:many]
    joined = timezone.now() - TERM
    Membership.objects.filter(pk__in=[one.pk for one in members]).update(joined_at=joined)
    return members


def _visits(
    source: random.Random, reading: Reading, members: Sequence[Membership], begins: datetime
) -> None:
    now = timezone.now()
    Visit.objects.bulk_create(
        Visit(
            seminar_id=reading.seminar_id,
            reading=reading,
            membership=member,
            revision_id=reading.revision_id,
            place=f"p{source.randint(1, PARAGRAPHS_EACH)}",
            progress=source.choice([12, 40, 77, 100, 100, 100]),
            begun_at=begins + timedelta(hours=place),
            seen_at=min(begins + timedelta(days=source.randint(1, 20)), now),
        )
        for place, member in enumerate(members)
        if source.random() < 0.9
    )


def _talk(
    source: random.Random,
    reading: Reading,
    members: Sequence[Membership],
    many: int,
    begins: datetime,
) -> None:
    threads = max(many // 5, 1)
    passages = Passage.objects.bulk_create(
        Passage(
            seminar_id=reading.seminar_id,
            reading=reading,
            block_key=f"p{int(source.triangular(1, PARAGRAPHS_EACH, 7))}",
        )
        for _ in range(threads)
    )
    made = Thread.objects.bulk_create(
        Thread(
            seminar_id=reading.seminar_id,
            reading=reading,
            passage=passage,
            audience="seminar",
            kind="question" if number % 9 == 0 else "comment",
            question_state=("open" if number % 27 == 0 else "answered") if number % 9 == 0 else "",
            author=source.choice(members),
            last_seq=1,
            comment_count=1,
            created_at=begins,
        )
        for number, passage in enumerate(passages)
    )
    now = timezone.now()
    seqs = dict.fromkeys((one.pk for one in made), 0)
    said = []
    for number in range(many):
        thread = made[number % threads]
        seqs[thread.pk] += 1
        first = seqs[thread.pk] == 1
        at = min(begins + timedelta(days=source.random() * 12), now)
        said.append(
            Comment(
                seminar_id=reading.seminar_id,
                thread=thread,
                seq=seqs[thread.pk],
                author=thread.author if first else source.choice(members),
                body="What of the margin?",
                html="<p>What of the margin?</p>",
                renderer_version=RENDERER_VERSION,
                created_at=at,
                published_at=at,
            )
        )
    Comment.objects.bulk_create(said)


def _answers(
    source: random.Random, reading: Reading, members: Sequence[Membership], begins: datetime
) -> None:
    """A checkpoint of four questions, each about another paragraph, and most people's first try."""
    place = Passage(seminar_id=reading.seminar_id, reading=reading, block_key="p10")
    places = [
        Passage(seminar_id=reading.seminar_id, reading=reading, block_key=f"p{4 + 5 * number}")
        for number in range(QUESTIONS)
    ]
    Passage.objects.bulk_create([place, *places])
    seminar, by = reading.seminar_id, reading.created_by
    guide = Guide.objects.create(
        seminar_id=seminar, reading=reading, title="Guide", source="", applied_by=by
    )
    item = GuideItem.objects.create(
        seminar_id=seminar,
        guide=guide,
        passage=place,
        kind="checkpoint",
        position=0,
        created_by=by,
    )
    quiz = Quiz.objects.create(seminar_id=seminar, reading=reading, item=item, title="Stop")
    questions = Question.objects.bulk_create(
        Question(
            seminar_id=seminar,
            quiz=quiz,
            passage=passage,
            position=number,
            kind="one_choice",
            text="Which is so?",
            html=f"<p>Which is so, in part {number}?</p>",
        )
        for number, passage in enumerate(places, start=1)
    )
    Choice.objects.bulk_create(
        Choice(question=one, position=1, text="This", html="This", is_correct=True)
        for one in questions
    )
    tries = Attempt.objects.bulk_create(
        Attempt(
            seminar_id=seminar,
            quiz=quiz,
            membership=member,
            number=1,
            state="marked",
            submitted_at=begins + timedelta(days=source.randint(1, 9)),
            score=0,
            max_score=QUESTIONS,
        )
        for member in members
        if source.random() < 0.85
    )
    Answer.objects.bulk_create(
        Answer(attempt=one, question=question, score=int(source.random() > 0.15 * number))
        for one in tries
        for number, question in enumerate(questions)
    )

"""A seeded instance: as many seminars, people, readings and comments as a college has."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from discussions.models import Comment, Thread
from quizzes.models import Choice, Question, Quiz
from readings.models import Block, Essay, Passage, Reading, Revision
from seminars.models import Group, Membership, Seminar

BLOCKS = 40  # paragraphs of each essay, the figure that the goals are set for
BATCH = 5_000
WORDS = [
    *("alliance", "treaty", "partner", "margin", "reading", "question", "evidence", "border"),
    *("channel", "distance", "trust", "summit", "document", "sentence", "because", "although"),
    *("whether", "against", "between", "common", "security", "trade"),
]


@dataclass(frozen=True)
class Scale:
    """How much to make."""

    seminars: int = 50
    people: int = 2_000
    readings: int = 200
    comments: int = 100_000


def sentence(source: random.Random, length: int) -> str:
    return " ".join(source.choices(WORDS, k=length)).capitalize() + "."


def seed(scale: Scale, source: random.Random) -> None:
    """Fill an empty database; the first reading gets the threads that the goals name."""
    users = User.objects.bulk_create(
        User(email=f"p{n}@example.org", name=f"Person {n}", annotations="all")
        for n in range(scale.people)
    )
    for number in range(scale.seminars):
        members = users[number :: scale.seminars]
        _seminar(scale, source, number, members)


def _seminar(scale: Scale, source: random.Random, number: int, users: list[User]) -> None:
    seminar = Seminar.objects.create(name=f"Seminar {number}", slug=f"seminar-{number}")
    groups = [Group.objects.create(seminar=seminar, name=name) for name in ("Monday", "Thursday")]
    members = Membership.objects.bulk_create(
        Membership(
            seminar=seminar,
            user=user,
            role="participant" if place else "instructor",
            group=groups[place % 2],
        )
        for place, user in enumerate(users)
    )
    per_reading = scale.comments // scale.readings
    for place in range(scale.readings // scale.seminars):
        reading = _reading(source, seminar, members[0], f"reading-{place}")
        _threads(source, reading, members, threads=200, comments=per_reading)
        _quiz(source, reading)


def _reading(source: random.Random, seminar: Seminar, by: Membership, slug: str) -> Reading:
    essay = Essay.objects.create(
        title=sentence(source, 6), authors=["A. Writer"], created_by=by.user
    )
    revision = Revision.objects.create(
        essay=essay,
        number=1,
        document={},
        source_name="seed.md",
        source_sha256="0" * 64,
        created_by=by.user,
        published_at=essay.created_at,
    )
    Block.objects.bulk_create(_blocks(source, revision))
    return Reading.objects.create(
        seminar=seminar, essay=essay, revision=revision, slug=slug, created_by=by
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


def _threads(
    source: random.Random, reading: Reading, members: list[Membership], threads: int, comments: int
) -> None:
    texts = dict(Block.objects.filter(revision=reading.revision).values_list("key", "text"))
    passages = []
    for n in range(threads):
        key = f"b{n % BLOCKS + 1}"
        start = source.randrange(0, len(texts[key]) - 60)
        quote = texts[key][start : start + 40].strip() or "x"
        start = texts[key].index(quote, max(0, start))
        passages.append(
            Passage(
                seminar=reading.seminar,
                reading=reading,
                block_key=key,
                start=start,
                end=start + len(quote),
                quote=quote,
            )
        )
    Passage.objects.bulk_create(passages)
    each = max(1, comments // threads)
    rows = Thread.objects.bulk_create(
        Thread(
            seminar=reading.seminar,
            reading=reading,
            passage=passage,
            audience="seminar",
            author=source.choice(members),
            last_seq=each,
            comment_count=each,
        )
        for passage in passages
    )
    add_comments(source, rows, members, each)


def add_comments(
    source: random.Random, threads: list[Thread], members: list[Membership], each: int
) -> None:
    """Add `each` comments to every thread, after those that it has."""
    batch: list[Comment] = []
    for thread in threads:
        first = Comment.objects.filter(thread=thread).count()
        for seq in range(first + 1, first + each + 1):
            body = sentence(source, 25)
            batch.append(
                Comment(
                    seminar_id=thread.seminar_id,
                    thread=thread,
                    seq=seq,
                    author=source.choice(members),
                    body=body,
                    html=f"<p>{body}</p>",
                    renderer_version=1,
                )
            )
    Comment.objects.bulk_create(batch, batch_size=BATCH)
    for thread in threads:
        count = Comment.objects.filter(thread=thread).count()
        Thread.objects.filter(pk=thread.pk).update(last_seq=count, comment_count=count)


def _quiz(source: random.Random, reading: Reading) -> None:
    """A checkpoint of ten questions with four choices each, after the last block."""
    passage = Passage.objects.create(
        seminar=reading.seminar, reading=reading, block_key=f"b{BLOCKS}"
    )
    quiz = Quiz.objects.create(
        seminar=reading.seminar, reading=reading, passage=passage, title="Seeded", position=1
    )
    questions = Question.objects.bulk_create(
        Question(
            seminar=reading.seminar,
            quiz=quiz,
            position=n,
            kind="one_choice",
            text=(text := sentence(source, 12)),
            html=f"<p>{text}</p>",
        )
        for n in range(1, 11)
    )
    Choice.objects.bulk_create(
        Choice(
            question=question,
            position=n,
            text=(text := sentence(source, 6)),
            html=f"<p>{text}</p>",
            is_correct=n == 1,
        )
        for question in questions
        for n in range(1, 5)
    )

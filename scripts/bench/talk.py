"""Threads with their comments, and checkpoints, in a few statements for each reading."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from discussions.models import Comment, Thread, ThreadRead
from quizzes.models import Choice, Question, Quiz
from readings.models import Block, Guide, GuideItem, Passage, Reading
from rendering.markdown import RENDERER_VERSION
from seminars.models import Membership

BATCH = 2_000
QUOTE = 40  # characters that a thread is about
WORDS = ["margin", "reason", "premise", "because", "perhaps", "whether", "doubt", "agree", "source"]


@dataclass(frozen=True)
class DiscussionSize:
    """How many threads a reading has, and comments in all of them together."""

    threads: int
    comments: int


def add_talk(
    source: random.Random,
    reading: Reading,
    members: Sequence[Membership],
    talk: DiscussionSize,
    *,
    since: datetime,
) -> list[Thread]:
    """Make public threads all over the reading's text, their comments spread evenly since then."""
    now = timezone.now()
    passages = Passage.objects.bulk_create(_passages(source, reading, talk.threads), BATCH)
    counts = [talk.comments // talk.threads] * talk.threads
    for n in range(talk.comments % talk.threads):
        counts[n] += 1
    times = [
        sorted(since + (now - since) * source.random() for _ in range(count)) for count in counts
    ]
    threads = Thread.objects.bulk_create(
        (
            Thread(
                seminar_id=reading.seminar_id,
                reading=reading,
                passage=passage,
                audience="seminar",
                author=source.choice(members),
                created_at=said[0],
                active_at=said[-1],
                last_seq=len(said),
                comment_count=len(said),
            )
            for passage, said in zip(passages, times, strict=True)
        ),
        BATCH,
    )
    openings = [
        _comment(source, thread, thread.author, 1, said[0])
        for thread, said in zip(threads, times, strict=True)
    ]
    Comment.objects.bulk_create(openings, BATCH)
    replies = [
        _comment(source, opening.thread, source.choice(members), seq, at, opening)
        for opening, said in zip(openings, times, strict=True)
        for seq, at in enumerate(said[1:], 2)
    ]
    Comment.objects.bulk_create(replies, BATCH)
    return threads


def add_watermarks(reading: Reading, member: Membership, *, since: datetime) -> None:
    """Let the member have opened every thread: what was said after `since` is new to them."""
    read = Comment.objects.filter(thread__reading=reading, published_at__lte=since)
    seen = read.order_by().values_list("thread").annotate(Max("seq"))
    ThreadRead.objects.bulk_create(
        (
            ThreadRead(seminar_id=reading.seminar_id, membership=member, thread_id=pk, seq=seq)
            for pk, seq in seen
        ),
        BATCH,
    )


def add_private_notes(
    source: random.Random, reading: Reading, author: Membership, many: int
) -> None:
    """Make threads that their author alone sees."""
    since = timezone.now() - timedelta(days=2)
    threads = add_talk(source, reading, [author], DiscussionSize(many, many), since=since)
    Thread.objects.filter(pk__in=[thread.pk for thread in threads]).update(audience="me")


def _passages(source: random.Random, reading: Reading, many: int) -> list[Passage]:
    blocks = Block.objects.filter(revision=reading.revision_id, kind="paragraph")
    texts = list(blocks.order_by("position").values_list("key", "text"))
    made = []
    for n in range(many):
        key, text = texts[n % len(texts)]
        start = text.index(" ", source.randrange(0, len(text) - 2 * QUOTE)) + 1
        quote = text[start : start + QUOTE].strip()
        made.append(
            Passage(
                seminar_id=reading.seminar_id,
                reading=reading,
                block_key=key,
                start=start,
                end=start + len(quote),
                quote=quote,
            )
        )
    return made


def _comment(
    source: random.Random,
    thread: Thread,
    author: Membership,
    seq: int,
    at: datetime,
    parent: Comment | None = None,
) -> Comment:
    body = _sentence(source, 25)
    answers = parent is not None and source.random() < 0.5
    return Comment(
        seminar_id=thread.seminar_id,
        thread=thread,
        seq=seq,
        author=author,
        author_role=author.role,
        author_group_id=author.group_id,
        root=parent if answers else None,
        parent=parent if answers else None,
        depth=1 if answers else 0,
        body=body,
        html=f"<p>{body}</p>",
        renderer_version=RENDERER_VERSION,
        created_at=at,
        published_at=at,
    )


def _sentence(source: random.Random, length: int) -> str:
    return " ".join(source.choices(WORDS, k=length)).capitalize() + "."


def add_quiz(source: random.Random, reading: Reading) -> None:
    """Make a checkpoint of ten questions with four choices each, after the last block."""
    last = Block.objects.filter(revision=reading.revision_id).order_by("-position")[0]
    passage = Passage.objects.create(
        seminar_id=reading.seminar_id, reading=reading, block_key=last.key
    )
    by = reading.created_by
    guide = Guide.objects.create(
        seminar_id=reading.seminar_id, reading=reading, title="Seeded", source="", applied_by=by
    )
    item = GuideItem.objects.create(
        seminar_id=reading.seminar_id,
        guide=guide,
        passage=passage,
        kind="checkpoint",
        position=0,
        created_by=by,
    )
    quiz = Quiz.objects.create(
        seminar_id=reading.seminar_id, reading=reading, item=item, title="Seeded"
    )
    questions = Question.objects.bulk_create(
        Question(
            seminar_id=reading.seminar_id,
            quiz=quiz,
            position=n,
            kind="one_choice",
            text=(text := _sentence(source, 12)),
            html=f"<p>{text}</p>",
        )
        for n in range(1, 11)
    )
    Choice.objects.bulk_create(
        Choice(
            question=question,
            position=n,
            text=(text := _sentence(source, 6)),
            html=f"<p>{text}</p>",
            is_correct=n == 1,
        )
        for question in questions
        for n in range(1, 5)
    )

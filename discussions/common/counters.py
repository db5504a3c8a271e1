"""What stands on a thread, so that no page has to count: numbers, and where a question stands."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from discussions.common.question_state import true_question_state
from discussions.models import Comment, CommentState, Thread


def recount(thread_id: int, change: int) -> None:
    """Add `change` to the published comments; the newest one left says when it was active last.

    Where a question stands is worked out anew.
    """
    newest = Comment.objects.filter(thread=OuterRef("pk"), state=CommentState.PUBLISHED)
    Thread.objects.filter(pk=thread_id).update(
        comment_count=F("comment_count") + change,
        active_at=Coalesce(
            Subquery(newest.order_by("-published_at").values("published_at")[:1]),
            F("created_at"),
        ),
        question_state=true_question_state(),
    )


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A thread whose numbers are not those of its comments, and what they should be."""

    thread_id: int
    comment_count: int
    last_seq: int
    question_state: str
    true_count: int
    true_seq: int
    true_state: str


def wrong_counts() -> list[WrongCount]:
    """Return every thread whose numbers are wrong."""
    published = Q(comments__state=CommentState.PUBLISHED)
    rows = (
        Thread.objects.annotate(
            true_count=Count("comments", filter=published),
            true_seq=Coalesce(Max("comments__seq"), 0),
            true_state=true_question_state(),
        )
        .exclude(
            comment_count=F("true_count"),
            last_seq=F("true_seq"),
            question_state=F("true_state"),
        )
        .order_by("pk")
        .values_list(
            *("pk", "comment_count", "last_seq", "question_state"),
            *("true_count", "true_seq", "true_state"),
        )
    )
    return [WrongCount(*row) for row in rows]


def repair(wrong: WrongCount) -> None:
    """Set a thread's numbers right."""
    Thread.objects.filter(pk=wrong.thread_id).update(
        comment_count=wrong.true_count,
        last_seq=wrong.true_seq,
        question_state=wrong.true_state,
    )

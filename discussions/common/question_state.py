"""Where a question stands, worked out of what was said and done in its thread: the one rule."""

from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from discussions.models import (
    Comment,
    CommentState,
    Endorsement,
    Outcome,
    QuestionState,
    Resolution,
    Thread,
    ThreadKind,
)


def true_question_state() -> Case:
    """The state that a thread's row should have, as an expression for a queryset of threads.

    Resolved where the last word of its asker or staff says so. Answered once somebody else than
    the asker has said something that stands, or staff have endorsed a comment; after a word that
    it is open still, by what came after that word. "" where it is no question.
    """
    in_thread = OuterRef("pk")
    words = Resolution.objects.standing().order_by("-pk")
    last_word = Subquery(words.filter(thread=in_thread).values("outcome")[:1])
    # Of the reply or the endorsement that is looked at, two levels below the thread.
    before = words.filter(thread=OuterRef("thread"))
    replies = Comment.objects.filter(
        thread=in_thread,
        state=CommentState.PUBLISHED,
        seq__gt=Coalesce(Subquery(before.values("last_seq")[:1]), 1),
    ).exclude(author=OuterRef("author"))
    endorsed = Endorsement.objects.standing().filter(
        comment__thread=in_thread, comment__state=CommentState.PUBLISHED
    )
    later = words.filter(thread=OuterRef("comment__thread"), created_at__gte=OuterRef("created_at"))
    return Case(
        When(~Q(kind=ThreadKind.QUESTION), then=Value("")),
        When(Exact(last_word, Value(Outcome.RESOLVED)), then=Value(QuestionState.RESOLVED)),
        When(Exists(replies), then=Value(QuestionState.ANSWERED)),
        When(Exists(endorsed.exclude(Exists(later))), then=Value(QuestionState.ANSWERED)),
        default=Value(QuestionState.OPEN),
        output_field=CharField(),
    )


def keep_question_state(thread: Thread) -> None:
    """Set the state of a thread right; in the transaction of what may have changed it."""
    if thread.is_question:
        Thread.objects.filter(pk=thread.pk).update(question_state=true_question_state())
        thread.refresh_from_db(fields=["question_state"])

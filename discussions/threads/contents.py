"""What a reading has of conversations, for who is about to take it away or close it at a gate."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from discussions.models import Comment, CommentState, Thread
from readings.models import Passage, Reading
from seminars.audience import Audience


def contents_of(reading: Reading) -> list[str]:
    """Threads, comments and how many people wrote them, whoever may read them."""
    threads = Thread.objects.filter(reading=reading, withdrawn_at=None)
    comments = Comment.objects.filter(thread__in=threads).exclude(state=CommentState.WITHDRAWN)
    count, said = threads.count(), []
    if count:
        said.append(ngettext("%(count)d thread", "%(count)d threads", count) % {"count": count})
    if count := comments.count():
        said.append(ngettext("%(count)d comment", "%(count)d comments", count) % {"count": count})
        people = comments.values("author").distinct().count()
        by = ngettext("words of %(count)d person", "words of %(count)d people", people)
        said.append(by % {"count": people})
    return said


def writers_at(reading: Reading, passages: "QuerySet[Passage, Any]") -> set[int]:
    """The keys of the members who said something to others at one of these passages."""
    threads = Thread.objects.filter(reading=reading, passage__in=passages, withdrawn_at=None)
    told = threads.exclude(audience=Audience.ME)
    comments = Comment.objects.filter(thread__in=told).exclude(state=CommentState.WITHDRAWN)
    return set(comments.order_by().values_list("author_id", flat=True))

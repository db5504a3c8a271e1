"""What a reading has of conversations, for who is about to take it away."""

from django.utils.translation import ngettext

from discussions.models import Comment, CommentState, Thread
from readings.models import Reading


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

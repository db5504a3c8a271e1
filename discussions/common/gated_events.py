"""Which events are of talk behind a gate, or of answers that wait for one's own: for the rule of
who may be told of them."""

from django.db.models import Exists, OuterRef, Q

from discussions.models import Comment, Thread
from readings.models import in_front
from seminars.answered import answered_before
from seminars.models import Membership


def gated_events(viewer: Membership) -> Q:
    """Of events: those of threads and comments of others that stand behind one of their gates."""
    target = OuterRef("target_id")
    threads = Thread.objects.filter(pk=target).exclude(in_front(viewer, own="author"))
    served = in_front(viewer, reading="thread__reading", passage="thread__passage", own="author")
    comments = Comment.objects.filter(pk=target).exclude(served)
    gated = Q(reading_id__in=[reading for reading, _position in viewer.gate_places])
    is_behind = Q(Exists(threads), target_type="thread")
    is_behind |= Q(Exists(comments), target_type="comment")
    return gated & is_behind


def answering_events(viewer: Membership) -> Q:
    """Of events: those of threads, and of comments in them, in which others have published answers
    that wait for the viewer's own."""
    target, own = OuterRef("target_id"), {"item": "answered_item", "author": "author"}
    threads = Thread.objects.filter(pk=target).exclude(answered_before(viewer, **own))
    inside = {name: f"thread__{path}" for name, path in own.items()}
    comments = Comment.objects.filter(pk=target).exclude(answered_before(viewer, **inside))
    is_waiting = Q(Exists(threads), target_type="thread")
    return is_waiting | Q(Exists(comments), target_type="comment")

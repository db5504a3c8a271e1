"""Which events are of talk behind a gate, of answers that wait for one's own, or of links whose
other end is closed: for the rule of who may be told of them."""

from django.db.models import Exists, OuterRef, Q

from discussions.models import Comment, Thread, far_end_open, far_words_open
from readings.models import Reading, in_front
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


def linked_events(viewer: Membership) -> Q:
    """Of events: those of links, and of words in them, whose other end is closed to the viewer."""
    target = OuterRef("target_id")
    is_open = far_end_open(viewer, Reading.objects.visible_to(viewer))
    links = Thread.objects.exclude(far_reading=None)
    closed = links.exclude(is_open)
    words = Comment.objects.filter(pk=target, thread__in=links.order_by().values("pk"))
    hidden = words.exclude(far_words_open(viewer, thread="thread"))
    inside = words.filter(thread__in=closed.order_by().values("pk"))
    is_closed = Q(Exists(closed.filter(pk=target)), target_type="thread")
    return is_closed | Q(Exists(inside) | Exists(hidden), target_type="comment")

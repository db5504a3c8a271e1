"""What is new, counted by a plain loop over everything: what the queries are held against."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from discussions.models import Comment, Thread, ThreadRead, ThreadSubscription
from readings.models import Reading, Visit
from seminars.models import Membership, PersonalMute


def been(reading: Reading, who: Membership, *, ago: timedelta = timedelta(hours=1)) -> Visit:
    """This member was first and last here `ago`."""
    came = timezone.now() - ago
    return Visit.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        membership=who,
        begun_at=came,
        seen_at=came,
        shown_at=came,
    )


def plainly_unread(member: Membership) -> dict[int, dict[int, int]]:
    """Count, per reading and thread, the comments that are new to a member. Slow."""
    found: dict[int, dict[int, int]] = {}
    for visit in Visit.objects.filter(membership=member):
        counts = {}
        for thread in Thread.objects.filter(reading=visit.reading_id):
            count = sum(1 for _ in _new_in(thread, member, visit)) if _sees(member, thread) else 0
            if count:
                counts[thread.pk] = count
        if counts:
            found[visit.reading_id] = counts
    return found


def _new_in(thread: Thread, member: Membership, visit: Visit) -> Iterator[Comment]:
    muted = set(PersonalMute.objects.values_list("membership", "muted"))
    rows = list(ThreadRead.objects.filter(thread=thread, membership=member))
    for comment in Comment.objects.filter(thread=thread):
        if comment.state != "published" or comment.author_id == member.pk:
            continue
        is_named_peer = not comment.alias and comment.author_role in {"participant", "guest"}
        if is_named_peer and (member.pk, comment.author_id) in muted:
            continue
        if rows and (comment.seq or 0) <= rows[0].seq:
            continue
        if not rows and comment.published_at <= visit.begun_at:
            continue
        yield comment


def _sees(member: Membership, thread: Thread) -> bool:
    """The audience's rule in words of its own, for instructors and participants."""
    if thread.withdrawn_at is not None:
        return False
    if ThreadSubscription.objects.filter(thread=thread, membership=member, level="mute"):
        return False
    if thread.author_id == member.pk or thread.audience == "seminar":
        return True
    if thread.audience == "group":
        return member.role == "instructor" or thread.group_id == member.group_id
    return thread.audience == "staff" and member.role == "instructor"

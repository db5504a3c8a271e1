"""Talk for the tests: threads and comments made as members make them."""

import uuid
from typing import Any

from django.urls import reverse

from discussions.comments.actions import reply
from discussions.models import Comment, ModerationReason, ReviewItem, Thread
from discussions.moderation.actions import hide
from discussions.moderation.report_actions import report
from discussions.threads.actions import start_thread
from readings.models import Reading
from readings.passages.segments import Segment
from seminars.models import Membership
from tests.base import People

WORDS = "reads one text together"  # of p1 in tests/base.py


def say(
    reading: Reading,
    by: Membership,
    body: str = "A remark of mine.",
    *,
    audience: str = "seminar",
    kind: str = "comment",
    block: str = "p1",
    quote: str = WORDS,
    **options: Any,
) -> Thread:
    """Start a thread on words of a block; with an empty `block`, on the whole reading."""
    segments = [Segment(block, quote=quote)] if block else []
    return start_thread(
        reading=reading,
        segments=segments,
        audience=audience,
        kind=kind,
        body=body,
        by=by,
        **options,
    )


def answer(
    thread: Thread, by: Membership, body: str = "An answer.", parent: Comment | None = None
) -> Comment:
    return reply(thread=thread, parent=parent, body=body, by=by)


def first_of(thread: Thread) -> Comment:
    return thread.comments.get(seq=1)


def hidden(comment: Comment, by: Membership, note: str = "Stay with the text.") -> Comment:
    """Hide a comment as off the topic."""
    hide(
        comment=comment,
        reason="Off the topic",
        by=by,
        version=comment.version,
        note_to_member=note,
        note_to_staff="known to us",
    )
    comment.refresh_from_db()
    return comment


def reported(comment: Comment, by: Membership, reason: str = "unkind") -> ReviewItem:
    return report(comment=comment, reason=reason, by=by, detail="It hurts.").review_item


def url(name: str, reading: Reading, *args: object, query: str = "") -> str:
    return reverse(name, args=[reading.seminar.slug, reading.slug, *args]) + query


def new_thread_data(**fields: Any) -> dict[str, Any]:
    """What the composer posts for a comment on the whole first paragraph."""
    data = {
        "block": "p1",
        "segments": "[]",
        "audience": "seminar",
        "kind": "comment",
        "body": "From a form.",
        "client_key": str(uuid.uuid4()),
    }
    return data | fields


def reason_names(people: People) -> list[str]:
    """The seminar's own reasons of moderators, in their order."""
    rows = ModerationReason.objects.filter(seminar=people.seminar)
    return list(rows.values_list("name", flat=True))

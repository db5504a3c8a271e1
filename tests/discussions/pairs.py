"""Two readings with links between them, made as members make them."""

import uuid
from typing import Any

from discussions.links import link_kinds
from discussions.models import Thread
from discussions.threads.actions import FarEnd, start_thread
from readings.models import Reading
from readings.passages.segments import Segment
from seminars.models import Membership
from tests.base import People, make_reading

NEAR_WORDS, FAR_WORDS = "reads one text together", "Printers left it wide"


def make_pair(people: People, **fields: Any) -> tuple[Reading, Reading]:
    """Two readings of one seminar: “On margins” and “Against margins”."""
    first = make_reading(people, slug="margins")
    second = make_reading(people, slug="against", **fields)
    second.essay.title = "Against margins"
    second.essay.save(update_fields=["title"])
    return first, second


def link(
    near: Reading,
    far: Reading,
    by: Membership,
    *,
    code: str = "answers",
    body: str = "",
    audience: str = "seminar",
    ends: tuple[Segment, Segment] | None = None,
) -> Thread:
    """Link words of the first paragraph of `near` to words of the third of `far`."""
    begin, end = ends or (Segment("p1", quote=NEAR_WORDS), Segment("p3", quote=FAR_WORDS))
    kind = next(one for one in link_kinds(near.seminar) if one.code == code)
    thread = start_thread(
        reading=near,
        segments=[begin],
        audience=audience,
        kind="link",
        body=body,
        by=by,
        client_key=uuid.uuid4(),
        far=FarEnd(far, [end], kind),
    )
    near.seminar.refresh_from_db()
    return thread

"""Writing what a change of the text does to a reading, inside its caller's transaction.

The lock order is essay, then reading: whoever takes both takes them so, and never
holds one reading while waiting for its essay.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Case, CharField, Value, When

from readings.models import (
    Essay,
    Passage,
    Reading,
    ReanchoredPassage,
    Reanchoring,
    Revision,
    Visit,
)
from readings.page import hold_pages
from readings.passages import segments_of
from readings.revisions.outcomes import ReanchoredRows, TextChange
from readings.revisions.passage_rows import Rewritten, write_passage_rows
from seminars.events import EventKind, record
from seminars.models import Membership


def lock_essay(pk: int) -> None:
    """Hold the essay until the transaction ends: its revisions come and go one at a time."""
    Essay.objects.select_for_update(of=("self",)).get(pk=pk)


def lock_reading(reading: Reading) -> Reading:
    """Return the reading as it stands now, held until the transaction ends.

    Whoever makes or moves its passages holds it: no words are put down by the
    offsets of a text that is being left. Rows that name it by its key do not wait: who replies
    in a thread holds that already, and whoever moves the reading waits for it.
    """
    held = Reading.including_general.select_for_update(of=("self",), no_key=True)
    return held.get(pk=reading.pk)


def lock_to_move(readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings as they stand now, in the order of their keys, held with their pages and
    all that stands on these: their passages move. All at once, as who takes one after another
    would hold a page while waiting for a reading."""
    several = sorted(readings, key=lambda reading: reading.pk)
    held = [lock_reading(one) for one in several]
    hold_pages([one.pk for one in held])
    return held


def reanchor_reading(
    reading: Reading,
    revision: Revision,
    *,
    change: TextChange,
    by: Membership,
    at: datetime,
    without: frozenset[int] = frozenset(),
) -> Reanchoring:
    """Put the locked `reading` on `revision`, its passages re-anchored but for those `without`.

    `change` lies between the revision that it reads and this one.
    """
    passages = segments_of(Passage.objects.filter(reading=reading))
    outcomes = change.outcomes([rows for pk, rows in passages.items() if pk not in without])
    reanchoring = Reanchoring.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        from_revision_id=reading.revision_id,
        to_revision=revision,
        created_at=at,
        created_by=by,
    )
    write_passage_rows((Rewritten(one.rows, one.after) for one in outcomes), reading)
    _record_outcomes(outcomes, reanchoring)
    _move_visits(reading, change)
    _set_revision(reading, revision.pk)
    record(EventKind.READING_MOVED, by=by, target=reading, reading_id=reading.pk)
    return reanchoring


def restore_reading(
    reading: Reading,
    *,
    forward: Reanchoring | None,
    to: Revision,
    change: TextChange,
    by: Membership,
    at: datetime,
) -> None:
    """Take the locked `reading` back to `to`, as if it had never been moved.

    `change` lies between the revision that it reads and that one. What `forward` moved
    is put back to the letter; what was made since is re-anchored the other way, and what
    finds no place is kept.
    """
    moved = list(forward.passages.select_related("passage")) if forward else []
    standing = segments_of(Passage.objects.filter(reading=reading))
    before = {one.passage_id: one.before for one in moved}
    came_here = Reanchoring.objects.filter(reading=reading, to_revision_id=reading.revision_id)
    came_here.filter(undone_at=None).update(undone_at=at)
    reanchor_reading(reading, to, change=change, by=by, at=at, without=frozenset(before))
    write_passage_rows(
        (Rewritten(standing[pk], values) for pk, values in before.items() if pk in standing),
        reading,
    )


def _record_outcomes(outcomes: Sequence[ReanchoredRows], reanchoring: Reanchoring) -> None:
    ReanchoredPassage.objects.bulk_create(
        (
            ReanchoredPassage(
                seminar_id=reanchoring.seminar_id,
                reanchoring=reanchoring,
                passage=one.rows[0],
                placement=one.placement,
                score=one.score,
                before=list(one.before),
                after=list(one.after),
            )
            for one in outcomes
        ),
        batch_size=100,
    )


def _move_visits(reading: Reading, change: TextChange) -> None:
    """Whoever stopped at a block that is gone goes on at the one before it that is left."""
    stopped = set(Visit.objects.filter(reading=reading).values_list("place", flat=True))
    lost = {place: change.nearest_left(place) for place in stopped if place in change.gone}
    if lost:
        places = [When(place=place, then=Value(left)) for place, left in lost.items()]
        Visit.objects.filter(reading=reading, place__in=lost).update(
            place=Case(*places, output_field=CharField())
        )


def _set_revision(reading: Reading, revision_id: int) -> None:
    Reading.objects.filter(pk=reading.pk).update(revision_id=revision_id)
    reading.revision_id = revision_id

"""Where a member stands in a reading, and what is new to them."""

from datetime import timedelta

from django.db.models import F, IntegerField, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from database.full import if_there_is_room
from readings.models import Reading, Visit
from seminars.models import Membership

VISIT_TIMEOUT = timedelta(minutes=30)  # after this, coming back is another visit
# A visit's time is written at most this often: reading must not cost a write per page.
NOTED_EVERY = timedelta(minutes=5)


def begin_visit(reading: Reading, *, by: Membership, visit: Visit | None) -> Visit:
    """Return this member's visit, begun anew if they were away.

    Its `new_since` is when the page was last sent to them on the visit before: what came while
    they read on in it was never shown to them. `visit` is their row as it stands now; on a full
    disk it stays so.
    """
    if visit is None:
        return _first_visit(reading, by)
    now = timezone.now()
    is_back = visit.seen_at < now - VISIT_TIMEOUT
    if not is_back and visit.shown_at >= now - NOTED_EVERY:
        return visit  # and no transaction: it would queue among those who write
    mine = Visit.objects.filter(reading=reading, membership=by)
    with if_there_is_room():
        if is_back:
            # One conditional statement: of two pages opened at once, one begins the visit.
            mine.filter(seen_at=visit.seen_at).update(
                new_since=F("shown_at"), shown_at=now, seen_at=now
            )
            visit.refresh_from_db()
        else:
            mine.update(shown_at=now, seen_at=now)
    return visit


def met_new_text(*, visit: Visit, reading: Reading) -> bool:
    """Whether the text is another than this member was shown last; from now on it is not."""
    if visit.revision_id == reading.revision_id:
        return False
    was_told = Visit.objects.filter(Q(revision=visit.revision_id), pk=visit.pk)
    first = 0
    with if_there_is_room():
        # One conditional statement: of two pages opened at once, one tells it.
        first = was_told.update(revision_id=reading.revision_id)
    return bool(first and visit.revision_id)


def save_place(*, reading: Reading, by: Membership, block: str, progress: int) -> None:
    """Keep the block reached and the furthest progress in percent; two at once are harmless."""
    if not _update_place(reading, by, block, progress):
        _first_visit(reading, by)
        _update_place(reading, by, block, progress)


def _update_place(reading: Reading, by: Membership, block: str, progress: int) -> int:
    further = Greatest(F("progress"), Value(progress), output_field=IntegerField())
    return Visit.objects.filter(reading=reading, membership=by).update(
        place=block, progress=further, seen_at=timezone.now()
    )


def _first_visit(reading: Reading, by: Membership) -> Visit:
    visit = Visit(
        seminar_id=reading.seminar_id,
        reading=reading,
        membership=by,
        revision_id=reading.revision_id,
    )
    with if_there_is_room():
        Visit.objects.bulk_create([visit], ignore_conflicts=True)  # another page may be faster
    return Visit.objects.filter(reading=reading, membership=by).first() or visit

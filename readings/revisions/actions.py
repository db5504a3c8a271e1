"""What is done when a text changes: readings move, passages are placed, revisions are withdrawn."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from readings.models import (
    Essay,
    Placement,
    Reading,
    ReanchoredPassage,
    Reanchoring,
    Revision,
)
from readings.passages import Segment, place_segments
from readings.revisions.apply import (
    lock_essay,
    lock_reading,
    move,
    move_back,
    text_change,
)
from readings.revisions.outcomes import TextChange, words_row
from readings.revisions.passage_rows import Rewritten, words_of, write_chains
from readings.revisions.queries import chain_of, earlier_than, way_forward, ways_here
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership
from seminars.permissions import can_manage_readings, can_withdraw_revision


class CannotMove(ValueError):
    """The reading cannot be put on this revision; the message says why."""


class CannotPlace(ValueError):
    """The passage cannot be placed now; the message says why."""


class CannotWithdraw(ValueError):
    """The revision cannot be withdrawn; the message says why."""


# --- Moving --------------------------------------------------------------------------------------
@transaction.atomic
def move_reading(
    *,
    reading: Reading,
    revision: Revision,
    by: Membership,
    change: TextChange | None = None,
) -> Reanchoring:
    """Put `reading` on a newer revision of its essay, each of its passages re-anchored once.

    `change` is what lies between the two, for who has it at hand. Raises CannotMove.
    """
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied("Only an instructor moves a reading to a new revision.")
    lock_essay(reading.essay_id)
    locked = lock_reading(reading)
    target = Revision.objects.select_related("essay").defer("document").get(pk=revision.pk)
    if target.essay_id != locked.essay_id or not target.is_standing:
        raise CannotMove("This revision was withdrawn. Nothing was changed.")
    if target.number <= locked.revision.number:
        raise CannotMove("The seminar reads this revision, or a later one, already.")
    if change is None or {one.revision_id for one in change.old} != {locked.revision_id}:
        change = text_change(locked.revision_id, target.pk)
    made = move(locked, target, change=change, by=by, at=timezone.now())
    reading.revision = target
    record(EventKind.READING_MOVED, by=by, target=reading, reading_id=reading.pk)
    return made


# --- Withdrawing ---------------------------------------------------------------------------------
@transaction.atomic
def withdraw_revision(*, revision: Revision, by: User) -> int:
    """Take a revision back: its readings and the essay's particulars are as they were before.

    Return how many readings went back. Raises CannotWithdraw.
    """
    if not can_withdraw_revision(by, revision):
        raise PermissionDenied("Only who brought the essay or this revision in withdraws it.")
    lock_essay(revision.essay_id)
    revision = Revision.objects.select_related("essay").get(pk=revision.pk)
    refusal = why_not_withdrawn(revision=revision, by=by)
    if refusal:
        raise CannotWithdraw(refusal)
    before = earlier_than(revision)
    assert before is not None  # noqa: S101 - or there would be a refusal
    now = timezone.now()
    Revision.objects.filter(pk=revision.pk).update(withdrawn_at=now, withdrawn_by=by)
    theirs = Reading.objects.filter(revision=revision).order_by("pk")
    readings = list(theirs.select_for_update(of=("self",)))
    for reading in readings:
        forward = way_forward(reading)
        member = forward.created_by if forward else reading.created_by
        to = forward.from_revision if forward else before
        move_back(reading, forward=forward, to=to, by=member, at=now)
        record(EventKind.READING_MOVED, by=member, target=reading, reading_id=reading.pk)
    metadata = revision.document.get("essay_before")
    if metadata:
        Essay.objects.filter(pk=revision.essay_id).update(**metadata)
    return len(readings)


def why_not_withdrawn(*, revision: Revision, by: User) -> str:  # noqa: ARG001 - the same for all
    """Say why this revision cannot be withdrawn; nothing where it can."""
    if revision.withdrawn_at:
        return "This revision is withdrawn already."
    if revision.published_at is None:
        return "This revision is not published yet. Discard it instead."
    if earlier_than(revision) is None:
        return "This is the first revision: without it there would be no text to go back to."
    if Revision.objects.newest_published(revision.essay).pk != revision.pk:
        return "A later revision was made from this one. Withdraw the later one first."
    return ""


# --- Placing by hand -----------------------------------------------------------------------------
@transaction.atomic
def place_passage(*, moved: ReanchoredPassage, segments: Sequence[Segment], by: Membership) -> None:
    """Put a passage where a person says; raise PassageNotFound and CannotPlace."""
    reading = _locked_for_placing(moved, by)
    placed = place_segments(reading=reading, segments=segments)
    rows = [words_row(block, segment.start, segment.end) for block, segment in placed]
    earlier = moved.after[0]["earlier_quote"] or words_of(moved.before)
    if earlier and words_of(rows) != earlier:
        for row in rows:
            row["placement"] = Placement.CHANGED.value
        rows[0]["earlier_quote"] = earlier
    write_chains([Rewritten(chain_of(moved.passage), rows)], reading)
    _decide(moved, by)


@transaction.atomic
def leave_passage(*, moved: ReanchoredPassage, by: Membership) -> None:
    """Say that a passage stays as the change of the text has left it; raise CannotPlace."""
    reading = _locked_for_placing(moved, by)
    write_chains([Rewritten(chain_of(moved.passage), moved.after)], reading)
    _decide(moved, by)


@transaction.atomic
def undo_placing(*, moved: ReanchoredPassage, by: Membership) -> None:
    """Take back what was decided by hand: the passage stands where it was found; CannotPlace."""
    reading = _locked_for_placing(moved, by)
    write_chains([Rewritten(chain_of(moved.passage), moved.after)], reading)
    ReanchoredPassage.objects.filter(pk=moved.pk).update(decided_at=None, decided_by=None)
    _record_placing(moved, by)


def _locked_for_placing(moved: ReanchoredPassage, by: Membership) -> Reading:
    """Hold the reading, if it stands where this re-anchoring has put it."""
    if not can_manage_readings(by) or by.seminar_id != moved.seminar_id:
        raise PermissionDenied("Only an instructor places a passage.")
    reading = lock_reading(moved.reanchoring.reading)
    if not ways_here(reading).filter(pk=moved.reanchoring_id).exists():
        raise CannotPlace("The text has changed again. Look at what became of the passages now.")
    return reading


def _decide(moved: ReanchoredPassage, by: Membership) -> None:
    ReanchoredPassage.objects.filter(pk=moved.pk).update(decided_at=timezone.now(), decided_by=by)
    _record_placing(moved, by)


def _record_placing(moved: ReanchoredPassage, by: Membership) -> None:
    # Of what hangs there, members may not see all: where it stands is for staff to know.
    record(
        EventKind.PASSAGE_PLACED,
        by=by,
        target=moved.passage,
        reading_id=moved.passage.reading_id,
        audience=Audience.STAFF,
    )

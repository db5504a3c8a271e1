"""What is done when a text changes: readings move, passages are placed, revisions are withdrawn."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

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
from readings.revisions.alignments import Overtaken, repeat_when_overtaken, text_change
from readings.revisions.apply import (
    lock_essay,
    lock_to_move,
    reanchor_reading,
    restore_reading,
)
from readings.revisions.outcomes import TextChange, values_at
from readings.revisions.passage_rows import (
    Rewritten,
    RowValues,
    row_values,
    words_of,
    write_passage_rows,
)
from readings.revisions.queries import (
    forward_reanchoring,
    previous_revision,
    reanchorings_to_current,
    rows_of_passage,
)
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
def move_reading(*, reading: Reading, revision: Revision, by: Membership) -> Reanchoring:
    """Put `reading` on a newer revision of its essay, each of its passages re-anchored once.

    Where it is there already, as for who asks twice, what was made then is returned. Raises
    CannotMove.
    """
    if not can_manage_readings(by) or by.seminar_id != reading.seminar_id:
        raise PermissionDenied(_("Only an instructor moves a reading to a new revision."))

    def attempt() -> Reanchoring:
        now = Reading.objects.get(pk=reading.pk)
        left = now.revision_id
        if left == revision.pk and (made := reanchorings_to_current(now).first()):
            return made
        change = text_change(left, revision.pk)
        with transaction.atomic():
            lock_essay(reading.essay_id)
            (locked,) = lock_to_move([reading])
            if locked.revision_id != left:
                raise Overtaken
            target = _movable_to(locked, revision)
            moved = reanchor_reading(locked, target, change=change, by=by, at=timezone.now())
        reading.revision = target
        return moved

    return repeat_when_overtaken(attempt)


def _movable_to(reading: Reading, revision: Revision) -> Revision:
    """Return the revision as it stands now, if the locked reading may move to it."""
    target = Revision.objects.select_related("essay").get(pk=revision.pk)
    if target.essay_id != reading.essay_id or target.withdrawn_at:
        raise CannotMove(_("This revision was withdrawn. Nothing was changed."))
    if target.number <= reading.revision.number:
        raise CannotMove(_("The seminar reads this revision, or a later one, already."))
    return target


# --- Withdrawing ---------------------------------------------------------------------------------
def withdraw_revision(*, revision: Revision, by: User) -> int:
    """Take a revision back: its readings and the essay's particulars are as they were before.

    Return how many readings went back. Raises CannotWithdraw.
    """
    if not can_withdraw_revision(by, revision):
        raise PermissionDenied(
            _("Only whose essay it is, and whom they share it with, withdraws a revision.")
        )

    def attempt() -> int:
        there = Reading.objects.filter(revision=revision)
        returns = {_return_of(reading, revision) for reading in there}
        changes = {to: text_change(revision.pk, to) for to in returns if to is not None}
        with transaction.atomic():
            return _withdraw(revision, changes, by)

    return repeat_when_overtaken(attempt)


def _return_of(reading: Reading, revision: Revision) -> int | None:
    """Return the pk of the revision to which a reading of `revision` goes back."""
    if forward := forward_reanchoring(reading):
        return forward.from_revision_id
    before = previous_revision(revision)
    return before.pk if before else None


def _withdraw(revision: Revision, changes: Mapping[int, TextChange], by: User) -> int:
    lock_essay(revision.essay_id)
    revision = Revision.objects.select_related("essay").get(pk=revision.pk)
    refusal = why_not_withdrawn(revision=revision, by=by)
    if revision.withdrawn_by_id == by.pk:
        return 0  # asked twice
    if refusal:
        raise CannotWithdraw(refusal)
    now = timezone.now()
    Revision.objects.filter(pk=revision.pk).update(withdrawn_at=now, withdrawn_by=by)
    readings = lock_to_move(Reading.objects.filter(revision=revision))
    for reading in readings:
        forward = forward_reanchoring(reading)
        to = forward.from_revision if forward else previous_revision(revision)
        if to is None or to.pk not in changes:
            raise Overtaken
        member = forward.created_by if forward else reading.created_by
        restore_reading(reading, forward=forward, to=to, change=changes[to.pk], by=member, at=now)
    if revision.essay_before:
        Essay.objects.filter(pk=revision.essay_id).update(**revision.essay_before)
    return len(readings)


def why_not_withdrawn(*, revision: Revision, by: User) -> str:  # noqa: ARG001 - the same for all
    """Say why this revision cannot be withdrawn; nothing where it can."""
    if revision.withdrawn_at:
        return _("This revision is withdrawn already.")
    readable = Revision.objects.readable_of(revision.essay_id)
    numbers = set(readable.values_list("number", flat=True))
    if min(numbers) == revision.number:
        return _("This is the first revision: without it there would be no text to go back to.")
    if max(numbers) != revision.number:
        return _("A later revision was made from this one. Withdraw the later one first.")
    return ""


# --- Placing by hand -----------------------------------------------------------------------------
@transaction.atomic
def place_passage(*, moved: ReanchoredPassage, segments: Sequence[Segment], by: Membership) -> None:
    """Put a passage where a person says; raise PassageNotFound and CannotPlace."""
    reading = _locked_for_placing(moved, by)
    placed = place_segments(reading=reading, segments=segments)
    rows = [values_at(block, segment.start, segment.end) for block, segment in placed]
    earlier = moved.after[0]["earlier_quote"] or words_of(moved.before)
    if earlier and words_of(rows) != earlier:
        for row in rows:
            row["placement"] = Placement.CHANGED.value
        rows[0]["earlier_quote"] = earlier
    _decide(moved, rows, reading, by)


@transaction.atomic
def leave_passage(*, moved: ReanchoredPassage, by: Membership) -> None:
    """Say that a passage stays as the change of the text has left it; raise CannotPlace."""
    reading = _locked_for_placing(moved, by)
    _decide(moved, moved.after, reading, by)


@transaction.atomic
def undo_placing(*, moved: ReanchoredPassage, by: Membership) -> None:
    """Take back what was decided by hand: the passage stands where it was found; CannotPlace."""
    reading = _locked_for_placing(moved, by)
    decided = ReanchoredPassage.objects.filter(pk=moved.pk).exclude(decided_at=None)
    if not decided.update(decided_at=None, decided_by=None):
        return  # taken back already
    write_passage_rows([Rewritten(rows_of_passage(moved.passage), moved.after)], reading)
    _record_placing(moved, by)


def _locked_for_placing(moved: ReanchoredPassage, by: Membership) -> Reading:
    """Hold the reading, if it stands where this re-anchoring has put it."""
    if not can_manage_readings(by) or by.seminar_id != moved.seminar_id:
        raise PermissionDenied(_("Only an instructor places a passage."))
    (reading,) = lock_to_move([moved.reanchoring.reading])
    if not reanchorings_to_current(reading).filter(pk=moved.reanchoring_id).exists():
        raise CannotPlace(_("The text has changed again. Look at what became of the passages now."))
    return reading


def _decide(
    moved: ReanchoredPassage, values: Sequence[RowValues], reading: Reading, by: Membership
) -> None:
    """Put the passage there; the same decision once more, as after a lost answer, is none."""
    rows = rows_of_passage(moved.passage)
    decided = ReanchoredPassage.objects.filter(pk=moved.pk, decided_by=by)
    if row_values(rows) == list(values) and decided.exists():
        return
    write_passage_rows([Rewritten(rows, values)], reading)
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

"""Scoring participation: begun, ended, set by hand, released. Each asks for a state, and where it
holds already nothing is done."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from database.versions import Stale
from overview.models import ParticipationScoring, ScoreOverride, ScoreRelease
from readings.models import Reading
from seminars.events import EventKind, record
from seminars.held import hold_seminar
from seminars.models import Membership
from seminars.permissions import can_score_participation, has_progress


@transaction.atomic
def begin_scoring(*, by: Membership) -> None:
    """Let the seminar have scores; nobody sees one before it is released."""
    _require(by, by.seminar_id)
    if not ParticipationScoring.objects.standing().filter(seminar=by.seminar_id).exists():
        row = ParticipationScoring.objects.create(seminar_id=by.seminar_id, created_by=by)
        record(EventKind.SCORING_BEGUN, by=by, target=row)


@transaction.atomic
def end_scoring(*, by: Membership) -> None:
    """Let it have none; what was set by hand and released stays, for when it has them again."""
    _require(by, by.seminar_id)
    row = ParticipationScoring.objects.standing().filter(seminar=by.seminar_id).first()
    if row and row.undo(by=by):
        record(EventKind.SCORING_ENDED, by=by, target=row)


@transaction.atomic
def set_score(
    *,
    reading: Reading,
    membership: Membership,
    done: int,
    reason: str,
    by: Membership,
    version: int | None = None,
) -> None:
    """Let so many of what is asked count as done, whatever is counted; the one before is kept.

    `version` is that of what was set when the form was opened, 0 where nothing was. Raises Stale.
    """
    _require(by, reading.seminar_id)
    if membership.seminar_id != reading.seminar_id or not has_progress(membership):
        raise PermissionDenied(_("This person has no score."))
    earlier = _override_of(reading, membership)
    if earlier and (earlier.done, earlier.reason) == (done, reason):
        return
    if version is not None and version != (earlier.edit_version if earlier else 0):
        raise Stale(earlier)
    if earlier:
        earlier.undo(by=by)
    row = ScoreOverride.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        membership=membership,
        done=done,
        reason=reason,
        created_by=by,
    )
    _record(EventKind.SCORE_SET, row, by)


@transaction.atomic
def count_again(*, reading: Reading, membership: Membership, by: Membership) -> None:
    """Take back what was set by hand."""
    _require(by, reading.seminar_id)
    row = _override_of(reading, membership)
    if row and row.undo(by=by):
        _record(EventKind.SCORE_COUNTED, row, by)


@transaction.atomic
def release_scores(*, reading: Reading, by: Membership) -> None:
    """Let each see their own score of this reading."""
    _require(by, reading.seminar_id)
    if not ScoreRelease.objects.standing().filter(reading=reading).exists():
        row = ScoreRelease.objects.create(
            seminar_id=reading.seminar_id, reading=reading, created_by=by
        )
        _record(EventKind.SCORES_RELEASED, row, by)


@transaction.atomic
def hold_back_scores(*, reading: Reading, by: Membership) -> None:
    """Tell nobody their score of this reading any more."""
    _require(by, reading.seminar_id)
    row = ScoreRelease.objects.standing().filter(reading=reading).first()
    if row and row.undo(by=by):
        _record(EventKind.SCORES_HELD_BACK, row, by)


def _require(by: Membership, seminar_id: int) -> None:
    if not can_score_participation(by) or by.seminar_id != seminar_id:
        raise PermissionDenied(_("Only an instructor of this seminar scores participation."))
    hold_seminar(seminar_id)  # of two at once the second finds what the first did


def _override_of(reading: Reading, membership: Membership) -> ScoreOverride | None:
    standing = ScoreOverride.objects.standing()
    found: ScoreOverride | None = standing.filter(reading=reading, membership=membership).first()
    return found


def _record(kind: EventKind, row: ScoreOverride | ScoreRelease, by: Membership) -> None:
    # For staff: who takes part is not told by an event, but by their page, once it is released.
    record(kind, by=by, target=row, reading_id=row.reading_id, audience="staff")

"""Checkpoints on their own pages, kept: for a class of viewers, or for one who has answered.

As on the reading page, the first is what somebody sees who has answered nothing, and holds
nothing of anybody's; the CSRF token and the key of a try are slots.
"""

from dataclasses import dataclass

from django.utils.translation import get_language

from quizzes.attempts.checkpoints import Checkpoint
from quizzes.attempts.layer import card_of
from quizzes.attempts.queries import checkpoints_of, has_own
from quizzes.attempts.shown import CheckpointView
from readings.models import Reading
from readings.page import Standing, card_renderer, essay_of, renderer
from rendering.slots import NamedSlots
from rendering.store import BoundedStore
from seminars.models import Membership

KEPT_BYTES = 8_000_000  # of HTML in one process: some three hundred checkpoints of ten questions
KEPT_ANSWERERS = 5_000  # members of readings


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """One checkpoint as it was at `stamp`: what its page says around it, and its HTML."""

    stamp: str
    view: CheckpointView
    html: NamedSlots


_kept: BoundedStore[tuple[int, str], KeptCheckpoint] = BoundedStore(
    KEPT_BYTES, lambda kept: 2 * kept.html.size
)
_answerers: BoundedStore[tuple[int, int], tuple[str, bool]] = BoundedStore(
    KEPT_ANSWERERS, lambda _: 1
)


def forget_checkpoints() -> None:
    """Keep none; for tests and the benchmark."""
    _kept.clear()
    _answerers.clear()


def kept_checkpoint(standing: Standing, pk: int) -> KeptCheckpoint | None:
    """Return a checkpoint that is on the reading now as this member sees it; None without one."""
    member, reading = standing.membership, standing.reading
    stamp = standing.versions.digest(reading, renderer(), get_language())
    viewer, asked_for = standing.viewer.key, standing.nobody
    own_stamp = _own_stamp(standing, stamp)
    if _is_own(reading, member, own_stamp):
        viewer, asked_for, stamp = f"{viewer}.{member.pk}", member, own_stamp or ""
    kept = _kept.get((pk, viewer))
    if kept is not None and kept.stamp == stamp and stamp:
        return kept
    essay_of(reading)
    checkpoints = checkpoints_of(reading=reading, membership=asked_for)
    found = next((one for one in checkpoints if one.quiz.pk == pk), None)
    if found is None:
        return None
    kept = _make(found, standing, stamp)
    if stamp:
        _kept.put((pk, viewer), kept)
    return kept


def _own_stamp(standing: Standing, stamp: str) -> str | None:
    """Name all that shapes what this member sees; None where they have no visit yet."""
    if standing.visit is None:
        return None
    deadlines = standing.reading.deadlines_for(standing.membership)
    return f"{stamp}.{standing.visit.own_version}.{deadlines}"


def _make(checkpoint: Checkpoint, standing: Standing, stamp: str) -> KeptCheckpoint:
    view = checkpoint.view()
    return KeptCheckpoint(stamp, view, NamedSlots(card_renderer(standing)(card_of(view))))


def _is_own(reading: Reading, member: Membership, own_stamp: str | None) -> bool:
    """Whether the member sees something of their own; asked again when that changes.

    The version is on their row of visits: who has none (`own_stamp` is None) is asked about anew.
    """
    known = _answerers.get((reading.pk, member.pk))
    if known is not None and own_stamp is not None and known[0] == own_stamp:
        return known[1]
    found = has_own(reading, member)
    if own_stamp is not None:
        _answerers.put((reading.pk, member.pk), (own_stamp, found))
    return found

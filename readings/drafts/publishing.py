"""A draft of an essay that is read already: its number, its keys, and what it replaces."""

from collections.abc import Collection, Sequence

from django.db.models import Max

from accounts.models import User
from anchoring import align
from readings.models import Block, Reading, Revision
from readings.revisions import TextChange, blocks_of, move_reading, text_change
from seminars.models import Membership


def newest_standing(essay_id: int) -> Revision | None:
    """Return the revision that a new one would follow; None where nothing is published yet."""
    return Revision.objects.standing_of(essay_id).order_by("-number").first()


def next_number(essay_id: int) -> int:
    """Return a number for a draft that no revision of the essay has."""
    taken = Revision.objects.filter(essay=essay_id).aggregate(last=Max("number"))["last"]
    return (taken or 0) + 1


def take_number(revision: Revision) -> int:
    """Return the number of a draft that is being published: numbers grow in that order.

    Drafts may be published in any order, and one that was begun earlier than what has
    been published since takes the next free number.
    """
    published = Revision.objects.filter(essay=revision.essay_id, published_at__isnull=False)
    last = published.aggregate(last=Max("number"))["last"] or 0
    return revision.number if revision.number > last else next_number(revision.essay_id)


def keep_keys(blocks: Sequence[Block], earlier: Revision) -> TextChange:
    """Give the new blocks, not saved yet, the keys of those they were in `earlier`.

    Return what lies between the two, for the readings that move at once.
    """
    old = blocks_of(earlier.pk)
    alignment = align(old, blocks)
    for block, key in zip(blocks, alignment.keys, strict=True):
        block.key = key
    return TextChange(old, blocks, alignment)


def move_readings(
    revision: Revision, readings: Collection[int], *, change: TextChange, by: User
) -> int:
    """Move those of these readings that `by` instructs; return how many those were.

    `change` is the one from the revision before; another is worked out where it is needed.
    """
    instructed = Reading.objects.of_essay(revision.essay, by).filter(pk__in=readings)
    changes = {one.revision_id: change for one in change.old[:1]}
    moved = 0
    for reading in instructed.order_by("pk"):
        member = Membership.objects.get(seminar_id=reading.seminar_id, user=by, removed_at=None)
        if reading.revision_id not in changes:
            changes[reading.revision_id] = text_change(reading.revision_id, revision.pk)
        move_reading(
            reading=reading, revision=revision, by=member, change=changes[reading.revision_id]
        )
        moved += 1
    return moved

"""Which revision stands, what brought a reading to it, and what could come next."""

from django.db.models import F, QuerySet

from readings.models import Passage, Reading, Reanchoring, Revision


def ways_here(reading: Reading) -> QuerySet[Reanchoring]:
    """What brought passages of the reading to the text it has now, newest first.

    That is the move to this revision, and what brought back the passages that were
    made on a later one when that was withdrawn.
    """
    ways = Reanchoring.objects.filter(
        reading=reading, to_revision_id=reading.revision_id, undone_at=None
    )
    revisions = ways.select_related("from_revision", "to_revision", "created_by__user")
    return revisions.defer("from_revision__document", "to_revision__document").order_by("-pk")


def way_forward(reading: Reading) -> Reanchoring | None:
    """Return the move to the text that the reading has now; None where it began with it."""
    return ways_here(reading).filter(from_revision__number__lt=F("to_revision__number")).first()


def earlier_than(revision: Revision) -> Revision | None:
    """Return the published revision that stood before this one."""
    standing = Revision.objects.standing_of(revision.essay_id).filter(number__lt=revision.number)
    return standing.order_by("-number").first()


def newer_for(reading: Reading) -> Revision | None:
    """Return the newest revision of the essay, if the reading does not have it."""
    newest = Revision.objects.standing_of(reading.essay_id).order_by("-number").first()
    return newest if newest and newest.number > reading.revision.number else None


def chain_of(first: Passage) -> list[Passage]:
    """Return the rows of a passage in order."""
    return [first, *first.continuations.order_by("pk")]

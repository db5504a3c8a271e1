"""What brought a reading to its text, what came before a revision, and what could come next."""

from django.db.models import F, QuerySet

from readings.models import Passage, Reading, Reanchoring, Revision


def reanchorings_to_current(reading: Reading) -> QuerySet[Reanchoring]:
    """The re-anchorings that brought passages to the text the reading has now, newest first.

    That is the move to this revision, and what brought back the passages that were
    made on a later one when that was withdrawn.
    """
    here = Reanchoring.objects.filter(
        reading=reading, to_revision_id=reading.revision_id, undone_at=None
    )
    return here.select_related("from_revision", "to_revision", "created_by__user").order_by("-pk")


def forward_reanchoring(reading: Reading) -> Reanchoring | None:
    """Return the move to the text that the reading has now; None where it began with it."""
    return (
        reanchorings_to_current(reading)
        .filter(from_revision__number__lt=F("to_revision__number"))
        .first()
    )


def previous_revision(revision: Revision) -> Revision | None:
    """Return the revision that was read before this one; those withdrawn do not count."""
    readable = Revision.objects.readable_of(revision.essay_id)
    return readable.filter(number__lt=revision.number).order_by("-number").first()


def newer_revision(reading: Reading) -> Revision | None:
    """Return the newest revision of the essay, if the reading does not have it."""
    newest = Revision.objects.newest_of(reading.essay_id)
    return newest if newest and newest.number > reading.revision.number else None


def rows_of_passage(first: Passage) -> list[Passage]:
    """Return the rows of a passage in order."""
    return [first, *first.continuations.order_by("pk")]

"""What a seminar reads already, and what it knows of all its readings."""

from django.utils.translation import gettext as _

from readings.models import Essay, Reading
from seminars.models import Seminar


class AlreadyRead(ValueError):
    """The seminar reads this essay already."""


def refuse_read_already(seminar: Seminar, essay: Essay) -> None:
    """Raise AlreadyRead where the essay is before this seminar, or was, and can be put back."""
    there = Reading.objects.filter(seminar=seminar, essay=essay).first()
    if there is not None and there.removed_at:
        raise AlreadyRead(_("This reading was taken away, with its threads: put it back below."))
    if there is not None:
        raise AlreadyRead(_("This seminar reads this essay already."))


def note_withholding(seminar_id: int) -> None:
    """Let the seminar know whether any of its readings withholds talk: see its model."""
    withholds = Reading.objects.filter(seminar=seminar_id, peek_after__gt=0, removed_at=None)
    Seminar.objects.filter(pk=seminar_id).update(withholds_talk=withholds.exists())

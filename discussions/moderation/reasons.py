"""The reasons that moderators of a seminar choose from, and free words beside them."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from discussions.models import ModerationReason, Reason
from seminars.models import Seminar

OTHER = str(Reason.OTHER)


def reason_choices(seminar: Seminar) -> Sequence[tuple[str, str]]:
    """Return key and name of each: the seminar's own, or those that every seminar begins with.

    One query, and kept with the seminar.
    """
    own = [(f"own-{one.pk}", one.name) for one in own_reasons_of(seminar)]
    if not own:
        return [(str(reason.value), str(reason.label)) for reason in Reason]
    return [*own, (OTHER, str(Reason.OTHER.label))]


def reason_name(seminar: Seminar, key: str) -> str:
    """Return the words of a choice; "" where there is no such choice."""
    return dict(reason_choices(seminar)).get(key, "")


def reason_notes(seminar: Seminar) -> dict[str, str]:
    """Return what the note to the author begins with, by the keys of the seminar's own reasons."""
    return {f"own-{one.pk}": one.note for one in own_reasons_of(seminar) if one.note}


def own_reasons_of(seminar: Seminar) -> Sequence[ModerationReason]:
    """The seminar's own reasons, in their order; kept with the seminar as the choices are."""
    prefetch_related_objects([seminar], "moderation_reasons")
    return list(seminar.moderation_reasons.all())

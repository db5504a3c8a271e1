"""The kinds of link that a seminar has: six at first, and whatever its instructors make of them."""

from discussions.models import DEFAULT_KINDS, LinkKind
from seminars.models import Seminar


def link_kinds(seminar: Seminar) -> list[LinkKind]:
    """Return what a new link may be, in the seminar's order; a seminar that was never asked has
    the default ones from now on. One query, and two the first time."""
    return _offered(seminar) or _begin(seminar)


def _offered(seminar: Seminar) -> list[LinkKind]:
    return list(LinkKind.objects.offered_in(seminar))


def _begin(seminar: Seminar) -> list[LinkKind]:
    make_default_kinds(seminar)
    return _offered(seminar)


def make_default_kinds(seminar: Seminar) -> None:
    """Make those of the default ones that the seminar has not, offered or removed."""
    # Two who ask at once make each one once.
    LinkKind.objects.bulk_create(
        [
            LinkKind(seminar=seminar, code=code, is_directed=kind.is_directed, position=place)
            for place, (code, kind) in enumerate(DEFAULT_KINDS.items())
        ],
        ignore_conflicts=True,
    )

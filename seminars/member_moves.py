"""Which members were moved at once, from where: told by the events of the move itself."""

from dataclasses import dataclass

from seminars.models import Event, EventKind, Membership


@dataclass(frozen=True)
class MemberMove:
    """Some members moved at once; `number` names it, `events` say who came from where."""

    number: int
    events: list[Event]

    @property
    def size(self) -> int:
        return len(self.events)


def find_move(number: int, by: Membership) -> MemberMove | None:
    """A move that this member has made, as far as it has not been undone."""
    moved = Event.objects.filter(
        seminar=by.seminar_id,
        pk__gt=number,
        kind=EventKind.MEMBER_CHANGED,
        actor=by,
        detail__move=number,
    )
    undone = moved.filter(detail__undone=True).exists()
    return None if undone or not moved else MemberMove(number, list(moved))

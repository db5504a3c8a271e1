"""Coming through a gate: by what was handed in, by skipping a soft one, or let through by staff,
who may take that back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.attempts.tries import tries_left
from quizzes.models import Attempt, QuizSettings
from readings.models import GatePassing, PassedBy, ReadingGate
from seminars.audience import Audience
from seminars.events import EventKind, record
from seminars.models import Membership
from seminars.permissions import can_let_through, is_member

PERCENT = 100


def note_passings(items: Collection[int], *, by: Membership | None = None) -> None:
    """Let through whoever has met what the gates of these checkpoints (their items' keys) ask for;
    `by` alone, where they have handed something in. Who came through before stays through."""
    gates = list(ReadingGate.objects.filter(item__in=items))
    if not gates:
        return
    tries = Attempt.objects.submitted().filter(quiz__item__in=[one.item_id for one in gates])
    if by is not None:
        tries = tries.filter(membership=by)
    given: defaultdict[tuple[int, int], list[Attempt]] = defaultdict(list)
    for attempt in tries.select_related("quiz").order_by("submitted_at", "pk"):
        given[attempt.quiz.item_id, attempt.membership_id].append(attempt)
    of_item = {one.item_id: one for one in gates}
    GatePassing.objects.bulk_create(
        [
            GatePassing(
                seminar_id=of_item[item].seminar_id,
                gate=of_item[item],
                membership_id=member,
                how=PassedBy.HANDED_IN,
                passed_at=opening.submitted_at or timezone.now(),
            )
            for (item, member), attempts in given.items()
            if (opening := _opening_try(of_item[item], attempts))
        ],
        ignore_conflicts=True,
    )
    if by is not None:
        by.has_passed()


def _opening_try(gate: ReadingGate, attempts: Sequence[Attempt]) -> Attempt | None:
    """The first of these tries, in their order, with which the gate opened; None: it is closed."""
    ends = range(1, len(attempts) + 1)
    return next((attempts[end - 1] for end in ends if opens(gate, attempts[:end])), None)


def opens(gate: ReadingGate, attempts: Sequence[Attempt]) -> bool:
    """Whether these tries of one person open the gate: any, or one with as many of the points as
    it asks for. Nobody waits for a person to mark theirs; enough tries are enough, and so are all
    that the checkpoint allows."""
    if not gate.share or len(attempts) >= gate.tries:
        return bool(attempts)
    made = Counter(one.quiz for one in attempts)
    if any(tries_left(quiz.settings, number) == 0 for quiz, number in made.items()):
        return True
    return any(
        one.score is None or one.score * PERCENT >= one.max_score * gate.share for one in attempts
    )


def tries_that_open(gate: ReadingGate, settings: QuizSettings) -> int:
    """After how many tries a gate that asks for a share opens without it: as many as it says, or
    all that the checkpoint allows where these are fewer."""
    return min(gate.tries, settings.tries_allowed or gate.tries)


@transaction.atomic
def skip_gate(*, gate: ReadingGate, by: Membership) -> None:
    """Go on without handing in what stands at a soft gate; staff see who did."""
    if not is_member(by) or by.seminar_id != gate.seminar_id or not gate.is_soft:
        raise PermissionDenied(_("This checkpoint is to be handed in before you read on."))
    _passing, is_new = GatePassing.objects.get_or_create(
        gate=gate,
        membership=by,
        how=PassedBy.SKIPPED,
        defaults={"seminar_id": gate.seminar_id},
    )
    if is_new:
        record(
            EventKind.GATE_SKIPPED,
            by=by,
            target=gate,
            reading_id=gate.reading_id,
            audience=Audience.STAFF,
            group_id=by.group_id,
        )
    by.has_passed()


@transaction.atomic
def let_through(*, gate: ReadingGate, member: Membership, by: Membership) -> None:
    """Let one person read on without it, until that is taken back."""
    _require_right(gate, member, by)
    _passing, is_new = GatePassing.objects.get_or_create(
        gate=gate,
        membership=member,
        how=PassedBy.LET_THROUGH,
        defaults={"seminar_id": gate.seminar_id, "let_by": by},
    )
    if is_new:
        _tell_staff(EventKind.GATE_OPENED, gate, member, by)


@transaction.atomic
def take_back_passing(*, gate: ReadingGate, member: Membership, by: Membership) -> bool:
    """Stop at the gate again whom staff have let through. Twice is as once; what they came through
    by themselves, handed in or skipped, stays theirs. Returns whether the gate stops them now."""
    _require_right(gate, member, by)
    given = GatePassing.objects.filter(gate=gate, membership=member, how=PassedBy.LET_THROUGH)
    if given.delete()[0]:
        _tell_staff(EventKind.GATE_CLOSED, gate, member, by)
    return ReadingGate.objects.closed_to(member.pk).filter(pk=gate.pk).exists()


def _require_right(gate: ReadingGate, member: Membership, by: Membership) -> None:
    if not can_let_through(by, member) or by.seminar_id != gate.seminar_id:
        raise PermissionDenied(_("You may not let this person through, nor take it back."))


def _tell_staff(kind: EventKind, gate: ReadingGate, member: Membership, by: Membership) -> None:
    record(
        kind,
        by=by,
        target=gate,
        reading_id=gate.reading_id,
        audience=Audience.STAFF,
        group_id=member.group_id,
        member=member.pk,
    )

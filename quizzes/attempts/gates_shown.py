"""What a gate shows to whom, and which checkpoints stand before somebody's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField
from django.urls import reverse

from database.prepared import Parameter, PreparedQuery
from quizzes.attempts.gates import tries_that_open
from quizzes.attempts.shown import GateView
from quizzes.models import Quiz
from readings.models import Reading, ReadingGate, in_front
from seminars.models import Membership
from seminars.permissions import can_attempt, can_see_results

_GATES = PreparedQuery(
    lambda: ReadingGate.objects.placed().filter(reading=Parameter("reading", BigIntegerField()))
)


def gates_of(reading: Reading) -> Mapping[int, Any]:
    """The reading's gates with their `position`, by item; no query where the seminar has none."""
    if not reading.seminar.has_gates:
        return {}
    return {one.item_id: one for one in _GATES.all(reading=reading.pk)}


def served_to(member: Membership, reading: Reading, quizzes: Sequence[Quiz]) -> list[Quiz]:
    """Of the quizzes of this reading: those that do not stand behind one of the member's gates."""
    if member.gate_in(reading.pk) is None:
        return list(quizzes)
    asked = Quiz.objects.filter(pk__in=[one.pk for one in quizzes])
    front = set(
        asked.filter(in_front(member, passage="item__passage")).values_list("pk", flat=True)
    )
    return [one for one in quizzes if one.pk in front]


def gate_view(gate: Any, quiz: Quiz, member: Membership, path: Sequence[Any]) -> GateView | None:
    """What is said of a gate: to whom the text ends there, and to staff; `path` is the quiz's."""
    if gate is None:
        return None
    end = member.gate_in(gate.reading_id)
    closes = end is not None and end == gate.position
    if not closes and not can_see_results(member):
        return None
    return GateView(
        is_soft=gate.is_soft,
        closes=closes,
        share=gate.share,
        tries=tries_that_open(gate, quiz.settings),
        can_hand_in=can_attempt(member),
        skip_url=reverse("gate_skip", args=path),
        passings_url=reverse("gate_passings", args=path),
    )

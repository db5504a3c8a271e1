"""What handing in opens to somebody: the text behind a gate, and what classmates have answered."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from discussions.models import Thread
from quizzes.models import Quiz
from readings.models import Reading
from seminars.answered import AnsweredItems
from seminars.gates import GatePlaces
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class Opened:
    """Where texts end for a member, and whose answers they may read."""

    gate_places: GatePlaces
    answered_items: AnsweredItems | None

    @classmethod
    def to(cls, member: Membership) -> Self:
        """As it is now."""
        return cls(member.gate_places, member.answered_items)

    def what_opened_since(self, member: Membership, reading: Reading, quiz: int) -> str:
        """Say what this member sees now that they did not see then; "" where that is nothing."""
        if member.gate_places != self.gate_places:
            return _("Handed in. The text goes on below this checkpoint.")
        if member.answered_items == self.answered_items:
            return ""
        item = Quiz.objects.filter(pk=quiz).values("item")
        answers = Thread.objects.visible_to(member).filter(reading=reading, answered_item__in=item)
        if not answers.exclude(author=member).exists():
            return ""
        return _("Handed in. You can read now what others published of their answers.")

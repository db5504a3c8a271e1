"""What a reading has of answers, for who is about to take it away or to close it at a gate."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from quizzes.models import Attempt
from readings.models import Passage, Reading


def contents_of(reading: Reading) -> list[str]:
    """How often its checkpoints were answered."""
    count = Attempt.objects.submitted().filter(quiz__reading=reading).count()
    said = ngettext("%(count)d answered checkpoint", "%(count)d answered checkpoints", count)
    return [said % {"count": count}] if count else []


def writers_at(reading: Reading, passages: "QuerySet[Passage, Any]") -> set[int]:
    """The keys of the members who handed in a checkpoint at one of these passages."""
    tries = Attempt.objects.submitted().filter(
        quiz__reading=reading, quiz__item__passage__in=passages
    )
    return set(tries.order_by().values_list("membership_id", flat=True))

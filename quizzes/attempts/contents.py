"""What a reading has of answers, for who is about to take it away."""

from django.utils.translation import ngettext

from quizzes.models import Attempt
from readings.models import Reading


def contents_of(reading: Reading) -> list[str]:
    """How often its checkpoints were answered."""
    count = Attempt.objects.submitted().filter(quiz__reading=reading).count()
    said = ngettext("%(count)d answered checkpoint", "%(count)d answered checkpoints", count)
    return [said % {"count": count}] if count else []

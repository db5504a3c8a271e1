"""The reactions to comments: five kinds, each under a name that the seminar may change."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy

MAX_REACTION = 20  # characters of a name: five stand in the margin


class ReactionKind(models.TextChoices):
    """The kinds, in their order, with the names that they have until somebody gives others."""

    AGREE = "agree", gettext_lazy("Agree")
    QUESTION = "question", gettext_lazy("Question")
    INSIGHT = "insight", gettext_lazy("Insight")
    EVIDENCE = "evidence", gettext_lazy("Evidence")
    THANKS = "thanks", gettext_lazy("Thanks")


def reaction_names(given: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the kinds that a seminar has; `given` are its own, "" where it does
    without one."""
    names = {kind.value: given.get(kind.value, str(kind.label)) for kind in ReactionKind}
    return {kind: name for kind, name in names.items() if name}

"""How many examples a property is tried with: all on the first database, a fifth on the second."""

from hypothesis import settings

ALL, SECOND_RUN = 100, "second run"
settings.register_profile(SECOND_RUN, max_examples=ALL // 5)
FEWEST = 5


def examples(most: int) -> int:
    """`most`, or its part in a run whose profile has less than hypothesis's own hundred."""
    current = settings.default
    assert current is not None
    return max(most * current.max_examples // ALL, FEWEST)

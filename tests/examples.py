"""How many examples a property is tried with: all on the first database, a fifth on the second."""

from hypothesis import HealthCheck, settings

ALL, FIRST_RUN, SECOND_RUN = 100, "first run", "second run"
# Neither has a deadline: a busy machine is no fault of the property.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(FIRST_RUN, UNTIMED, max_examples=ALL)
settings.register_profile(SECOND_RUN, UNTIMED, max_examples=ALL // 5)
FEWEST = 5


def examples(most: int) -> int:
    """`most`, or its part in a run whose profile has less than hypothesis's own hundred."""
    current = settings.default
    assert current is not None
    return max(most * current.max_examples // ALL, FEWEST)

"""No request makes an error of ours, however it is made. `python -m scripts.fuzz` sends more."""

import os

import pytest

from tests.permissions.world import World, make_world
from tests.security.fuzzing import Fuzzer
from tests.seeds import Seed, fixture_of

seed_world = fixture_of(Seed(make_world))
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "120"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))


@pytest.mark.django_db
@pytest.mark.engine
@pytest.mark.parametrize("who", ["carol", "alice"])
def test_nothing_that_is_sent_makes_an_error(seed_make_world: World, who: str) -> None:
    outcome = Fuzzer(seed_make_world, SEED).run(who, REQUESTS)
    if "FUZZ_REQUESTS" in os.environ:
        counts = ", ".join(f"{status}: {n}" for status, n in sorted(outcome.statuses.items()))
        print(f"\n{who}, seed {SEED}: {outcome.sent} requests, {counts}")  # noqa: T201
    assert not outcome.faults, "\n".join(outcome.faults)

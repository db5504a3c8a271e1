import pytest

from tests.conftest import PEOPLE
from tests.gradebook.base import Kept, make_kept
from tests.seeds import Seed, fixture_of

seed_kept = fixture_of(Seed(make_kept, PEOPLE))


@pytest.fixture
def kept(seed_make_kept: Kept) -> Kept:
    return seed_make_kept

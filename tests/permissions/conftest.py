"""The world of the leak tests."""

import pytest

from tests.permissions.talk import Talk, close_readings, make_talk


@pytest.fixture
def talk(db: None) -> Talk:
    """Everybody has spoken, and then the readings were closed to some of them."""
    made = make_talk()
    close_readings(made)
    return made

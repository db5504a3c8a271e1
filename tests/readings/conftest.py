"""Fixtures of the library."""

from datetime import timedelta

import pytest

from readings.models import Reading
from tests.base import People
from tests.readings.extensions import DUE


@pytest.fixture
def colleagues(people: People) -> People:
    """Bob instructs beside Alice, who brought the essay in."""
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    return people


@pytest.fixture
def due(reading: Reading) -> Reading:
    """A reading that was due two days ago, and is closed since yesterday."""
    reading.due_at = DUE
    reading.closes_at = DUE + timedelta(days=1)
    reading.save()
    return reading

"""Fixtures of the library."""

import pytest

from tests.base import People


@pytest.fixture
def colleagues(people: People) -> People:
    """Bob instructs beside Alice, who brought the essay in."""
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    return people

"""Carol has begun a thread for the whole seminar on words of the first paragraph."""

import pytest

from discussions.models import Comment, Thread
from readings.models import Reading
from tests.base import People
from tests.discussions.base import first_of, say


@pytest.fixture
def thread(people: People, reading: Reading) -> Thread:
    return say(reading, people.carol, "What is *together*?")


@pytest.fixture
def comment(thread: Thread) -> Comment:
    return first_of(thread)

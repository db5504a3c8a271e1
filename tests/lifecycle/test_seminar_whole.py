"""The page of what can be done with a seminar as a whole."""

import pytest
from django.urls import reverse

from tests.base import People

PAGE = reverse("seminar_whole", args=["seminar"])


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("bob", 403), ("grace", 403), ("mallory", 404)]
)
def test_instructors_see_it(people: People, who: str, status: int) -> None:
    assert people.client(who).get(PAGE).status_code == status


def test_it_says_what_happens(people: People) -> None:
    page = people.client("alice").get(PAGE).content.decode()
    assert reverse("seminar_copy", args=["seminar"]) in page
    assert "staff neither" in page
    assert people.client("alice").post(PAGE).status_code == 405

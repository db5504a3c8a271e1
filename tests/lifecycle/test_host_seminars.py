"""The seminars of the site, for its host."""

from django.urls import reverse

from accounts.models import User
from tests.base import People

PAGE = reverse("host_seminars")


def test_the_host_sees_names_and_numbers(people: People) -> None:
    User.objects.filter(pk=people.mallory.pk).update(is_host=True)
    page = people.client("mallory").get(PAGE).content.decode()
    assert "Two views" in page
    assert "5 members" in page


def test_nobody_else_does(people: People) -> None:
    assert people.client("alice").get(PAGE).status_code == 403
    assert people.client("alice").post(PAGE).status_code == 405

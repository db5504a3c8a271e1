"""The list of reasons that every seminar begins with, made the seminar's own."""

from django.urls import reverse

from tests.base import People, markup
from tests.discussions.base import reason_names as names
from tests.seminars.helpers import assert_for_instructors

LIST = reverse("reason_list", args=["seminar"])
URL = reverse("own_reasons", args=["seminar"])


def test_it_begins_with_what_every_seminar_has(people: People) -> None:
    client = people.client("alice")
    assert "Unkind or insulting" in markup(client.get(LIST))
    assert names(people) == []
    for _time in range(2):
        assert client.post(URL).status_code == 302
    assert len(names(people)) == 5
    assert "Something else" not in names(people)


def test_who_may(people: People) -> None:
    assert_for_instructors(people, URL, "post")
    assert people.client("alice").get(URL).status_code == 405

"""Putting a seminar into the archive, and taking it out again."""

import pytest
from django.urls import reverse

from seminars.models import Event, Seminar
from tests.base import People
from tests.forms import form_on

URL = reverse("seminar_archive", args=["seminar"])
PAGE = reverse("seminar_whole", args=["seminar"])


def is_archived(people: People) -> bool:
    return Seminar.objects.get(pk=people.seminar.pk).archived_at is not None


def test_an_instructor_archives_it_and_takes_it_out_again(people: People) -> None:
    client = people.client("alice")
    for expected, said, button in (
        (True, "Archived: it can be read", "Take it out of the archive"),
        (False, "Out of the archive", "Archive this seminar"),
    ):
        form = form_on(client, PAGE, URL)
        sent = form.as_it_stands | ({} if expected else {"undo": ["1"]})
        answer = client.post(URL, sent, follow=True)
        page = answer.content.decode()
        assert is_archived(people) is expected
        assert (said in page, button in page) == (True, True)
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds == ["seminar.archived", "seminar.unarchived"]


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("carol", 403), ("mallory", 404)])
def test_nobody_else_does(people: People, who: str, status: int) -> None:
    assert people.client(who).post(URL).status_code == status
    assert not is_archived(people)


def test_sent_twice_is_done_once(people: People) -> None:
    client = people.client("alice")
    assert [client.post(URL).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.filter(kind="seminar.archived").count() == 1


def test_it_is_asked_for_by_a_form(people: People) -> None:
    assert people.client("alice").get(URL).status_code == 405

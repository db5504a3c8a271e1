"""The host has a seminar deleted."""

from django.urls import reverse

from seminars.models import Seminar, SeminarDeletion
from tests.base import People
from tests.lifecycle.deletions import SEMINAR, ask, host_client


def test_the_host_deletes_one_without_being_in_it(people: People) -> None:
    client, listed = host_client(people), reverse("host_seminars")
    url = reverse("host_seminar_deletion", args=["seminar"])
    assert url in client.get(listed).content.decode()
    assert ask(client, url).headers["Location"] == listed
    assert Seminar.objects.get().deleted_from is not None
    assert client.get(SEMINAR).status_code == 404  # of its words the host reads nothing


def test_nobody_else_does(people: People) -> None:
    url = reverse("host_seminar_deletion", args=["seminar"])
    client = people.client("alice")
    assert [client.get(url).status_code, client.post(url).status_code] == [403, 403]
    assert not SeminarDeletion.objects.exists()

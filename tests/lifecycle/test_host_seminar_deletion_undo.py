"""The host takes a deletion back, whoever asked for it."""

from django.urls import reverse

from lifecycle.deletion_actions import ask_deletion
from seminars.models import Seminar
from tests.base import People
from tests.forms import form_on
from tests.lifecycle.deletions import host_client


def test_the_host_takes_it_back(people: People) -> None:
    client, listed = host_client(people), reverse("host_seminars")
    ask_deletion(seminar=people.seminar, by=people.alice.user)
    undo = reverse("host_seminar_deletion_undo", args=["seminar"])
    form = form_on(client, listed, undo)
    assert client.post(undo, form.as_it_stands).status_code == 302
    assert Seminar.objects.get().deleted_from is None


def test_nobody_else_does(people: People) -> None:
    ask_deletion(seminar=people.seminar, by=people.alice.user)
    undo = reverse("host_seminar_deletion_undo", args=["seminar"])
    assert people.client("bob").post(undo).status_code == 403
    assert Seminar.objects.get().deleted_from is not None

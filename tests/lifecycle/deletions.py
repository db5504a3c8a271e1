"""What the tests of deleting a seminar share."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.base import PASSWORD, People
from tests.forms import form_on

URL = reverse("seminar_deletion", args=["seminar"])
UNDO = reverse("seminar_deletion_undo", args=["seminar"])
WHOLE = reverse("seminar_whole", args=["seminar"])
SEMINAR = reverse("seminar_detail", args=["seminar"])


def ask(client: Client, url: str = URL, **fields: str) -> Any:
    form = form_on(client, url)
    sent = form.as_it_stands | {"name": ["two  Views"], "password": [PASSWORD]}
    return client.post(url, sent | {name: [value] for name, value in fields.items()})


def host_client(people: People) -> Client:
    User.objects.filter(pk=people.mallory.pk).update(is_host=True)
    return people.client("mallory")

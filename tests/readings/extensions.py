"""What the tests of extensions share: a reading that was due two days ago and is closed."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from readings.models import Extension, Reading
from tests.discussions.base import new_thread_data, url
from tests.forms import send
from tests.seminars.helpers import words

NOW = timezone.now()
DUE, LATER = NOW - timedelta(days=2), NOW + timedelta(days=2)


def page_of(reading: Reading) -> str:
    return reverse("extension_list", args=["seminar", reading.slug])


def address(name: str, extension: Extension) -> str:
    return reverse(name, args=["seminar", extension.reading.slug, extension.pk])


def post(client: Client, reading: Reading, **fields: Any) -> Any:
    return send(client, page_of(reading), **{"due_at": "2040-03-01T10:00", **fields})


def opens_for(client: Client, reading: Reading) -> bool:
    """Whether whoever sits there can write in it; and whether the page says the same."""
    page = words(client.get(reading.get_absolute_url()))
    posted = client.post(url("thread_list", reading), new_thread_data(body=f"{timezone.now()}"))
    assert (posted.status_code == 302) == ("This reading was closed" not in page)
    return bool(posted.status_code == 302)

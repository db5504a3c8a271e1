"""Throwing a draft away."""

import pytest
from django.core.files.storage import default_storage

from readings.models import Draft, Essay, Revision
from tests.base import People
from tests.readings.library import publish, upload


@pytest.mark.django_db(transaction=True)
def test_draft_goes_with_its_file_and_its_essay(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    name = str(draft.source.name)
    response = client.post(f"/library/import/{draft.pk}/removal/", follow=True)
    assert "is discarded" in response.content.decode()
    assert not Draft.objects.exists()
    assert not Essay.objects.exists()
    assert not default_storage.exists(name)


def test_published_essay_stays(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    revision = publish(client, draft)
    client.post(f"/library/import/{draft.pk}/removal/")
    assert Revision.objects.get() == revision
    assert default_storage.exists(str(revision.source.name))


def test_link_alone_discards_nothing(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    assert client.get(f"/library/import/{draft.pk}/removal/").status_code == 405

"""The essay as it will stand, and refusing a repair."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from readings.importing import NAMES
from readings.library.preview import REPAIR_NAMES
from readings.models import Revision
from tests.base import People
from tests.readings.library import ESSAY, metadata, publish, upload


def url(draft: Revision) -> str:
    return f"/library/import/{draft.pk}/"


def repairs(draft: Revision) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draft.document["repairs"]
    return found


def test_shows_the_text_its_numbers_and_notes(people: People) -> None:
    client = people.client("alice")
    page = client.get(url(upload(client))).content.decode()
    assert "A gate is a fence that has changed its mind" in page
    assert 'id="p1"' in page
    assert 'id="note-1"' in page
    assert "Said by a carpenter." in page
    assert "Only you see it until you publish it." in page


def test_every_repair_stands_beside_its_place_with_the_means_to_refuse_it(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    assert repairs(draft), "the essay needs a repair, or this tests nothing"
    page = client.get(url(draft)).content.decode()
    for repair in repairs(draft):
        assert f'name="refuse" value="{repair["id"]}"' in page


def test_every_repair_has_a_name_in_plain_words() -> None:
    assert set(NAMES) <= set(REPAIR_NAMES)


def test_refused_repair_is_not_made_and_can_be_taken_back(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    one = repairs(draft)[0]
    response = client.post(url(draft), metadata() | {"refuse": one["id"]}, follow=True)
    assert "read again" in response.content.decode()
    draft.refresh_from_db()
    assert one["id"] not in {repair["id"] for repair in repairs(draft)}
    assert f'value="{one["id"]}" form="essay-form" checked' in response.content.decode()
    client.post(url(draft), metadata())
    draft.refresh_from_db()
    assert one["id"] in {repair["id"] for repair in repairs(draft)}


def test_reading_again_keeps_what_the_person_wrote(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    client.post(url(draft), metadata(title="Gates, small", venue="The Fence"))
    draft.essay.refresh_from_db()
    assert draft.essay.title == "Gates, small"
    assert draft.essay.venue == "The Fence"
    assert draft.essay.authors == ["Nora Field"]


def test_wrong_metadata_is_said_in_place_with_the_words_kept(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    response = client.post(url(draft), metadata(title="", abstract="Kept words", published="soon"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kept words" in page
    assert "Write the date like 2022-08-04" in page


def test_language_is_asked_for_where_it_cannot_be_told(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    document = draft.document
    document["metadata"]["language"] = ""
    Revision.objects.filter(pk=draft.pk).update(document=document)
    draft.essay.language = ""
    draft.essay.save(update_fields=["language"])
    assert "We could not tell it from the text." in client.get(url(draft)).content.decode()
    response = client.post(f"{url(draft)}publication/", metadata(language=""))
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.published_at is None


def test_words_of_the_file_are_no_markup(people: People) -> None:
    client = people.client("alice")
    wicked = ESSAY.replace(
        "It closes again.", "It <script>alert(1)</script> <img src=x onerror=alert(2)> closes."
    )
    page = client.get(url(upload(client, wicked))).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_another_persons_draft_is_not_there(people: People) -> None:
    draft = upload(people.client("alice"))
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    bob = people.client("bob")
    for suffix in ("", "publication/", "removal/"):
        assert bob.post(f"{url(draft)}{suffix}", metadata()).status_code == 404
    assert bob.get(url(draft)).status_code == 404
    assert Revision.objects.filter(pk=draft.pk, published_at=None).exists()
    assert default_storage.exists(str(draft.source.name))


def test_published_draft_leads_to_its_essay(people: People) -> None:
    client = people.client("alice")
    draft = publish(client, upload(client))
    assert client.get(url(draft))["Location"] == f"/library/essays/{draft.essay_id}/"


@pytest.mark.parametrize("key", ["bob", "carol", "grace", "mallory"])
def test_library_is_for_instructors(people: People, key: str) -> None:
    draft = upload(people.client("alice"))
    assert people.client(key).get(url(draft)).status_code == 403


def test_anonymous_signs_in_first_and_wrong_method(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    assert Client().get(url(draft)).status_code == 302
    assert client.delete(url(draft)).status_code == 405

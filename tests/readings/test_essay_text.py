"""Editing a published text: it opens in the preview as a draft, and no file is read."""

from django.core.files.base import ContentFile
from django.test import Client

from documents import Document
from readings.drafts.actions import discard, publish
from readings.essays.document_rows import essay_fields, metadata_of
from readings.models import Block, Draft, Picture, Reading
from tests.base import PARAGRAPHS, People
from tests.readings.library import markdown, upload
from tests.readings.library import publish as publish_upload
from tests.readings.revised import REVISED, revise


def url(reading: Reading) -> str:
    return f"/library/essays/{reading.essay_id}/text/"


def test_the_newest_text_becomes_a_draft_once(people: People, reading: Reading) -> None:
    revise(reading, REVISED)
    client = people.client("alice")
    response = client.post(url(reading))
    draft = Draft.objects.get(revision=None)
    assert response["Location"] == f"/library/import/{draft.pk}/"
    document = Document.from_json(draft.document)
    assert [block.text for block in document.blocks][2:] == REVISED
    assert client.get(response["Location"]).status_code == 200
    assert client.post(url(reading))["Location"] == response["Location"]


def test_edited_and_published_it_keeps_keys_and_readings_stay_or_move(
    people: People, reading: Reading
) -> None:
    client = people.client("alice")
    draft_url = client.post(url(reading))["Location"]
    draft = Draft.objects.get(revision=None)
    page = client.get(draft_url).content.decode()
    assert f'name="readings" value="{reading.pk}"' in page
    changed = Document.from_json(draft.document).to_json()
    changed["blocks"][3]["text"] = changed["blocks"][3]["html"] = "Another first word there."
    Draft.objects.filter(pk=draft.pk).update(document={**draft.document, **changed})
    sent = {
        "title": "On margins",
        "authors": "Ada Reader",
        "language": "en",
        "direction": "ltr",
        "readings": [reading.pk, "nonsense"],
    }
    response = client.post(f"{draft_url}publication/", sent)
    reading.refresh_from_db()
    assert response["Location"] == f"/library/revisions/{reading.revision_id}/changes/"
    keys = Block.objects.filter(revision__draft=draft).values_list("key", flat=True)
    assert {"h0", "h1", "p1", "p3"} <= set(keys)


def test_file_and_pictures_are_carried_over_and_not_shared(
    people: People, reading: Reading
) -> None:
    revision = reading.revision
    revision.source = ContentFile(b"The file.", name="margins.md")
    revision.save(update_fields=["source"])
    Picture.objects.create(
        revision=revision,
        name="1.png",
        file=ContentFile(b"A picture.", name="1.png"),
        media_type="image/png",
        width=2,
        height=2,
    )
    people.client("alice").post(url(reading))
    draft = Draft.objects.get(revision=None)
    copy = draft.pictures.get()
    assert draft.source.read() == b"The file."
    assert copy.file.read() == b"A picture."
    draft.source.close()
    copy.file.close()
    assert copy.file.name != revision.pictures.get().file.name
    assert draft.source.name != revision.source.name
    discard(draft=draft, by=people.alice.user)
    revision.refresh_from_db()
    assert revision.source.storage.exists(str(revision.source.name))


def test_the_file_it_came_from_is_not_read_again(people: People) -> None:
    client = people.client("alice")
    essay = publish_upload(client, upload(client)).essay
    url = f"/library/essays/{essay.pk}"
    edited = client.post(f"{url}/text/")["Location"]
    before = client.get(edited).content.decode()
    client.post(f"{edited}repairs/", {"refuse": ["found_title"]})
    assert "It closes again." in before
    assert "It closes again." in client.get(edited).content.decode()
    # The same file once more is another draft.
    client.post(f"{url}/revisions/", {"file": markdown()})
    assert Draft.objects.filter(essay=essay, revision=None).count() == 2


def test_published_as_it_is_nothing_has_changed(people: People, reading: Reading) -> None:
    people.client("alice").post(url(reading))
    draft = Draft.objects.get(revision=None)
    metadata = essay_fields(metadata_of(reading.essay))
    revision = publish(draft=draft, metadata=metadata, by=people.alice.user)
    texts = list(Block.objects.filter(revision=revision).values_list("text", flat=True))
    assert texts[2:] == PARAGRAPHS
    assert revision.notes.get().text == "A note."
    page = people.client("alice").get(f"/library/revisions/{revision.pk}/changes/").content.decode()
    assert "Not a word" in page


def test_who_may(people: People, reading: Reading) -> None:
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).post(url(reading)).status_code == 403
    assert Client().post(url(reading)).status_code == 302
    assert people.client("alice").get(url(reading)).status_code == 405
    assert people.client("alice").post("/library/essays/987654/text/").status_code == 404
    assert not Draft.objects.filter(revision=None).exists()

"""A new file for an essay that is read already."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from readings.models import Draft, Reading
from tests.base import PARAGRAPHS, People


def url(reading: Reading) -> str:
    return f"/library/essays/{reading.essay_id}/revisions/"


def a_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("again.md", text.encode(), "text/markdown")


def test_offers_a_file_and_the_text_itself(people: People, reading: Reading) -> None:
    page = people.client("alice").get(url(reading)).content.decode()
    assert 'type="file"' in page
    assert f"/library/essays/{reading.essay_id}/text/" in page
    essay = people.client("alice").get(f"/library/essays/{reading.essay_id}/").content.decode()
    assert url(reading) in essay


def test_a_file_becomes_a_draft_of_the_essay(people: People, reading: Reading) -> None:
    client = people.client("alice")
    text = "# On margins\n\n" + "\n\n".join([*PARAGRAPHS, "One more paragraph than there was."])
    response = client.post(url(reading), {"file": a_file(text)})
    draft = Draft.objects.get(revision=None)
    assert response.status_code == 302
    assert draft.essay == reading.essay
    assert "Go on with again.md" in client.get(url(reading)).content.decode()
    # Nothing has changed for those who read.
    reading.refresh_from_db()
    assert (reading.revision.number, reading.essay.title) == (1, "On margins")


def test_what_was_settled_about_the_essay_is_not_lost_with_a_barer_file(
    people: People, reading: Reading
) -> None:
    client = people.client("alice")
    client.post(url(reading), {"file": a_file("# A title page of 2019\n\nThe one paragraph.\n")})
    draft = Draft.objects.get(revision=None)
    page = client.get(f"/library/import/{draft.pk}/").content.decode()
    assert "Ada Reader" in page
    client.post(f"/library/import/{draft.pk}/publication/", {})
    reading.essay.refresh_from_db()
    assert (reading.essay.title, reading.essay.authors) == ("On margins", ["Ada Reader"])


def test_without_a_file_it_says_so(people: People, reading: Reading) -> None:
    response = people.client("alice").post(url(reading), {})
    assert response.status_code == 422
    assert not Draft.objects.filter(revision=None).exists()


def test_who_may(people: People, reading: Reading) -> None:
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).get(url(reading)).status_code == 403
    assert Client().get(url(reading)).status_code == 302
    assert people.client("alice").get("/library/essays/987654/revisions/").status_code == 404
    assert people.client("alice").delete(url(reading)).status_code == 405

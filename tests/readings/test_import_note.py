"""The form of one note."""

from tests.base import People, htmx
from tests.readings.editing import edit, key_of
from tests.readings.library import publish, upload


def test_shows_the_words(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    address = f"/library/import/{draft.pk}/notes/1/"
    assert "Said by a carpenter.</textarea>" in client.get(address).content.decode()
    page = htmx(client, "get", address).content.decode()
    assert "<html" not in page
    assert "Drop the note" in page


def test_note_with_a_sign_for_a_number(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    edit(client, draft, edit="add_note", block=key_of(draft, "It"), number="*", words="Starred.")
    page = client.get(f"/library/import/{draft.pk}/").content.decode()
    assert f"/library/import/{draft.pk}/notes/-2a/" in page
    assert "Starred." in client.get(f"/library/import/{draft.pk}/notes/-2a/").content.decode()


def test_note_without_words_is_refused_in_place(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    response = edit(client, draft, edit="reword_note", block="1", asked="note", words=" ")
    assert response.status_code == 422
    assert "Write something, or drop the note." in response.content.decode()


def test_note_that_is_not_there_is_404(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    assert client.get(f"/library/import/{draft.pk}/notes/9/").status_code == 404
    assert client.post(f"/library/import/{draft.pk}/notes/1/").status_code == 405


def test_published_draft_leads_to_its_essay(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    essay = publish(client, draft).essay
    response = client.get(f"/library/import/{draft.pk}/notes/1/")
    assert response["Location"] == f"/library/essays/{essay.pk}/"

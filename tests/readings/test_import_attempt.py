"""Having a file read again that was refused, or that nobody has taken up."""

from documents import ImportRefused
from documents.messages import gettext_lazy
from readings.models import Draft, ImportState
from tests.base import People
from tests.readings.library import picture, sent, upload
from tests.readings.test_import_progress import as_if

SLOW = ImportRefused("too_slow", gettext_lazy("Too slow."), gettext_lazy("Wait."))


def url(draft: Draft) -> str:
    return f"/library/import/{draft.pk}/attempt/"


def test_refused_file_is_read_again_on_the_same_draft(people: People) -> None:
    client = people.client("alice")
    draft = as_if(
        upload(client),
        ImportState.REFUSED,
        document={},
        refusal=SLOW.to_json(),
    )
    response = client.post(url(draft))
    assert response["Location"] == f"/library/import/{draft.pk}/progress/"
    draft.refresh_from_db()
    assert draft.state == ImportState.READY
    assert draft.refusal == {}
    assert draft.document["metadata"]["title"] == "Small gates"


def test_file_that_still_cannot_be_read_is_refused_again(people: People) -> None:
    client = people.client("alice")
    draft = sent(client, picture())
    client.post(url(draft))
    draft.refresh_from_db()
    assert draft.state == ImportState.REFUSED
    assert draft.refusal["code"] == "unsupported_format"


def test_the_same_file_again_is_another_try_on_the_same_draft(people: People) -> None:
    client = people.client("alice")
    draft = as_if(upload(client), ImportState.REFUSED, document={}, refusal=SLOW.to_json())
    assert upload(client) == draft
    draft.refresh_from_db()
    assert draft.state == ImportState.READY


def test_abandoned_file_is_read(people: People) -> None:
    client = people.client("alice")
    for state in (ImportState.WAITING, ImportState.READING):
        draft = as_if(upload(client, f"# {state}\n\nWords.\n"), state, minutes=3, document={})
        client.post(url(draft))
        draft.refresh_from_db()
        assert draft.state == ImportState.READY


def test_file_that_is_being_read_is_left_alone(people: People) -> None:
    client = people.client("alice")
    draft = as_if(upload(client), ImportState.READING, document={})
    client.post(url(draft))
    draft.refresh_from_db()
    assert (draft.state, draft.document) == (ImportState.READING, {})


def test_anothers_file_is_not_tried(people: People) -> None:
    draft = sent(people.client("alice"), picture())
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    assert people.client("bob").post(url(draft)).status_code == 404
    assert people.client("carol").post(url(draft)).status_code == 403
    assert people.client("alice").get(url(draft)).status_code == 405

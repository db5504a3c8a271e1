"""Files and drafts that tests of the library are about."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from readings.models import Draft, Reading, Revision
from tests.base import People

ESSAY = """# Small gates

*By Nora Field*

## The first gate

A gate is a fence that has changed its mind, and everyone who passes is grateful to it.[^1]

It closes again.

[^1]: Said by a carpenter.
"""


# No reader reads it, whatever formats there are.
NOT_AN_ESSAY = b"\x89PNG\r\n\x1a\n not for now"


def picture(name: str = "essay.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, NOT_AN_ESSAY)


def markdown(text: str = ESSAY, name: str = "gates.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/markdown")


def upload(client: Client, text: str = ESSAY, name: str = "gates.md") -> Draft:
    """Upload a file as a person does, and return the draft that it became."""
    return sent(client, markdown(text, name))


def sent(client: Client, file: SimpleUploadedFile) -> Draft:
    """Upload any file; its draft is ready, or has been refused."""
    response = client.post("/library/import/", {"file": file})
    assert response.status_code == 302, response.content.decode()
    return Draft.objects.get(pk=response["Location"].strip("/").split("/")[2])


def metadata(**changes: str) -> dict[str, Any]:
    """What the form of the preview sends when nothing is changed but `changes`."""
    return {
        "title": "Small gates",
        "authors": "Nora Field",
        "language": "en",
        "direction": "ltr",
        **changes,
    }


def publish(client: Client, draft: Draft, **changes: str) -> Revision:
    response = client.post(f"/library/import/{draft.pk}/publication/", metadata(**changes))
    assert response.status_code == 302, response.content.decode()
    draft.refresh_from_db()
    assert draft.revision is not None
    return draft.revision


def share(people: People, reading: Reading) -> None:
    """Alice shares the essay with Bob, her colleague."""
    url = f"/library/essays/{reading.essay_id}/editors/"
    assert people.client("alice").post(url, {"editor": people.bob.user_id}).status_code == 302

"""Files and drafts that tests of the library are about."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from readings.models import Revision

ESSAY = """# Small gates

*By Nora Field*

## The first gate

A gate is a fence that has changed its mind, and everyone who passes is grateful to it.[^1]

It closes again.

[^1]: Said by a carpenter.
"""


def markdown(text: str = ESSAY, name: str = "gates.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/markdown")


def upload(client: Client, text: str = ESSAY, name: str = "gates.md") -> Revision:
    """Upload a file as a person does, and return the draft that it became."""
    response = client.post("/library/import/", {"file": markdown(text, name)})
    assert response.status_code == 302, response.content.decode()
    return Revision.objects.get(pk=response["Location"].strip("/").split("/")[-1])


def metadata(**changes: str) -> dict[str, str]:
    """What the form of the preview sends when nothing is changed but `changes`."""
    return {
        "title": "Small gates",
        "authors": "Nora Field",
        "language": "en",
        "direction": "ltr",
        **changes,
    }


def publish(client: Client, draft: Revision, **changes: str) -> Revision:
    response = client.post(f"/library/import/{draft.pk}/publication/", metadata(**changes))
    assert response.status_code == 302, response.content.decode()
    draft.refresh_from_db()
    return draft

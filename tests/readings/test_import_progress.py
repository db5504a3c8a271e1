"""How far the reading of a file is: shown, said, and over when it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from documents.messages import gettext_lazy
from readings.essays import translated
from readings.models import Draft, ImportState
from tests.base import People
from tests.readings.library import picture, sent, upload


def url(draft: Draft) -> str:
    return f"/library/import/{draft.pk}/progress/"


def as_if(draft: Draft, state: ImportState, *, minutes: float = 0, **columns: Any) -> Draft:
    """The draft as it stands while a worker is at it, or after one has died."""
    since = timezone.now() - timedelta(minutes=minutes)
    Draft.objects.filter(pk=draft.pk).update(state=state, state_at=since, **columns)
    draft.refresh_from_db()
    return draft


def poll(client: Client, draft: Draft, seen: str = "") -> Any:
    return client.get(f"{url(draft)}?seen={seen}", headers={"HX-Request": "true"})


def test_shows_what_is_being_done_and_how_far_it_is(people: People) -> None:
    client = people.client("alice")
    draft = as_if(
        upload(client),
        ImportState.READING,
        progress=gettext_lazy("Reading page %(page)s of 80", page=12).to_json(),
        progress_percent=16,
    )
    page = client.get(url(draft)).content.decode()
    assert "Reading page 12 of 80" in page
    assert 'value="16"' in page
    assert "every 1s" in page
    assert '<meta http-equiv="refresh"' in page
    assert "Look again" in page


def test_file_that_waits_says_so(people: People) -> None:
    client = people.client("alice")
    draft = as_if(upload(client), ImportState.WAITING)
    page = client.get(url(draft)).content.decode()
    assert "It is about to be read." in page
    assert "Try again" not in page


def test_poll_answers_with_the_part_and_with_nothing_while_nothing_is_new(people: People) -> None:
    client = people.client("alice")
    draft = as_if(
        upload(client),
        ImportState.READING,
        progress=gettext_lazy("Reading").to_json(),
        progress_percent=30,
    )
    first = poll(client, draft)
    assert first.status_code == 200
    assert "<html" not in first.content.decode()
    seen = first.context["progress"].seen
    assert poll(client, draft, seen).status_code == 204
    as_if(draft, ImportState.READING, progress_percent=31)
    assert poll(client, draft, seen).status_code == 200


def test_progress_is_said_at_each_quarter_and_not_at_each_step(people: People) -> None:
    client = people.client("alice")
    draft = as_if(
        upload(client),
        ImportState.READING,
        progress=gettext_lazy("Reading").to_json(),
        progress_percent=30,
    )
    seen = poll(client, draft).context["progress"].seen
    as_if(draft, ImportState.READING, progress_percent=40)
    assert 'id="live"' not in poll(client, draft, seen).content.decode()
    as_if(draft, ImportState.READING, progress_percent=52)
    assert "Reading: 52 percent" in poll(client, draft, seen).content.decode()


@pytest.mark.parametrize("seen", ["x", "reading", "reading-", "reading-²-1", "-" * 400])
def test_whatever_the_page_says_it_has_seen(people: People, seen: str) -> None:
    client = people.client("alice")
    draft = as_if(upload(client), ImportState.READING, progress=gettext_lazy("Reading").to_json())
    assert poll(client, draft, seen).status_code == 200


def test_read_file_leads_to_the_preview_by_itself(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    preview = f"/library/import/{draft.pk}/"
    assert client.get(url(draft))["Location"] == preview
    assert poll(client, draft)["HX-Redirect"] == preview


def test_preview_of_a_file_that_is_not_read_yet_leads_back(people: People) -> None:
    client = people.client("alice")
    draft = as_if(upload(client), ImportState.READING)
    for path, method in (("", client.get), ("publication/", client.post)):
        assert method(f"/library/import/{draft.pk}/{path}")["Location"] == url(draft)
    draft.refresh_from_db()
    assert draft.revision is None


def test_refusal_is_shown_in_place_with_what_to_do(people: People) -> None:
    client = people.client("alice")
    draft = sent(client, picture())
    page = client.get(url(draft)).content.decode()
    assert translated(draft.refusal["message"]) in page
    assert translated(draft.refusal["advice"]) in page
    assert "Try again" in page
    assert "Choose another file" in page
    assert "every 1s" not in page
    library = client.get("/library/").content.decode()
    assert translated(draft.refusal["message"]) in library


def test_refusal_is_said(people: People) -> None:
    client = people.client("alice")
    draft = sent(client, picture())
    said = poll(client, draft, "reading-40-7").content.decode().partition('id="live"')[2]
    assert translated(draft.refusal["message"]) in said


@pytest.mark.parametrize(
    ("state", "minutes", "words"),
    [
        (ImportState.WAITING, 1.1, "Nobody has taken up this file for a minute."),
        (ImportState.READING, 2.1, "The reading began and has stopped."),
    ],
)
def test_file_that_nobody_reads_can_be_tried_again(
    people: People, state: ImportState, minutes: float, words: str
) -> None:
    client = people.client("alice")
    draft = as_if(upload(client), state, minutes=minutes)
    page = client.get(url(draft)).content.decode()
    assert words in page
    assert f"/library/import/{draft.pk}/attempt/" in page
    # A worker may come yet: the page goes on looking.
    assert "every 1s" in page


def test_who_may_see_it(people: People) -> None:
    draft = sent(people.client("alice"), picture())
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    assert people.client("bob").get(url(draft)).status_code == 404
    assert people.client("carol").get(url(draft)).status_code == 403
    assert Client().get(url(draft)).status_code == 302
    assert people.client("alice").post(url(draft)).status_code == 405

"""What was changed in a draft: the list, undo, redo, and going back by several steps."""

from django.test import Client

from readings.drafts.edit_log import edited
from readings.models import Draft
from tests.base import People
from tests.readings.editing import edit, key_of, seen
from tests.readings.library import publish, upload


def url(draft: Draft) -> str:
    return f"/library/import/{draft.pk}/history/"


def two_steps(client: Client) -> Draft:
    draft = upload(client)
    key = key_of(draft, "It closes")
    edit(client, draft, edit="reword", block=key, words="It closes, twice.")
    edit(client, draft, edit="drop", block=key)
    return draft


def put(client: Client, draft: Draft, done: int | str, *, version: str = "") -> int:
    response = client.post(url(draft), {"done": done, "version": version or seen(draft)})
    draft.refresh_from_db()
    return response.status_code


def last_words(draft: Draft) -> str:
    return edited(draft).document.blocks[-1].text


def test_lists_the_steps_newest_first(people: People) -> None:
    client = people.client("alice")
    draft = two_steps(client)
    page = client.get(url(draft)).content.decode().partition('<ol class="rows')[2]
    steps = ["Dropped “It closes, twice.”", "Edited “It closes, twice.”", "As it was read"]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)


def test_undo_and_redo_step_by_step(people: People) -> None:
    client = people.client("alice")
    draft = two_steps(client)
    assert last_words(draft).startswith("A gate")
    assert put(client, draft, 1) == 302
    assert last_words(draft) == "It closes, twice."
    put(client, draft, 0)
    assert last_words(draft) == "It closes again."
    put(client, draft, 2)
    assert last_words(draft).startswith("A gate")
    assert len(draft.edits) == 2


def test_what_was_undone_goes_when_something_else_is_done(people: People) -> None:
    client = people.client("alice")
    draft = two_steps(client)
    put(client, draft, 1)
    edit(client, draft, edit="reword", block=key_of(draft, "It closes"), words="Thrice.")
    assert [one["edit"] for one in draft.edits] == ["reword", "reword"]


def test_htmx_gets_the_part(people: People) -> None:
    client = people.client("alice")
    draft = two_steps(client)
    response = client.post(
        url(draft), {"done": "1", "version": seen(draft)}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert "Undone: Dropped “It closes, twice.”" in response.content.decode()


def test_another_window_was_first(people: People) -> None:
    client = people.client("alice")
    draft = two_steps(client)
    before = seen(draft)
    put(client, draft, 1)
    assert put(client, draft, 0, version=before) == 409
    assert draft.edits_done == 1


def test_numbers_out_of_range_and_no_numbers(people: People) -> None:
    client = people.client("alice")
    draft = two_steps(client)
    for done, expected in ((99, 2), (-1, 2), ("x", 2), ("", 2), (0, 0)):
        put(client, draft, done)
        assert draft.edits_done == expected


def test_published_draft_leads_to_its_essay(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    essay = publish(client, draft).essay
    assert client.get(url(draft))["Location"] == f"/library/essays/{essay.pk}/"
    assert client.delete(url(draft)).status_code == 405


def test_nothing_changed_yet(people: People) -> None:
    client = people.client("alice")
    assert "Nothing yet." in client.get(url(upload(client))).content.decode()

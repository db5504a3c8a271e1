"""The forms of one block: a page of its own, or the one that is asked for in a dialog."""

from documents import DocumentBlock
from readings.drafts.edit_pages import split_places
from readings.models import Draft
from tests.base import People, htmx, markup
from tests.readings.editing import edit, key_of
from tests.readings.library import publish, upload


def url(draft: Draft, words: str = "A gate") -> str:
    return f"/library/import/{draft.pk}/blocks/{key_of(draft, words)}/"


def test_page_has_every_form(people: People) -> None:
    client = people.client("alice")
    page = client.get(url(upload(client))).content.decode()
    for button in ("Save the words", "Set the kind", "Split", "Add the note", "Drop", "Move up"):
        assert f">{button}</button>" in page
    assert "grateful to it.[^1]</textarea>" in page


def test_htmx_gets_the_one_form(people: People) -> None:
    client = people.client("alice")
    page = htmx(client, "get", f"{url(upload(client))}?form=words").content.decode()
    assert "<html" not in page
    assert page.count("<form") == 1
    assert "Save the words" in page


def test_place_of_the_cursor_is_the_first_to_split_at(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    page = markup(htmx(client, "get", f"{url(draft)}?form=split&at=6"))
    assert 'value="6" checked' in page
    assert client.get(f"{url(draft)}?form=split&at=-1x").status_code == 200


def test_places_to_split_are_between_sentences() -> None:
    text = "He said so. “Did he?” Yes. 門開了。門又關了。"
    places = [place.at for place in split_places(DocumentBlock("paragraph", None, 1, text, text))]
    assert [text[at:].split(" ")[0][:4] for at in places] == [
        "“Did",
        "Yes.",
        "門開了。",
        "門又關了",
    ]


def test_block_that_is_not_there_is_404(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    address = url(draft)
    edit(client, draft, edit="drop", block=key_of(draft, "A gate"))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 405


def test_published_draft_leads_to_its_essay(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    address = url(draft)
    publish(client, draft)
    assert client.get(address)["Location"] == f"/library/essays/{draft.essay_id}/"

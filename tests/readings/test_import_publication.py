"""Publishing a draft: its blocks and notes become rows, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from readings.drafts import actions
from readings.drafts.actions import start_import
from readings.models import Block, Draft, Essay, Note
from tests.base import People
from tests.forms import form_on, forms_of
from tests.readings.editing import edit, key_of, seen
from tests.readings.library import ESSAY, metadata, publish, upload


def test_draft_becomes_blocks_and_notes(people: People) -> None:
    client = people.client("alice")
    revision = publish(client, upload(client))
    assert revision.number == 1
    numbered = Block.objects.filter(revision=revision, number__isnull=False)
    assert [block.text for block in numbered] == [
        "A gate is a fence that has changed its mind, and everyone who passes is grateful to it.",
        "It closes again.",
    ]
    first = numbered[0]
    assert first.note_refs == [{"number": "1", "offset": len(first.text)}]
    assert [note.text for note in Note.objects.filter(revision=revision)] == [
        "Said by a carpenter."
    ]


def test_what_the_person_wrote_is_kept(people: People) -> None:
    client = people.client("alice")
    revision = publish(
        client,
        upload(client),
        title="Gates",
        authors=" Nora  Field \n\nOtto Hedge\n",
        published="2021-05",
        language="fr",
        direction="rtl",
    )
    essay = revision.essay
    assert essay.title == "Gates"
    assert essay.authors == ["Nora Field", "Otto Hedge"]
    assert essay.byline == "Nora Field and Otto Hedge"
    assert essay.published_in_words == "May 2021"
    assert (essay.language, essay.direction) == ("fr", "rtl")


def test_publishing_twice_writes_once(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    revision = publish(client, draft)
    blocks = Block.objects.count()
    again = client.post(f"/library/import/{draft.pk}/publication/", metadata(), follow=True)
    assert "published already" in again.content.decode()
    assert again.redirect_chain[-1][0] == f"/library/essays/{revision.essay_id}/"
    assert Block.objects.count() == blocks


def test_what_was_edited_is_published(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    edit(client, draft, edit="reword", block=key_of(draft, "It closes"), words="It *opens*.")
    revision = publish(client, draft)
    block = Block.objects.get(revision=revision, number=2)
    assert (block.text, block.html) == ("It opens.", "It <em>opens</em>.")
    assert revision.metadata["title"] == "Small gates"
    # The draft is emptied, and its file is the revision's.
    assert (draft.document, draft.edits, draft.edits_done) == ({}, [], 0)
    assert (draft.source.name, revision.source_name) == ("", "gates.md")
    with revision.source.open("rb") as file:
        assert file.read() == ESSAY.encode()


def test_what_was_undone_is_not_published(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    edit(client, draft, edit="drop", block=key_of(draft, "It closes"))
    client.post(f"/library/import/{draft.pk}/history/", {"done": "0", "version": seen(draft)})
    revision = publish(client, draft)
    assert Block.objects.filter(revision=revision, text="It closes again.").exists()


def test_from_a_part_without_the_form_what_is_known_stands(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    edit(client, draft, edit="about", **metadata(venue="The Fence"))
    client.post(f"/library/import/{draft.pk}/publication/", {"version": seen(draft)})
    essay = Essay.objects.get()
    assert (essay.title, essay.venue) == ("Small gates", "The Fence")


def test_edited_in_another_window_is_looked_at_first(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    before = seen(draft)
    edit(client, draft, edit="drop", block=key_of(draft, "It closes"))
    response = client.post(
        f"/library/import/{draft.pk}/publication/", metadata() | {"version": before}, follow=True
    )
    assert "changed in another window" in response.content.decode()
    draft.refresh_from_db()
    assert draft.revision is None
    assert len(draft.edits) == 1


def test_wrong_metadata_publishes_nothing(people: People) -> None:
    client = people.client("alice")
    draft = upload(client)
    url = f"/library/import/{draft.pk}/publication/"
    response = client.post(url, metadata(title="  ", venue="The Fence"))
    assert response.status_code == 422
    assert "The Fence" in response.content.decode()
    assert not Block.objects.exists()
    assert client.get(url).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_publish_once(people: People) -> None:
    draft = upload(people.client("alice"))

    def click(_: int) -> bool:
        try:
            mine = Draft.objects.get(pk=draft.pk)
            actions.publish(draft=mine, metadata={"title": "Gates"}, by=people.alice.user)
        except actions.AlreadyPublished:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(click, range(8))) == 1
    assert Block.objects.filter(number=1).count() == 1


def test_a_revision_that_was_published_meanwhile_is_looked_at_first(people: People) -> None:
    client = people.client("alice")
    essay = publish(client, upload(client), title="Gates").essay
    page = client.post(f"/library/essays/{essay.pk}/text/").headers["Location"]
    mine = form_on(client, page, f"{page}publication/")
    sent = mine.as_it_stands | {"title": "My gates"}
    other = start_import(data=ESSAY.encode(), filename="b.md", by=people.alice.user, essay=essay)
    publish(client, other, title="Their gates")
    refused = client.post(mine.action, sent)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "Another revision of this essay was published" in text
    assert "My gates" in text
    assert "Their gates" in text
    essay.refresh_from_db()
    assert essay.title == "Their gates"
    again = next(one for one in forms_of(refused.content, page, "") if one.action == mine.action)
    assert client.post(again.action, again.as_it_stands).status_code == 302
    essay.refresh_from_db()
    assert essay.title == "My gates"

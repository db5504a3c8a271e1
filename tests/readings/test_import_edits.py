"""One edit in the preview: made, refused with what was typed, or told that another was first."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.editing.edited import CannotEdit
from documents.editing.edits import Drop
from readings.drafts import edit_actions
from readings.drafts.edit_log import edited
from readings.models import Draft, Essay
from tests.base import People
from tests.readings.editing import edit, key_of, seen
from tests.readings.library import ESSAY, metadata, publish, upload
from tests.readings.test_import_preview import long_essay

MORE = ESSAY.replace("It closes again.", "It closes again. Then it opens.\n\nOnce more.")


@pytest.fixture
def client(people: People) -> Client:
    return people.client("alice")


@pytest.fixture
def draft(client: Client) -> Draft:
    return upload(client, MORE)


def texts(draft: Draft) -> list[str]:
    draft.refresh_from_db()
    return [block.text for block in edited(draft).document.blocks if block.kind != "heading"]


FIRST = "A gate is a fence that has changed its mind, and everyone who passes is grateful to it."


@pytest.mark.parametrize(
    ("words", "fields", "after"),
    [
        ("Once", {"edit": "merge"}, [FIRST, "It closes again. Then it opens. Once more."]),
        (
            "It closes",
            {"edit": "split", "begins": "Then  it"},
            [FIRST, "It closes again.", "Then it opens.", "Once more."],
        ),
        (
            "It closes",
            {"edit": "split", "at": "9"},
            [FIRST, "It closes", "again. Then it opens.", "Once more."],
        ),
        ("It closes", {"edit": "drop"}, [FIRST, "Once more."]),
        (
            "Once",
            {"edit": "move_up"},
            [FIRST, "Once more.", "It closes again. Then it opens."],
        ),
        (
            "It closes",
            {"edit": "move_down"},
            [FIRST, "Once more.", "It closes again. Then it opens."],
        ),
        (
            "Once",
            {"edit": "reword", "words": "Once *and* for all."},
            [FIRST, "It closes again. Then it opens.", "Once and for all."],
        ),
    ],
)
def test_each_kind_of_edit(
    client: Client, draft: Draft, words: str, fields: dict[str, Any], after: list[str]
) -> None:
    response = edit(client, draft, block=key_of(draft, words), **fields)
    assert response.status_code == 302
    assert texts(draft) == after
    assert len(draft.edits) == draft.edits_done == 1


def test_kind_and_level(client: Client, draft: Draft) -> None:
    key = key_of(draft, "Once")
    edit(client, draft, edit="kind", block=key, kind="heading", level="3")
    block = edited(draft).document.blocks[-1]
    assert (block.kind, block.level, block.number) == ("heading", 3, None)
    edit(client, draft, edit=f"kind:{key}", kind="list_item", marker="3.")
    block = edited(draft).document.blocks[-1]
    assert (block.kind, block.level, block.marker, block.number) == ("list_item", 1, "3.", 3)


def test_plain_answer_leads_to_the_block_and_says_what_was_done(
    client: Client, draft: Draft
) -> None:
    key = key_of(draft, "It closes")
    response = edit(client, draft, edit="kind", block=key, kind="blockquote")
    assert response["Location"] == f"/library/import/{draft.pk}/#b-{key}"
    page = client.get(f"/library/import/{draft.pk}/").content.decode()
    assert "Made “It closes again. Then it opens.” a block quotation." in page


def test_htmx_gets_the_part_that_changed_and_an_announcement(client: Client, draft: Draft) -> None:
    response = edit(client, draft, htmx=True, edit="drop", block=key_of(draft, "It closes"))
    page = response.content.decode()
    assert "<html" not in page
    assert 'hx-target="#part"' in page
    assert "2 paragraphs" in page
    told = json.loads(response.headers["HX-Trigger"])
    assert told["announce"] == "Dropped “It closes again. Then it opens.”. 2 paragraphs."
    assert "Bring back" in page


def test_an_edit_sends_no_more_than_its_part(client: Client) -> None:
    draft = upload(client, long_essay(1_000), "walk.md")
    key = key_of(draft, "On day 500 ")
    response = edit(
        client, draft, htmx=True, edit="reword", block=key, words="They rested.", part="11"
    )
    assert response.status_code == 200
    assert response.content.decode().count("data-block=") <= 80


def test_block_that_is_in_another_part_now_is_led_to(client: Client) -> None:
    draft = upload(client, long_essay(200), "walk.md")
    key = key_of(draft, "On day 150 ")
    response = edit(client, draft, htmx=True, edit="kind", block=key, kind="verse", part="1")
    assert response.headers["HX-Redirect"].endswith(f"#b-{key}")
    assert "?part=" in response.headers["HX-Redirect"]


def test_dropped_block_comes_back(client: Client, draft: Draft) -> None:
    key = key_of(draft, "It closes")
    before = texts(draft)
    edit(client, draft, edit=f"drop:{key}")
    edit(client, draft, edit=f"bring_back:{key}")
    assert texts(draft) == before


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"edit": "merge", "block": "nothere"}, "not there any more"),
        ({"edit": "explode", "block": "nothere"}, "Choose what to do"),
        ({"edit": "split"}, "Choose a place"),
        ({"edit": "split", "begins": "no such words"}, "are not in this block"),
        ({"edit": "split", "begins": "s"}, "Write some more of them"),
        ({"edit": "split", "at": "99999"}, "Choose a place between two words"),
        ({"edit": "reword", "words": "   "}, "There are no words left"),
        ({"edit": "reword", "words": "x [^12]"}, "There is no note 12"),
        ({"edit": "kind", "kind": "heading", "level": "9"}, "Choose a level from 1 to 6"),
        ({"edit": "kind", "kind": "table"}, "not one of the available choices"),
        ({"edit": "add_note", "number": "1", "words": "x"}, "There is a note 1 already"),
        ({"edit": "add_note", "number": "", "words": "x"}, "A note needs a number and words"),
        ({"edit": "describe", "alt": "x"}, "This picture is not there"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_what_cannot_be_done_is_said_and_changes_nothing(
    client: Client, draft: Draft, fields: dict[str, Any], why: str, htmx: bool
) -> None:
    fields = {"block": key_of(draft, "It closes"), "asked": "words", **fields}
    response = edit(client, draft, htmx=htmx, **fields)
    page = response.content.decode()
    assert response.status_code in {200, 422}
    assert why in page
    assert draft.edits == []
    if "words" in fields and fields["edit"] == "reword":
        assert fields["words"] in page


def test_another_window_was_first(client: Client, draft: Draft) -> None:
    before = seen(draft)
    key = key_of(draft, "It closes")
    edit(client, draft, edit="reword", block=key, words="First.")
    for htmx in (False, True):
        response = edit(
            client,
            draft,
            htmx=htmx,
            version=before,
            edit="reword",
            block=key,
            asked="words",
            words="Second & last.",
        )
        page = response.content.decode()
        assert response.status_code == 409
        assert "changed in another window" in page
        assert "Second &amp; last." in page  # what was typed here
        assert "First." in page  # and how it reads now
        assert texts(draft)[1] == "First."


def test_quick_edit_after_another_window_shows_how_it_stands(client: Client, draft: Draft) -> None:
    before = seen(draft)
    edit(client, draft, edit="drop", block=key_of(draft, "Once"))
    for htmx in (False, True):
        response = edit(
            client,
            draft,
            htmx=htmx,
            version=before,
            edit="drop",
            block=key_of(draft, "It closes"),
        )
        assert response.status_code == 409
        assert "what you did last was not done" in response.content.decode()
    assert texts(draft) == [FIRST, "It closes again. Then it opens."]


def test_words_for_a_block_that_is_gone_are_shown(client: Client, draft: Draft) -> None:
    before, key = seen(draft), key_of(draft, "Once")
    edit(client, draft, edit="drop", block=key)
    for version in (before, seen(draft)):
        response = edit(
            client,
            draft,
            version=version,
            edit="reword",
            block=key,
            asked="words",
            words="Typed in vain?",
        )
        assert response.status_code in {409, 422}
        assert "Typed in vain?" in response.content.decode()


def test_nothing_that_changes_is_no_step(client: Client, draft: Draft) -> None:
    key = key_of(draft, "It closes")
    edit(client, draft, edit="reword", block=key, words="It closes again. Then it opens.")
    edit(client, draft, edit="about", **metadata())
    assert draft.edits == []


def test_metadata_is_an_edit_and_shows_in_the_library(client: Client, draft: Draft) -> None:
    edit(
        client, draft, edit="about", **metadata(title="Gates, small", authors="N. Field\nO. Hedge")
    )
    assert draft.edits[0]["says"] == "Changed title and authors"
    assert "Gates, small" in client.get("/library/").content.decode()
    assert "N. Field and O. Hedge" in client.get(f"/library/import/{draft.pk}/").content.decode()
    client.post(f"/library/import/{draft.pk}/history/", {"done": "0", "version": seen(draft)})
    assert "Gates, small" not in client.get("/library/").content.decode()


def test_wrong_metadata_is_said_in_place_with_the_words_kept(client: Client, draft: Draft) -> None:
    response = edit(
        client,
        draft,
        edit="about",
        **metadata(title="", abstract="Kept words", published="soon"),
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kept words" in page
    assert "Write the date like 2022-08-04" in page
    assert draft.edits == []


def test_metadata_of_a_later_revision_leaves_the_essay_alone_until_it_is_published(
    people: People, client: Client, draft: Draft
) -> None:
    document = draft.document
    essay = publish(client, draft).essay
    later = Draft.objects.create(
        essay=essay,
        title="Small gates",
        document=document,
        source_name="gates.md",
        source_sha256="0" * 64,
        created_by=people.alice.user,
    )
    edit(client, later, edit="about", **metadata(title="Great gates"))
    assert Essay.objects.get(pk=essay.pk).title == "Small gates"
    assert "Great gates" in client.get(f"/library/import/{later.pk}/").content.decode()
    client.post(f"/library/import/{later.pk}/publication/", {"version": seen(later)})
    assert Essay.objects.get(pk=essay.pk).title == "Great gates"
    later.refresh_from_db()
    assert later.revision is not None
    assert later.revision.metadata["title"] == "Great gates"


def test_notes_are_added_reworded_and_dropped(client: Client, draft: Draft) -> None:
    key = key_of(draft, "It closes")
    edit(
        client,
        draft,
        edit="add_note",
        block=key,
        number="2",
        words="Said *later*.",
        begins="again.",
    )
    block = edited(draft).block(key)
    assert block is not None
    assert [(r.number, r.offset) for r in block.note_refs] == [("2", len("It closes again."))]
    edit(client, draft, edit="reword_note:2", words="Said earlier.")
    note = edited(draft).note("2")
    assert note is not None
    assert note.text == "Said earlier."
    edit(client, draft, edit="drop_note:2")
    assert edited(draft).note("2") is None


def test_reference_that_is_taken_out_is_said(client: Client, draft: Draft) -> None:
    response = edit(
        client, draft, htmx=True, edit="reword", block=key_of(draft, "A gate"), words="A gate."
    )
    assert (
        "the reference to note 1 is taken out"
        in json.loads(response.headers["HX-Trigger"])["announce"]
    )
    assert "Nothing in the text refers to note 1 any more." in response.content.decode()


def test_warning_is_ticked_off_and_counted(client: Client) -> None:
    draft = upload(client, MORE.replace("Once more.", "Once m\ufffdre."))
    ids = edited(draft).warning_ids
    assert len(ids) == 1
    assert ">1</span> to look at" in client.get(f"/library/import/{draft.pk}/").content.decode()
    edit(client, draft, edit=f"look:{ids[0]}")
    page = client.get(f"/library/import/{draft.pk}/").content.decode()
    assert "All looked at" in page
    edit(client, draft, edit=f"unlook:{ids[0]}")
    assert edited(draft).open_warnings == 1


def test_metadata_typed_while_another_window_was_first_is_kept(
    client: Client, draft: Draft
) -> None:
    before = seen(draft)
    edit(client, draft, edit="drop", block=key_of(draft, "Once"))
    fields = metadata(venue="The Far Fence")
    response = edit(client, draft, version=before, edit="about", **fields)
    assert response.status_code == 409
    assert "The Far Fence" in response.content.decode()


def test_published_draft_is_not_edited(client: Client, draft: Draft) -> None:
    version = seen(draft)
    key = key_of(draft, "Once")
    publish(client, draft)
    response = edit(client, draft, version=version, edit="drop", block=key)
    assert response["Location"] == f"/library/essays/{draft.essay_id}/"
    response = edit(client, draft, htmx=True, version=version, edit="drop:x")
    assert response.headers["HX-Redirect"] == f"/library/essays/{draft.essay_id}/"
    assert client.get(f"/library/import/{draft.pk}/edits/").status_code == 405


def test_words_that_are_typed_are_no_markup(client: Client, draft: Draft) -> None:
    key = key_of(draft, "Once")
    wicked = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert)"
    edit(client, draft, edit="reword", block=key, words=wicked)
    page = client.get(f"/library/import/{draft.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert texts(draft)[-1] == wicked


def test_the_action_says_why(people: People, draft: Draft) -> None:
    with pytest.raises(CannotEdit, match="not there any more"):
        edit_actions.record_edit(
            draft=draft, edit=Drop("nothere"), seen=seen(draft), by=people.alice.user
        )


def queries(client: Client, draft: Draft, **fields: Any) -> int:
    version = seen(draft)
    with CaptureQueriesContext(connection) as captured:
        response = client.post(
            f"/library/import/{draft.pk}/edits/",
            {"version": version, **fields},
            headers={"HX-Request": "true"},
        )
    assert response.status_code == 200
    return len(captured)


def test_a_fixed_number_of_queries(client: Client, draft: Draft) -> None:
    long = upload(client, long_essay(200), "walk.md")
    assert queries(client, draft, edit="drop", block=key_of(draft, "Once")) == queries(
        client, long, edit="drop", block=key_of(long, "On day 3 ")
    )


def test_edits_follow_each_other_by_the_state_that_each_answer_names(
    client: Client, draft: Draft
) -> None:
    """What a page is told after an edit is what the database holds then."""
    block = key_of(draft, "It closes")
    made = {"edit": "kind", "block": block, "kind": "heading", "level": "3"}
    page = edit(client, draft, htmx=True, **made).content.decode()
    assert f'name="version" value="{seen(draft)}"' in page

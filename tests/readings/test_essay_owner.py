"""Whose essay it is: what all who read it share is changed by nobody else."""

import pytest
from django.core.exceptions import PermissionDenied

from documents.editing.edits import About
from readings.drafts.actions import publish
from readings.drafts.edit_actions import record_edit
from readings.models import Draft, Reading
from readings.revisions.actions import withdraw_revision
from tests.base import PARAGRAPHS, People
from tests.readings.editing import edit, seen
from tests.readings.library import markdown, metadata

SHARED = ["On margins", ["Ada Reader"]]


@pytest.fixture
def draft(people: People, reading: Reading) -> Draft:
    """A new file for Alice's essay, brought in by Bob, who instructs beside her."""
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    text = "# Bob's margins\n\n*By Bob*\n\n" + "\n\n".join([*PARAGRAPHS, "And one more."])
    url = f"/library/essays/{reading.essay_id}/revisions/"
    assert people.client("bob").post(url, {"file": markdown(text)}).status_code == 302
    return Draft.objects.get()


def shared(reading: Reading) -> list[object]:
    reading.essay.refresh_from_db()
    return [reading.essay.title, reading.essay.authors]


def test_the_page_says_whose_it_is_and_offers_no_form(
    people: People, reading: Reading, draft: Draft
) -> None:
    page = people.client("bob").get(f"/library/import/{draft.pk}/").content.decode()
    assert "Alice brought this essay in, and says what is known about it." in page
    assert 'name="title"' not in page
    assert "Put it right" not in page
    alices = people.client("alice").post(f"/library/essays/{reading.essay_id}/text/")["Location"]
    assert 'name="title"' in people.client("alice").get(alices).content.decode()


def test_anothers_revision_changes_the_text_and_not_what_all_share(
    people: People, reading: Reading, draft: Draft
) -> None:
    sent = metadata(title="Bob's own title", authors="Bob") | {"readings": [reading.pk]}
    response = people.client("bob").post(f"/library/import/{draft.pk}/publication/", sent)
    draft.refresh_from_db()
    assert draft.revision is not None
    assert response["Location"] == f"/library/revisions/{draft.revision.pk}/changes/"
    reading.refresh_from_db()
    assert reading.revision == draft.revision
    assert shared(reading) == SHARED
    assert draft.revision.essay_before == {}
    # To take it back is no more than to take the text back.
    withdraw_revision(revision=draft.revision, by=people.bob.user)
    assert shared(reading) == SHARED


def test_what_is_typed_for_anothers_essay_stays_with_the_revision(
    people: People, reading: Reading, draft: Draft
) -> None:
    """Even where no page offered it: the action decides."""
    typed = {"title": "Bob's own title"}
    revision = publish(draft=draft, metadata=typed, by=people.bob.user)
    assert revision.metadata["title"] == "Bob's own title"
    assert shared(reading) == SHARED


def test_an_edit_of_it_is_refused(people: People, reading: Reading, draft: Draft) -> None:
    response = edit(people.client("bob"), draft, edit="about", **metadata(title="Bob's"))
    assert response.status_code == 403
    with pytest.raises(PermissionDenied):
        record_edit(
            draft=draft, edit=About({"title": "Bob's"}), seen=seen(draft), by=people.bob.user
        )
    draft.refresh_from_db()
    assert draft.edits == []


def test_the_owner_changes_it_and_withdrawing_puts_it_back(
    people: People, reading: Reading
) -> None:
    url = people.client("alice").post(f"/library/essays/{reading.essay_id}/text/")["Location"]
    sent = metadata(title="On wide margins", authors="Ada Reader")
    people.client("alice").post(f"{url}publication/", sent)
    assert shared(reading)[0] == "On wide margins"
    revision = reading.essay.revisions.get(number=2)
    withdraw_revision(revision=revision, by=people.alice.user)
    assert shared(reading) == SHARED

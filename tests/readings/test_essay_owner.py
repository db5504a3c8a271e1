"""Whose essay it is: its owner changes it, with whom they share it, and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied

from readings.drafts.actions import publish, start_import
from readings.essays.actions import end_sharing
from readings.models import Draft, Essay, Reading, Revision
from readings.revisions.actions import withdraw_revision
from tests.base import PARAGRAPHS, People
from tests.readings.library import markdown, metadata, share

OF_ALICE = ["On margins", ["Ada Reader"], "Alice"]
TEXT = "# Bob's margins\n\n*By Bob*\n\n" + "\n\n".join([*PARAGRAPHS, "And one more."])


def begin_revision(people: People, reading: Reading) -> Draft:
    """Bob uploads a new file for the essay."""
    url = f"/library/essays/{reading.essay_id}/revisions/"
    assert people.client("bob").post(url, {"file": markdown(TEXT)}).status_code == 302
    return Draft.objects.get()


def known(essay: Essay) -> list[object]:
    essay.refresh_from_db()
    return [essay.title, essay.authors, essay.created_by.name]


def publish_by_page(people: People, draft: Draft, *, revises: object, **changes: object) -> int:
    sent = metadata(title="Bob's margins", authors="Bob") | {"revises": revises} | changes
    url = f"/library/import/{draft.pk}/publication/"
    return people.client("bob").post(url, sent).status_code


def test_who_instructs_a_seminar_that_reads_it_cannot_revise_it(
    colleagues: People, reading: Reading
) -> None:
    bob = colleagues.client("bob")
    page = bob.get(f"/library/essays/{reading.essay_id}/").content.decode()
    assert "This is an essay of Alice" in page
    assert "Upload a new file" not in page
    assert "Make a copy of your own" in page
    url = f"/library/essays/{reading.essay_id}/revisions/"
    assert bob.get(url).status_code == 403
    assert bob.post(url, {"file": markdown(TEXT)}).status_code == 403
    with pytest.raises(PermissionDenied):
        start_import(data=b"# A\n\nB", filename="a.md", by=colleagues.bob.user, essay=reading.essay)


def test_a_copy_is_an_essay_of_their_own(colleagues: People, reading: Reading) -> None:
    preview = colleagues.client("bob").post(f"/library/essays/{reading.essay_id}/text/")["Location"]
    page = colleagues.client("bob").get(preview).content.decode()
    assert "Publishing makes an" in page
    assert 'name="readings"' not in page
    draft = Draft.objects.get()
    assert publish_by_page(colleagues, draft, revises="", readings=[reading.pk]) == 302
    copy = Essay.objects.exclude(pk=reading.essay_id).get()
    assert known(copy) == ["Bob's margins", ["Bob"], "Bob"]
    assert known(reading.essay) == OF_ALICE
    assert Revision.objects.filter(essay=reading.essay).count() == 1
    reading.refresh_from_db()
    assert reading.revision.number == 1


def test_whom_it_is_shared_with_revises_it(colleagues: People, reading: Reading) -> None:
    share(colleagues, reading)
    draft = begin_revision(colleagues, reading)
    sent = {"revises": reading.essay_id, "readings": [reading.pk]}
    assert publish_by_page(colleagues, draft, **sent) == 302
    assert known(reading.essay) == ["Bob's margins", ["Bob"], "Alice"]
    reading.refresh_from_db()
    assert reading.revision.number == 2
    withdraw_revision(revision=reading.revision, by=colleagues.bob.user)
    assert known(reading.essay) == OF_ALICE


def test_a_draft_outlives_the_sharing_as_an_essay_of_their_own(
    colleagues: People, reading: Reading
) -> None:
    share(colleagues, reading)
    draft = begin_revision(colleagues, reading)
    url = f"/library/essays/{reading.essay_id}/editors/{colleagues.bob.user_id}/removal/"
    assert colleagues.client("alice").post(url).status_code == 302
    # Their page was loaded before: nothing is published as something else than it said.
    assert publish_by_page(colleagues, draft, revises=reading.essay_id) == 409
    assert Revision.objects.count() == 1
    assert publish_by_page(colleagues, draft, revises="") == 302
    assert Revision.objects.filter(essay=reading.essay).count() == 1
    assert Essay.objects.filter(created_by=colleagues.bob.user).count() == 1


@pytest.mark.parametrize("change", ["removed", "demoted"])
def test_who_was_removed_or_demoted_changes_no_text_of_another(
    colleagues: People, reading: Reading, change: str
) -> None:
    share(colleagues, reading)
    draft = begin_revision(colleagues, reading)
    end_sharing(essay=reading.essay, editor_id=colleagues.bob.user_id, by=colleagues.alice.user)
    sent = {"role": "participant", "group": "", "version": colleagues.bob.edit_version}
    url = f"/s/{reading.seminar.slug}/people/{colleagues.bob.pk}/"
    client = colleagues.client("alice")
    done = client.post(url + "removal/") if change == "removed" else client.post(url, sent)
    assert done.status_code == 302
    publish(draft=draft, metadata={}, by=colleagues.bob.user, readings=[reading.pk])
    assert known(reading.essay) == OF_ALICE
    reading.refresh_from_db()
    assert reading.revision.number == 1

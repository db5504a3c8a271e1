"""Uploading a file: it becomes a draft; what cannot be read is kept with the reason."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from readings.drafts.actions import start_import
from readings.essays import translated
from readings.models import Block, Draft, Essay, ImportState
from tests.base import People
from tests.readings.library import (
    ESSAY,
    NOT_AN_ESSAY,
    markdown,
    picture,
    publish,
    sent,
    upload,
)

URL = "/library/import/"


def test_page_works(people: People) -> None:
    response = people.client("alice").get(URL)
    assert response.status_code == 200
    assert b"Import an essay" in response.content


def test_file_becomes_a_draft_that_nobody_can_read_yet(people: People) -> None:
    draft = upload(people.client("alice"))
    assert draft.revision is None
    assert draft.created_by == people.alice.user
    assert draft.title == "Small gates"
    with draft.source.open("rb") as file:
        assert file.read() == ESSAY.encode()
    assert not Block.objects.exists()
    assert not Essay.objects.exists()


def test_file_that_cannot_be_read_is_kept_with_the_reason(people: People) -> None:
    client = people.client("alice")
    draft = sent(client, picture())
    assert draft.state == ImportState.REFUSED
    assert draft.refusal["code"] == "unsupported_format"
    assert draft.document == {}
    with draft.source.open("rb") as file:
        assert file.read() == NOT_AN_ESSAY
    page = client.get(URL).content.decode()
    assert "“essay.png” could not be read, and is kept" in page
    assert translated(draft.refusal["message"]) in page
    assert f"/library/import/{draft.pk}/attempt/" in page
    assert not Essay.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_only_the_last_refused_file_is_kept_and_a_good_one_replaces_it(people: People) -> None:
    client = people.client("alice")
    one = sent(client, picture("one.png"))
    two = sent(client, picture("two.png"))
    assert [draft.source_name for draft in Draft.objects.all()] == ["two.png"]
    assert not default_storage.exists(str(one.source.name))
    upload(client)
    assert "is kept" not in client.get(URL).content.decode()
    assert not default_storage.exists(str(two.source.name))
    assert Draft.objects.get().title == "Small gates"


def test_kept_file_is_its_owners_alone(people: People) -> None:
    bob_too = people.bob
    bob_too.role = "instructor"
    bob_too.save(update_fields=["role"])
    draft = sent(people.client("alice"), picture())
    assert "essay.png" not in people.client("bob").get(URL).content.decode()
    upload(people.client("bob"))
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_no_file_is_said(people: People) -> None:
    response = people.client("alice").post(URL, {})
    assert response.status_code == 422
    assert "Choose the file that holds the essay’s text." in response.content.decode()


def test_empty_file_is_refused_in_place(people: People) -> None:
    response = people.client("alice").post(URL, {"file": SimpleUploadedFile("a.md", b"")})
    assert response.status_code == 422
    assert "This file is empty." in response.content.decode()


def test_too_large_a_file_is_refused(people: People, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 100
    response = people.client("alice").post(URL, {"file": markdown("word " * 50)})
    assert response.status_code == 422
    assert "the limit is 100" in response.content.decode().replace("\xa0", " ")
    assert not Draft.objects.exists()


def test_name_that_climbs_out_of_the_folder_is_cut(people: People) -> None:
    draft = upload(people.client("alice"), name="../../etc/passwd.md")
    assert draft.source_name == "passwd.md"
    assert ".." not in str(draft.source.name)


@pytest.mark.parametrize("key", ["bob", "carol", "grace", "mallory"])
def test_library_is_for_instructors(people: People, key: str) -> None:
    client = people.client(key)
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"file": markdown()}).status_code == 403
    assert not Draft.objects.exists()


def test_anonymous_signs_in_first(people: People) -> None:
    assert Client().get(URL).status_code == 302


def test_wrong_method(people: People) -> None:
    assert people.client("alice").delete(URL).status_code == 405


def test_same_file_again_is_the_same_draft(people: People) -> None:
    client = people.client("alice")
    first = upload(client)
    assert upload(client) == first
    assert upload(client, ESSAY + "\nMore.\n") != first
    publish(client, first)
    assert upload(client) != first


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_make_one_draft(people: People) -> None:
    def click(_: int) -> None:
        try:
            start_import(data=ESSAY.encode(), filename="gates.md", by=people.alice.user)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(click, range(8)))
    assert Draft.objects.count() == 1
    assert not Essay.objects.exists()

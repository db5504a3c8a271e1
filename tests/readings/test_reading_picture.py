"""A picture of the essay, for who may read it."""

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from readings.drafts.actions import discard
from readings.drafts.pictures import keep_pictures
from readings.models import Picture, Reading, Revision
from tests.base import People
from tests.readings.library import publish, upload
from tests.readings.pictures import essay_with_picture


@pytest.fixture
def revision(people: People) -> Revision:
    draft = upload(people.client("alice"), essay_with_picture())
    return publish(people.client("alice"), draft)


@pytest.fixture
def reading(people: People, revision: Revision) -> Reading:
    return Reading.objects.create(
        seminar=people.seminar,
        essay=revision.essay,
        revision=revision,
        slug="gates",
        open_to_guests=True,
        created_by=people.alice,
    )


def test_is_sent_as_what_it_was_checked_to_be(people: People, reading: Reading) -> None:
    response = people.client("grace").get("/s/seminar/r/gates/pictures/1.png/")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"].startswith("private, max-age=")
    assert Image.open(BytesIO(response.content)).size == (40, 30)


def test_anonymous_and_strangers(people: People, reading: Reading) -> None:
    url = "/s/seminar/r/gates/pictures/1.png/"
    assert Client().get(url).status_code == 302
    assert people.client("mallory").get(url).status_code == 404
    assert people.client("alice").post(url).status_code == 405


@pytest.mark.parametrize("name", ["2.png", "1.jpg", "..", "1.png%00"])
def test_no_other_name_is_one(people: People, reading: Reading, name: str) -> None:
    assert people.client("alice").get(f"/s/seminar/r/gates/pictures/{name}/").status_code == 404


def test_only_of_the_revision_that_is_read(people: People, reading: Reading) -> None:
    draft = upload(people.client("alice"), essay_with_picture().replace("winter", "spring"))
    row = Picture.objects.get(draft=draft)
    row.name = "9.png"
    row.save(update_fields=["name"])
    assert people.client("alice").get("/s/seminar/r/gates/pictures/9.png/").status_code == 404


def test_a_file_that_is_gone_is_no_server_error(people: People, reading: Reading) -> None:
    picture = Picture.objects.get(revision=reading.revision)
    picture.file.storage.delete(str(picture.file.name))
    assert people.client("alice").get("/s/seminar/r/gates/pictures/1.png/").status_code == 404


def test_stands_on_the_page_with_its_size_and_words(people: People, reading: Reading) -> None:
    page = people.client("carol").get("/s/seminar/r/gates/").content.decode()
    image = re.search(r"<img[^>]*>", page)
    assert image
    source = re.search(r'src="([^"]*)"', image[0])
    assert source
    assert people.client("carol").get(source[1]).status_code == 200
    assert 'alt="A gate, shut."' in image[0]
    assert 'width="40" height="30"' in image[0]
    assert "<figcaption data-text>The gate in winter</figcaption>" in page
    assert "it was not in the file" not in page
    assert "picture:" not in page


def test_one_that_is_not_kept_is_told(people: People, reading: Reading) -> None:
    Picture.objects.all().delete()
    page = people.client("carol").get("/s/seminar/r/gates/").content.decode()
    assert "A picture stood here; it was not in the file." in page
    assert "<figcaption data-text>The gate in winter</figcaption>" in page
    assert "picture:" not in page


def test_goes_with_a_draft_that_is_discarded(
    people: People, django_capture_on_commit_callbacks: object
) -> None:
    draft = upload(people.client("alice"), essay_with_picture())
    name = str(Picture.objects.get(draft=draft).file.name)
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        discard(draft=draft, by=people.alice.user)
    assert not Picture.objects.filter(draft_id=draft.pk).exists()
    assert not default_storage.exists(name)


def test_another_reading_of_the_file_leaves_no_old_ones(
    people: People, django_capture_on_commit_callbacks: object
) -> None:
    draft = upload(people.client("alice"), essay_with_picture())
    old = Picture.objects.get(draft=draft)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        keep_pictures(draft=draft, pictures=[])
    assert not draft.pictures.exists()
    assert not default_storage.exists(str(old.file.name))

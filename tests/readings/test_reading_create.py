"""Putting an essay before the seminar."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from readings.models import Essay, Guide, Reading
from readings.setup.actions import create_reading
from readings.setup.seminar_readings import AlreadyRead
from tests.base import People, make_people, make_reading
from tests.readings.library import publish, upload

URL = "/s/seminar/readings/"
GUIDE = """---
guide: 1
title: Guide to the gates
essay: "SMALL — gates"
---

## Note ¶ 1 "changed its mind"

Look at the fence again.

## Note ¶ 1 "words that are nowhere"

Lost.
"""


@pytest.fixture
def essay(people: People) -> Essay:
    client = people.client("alice")
    return publish(client, upload(client)).essay


def put(people: People, essay: Essay, **data: Any) -> Any:
    return people.client("alice").post(URL, {"essay": essay.pk, **data}, follow=True)


def test_form_offers_the_library_and_remembers_the_choice(people: People, essay: Essay) -> None:
    page = people.client("alice").get(f"{URL}?essay={essay.pk}").content.decode()
    assert f'<option value="{essay.pk}" selected>' in page


def test_essay_is_put_before_the_seminar(people: People, essay: Essay) -> None:
    response = put(people, essay, due_at="2030-03-12T10:00", open_to_guests="on")
    reading = Reading.objects.get()
    assert reading.slug == "small-gates"
    assert reading.seminar == people.seminar
    assert reading.revision.published_at is not None
    assert reading.open_to_guests
    assert reading.due_at is not None
    assert reading.due_at.isoformat() == "2030-03-12T10:00:00+00:00"
    assert response.redirect_chain[-1][0] == "/s/seminar/r/small-gates/"
    assert "A gate is a fence" in response.content.decode()


def test_seminar_reads_an_essay_once(people: People, essay: Essay) -> None:
    put(people, essay)
    again = people.client("alice").post(URL, {"essay": essay.pk, "due_at": "2030-03-12T10:00"})
    assert again.status_code == 422
    assert "2030-03-12T10:00" in again.content.decode()
    assert Reading.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_make_one_reading(people: People, essay: Essay) -> None:
    def click(_: int) -> bool:
        try:
            create_reading(essay=essay, by=people.alice)
        except AlreadyRead:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(click, range(8))) == 1
    assert Reading.objects.count() == 1


def test_address_that_is_taken_gets_a_number(people: People, essay: Essay) -> None:
    make_reading(people, slug="small-gates")
    put(people, essay)
    assert Reading.objects.filter(slug="small-gates-2", essay=essay).exists()


def test_guide_on_the_shelf_adds_itself(
    people: People, essay: Essay, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "gates.md").write_text(GUIDE, encoding="utf-8")
    settings.GUIDE_DIRS = [tmp_path]
    page = put(people, essay).content.decode()
    assert "The guide that was ready for it has been added; 1 part of it found no place" in page
    assert "Look at the fence again." in page


def test_damaged_guide_keeps_no_essay_away(
    people: People, essay: Essay, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "gates.md").write_text(GUIDE.replace("guide: 1", "guide: ["), encoding="utf-8")
    settings.GUIDE_DIRS = [tmp_path]
    put(people, essay)
    assert not Guide.objects.exists()


def test_due_before_it_opens_is_said(people: People, essay: Essay) -> None:
    data = {"essay": essay.pk, "opens_at": "2030-03-12T10:00", "due_at": "2030-03-11T10:00"}
    response = people.client("alice").post(URL, data)
    assert response.status_code == 422
    assert "This is before the reading opens." in response.content.decode()
    assert not Reading.objects.exists()


def test_only_essays_of_ones_own_library(people: People) -> None:
    theirs = make_reading(make_people("other")).essay
    assert people.client("alice").post(URL, {"essay": theirs.pk}).status_code == 422
    assert not Reading.objects.filter(seminar=people.seminar).exists()


def test_who_may(people: People, essay: Essay) -> None:
    for key in ("bob", "carol", "grace"):
        assert people.client(key).get(URL).status_code == 403
        assert people.client(key).post(URL, {"essay": essay.pk}).status_code == 403
    assert people.client("mallory").post(URL, {"essay": essay.pk}).status_code == 404
    assert Client().get(URL).status_code == 302
    assert people.client("alice").delete(URL).status_code == 405
    assert not Reading.objects.exists()

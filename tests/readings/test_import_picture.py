"""A picture of a draft, for who imported it."""

import re

import pytest
from django.test import Client

from readings.models import Draft
from tests.base import People
from tests.readings.library import upload
from tests.readings.pictures import essay_with_picture


@pytest.fixture
def draft(people: People) -> Draft:
    return upload(people.client("alice"), essay_with_picture())


def test_is_shown_in_the_preview(people: People, draft: Draft) -> None:
    page = people.client("alice").get(f"/library/import/{draft.pk}/").content.decode()
    source = re.search(r'<img[^>]* src="([^"]*/pictures/1\.png/[^"]*)"', page)
    assert source
    response = people.client("alice").get(source[1])
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "picture:" not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.DOTALL)


def test_nobody_else_sees_it(people: People, draft: Draft) -> None:
    url = f"/library/import/{draft.pk}/pictures/1.png/"
    assert Client().get(url).status_code == 302
    assert people.client("bob").get(url).status_code == 403
    assert people.client("mallory").get(url).status_code == 403
    assert people.client("alice").post(url).status_code == 405
    assert (
        people.client("alice").get(f"/library/import/{draft.pk}/pictures/2.png/").status_code == 404
    )

"""My essays, and where they are read."""

import pytest
from django.test import Client

from readings.models import Draft
from tests.base import People, make_people, make_reading
from tests.queries import PageQueries
from tests.readings.library import publish, upload


def test_empty_library_says_how_to_begin(people: People) -> None:
    page = people.client("alice").get("/library/").content.decode()
    assert "No essays yet" in page
    assert "/library/import/" in page


def test_drafts_and_essays_are_listed_apart(people: People) -> None:
    client = people.client("alice")
    publish(client, upload(client))
    upload(client, "# Large gates\n\nThey stay open, whatever the weather is.\n")
    page = client.get("/library/").content.decode()
    drafts, essays = page.split("Essays</h2>")
    assert "Large gates" in drafts
    assert "Small gates" in essays
    assert "Not read anywhere yet" in essays


def test_tells_where_an_essay_is_read_but_not_in_others_seminars(people: People) -> None:
    other = make_people("other")
    mine = make_reading(people)
    theirs = make_reading(other)
    page = people.client("alice").get("/library/").content.decode()
    assert mine.get_absolute_url() in page
    assert theirs.get_absolute_url() not in page


def test_anothers_import_is_not_listed(people: People) -> None:
    upload(people.client("alice"))
    people.bob.role = "instructor"
    people.bob.save(update_fields=["role"])
    assert "Small gates" not in people.client("bob").get("/library/").content.decode()


def test_who_may_see_it(people: People) -> None:
    for key in ("bob", "carol", "grace", "mallory"):
        assert people.client(key).get("/library/").status_code == 403
    assert Client().get("/library/").status_code == 302
    assert people.client("alice").post("/library/").status_code == 405


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_essays(people: People) -> None:
    client = people.client("alice")
    user = people.alice.user

    def add(count: int, first: int) -> None:
        for number in range(first, first + count):
            make_reading(people, slug=f"essay-{number}")
            Draft.objects.create(title=f"Draft {number}", source_name="a.md", created_by=user)

    def queries() -> int:
        with PageQueries() as captured:
            assert client.get("/library/").status_code == 200
        return len(captured)

    add(1, 0)
    one = queries()
    add(30, 1)
    assert queries() == one

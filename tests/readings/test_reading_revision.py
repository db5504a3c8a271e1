"""A new revision is there: what would become of each passage, and moving the reading to it."""

import pytest
from django.test import Client

from readings.models import Passage, Reading
from tests.base import People
from tests.discussions.base import say
from tests.readings.revised import REVISED, revise, standing


def url(reading: Reading) -> str:
    return f"{reading.get_absolute_url()}revision/"


def test_shows_what_would_become_of_each_passage_and_changes_nothing(
    people: People, reading: Reading
) -> None:
    say(reading, people.carol, "Where did it go?", block="p2", quote="a conversation begins")
    say(reading, people.dan, block="p3", quote="Printers left it wide")
    before = standing(reading)
    revise(reading, REVISED, move=False)
    client = people.client("alice")
    assert "A new revision" in client.get(f"{reading.get_absolute_url()}settings/").content.decode()
    essay = client.get(f"/library/essays/{reading.essay_id}/").content.decode()
    assert url(reading) in essay
    page = client.get(url(reading)).content.decode()
    for told in (
        "a conversation begins",
        "Thread by Carol",
        "Where did it go?",
        "<b>1</b> in their",
    ):
        assert told in page
    assert "Thread by Dan" not in page  # it stays where it is
    assert standing(reading) == before


def test_words_that_others_keep_to_themselves_are_only_counted(
    people: People, reading: Reading
) -> None:
    say(
        reading,
        people.carol,
        "A private thought.",
        audience="me",
        block="p2",
        quote="no method is older",
    )
    revise(reading, REVISED, move=False)
    page = people.client("alice").get(url(reading)).content.decode()
    assert "no method is older" not in page
    assert "A private thought" not in page
    assert "1 in threads that only their authors see" in page


def test_moves_to_the_revision_that_was_looked_at(people: People, reading: Reading) -> None:
    newer = revise(reading, REVISED, move=False)
    client = people.client("alice")
    for sent in ({}, {"revision": reading.revision_id}, {"revision": "nonsense"}):
        assert client.post(url(reading), sent)["Location"] == url(reading)
    reading.refresh_from_db()
    assert reading.revision.number == 1
    response = client.post(url(reading), {"revision": newer.pk})
    assert response["Location"] == f"{reading.get_absolute_url()}changes/"
    reading.refresh_from_db()
    assert reading.revision == newer
    assert "there is no newer one" in client.get(url(reading)).content.decode()
    for page in (url(reading), f"{reading.get_absolute_url()}settings/"):
        assert "What became of the passages" in client.get(page).content.decode()
    client.post(url(reading), {"revision": newer.pk})
    assert reading.reanchorings.count() == 1


def test_fixed_number_of_queries(
    people: People, reading: Reading, django_assert_num_queries: object
) -> None:
    revise(reading, REVISED, move=False)
    client = people.client("alice")
    client.get(url(reading))  # whoever comes first is remembered
    for threads in (1, 199):
        for number in range(threads):
            say(reading, people.carol, f"Remark {number}.", block="p2", quote="a conversation")
        with django_assert_num_queries(QUERIES):  # type: ignore[operator]
            assert client.get(url(reading)).status_code == 200
    assert Passage.objects.filter(reading=reading).count() == 200


QUERIES = 18  # three of them the bell’s, one what waits at the desk


@pytest.mark.parametrize("key", ["bob", "carol", "grace"])
def test_members_who_do_not_instruct(people: People, reading: Reading, key: str) -> None:
    assert people.client(key).get(url(reading)).status_code == 403
    assert people.client(key).post(url(reading), {}).status_code == 403


def test_strangers(people: People, reading: Reading) -> None:
    assert people.client("mallory").get(url(reading)).status_code == 404
    assert Client().get(url(reading)).status_code == 302
    assert people.client("alice").delete(url(reading)).status_code == 405

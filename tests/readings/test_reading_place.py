"""Keeping one's place."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from readings.models import Reading, Visit
from readings.page.visits import save_place
from tests.base import People


def place(client: Client, reading: Reading, block: str, progress: object) -> int:
    data = {"block": block, "progress": progress}
    return client.post(f"{reading.get_absolute_url()}place/", data).status_code


def test_place_and_furthest_progress_are_kept(people: People, reading: Reading) -> None:
    client = people.client("carol")
    assert place(client, reading, "p3", 80) == 204
    assert place(client, reading, "p1", 20) == 204
    visit = Visit.objects.get()
    assert (visit.membership, visit.place, visit.progress) == (people.carol, "p1", 80)


def test_wrong_words_are_refused_and_change_nothing(people: People, reading: Reading) -> None:
    client = people.client("carol")
    place(client, reading, "p2", 50)
    wrong: list[tuple[str, object]] = [
        ("nowhere", 60),
        ("p3", 101),
        ("p3", -1),
        ("p3", "much"),
        ("", 60),
        ("p3", ""),
    ]
    for block, progress in wrong:
        assert place(client, reading, block, progress) == 422
    visit = Visit.objects.get()
    assert (visit.place, visit.progress) == ("p2", 50)


def test_place_is_a_sign_of_them_but_shows_them_nothing(people: People, reading: Reading) -> None:
    place(people.client("carol"), reading, "p1", 10)
    shown = timezone.now() - timedelta(minutes=20)
    Visit.objects.update(seen_at=shown, shown_at=shown)
    place(people.client("carol"), reading, "p2", 50)
    visit = Visit.objects.get()
    assert (visit.shown_at, visit.new_since) == (shown, None)
    assert visit.seen_at > timezone.now() - timedelta(minutes=1)


def test_who_may(people: People, reading: Reading) -> None:
    assert place(people.client("grace"), reading, "p1", 10) == 204
    assert place(people.client("mallory"), reading, "p1", 10) == 404
    assert place(Client(), reading, "p1", 10) == 401
    assert people.client("carol").get(f"{reading.get_absolute_url()}place/").status_code == 405
    Reading.objects.update(open_to_guests=False)
    assert place(people.client("grace"), reading, "p2", 20) == 404
    assert list(Visit.objects.values_list("membership", "place")) == [(people.grace.pk, "p1")]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_visit_with_the_furthest(people: People, reading: Reading) -> None:
    def keep(progress: int) -> None:
        try:
            save_place(reading=reading, by=people.carol, block="p2", progress=progress)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(5, 100, 5)))
    assert Visit.objects.get().progress == 95

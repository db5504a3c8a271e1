"""A seeded instance holds what its scale says, as if people had written it."""

import re
import uuid

import pytest
from django.db import transaction
from django.test import Client

from discussions.common.counters import wrong_counts
from discussions.models import Comment, Thread
from readings.models import Reading
from scripts.bench import seed
from scripts.bench.pages import addresses, headers_of, page_of, threads_of
from scripts.bench.sessions import FORM_HEADERS
from seminars.models import Membership, Seminar

TINY = seed.Scale(seminars=2, people=14, readings=1, comments=200, grown=250, large=200, many=220)


def words_of_the_first_seminar() -> list[tuple[str, str]]:
    comments = Comment.objects.filter(seminar__slug="seminar-0").order_by("thread_id", "seq")
    return list(comments.values_list("thread__passage__quote", "body"))


@pytest.mark.django_db
def test_whole_instance() -> None:
    seed.seed_whole(TINY)
    assert Seminar.objects.count() == 2 + 3  # with those that are measured for their size
    assert Membership.objects.count() == 5 * 14 + 1  # one is in both seminars
    many = {
        f"{reading.seminar.slug}/{reading.slug}": (
            reading.threads.exclude(audience="me").count(),
            Comment.objects.filter(thread__reading=reading).exclude(thread__audience="me").count(),
        )
        for reading in Reading.objects.select_related("seminar")
    }
    assert many == {
        "seminar-0/reading-0": (200, 200),
        "seminar-1/reading-0": (200, 200),
        "figures/one": (1, 1),
        "figures/grown": (200, 250),
        "large/reading-0": (200, 200),
        "large/reading-1": (200, 200),
        "many/reading-0": (220, 220),
    }
    assert wrong_counts() == []
    for thread in Thread.objects.filter(reading__slug="grown"):
        said = list(thread.comments.order_by("seq").values_list("created_at", flat=True))
        assert said == sorted(said)
        assert (thread.created_at, thread.active_at) == (said[0], said[-1])


@pytest.mark.django_db
def test_first_seminar_is_the_same_alone() -> None:
    with transaction.atomic():
        seed.seed_one(TINY)
        alone = words_of_the_first_seminar()
        assert Seminar.objects.count() == 1
        transaction.set_rollback(True)
    seed.seed_whole(TINY)
    assert words_of_the_first_seminar() == alone


@pytest.mark.django_db
def test_members_are_signed_in_and_may_write() -> None:
    seed.seed_one(TINY)
    where = addresses()
    client = Client(headers=headers_of(seed.WRITERS[-1]), enforce_csrf_checks=True)
    for path in ("/", page_of(), threads_of(), where.thread, where.quiz):
        assert client.get(path).status_code == 200, path
    body = {"body": "A reply.", "client_key": str(uuid.uuid4())}
    headers = {"X-CSRFToken": FORM_HEADERS["X-CSRFToken"]}
    answer = client.post(where.replies[7], body, headers=headers)
    assert answer.status_code == 302
    assert Comment.objects.filter(body="A reply.").count() == 1


def marked_threads(page: str) -> set[str]:
    """The pks of the threads whose words are marked on a page."""
    return {pk for found in re.findall(r'data-threads="([^"]*)"', page) for pk in found.split()}


@pytest.mark.django_db
def test_unread_and_private_readers_see_what_their_rows_say() -> None:
    seed.seed_one(TINY)
    pages = {
        place: Client(headers=headers_of(place)).get(page_of()).content.decode()
        for place in (seed.CAUGHT_UP, seed.UNREAD, seed.PRIVATE)
    }
    reading = Reading.objects.get()
    private = Thread.objects.filter(reading=reading, audience="me")
    assert private.count() == seed.PRIVATE_NOTES
    marked = {place: marked_threads(page) for place, page in pages.items()}
    own = {str(thread.pk) for thread in private}
    assert own <= marked[seed.PRIVATE]
    assert not own & marked[seed.CAUGHT_UP]
    assert "data-unread" in pages[seed.UNREAD]
    assert "data-unread" not in pages[seed.CAUGHT_UP]

"""One seminar: what it reads, and where one stands in it."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from readings.models import Reading, Visit
from tests.base import People, make_people, make_reading
from tests.seminars.helpers import queries, words

URL = reverse("seminar_detail", args=["seminar"])
DAY = timedelta(days=1)


def test_lists_readings_by_due_date(people: People) -> None:
    now = timezone.now()
    for slug, due in {"second": now + 2 * DAY, "undated": None, "first": now + DAY}.items():
        make_reading(people, slug=slug, due_at=due)
    page = people.client("carol").get(URL).content.decode()
    assert page.index("/r/first/") < page.index("/r/second/") < page.index("/r/undated/")
    assert "Ada Reader" in page


def test_leads_back_to_the_paragraph_reached(people: People) -> None:
    reading = make_reading(people)
    Visit.objects.create(
        seminar=people.seminar, reading=reading, membership=people.carol, place="p2", progress=40
    )
    answer = people.client("carol").get(URL)
    assert "Continue at ¶ 2" in words(answer)
    assert "40 % read, last at ¶ 2" in words(answer)
    assert f'href="{reading.get_absolute_url()}#p2"' in answer.content.decode()
    assert "Not begun" in words(people.client("dan").get(URL)), "each has a place of their own"


def test_leads_back_to_a_heading(people: People) -> None:
    reading = make_reading(people)
    Visit.objects.create(
        seminar=people.seminar, reading=reading, membership=people.carol, place="h1", progress=5
    )
    page = people.client("carol").get(URL).content.decode()
    assert f'href="{reading.get_absolute_url()}#b-h1"' in page


def test_says_what_is_read_and_what_is_overdue(people: People) -> None:
    yesterday = timezone.now() - DAY
    done = make_reading(people, slug="done", due_at=yesterday)
    Visit.objects.create(
        seminar=people.seminar, reading=done, membership=people.carol, place="p3", progress=100
    )
    page = words(people.client("carol").get(URL))
    assert "Read to the end" in page
    assert "Was due" not in page
    make_reading(people, slug="late", due_at=yesterday)
    assert "Was due" in words(people.client("carol").get(URL))


def test_shows_what_has_not_opened_to_staff_alone(people: People) -> None:
    make_reading(people, opens_at=timezone.now() + DAY)
    assert "Opens" in words(people.client("bob").get(URL))
    assert "On margins" not in words(people.client("carol").get(URL))


def test_guests_see_what_is_open_to_them(people: People) -> None:
    make_reading(people, slug="open")
    make_reading(people, slug="closed", open_to_guests=False)
    page = people.client("grace").get(URL).content.decode()
    assert "/r/open/" in page
    assert "/r/closed/" not in page
    assert reverse("people", args=["seminar"]) not in page


def test_empty_state_names_the_next_step(people: People) -> None:
    instructor = people.client("alice").get(URL)
    assert "No readings yet" in words(instructor)
    assert "Import an essay" in words(instructor)
    participant = words(people.client("carol").get(URL))
    assert "Your instructor has not put an essay" in participant
    assert "Import" not in participant


def test_description_is_text(people: People) -> None:
    people.seminar.description = "<script>alert(1)</script>\n\nThursdays"
    people.seminar.save()
    page = people.client("carol").get(URL).content.decode()
    assert "<script>alert" not in page
    assert "<p>Thursdays</p>" in page


def test_who_may_see_it(people: People) -> None:
    assert Client().get(URL).status_code == 302
    assert people.client("mallory").get(URL).status_code == 404
    assert make_people("other").client("alice").get(URL).status_code == 404
    assert people.client("carol").post(URL).status_code == 405


def test_queries_do_not_grow(people: People) -> None:
    first = make_reading(people)
    client = people.client("carol")
    few = queries(client, URL)
    rows = [
        Reading(
            seminar=people.seminar,
            essay=first.essay,
            revision=first.revision,
            slug=f"r{i}",
            created_by=people.alice,
        )
        for i in range(200)
    ]
    Reading.objects.bulk_create(rows)
    Visit.objects.bulk_create(
        Visit(seminar=people.seminar, reading=reading, membership=people.carol, place="p1")
        for reading in Reading.objects.all()
    )
    assert queries(client, URL) == few


def test_who_is_muted_by_staff_is_told_until_when(people: People) -> None:
    people.dan.muted_until = timezone.now() + DAY
    people.dan.save()
    told = words(people.client("dan").get(URL))
    assert "Staff have muted you until" in told
    assert "What was decided" in told
    assert "Staff have muted you" not in words(people.client("carol").get(URL))

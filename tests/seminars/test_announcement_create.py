"""Announcing something to everybody in a seminar."""

import pytest
from django.test import Client

from seminars.models import Announcement, Event
from tests.base import People, htmx
from tests.forms import form_on, send
from tests.seminars.announcements import HOME, NEW, SEMINAR, text, url
from tests.seminars.helpers import queries

FIELDS = {"title": "No class", "body": "On *Friday*, <b>not</b> on Monday."}


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_every_member_reads_it(people: People, who: str) -> None:
    answer = send(people.client(who), NEW, **FIELDS)
    announcement = Announcement.objects.get()
    assert answer.url == url("detail", announcement)
    for reader in ("carol", "dan", "grace"):
        client = people.client(reader)
        page = text(client, SEMINAR)
        assert "On <em>Friday</em>, &lt;b&gt;not&lt;/b&gt; on Monday." in page
        assert "No class" in text(client, HOME)
    assert "No class" not in text(people.client(who), HOME), "who wrote it knows"
    assert "No class" not in text(people.client("mallory"), HOME)
    event = Event.objects.get()
    assert (event.kind, event.audience) == ("announcement.published", "seminar")


def test_sent_twice_it_is_announced_once(people: People) -> None:
    client = people.client("alice")
    fields = form_on(client, NEW).as_it_stands | FIELDS
    places = {client.post(NEW, fields).headers["Location"] for _ in range(2)}
    assert len(places) == Announcement.objects.count() == 1
    other = client.post(NEW, fields | {"body": "Other words from the same page."})
    assert other.headers["Location"] not in places


def test_by_script_it_leads_to_the_announcement(people: People) -> None:
    answer = htmx(people.client("alice"), "post", NEW, FIELDS)
    assert answer.headers["HX-Redirect"] == url("detail", Announcement.objects.get())


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"body": ""}, {"body": "\u200b"}, {"body": "x" * 10_001}]
)
def test_bad_input_comes_back_with_the_words(people: People, wrong: dict[str, str]) -> None:
    for by_script in (False, True):
        headers = {"HX-Request": "true"} if by_script else {}
        answer = people.client("alice").post(NEW, FIELDS | wrong, headers=headers)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert ("<html" in page) != by_script
        assert 'aria-invalid="true"' in page
        assert (FIELDS | wrong)["title"] in page
    assert not Announcement.objects.exists()


def test_preview_announces_nothing(people: People) -> None:
    client = people.client("alice")
    asked = FIELDS | {"preview": "1", "title": ""}
    piece = htmx(client, "post", NEW, asked)
    assert "On <em>Friday</em>" in piece.content.decode()
    assert "<form" not in piece.content.decode()
    page = client.post(NEW, FIELDS | {"preview": "1"})
    assert page.status_code == 200
    assert "On <em>Friday</em>" in page.content.decode()
    assert "On *Friday*" in page.content.decode(), "the words stay in their field"
    assert htmx(client, "post", NEW, {"preview": "1", "body": ""}).status_code == 422
    assert not Announcement.objects.exists()


def test_queries_do_not_grow(people: People) -> None:
    send(people.client("alice"), NEW, **FIELDS)
    carol = people.client("carol")
    few = [queries(carol, SEMINAR), queries(carol, HOME)]
    for number in range(10):
        send(people.client("bob"), NEW, title=f"No {number}", body="Words.")
    assert [queries(carol, SEMINAR), queries(carol, HOME)] == few


def test_who_may(people: People) -> None:
    assert Client().get(NEW).status_code == 302
    assert people.client("mallory").get(NEW).status_code == 404
    for who in ("carol", "grace"):
        assert people.client(who).get(NEW).status_code == 403
        assert people.client(who).post(NEW, FIELDS).status_code == 403
    assert people.client("alice").delete(NEW).status_code == 405
    assert not Announcement.objects.exists()

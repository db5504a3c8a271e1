"""What people see when something is refused or breaks."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from lxml import html

from config import views
from discussions.models import Comment
from tests.base import PASSWORD, People, make_reading


def test_not_found(people: People) -> None:
    for client in (Client(), people.client("carol")):
        answer = client.get("/nowhere/")
        assert answer.status_code == 404
        assert "There is nothing here" in answer.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "testserver:8:9", "[::1", "a b"])
def test_a_host_that_is_not_ours_is_refused(host: str) -> None:
    """Wherever it says that it comes from, and with the headers of every answer."""
    for came in ({}, {"referer": f"http://{host}/"}, {"origin": f"http://{host}"}):
        client = Client(raise_request_exception=False, headers={"host": host, **came})
        for answer in (client.get("/"), client.post("/s/seminar/", {"body": "Some words."})):
            assert answer.status_code == 400, (host, came)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_forbidden_says_why(people: People) -> None:
    answer = people.client("carol").get("/s/seminar/settings/")
    assert answer.status_code == 403
    assert "Your role in this seminar does not allow this." in answer.content.decode()


def test_page_that_was_open_too_long_is_sent_again_from_the_answer(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.carol.user)
    threads = f"{make_reading(people).get_absolute_url()}threads/"
    written = {"block": "p1", "kind": "comment", "audience": "seminar", "body": "Some words."}
    answer = client.post(threads, written)
    assert answer.status_code == 403
    assert "nothing was sent yet" in answer.content.decode()
    assert client.post(threads, fields_of(answer.content.decode())).status_code == 302
    assert Comment.objects.get().body == "Some words."


def test_who_is_signed_out_is_told_so_whether_or_not_their_page_was_old(people: People) -> None:
    """With the session's cookies the token is gone, too, and is asked for first."""
    threads = f"{make_reading(people).get_absolute_url()}threads/"
    written = {"block": "p1", "kind": "comment", "audience": "seminar", "body": "Some words."}
    for headers in ({}, {"HX-Request": "true"}):
        answer = Client(enforce_csrf_checks=True).post(threads, written, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 401
        assert "You are signed out" in page
        assert 'href="/accounts/login/' in page
        assert "HX-Request" in headers or "Some words." in page
    # Where nobody need be signed in, it is the page that was too old.
    answer = Client(enforce_csrf_checks=True).post("/accounts/password/reset/", {"email": "a@b.c"})
    assert answer.status_code == 403
    assert "You are signed out" not in answer.content.decode()


def test_page_of_another_site_puts_no_words_before_our_people(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.carol.user)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = client.post("/accounts/display/", {"theme": "Words of evil."}, headers=headers)
        assert answer.status_code == 403
        assert "Words of evil." not in answer.content.decode()
        assert "This page was open too long" in answer.content.decode()


def test_page_keeps_no_password(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"login": people.carol.user.email, "password": PASSWORD}
    answer = client.post("/accounts/login/", sent)
    assert answer.status_code == 403
    assert PASSWORD not in answer.content.decode()


def fields_of(page: str) -> dict[str, str]:
    """What the form for sending again would send."""
    form = html.fromstring(page).xpath("//form[@method='post'][.//button[.='Send again']]")[0]
    return dict(form.fields)


def test_bad_request(people: People) -> None:
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html"])
def test_page_has_the_sites_look(rf: RequestFactory, path: str) -> None:
    from django.contrib.auth.models import AnonymousUser
    from django.shortcuts import render

    request = rf.get("/")
    request.user = AnonymousUser()
    page = render(request, path).content.decode()
    assert page.count("<h1>") == 1
    assert 'class="wordmark"' in page


@pytest.mark.usefixtures("db")
def test_server_error_needs_neither_request_nor_database() -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = views.server_error(HttpRequest())
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert not queries.captured_queries


@pytest.mark.urls("tests.config.broken_urls")
def test_server_error_reaches_people(people: People) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(people.carol.user)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "Carol" not in answer.content.decode()
    assert f"<code>{answer.headers['X-Request-ID']}</code>" in answer.content.decode()


def test_pages_say_nothing_of_the_inside() -> None:
    for path in Path(settings.BASE_DIR, "templates").glob("[45]*.html"):
        assert "exception" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("second", ["/", "\\"])
def test_the_way_back_stays_on_this_site(second: str) -> None:
    """Two slashes at the beginning of a path would name another host, and browsers turn them."""
    came = {"Referer": f"http://testserver/{second}s/seminar/?y=1"}
    sent = {"body": "Words of mine."}
    page = Client().post("/s/seminar/r/margins/threads/", sent, headers=came).content.decode()
    assert "Words of mine." in page
    assert 'href="/s/seminar/?y=1"' in page
    assert '"//s' not in page

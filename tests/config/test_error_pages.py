"""What people see when something is refused or breaks."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from config import views
from tests.base import People


def test_not_found(people: People) -> None:
    for client in (Client(), people.client("carol")):
        answer = client.get("/nowhere/")
        assert answer.status_code == 404
        assert "There is nothing here" in answer.content.decode()


def test_forbidden_says_why(people: People) -> None:
    answer = people.client("carol").get("/s/seminar/settings/")
    assert answer.status_code == 403
    assert "Your role in this seminar does not allow this." in answer.content.decode()


def test_page_that_was_open_too_long_keeps_the_words(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.carol.user)
    answer = client.post("/accounts/display/", {"theme": "dark"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This page was open too long" in page
    assert "Your words are still in it: go back and send them again." in page


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


def test_pages_say_nothing_of_the_inside() -> None:
    for path in Path(settings.BASE_DIR, "templates").glob("[45]*.html"):
        assert "exception" not in path.read_text(encoding="utf-8")

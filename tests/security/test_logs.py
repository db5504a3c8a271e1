"""What is logged lets nobody in: no invitation, no link for a new password."""

import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from config.logs import RequestId
from tests.base import People
from tests.seminars.helpers import invite


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Log as the site does, and return what came out."""
    before = logging.root.handlers[:], logging.root.level
    logging.config.dictConfig(settings.LOGGING)
    yield lambda: capsys.readouterr().err
    logging.root.handlers[:], level = before
    logging.root.setLevel(level)


def test_no_token_of_an_invitation(people: People, lines: Any) -> None:
    path = invite(people)[1]
    token = path.strip("/").split("/")[-1]
    client = Client(enforce_csrf_checks=True)
    assert client.post(path).status_code == 403
    assert client.put(path).status_code in {403, 405}
    assert client.delete(path).status_code in {403, 405}
    told = lines()
    assert "/join/" in told
    assert token not in told


def test_no_link_for_a_new_password(people: People, lines: Any) -> None:
    path = "/accounts/password/reset/key/1-abcdef-0123456789abcdef/"
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    told = lines()
    assert "/accounts/password/reset/key/" in told
    assert "0123456789abcdef" not in told


def test_every_line_has_the_number_of_its_request(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    """The client's own is not taken: it could be another's, or end the line."""
    console = settings.LOGGING["handlers"]["console"]
    assert "request_id" in console["filters"]
    assert "{request_id}" in settings.LOGGING["formatters"][console["formatter"]]["format"]
    number_of = RequestId()
    caplog.handler.addFilter(number_of)
    client = people.client("carol")
    caplog.clear()
    headers = {"X-Request-ID": "mine"}
    numbers = [client.get("/nowhere/", headers=headers).headers["X-Request-ID"] for _ in range(2)]
    caplog.handler.removeFilter(number_of)
    assert len({*numbers, "mine"}) == 3
    logged = [getattr(line, "request_id", "") for line in caplog.records]
    assert logged == numbers


def test_a_refusal_is_one_line_with_its_reason_and_an_error_has_its_place(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    client = people.client("carol")
    console = settings.LOGGING["handlers"]["console"]
    filters = [
        import_string(settings.LOGGING["filters"][one]["()"])() for one in console["filters"]
    ]
    for one in filters:
        caplog.handler.addFilter(one)
    caplog.clear()
    refused = client.get("/s/seminar/settings/")
    line = caplog.handler.format(caplog.records[-1])
    try:
        raise KeyError("lost")
    except KeyError:
        logging.getLogger("colloquy").exception("It failed")
    for one in filters:
        caplog.handler.removeFilter(one)
    assert refused.status_code == 403
    assert line.endswith("/s/seminar/settings/: Your role in this seminar does not allow this.")
    assert "Traceback" not in line
    assert "Traceback" in caplog.handler.format(caplog.records[-1])

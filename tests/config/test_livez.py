"""/livez: the process lives. For a machine that asks, and for nobody's eyes."""

from typing import Any

import pytest
from django.test import Client


def test_answers_without_a_database() -> None:
    """No database fixture here: a query would fail this test."""
    response = Client().get("/livez")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@pytest.mark.django_db
def test_its_head_alone_is_enough(path: str) -> None:
    """Probes ask so, and a page that wants the server's clock."""
    response = Client().head(path)
    assert (response.status_code, response.content) == (Client().get(path).status_code, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods(method: str) -> None:
    assert getattr(Client(), method)("/livez").status_code == 405


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
@pytest.mark.django_db
def test_answers_a_balancer_that_asks_the_machine_itself(path: str, settings: Any) -> None:
    """By an address that is no name of the site, and in plain HTTP."""
    settings.ALLOWED_HOSTS = ["read.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    for host in ("10.0.0.7:8000", "read.example.org"):
        response = Client().get(path, headers={"host": host})
        assert response.status_code == 200, host
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

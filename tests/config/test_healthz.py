"""/healthz: the process lives. For a machine that asks, and for nobody's eyes."""

import pytest
from django.test import Client


def test_answers_without_a_database() -> None:
    """No database fixture here: a query would fail this test."""
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods(method: str) -> None:
    assert getattr(Client(), method)("/healthz").status_code == 405

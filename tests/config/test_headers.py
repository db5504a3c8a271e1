"""Every answer carries the strict headers, errors and files too."""

import pytest
from django.test import Client

from tests.base import People

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


@pytest.mark.parametrize("path", ["/", "/s/seminar/", "/accounts/login/", "/nothing-here/"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_headers(people: People, path: str, signed_in: bool) -> None:
    client = people.client("carol") if signed_in else Client()
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert {part.strip() for part in policy.split(";") if part.strip()} == POLICY
    assert "camera=()" in response.headers["Permissions-Policy"]
    for name, value in EXPECTED.items():
        if name == "Cache-Control" and path == "/accounts/login/":
            assert "no-store" in response.headers[name]
            continue
        assert response.headers[name] == value, name


def test_headers_of_a_crash(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("config.views.is_ready", crash)
    client = Client(raise_request_exception=False)
    response = client.get("/readyz")
    assert response.status_code == 500
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-store"

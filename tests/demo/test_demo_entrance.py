"""The entrance: four people to be, and nothing of it outside the demonstration."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from seminars.models import Seminar


def test_offers_the_four(demo_site: Seminar, client: Client) -> None:
    page = client.get("/demo/").content.decode()
    for role in ("instructor", "assistant", "participant", "guest"):
        assert f"Enter as {role}" in page
    assert "China and NATO: two views" in page


def test_says_which_folder_to_remove(demo_site: Seminar, client: Client, settings: Any) -> None:
    for folder, said in ((settings.BASE_DIR / "var", "var/"), (Path("/srv/seen"), "/srv/seen/")):
        settings.VAR_DIR = folder
        assert f"<code>{said}</code>" in client.get("/demo/").content.decode()


def test_says_what_to_do_before_it_is_made(settings: Any, db: None, client: Client) -> None:
    settings.ROOT_URLCONF = "tests.demo.urls"
    page = client.get("/demo/").content.decode()
    assert "manage.py demo" in page
    assert "Enter as instructor" not in page


def test_other_methods(demo_site: Seminar, client: Client) -> None:
    assert client.post("/demo/").status_code == 405


def test_is_nowhere_outside_the_demonstration(db: None, client: Client) -> None:
    """These tests run without DEMO, as production does."""
    assert not settings.DEMO
    assert not any("demo" in str(entry.pattern) for entry in get_resolver().url_patterns)
    assert client.get("/demo/").status_code in {302, 404}

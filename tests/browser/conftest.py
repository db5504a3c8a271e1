"""A real Chromium on a real server; each page must end without a script error or CSP violation."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from seminars.models import Membership

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
WATCH_CSP = """
addEventListener('securitypolicyviolation', event => {
  console.error('CSP violation: ' + event.violatedDirective + ' ' + event.blockedURI);
});
"""

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


def session_key(member: Membership) -> str:
    client = Client()
    client.force_login(member.user)
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Open a page of the site: `open_page(member, path, width=…, theme=…, js=…, touch=…, zone=…)`.

    After the test, any script error or violation of the policy on any of them fails it.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one(
        member: Membership | None,
        path: str = "/",
        *,
        width: int = 1440,
        height: int = 900,
        theme: str = "light",
        js: bool = True,
        touch: bool = False,
        zone: str = "UTC",
    ) -> Page:
        options: dict[str, Any] = {
            "base_url": live_server.url,
            "viewport": {"width": width, "height": height},
            "color_scheme": theme,
            "java_script_enabled": js,
            "has_touch": touch,
            "is_mobile": touch,
            "reduced_motion": "reduce",
            "timezone_id": zone,
        }
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        if js:
            context.add_init_script(WATCH_CSP)
        if member is not None:
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": session_key(member), "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                troubles.append(f"{page.url}: {message.text}")
                if message.type == "error" and is_trouble(message.text)
                else None
            ),
        )
        page.goto(path)
        return page

    yield open_one
    found = list(troubles)
    for context in contexts:
        # What a page sends as it is left would meet a database that is being emptied.
        if context.pages:  # a test may have closed it
            context.set_offline(True)
        context.close()
    assert not found


def is_trouble(text: str) -> bool:
    """A status such as 422 or 404 is logged by the browser too, and is an answer, not a trouble.

    Nor is what a test brings about that cuts the line.
    """
    told = ("status of 4", "ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    return not any(one in text for one in told)

"""Production refuses to start insecure, and says what is wrong by its name."""

import os
import re
import subprocess
import sys

import pytest

from tests.config.in_app import ROOT, in_app

KEY = "k" * 50
PRODUCTION = {
    "SECRET_KEY": KEY[:25] + "abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "read.example.org",
}
pytestmark = pytest.mark.engine  # a process of ours, with whatever the environment says


def check(**variables: str) -> subprocess.CompletedProcess[str]:
    """Start the app's own command line with these variables and no others of ours."""
    ours = {"SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "DEMO", "DATABASE_URL", "CACHE_URL"}
    ours.add("DJANGO_ALLOW_ASYNC_UNSAFE")  # set for the tests themselves
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_starts_with_its_two_variables() -> None:
    result = check(**PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"SECRET_KEY": "short", "ALLOWED_HOSTS": "a.example.org"}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "a.example.org"}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "a.example.org", "DEBUG": "1"}, "DEBUG"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "a.example.org", "DEMO": "1"}, "DEMO"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        # Django would send the password to it unencrypted.
        ({"EMAIL_URL": "smtp+tls://user:password@mail.example.org:587"}, "EMAIL_URL"),
    ],
)
def test_refuses_by_name(variables: dict[str, str], name: str) -> None:
    result = check(**variables)
    assert result.returncode != 0
    assert name in result.stderr


def test_an_old_sqlite_is_told_at_start() -> None:
    """By the check itself, which must be where the commands look for checks."""
    told = in_app(
        "from django.conf import settings; settings.SQLITE_VERSION = (3, 40, 1);"
        "from django.core.checks import run_checks; print([each.id for each in run_checks()])",
        DATABASE_URL="sqlite:///none",
    )
    assert "'colloquy.W001'" in told.stdout, told.stderr


def test_production_keeps_its_mails_out_of_the_log() -> None:
    """They have addresses, and links that let people in."""
    told = in_app(
        "from django.core.mail import send_mail;"
        "send_mail('Reset', 'https://read.example.org/secret', None, ['a@example.org'])",
        **PRODUCTION,
    )
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert "EMAIL_URL" in check(**PRODUCTION).stderr


def test_mail_servers_of_the_hosting_page_are_understood() -> None:
    """What it gives as examples encrypts before it names the password."""
    page = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    examples = re.findall(r"`((?:submission|smtp)[^`]*://[^`]*)`", page)
    assert len(examples) == 3
    for url in examples:
        told = in_app(
            "from django.conf import settings as s;"
            "print(s.EMAIL_BACKEND, s.MAIL_TRANSPORT, s.EMAIL_USE_TLS or s.EMAIL_USE_SSL)",
            EMAIL_URL=url,
        )
        backend, transport, encrypted = told.stdout.split()
        assert backend == "accounts.mail.QueuedBackend", told.stderr
        assert transport == "django.core.mail.backends.smtp.EmailBackend"
        assert encrypted == str("password" in url)


def test_redis_is_there_where_the_hosting_page_says_so() -> None:
    """A client is made; none is asked, since no Redis need be here."""
    told = in_app(
        "from django.core.cache import cache;print(type(cache._cache.get_client(None)).__module__)",
        CACHE_URL="redis://127.0.0.1:6379/0",
    )
    assert told.stdout.split() == ["redis.client"], told.stderr


def test_every_variable_is_in_the_hosting_page() -> None:
    """docs/hosting.md and settings.py name the same variables."""
    settings = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    page = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert read == described

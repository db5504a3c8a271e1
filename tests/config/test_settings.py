"""Production refuses to start insecure, and says what is wrong by its name."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.in_app import ROOT, in_app

KEY = "k" * 50
PRODUCTION = {
    "SECRET_KEY": KEY[:25] + "abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "read.example.org",
    "EMAIL_URL": "off",
}
PASSWORD = "p4ssw0rd-of-the-host"
pytestmark = pytest.mark.engine  # a process of ours, with whatever the environment says


def check(**variables: str) -> subprocess.CompletedProcess[str]:
    """Start the app's own command line with these variables and no others of ours."""
    ours = {"SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "DEMO", "DATABASE_URL", "CACHE_URL"}
    ours |= {"EMAIL_URL", "VAR_DIR"}
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


def test_refuses_by_name_in_one_sentence() -> None:
    """By the command itself; the app's own wrapper tells the server the same."""
    result = check(**PRODUCTION, TIME_ZONE="Mars/Olympus")
    assert result.returncode == 1
    assert result.stderr == (
        "Colloquy does not start: TIME_ZONE must be a time zone’s name, as in Europe/Berlin, "
        "and is “Mars/Olympus”.\n"
    )


def test_server_tells_the_same() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=os.environ | PRODUCTION | {"POSTS_PER_MINUTE": "many"},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert told.stderr.startswith("Colloquy does not start: POSTS_PER_MINUTE must be a whole ")
    assert told.stderr.count("\n") == 1


WRONG = [
    ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ({"BACKUP_HOUR": "24"}, "BACKUP_HOUR must be an hour from 0 to 23"),
    ({"BACKUP_KEEP": "0"}, "BACKUP_KEEP must be 1 or more"),
    ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ({"ALLOWED_HOSTS": "https://read.example.org"}, "ALLOWED_HOSTS"),
    ({"ALLOWED_HOSTS": "read.example.org:443"}, "ALLOWED_HOSTS"),
    ({"SECRET_KEY": ""}, "ALLOWED_HOSTS names a public host: set SECRET_KEY"),
    ({"DEBUG": "1"}, "DEBUG"),
    ({"DEMO": "1"}, "DEMO"),
    ({"DEBUG": "maybe"}, "DEBUG must be true or false"),
    ({"BEHIND_PROXY": "nginx"}, "BEHIND_PROXY must be true or false"),
    ({"EMAIL_URL": ""}, "EMAIL_URL says nothing"),
    # Django would send the password to it unencrypted.
    ({"EMAIL_URL": f"smtp+tls://user:{PASSWORD}@mail.example.org:587"}, "EMAIL_URL"),
    ({"EMAIL_URL": f"submission://user:{PASSWORD}@mail.example.org:port"}, "EMAIL_URL"),
    ({"EMAIL_URL": f"submission://user:{PASSWORD}/@mail.example.org"}, "EMAIL_URL"),
    ({"EMAIL_URL": f"submission://user:{PASSWORD}@mail?timeout=soon"}, "EMAIL_URL"),
    # It would write links that let people in into the log.
    ({"EMAIL_URL": "console://"}, "EMAIL_URL"),
    ({"DEFAULT_FROM_EMAIL": "Colloquy"}, "DEFAULT_FROM_EMAIL"),
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ({"DATABASE_URL": f"mysql://user:{PASSWORD}@host/name"}, "DATABASE_URL"),
    ({"DATABASE_URL": f"postgres://user:{PASSWORD}@host"}, "DATABASE_URL names no database"),
    ({"DATABASE_URL": f"postgres://user:{PASSWORD}@host:x/name"}, "DATABASE_URL"),
    ({"CACHE_URL": "memory"}, "CACHE_URL"),
    ({"CACHE_URL": f"redis://:{PASSWORD}@host/first"}, "CACHE_URL must end in the number"),
    ({"SITE_URL": "read.example.org"}, "SITE_URL"),
    ({"SITE_URL": "http://read.example.org"}, "SITE_URL must begin with https"),
    ({"SITE_URL": "https://read.example.com"}, "SITE_URL leads to read.example.com"),
    ({"TIME_ZONE": "Mars"}, "TIME_ZONE"),
    ({"POSTS_PER_MINUTE": "-1"}, "POSTS_PER_MINUTE"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL must be one of DEBUG, INFO"),
    ({"SECURE_HSTS_SECONDS": "1 day"}, "SECURE_HSTS_SECONDS"),
    ({"SECURE_HSTS_PRELOAD": "1"}, "SECURE_HSTS_PRELOAD"),
    ({"SECURE_HSTS_PRELOAD": "1", "SECURE_HSTS_SECONDS": "31536000"}, "SECURE_HSTS_PRELOAD"),
    ({"VAR_DIR": "/proc/colloquy"}, "VAR_DIR"),
    ({"VAR_DIR": "/etc/passwd"}, "VAR_DIR must be a folder"),
]


def test_each_setting_is_refused_by_name() -> None:
    """All in one process, which reads the settings anew each time."""
    cases = [PRODUCTION | variables for variables, _says in WRONG]
    code = (
        "import json, os, sys; from pathlib import Path; before = dict(os.environ)\n"
        "from django.core.exceptions import ImproperlyConfigured\n"
        "for case in json.load(sys.stdin):\n"
        "    os.environ.clear(); os.environ.update(before | case)\n"
        "    sys.modules.pop('config.settings', None)\n"
        "    try: import config.settings; print('started')\n"
        "    except ImproperlyConfigured as wrong: print(wrong)\n"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        input=json.dumps(cases),
        capture_output=True,
        text=True,
    )
    lines = told.stdout.splitlines()
    assert len(lines) == len(WRONG), told.stderr
    for line, (variables, says) in zip(lines, WRONG, strict=True):
        assert line.startswith(says), (variables, line)
        assert line.endswith(".")
        assert PASSWORD not in line


def test_settings_stand_in_a_file_too(tmp_path: Path) -> None:
    """What the environment says goes before it; `$` in a password is itself."""
    file = tmp_path / "colloquy.env"
    file.write_text("LOG_LEVEL=ERROR\nEMAIL_URL='smtp://u:a$HOME@h:25'\nDEMO=\nDEBUG\n")
    printed = "from django.conf import settings as s; print(s.LOG_LEVEL, s.EMAIL_HOST_PASSWORD)"
    told = in_app(printed, ENV_FILE=str(file))
    assert told.stdout.split() == ["ERROR", "a$HOME"], told.stderr
    told = in_app(printed, ENV_FILE=str(file), LOG_LEVEL="info")
    assert told.stdout.split() == ["INFO", "a$HOME"], told.stderr


def test_a_wrong_line_of_the_file_is_told_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "colloquy.env"
    file.write_text("LOG_LEVEL=loud\n")
    result = check(**PRODUCTION, ENV_FILE=str(file))
    assert result.stderr.endswith(f"and is “LOUD” (in {file}).\n")


@pytest.mark.parametrize(
    ("seconds", "others", "header"),
    [
        ("", {}, "max-age=86400"),
        ("604800", {}, "max-age=604800"),
        ("0", {}, ""),
        (
            "63072000",
            {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "1", "SECURE_HSTS_PRELOAD": "1"},
            "max-age=63072000; includeSubDomains; preload",
        ),
    ],
)
def test_https_alone_is_asked_for_a_day_at_first(
    seconds: str, others: dict[str, str], header: str
) -> None:
    told = in_app(
        "from django.http import HttpResponse; from django.test import RequestFactory;"
        "from django.middleware.security import SecurityMiddleware as Theirs;"
        "r = Theirs(lambda request: HttpResponse())(RequestFactory().get('/', secure=True));"
        "print(r.headers.get('Strict-Transport-Security', ''))",
        **PRODUCTION | others | {"SECURE_HSTS_SECONDS": seconds},
    )
    assert told.stdout.strip() == header, told.stderr


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

"""The addresses by which a host names database, cache, mail server and the site itself.

Each is read into what Django wants, or refused with `NotSuch`, whose words go on from the name of
the setting and repeat no part of the address that may be a password.
"""

import re
import zoneinfo
from collections.abc import Sequence
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

import dj_database_url
import dj_email_url
import django_cache_url

MAIL_OFF = "off"
DUMMY = "django.core.mail.backends.dummy.EmailBackend"
_HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9-]*\.?)+|\[[0-9a-fA-F:.]+\]", re.ASCII)


class NotSuch(ValueError):
    """What is given cannot be used as what it should be; `str` says what would be right."""


def is_host(name: str) -> bool:
    """Whether it is a host's name or address, or a domain with a dot before it."""
    return len(name) < 254 and _HOST.fullmatch(name) is not None


def mail(url: str, *, production: bool = True) -> dict[str, Any]:
    """Django's EMAIL_ settings for `url`, or for "off".

    In production nothing is written into the log, which would have the addresses, and the links
    that let people in.
    """
    if url == MAIL_OFF:
        return {"EMAIL_BACKEND": DUMMY}
    schemes = ["submission", "smtp"] if production else ["submission", "smtp", "console", "dummy"]
    wants = (
        "must be submission://user:password@host (STARTTLS), "
        "smtp://user:password@host:465?ssl=true, smtp://localhost, or off for no mail at all"
    )
    if not url:
        raise NotSuch(f"says nothing of how mail is sent. It {wants}")
    parts = _parts(url, wants)
    if parts.scheme not in schemes:
        raise NotSuch(wants)
    if parts.scheme == "submission" and not parts.hostname:
        raise NotSuch(f"names no mail server. It {wants}")
    timeout = parse_qs(parts.query).get("timeout", ["10"])[0]
    if not timeout.isdecimal() or int(timeout) == 0:
        raise NotSuch("has a timeout= that must be seconds, as in ?timeout=30")
    settings: dict[str, Any] = dj_email_url.parse(url)
    return {name: value for name, value in settings.items() if value is not None}


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry."""
    wants = "must be postgres://user:password@host/name, or sqlite:////var/lib/file.sqlite3"
    parts = _parts(url, wants)
    is_postgres = parts.scheme in {"postgres", "postgresql"}
    if not is_postgres and parts.scheme != "sqlite":
        raise NotSuch(wants)
    if is_postgres and len(parts.path) < 2:
        raise NotSuch("names no database: it ends in its name, as in postgres://user@host/colloquy")
    if parts.scheme == "sqlite" and parts.netloc:
        raise NotSuch("names a host before its file: write sqlite:/// and then the path")
    return dict(dj_database_url.parse(url))


def cache(url: str) -> dict[str, Any]:
    """Django's CACHES entry."""
    wants = "must be redis://host:6379/0, rediss://… with TLS, or db://colloquy_cache"
    parts = _parts(url, wants)
    if parts.scheme not in {"redis", "rediss", "db", "locmem"}:
        raise NotSuch(wants)
    if parts.scheme in {"redis", "rediss"} and not (parts.hostname or parts.path):
        raise NotSuch(f"names no server. It {wants}")
    if (
        parts.scheme.startswith("redis")
        and not re.fullmatch(r"(/\d*)?", parts.path)
        and parts.netloc
    ):
        raise NotSuch("must end in the number of a database, as in redis://host:6379/0")
    return dict(django_cache_url.parse(url))


def site(url: str, hosts: Sequence[str], *, secure: bool) -> str:
    """The site's address, without a path; `hosts` are the names that it answers to."""
    wants = "must be the address of the site, as in https://read.example.org"
    parts = _parts(url, wants)
    if parts.scheme not in {"http", "https"} or not is_host(_host_of(parts)):
        raise NotSuch(wants)
    if parts.path.strip("/") or parts.query or parts.username:
        raise NotSuch(f"{wants}, with nothing after it")
    if secure and parts.scheme != "https":
        raise NotSuch("must begin with https://: nobody can sign in without")
    if not any(_answers_to(hosts, _host_of(parts))):
        raise NotSuch(f"leads to {_host_of(parts)}, which ALLOWED_HOSTS does not name")
    return url


def time_zone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        raise NotSuch(f"must be a time zone’s name, as in Europe/Berlin, and is “{name}”")
    return name


def _answers_to(hosts: Sequence[str], name: str) -> list[bool]:
    return [name == one.lower() or (one[:1] == "." and f".{name}".endswith(one)) for one in hosts]


def _host_of(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host


def _parts(url: str, wants: str) -> SplitResult:
    """Raises NotSuch, also where its port is no number."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is read, and refused, here
    except ValueError:
        raise NotSuch(
            f"cannot be read: signs like @ / : # in a user or a password are written %40 %2F %3A "
            f"%23. It {wants}"
        ) from None
    return parts

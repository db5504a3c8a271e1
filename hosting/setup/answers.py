"""What a first host says, each answer checked at once; what is wrong is told in one sentence."""

import os
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from config import service_urls
from config.service_urls import NotSuch

LONGEST_NAME = 120
LOCAL_DATABASE = "sqlite"


@dataclass
class Answers:
    """All that is asked for, as it was checked."""

    address: str  # https://read.example.org
    name: str
    email: str
    mail: str  # an EMAIL_URL
    sender: str
    database: str  # a DATABASE_URL; empty for a file in VAR_DIR
    time_zone: str

    def variables(self) -> dict[str, str]:
        """The settings that follow, by their names; empty ones are left to their defaults."""
        return {
            "ALLOWED_HOSTS": urlsplit(self.address).hostname or "",
            "SITE_URL": self.address,
            "BEHIND_PROXY": "true",
            "EMAIL_URL": self.mail,
            "DEFAULT_FROM_EMAIL": self.sender,
            "DATABASE_URL": self.database,
            "TIME_ZONE": self.time_zone,
        }


@dataclass(frozen=True)
class SetupQuestion:
    """One question, and how its answer is checked: `check` returns it as it is kept, or refuses."""

    option: str
    asks: str
    check: Callable[[str], str]
    default: str = ""
    variable: str = ""  # where the environment may have the answer already


def address(said: str) -> str:
    """The address of the site, from its name alone or whole. Raises NotSuch."""
    url = said if "://" in said else f"https://{said}"
    parts = urlsplit(url.lower().rstrip("/"))
    name = parts.hostname or ""
    if "." not in name:
        raise NotSuch("must be the name that people open, as in read.example.org")
    return service_urls.site(parts.geturl(), [name], secure=True)


def name(said: str) -> str:
    words = " ".join(said.split())
    if not words or len(words) > LONGEST_NAME or not words.isprintable():
        raise NotSuch(f"must be a name of 1 to {LONGEST_NAME} letters")
    return words


def email(said: str) -> str:
    try:
        validate_email(said)
    except ValidationError:
        raise NotSuch("must be an e-mail address, as in anna@example.org") from None
    return said.lower()


def sender(said: str) -> str:
    """An address, with or without a name before it. Raises NotSuch."""
    called, found = parseaddr(said) if said.isprintable() else ("", "")
    if "@" not in found:
        raise NotSuch("must be an address, as in Colloquy <mail@read.example.org>")
    return formataddr((called or "Colloquy", email(found)))


def mail(said: str) -> str:
    service_urls.mail(said)
    return said


def database(said: str) -> str:
    """A DATABASE_URL; empty for the file in VAR_DIR, which is called “sqlite” here."""
    if said.lower() == LOCAL_DATABASE:
        return ""
    service_urls.database(said)
    return said


def local_time_zone() -> str:
    """This machine's, if it says so; else UTC."""
    known = zoneinfo.available_timezones()
    link = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    file = Path("/etc/timezone")
    written = file.read_text(encoding="ascii", errors="replace").strip() if file.is_file() else ""
    said = next((one for one in (written, link) if one in known), "UTC")
    return "UTC" if said.startswith("Etc/") else said


def is_file(database_url: str) -> bool:
    return not database_url or database_url.startswith("sqlite")


ADDRESS = SetupQuestion("address", "The name that people open, as in read.example.org", address)
NAME = SetupQuestion("name", "Your name, as a seminar will see it", name)
EMAIL = SetupQuestion("email", "Your e-mail address: you sign in with it", email)
MAIL = SetupQuestion("mail", "", mail, variable="EMAIL_URL")
SENDER = SetupQuestion("sender", "Who mails come from", sender, variable="DEFAULT_FROM_EMAIL")
DATABASE = SetupQuestion(
    "database",
    "Database: “sqlite” for a file in var/, or postgres://user:password@host/name",
    database,
    default=LOCAL_DATABASE,
    variable="DATABASE_URL",
)
TIME_ZONE = SetupQuestion(
    "time-zone", "Time zone, as in Europe/Berlin", service_urls.time_zone, variable="TIME_ZONE"
)

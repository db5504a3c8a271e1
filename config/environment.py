"""Settings from the environment: what is wrong is told by its name, and by what would be right.

They may stand in a file, too, one to a line (`NAME=value`); what the environment itself says goes
before it. No value of an address is repeated in what is told: it may hold a password.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values

from config import service_urls

T = TypeVar("T")

FLAGS = {"1": True, "true": True, "yes": True, "on": True}
FLAGS |= {"0": False, "false": False, "no": False, "off": False}


class Environment:
    """The variables of this process, and beside them those of `file`, where it is there."""

    def __init__(self, file: Path | None, variables: Mapping[str, str] = os.environ) -> None:
        # None is an empty line's value; `$` stands for itself.
        kept = dotenv_values(file, interpolate=False) if file and _is_there(file) else {}
        self._of_file = {name: value or "" for name, value in kept.items()}
        self._variables = {**self._of_file, **variables}
        self._file = file

    def wrong(self, name: str, why: str) -> ImproperlyConfigured:
        """What is raised about one of them; `why` goes on from its name."""
        at_file = name in self._of_file and name not in os.environ
        return ImproperlyConfigured(f"{name} {why}{f' (in {self._file})' if at_file else ''}.")

    def text(self, name: str, default: str = "") -> str:
        """An empty value is as good as none."""
        return self._variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        said = self.text(name).lower()
        if said and said not in FLAGS:
            raise self.wrong(name, f"must be true or false, and is “{said}”")
        return FLAGS[said] if said else default

    def number(self, name: str, default: int) -> int:
        """A whole number from 0 on."""
        said = self.text(name, str(default))
        if not (said.isascii() and said.isdecimal() and len(said) < 12):
            raise self.wrong(name, f"must be a whole number, 0 or more, and is “{said}”")
        return int(said)

    def choice(self, name: str, default: str, choices: Sequence[str]) -> str:
        said = self.text(name, default).upper()
        if said not in choices:
            raise self.wrong(name, f"must be one of {', '.join(choices)}, and is “{said}”")
        return said

    def time_zone(self, name: str) -> str:
        return self._read(service_urls.time_zone, name, "UTC")

    def hosts(self, name: str, default: Sequence[str]) -> list[str]:
        """Host names, separated by commas."""
        said = [one.strip() for one in self.text(name).split(",") if one.strip()]
        for one in said:
            if not service_urls.is_host(one) and one != "*":
                wants = "must name hosts alone, without https://, port or path"
                raise self.wrong(name, f"{wants}, as in read.example.org, and has “{one}”")
        return said or list(default)

    def sender(self, name: str, default: str) -> str:
        said = self.text(name, default)
        if "@" not in parseaddr(said)[1] or "\n" in said:
            raise self.wrong(name, "must be an address, as in Colloquy <mail@read.example.org>")
        return said

    def site(self, name: str, default: str, hosts: Sequence[str], *, secure: bool) -> str:
        """The site's own address; `hosts` are the names that it answers to."""
        return self._read(
            lambda url: service_urls.site(url, hosts, secure=secure), name, default
        ).rstrip("/")

    def database(self, name: str, default: str) -> dict[str, Any]:
        return self._read(service_urls.database, name, default)

    def cache(self, name: str, default: str) -> dict[str, Any]:
        return self._read(service_urls.cache, name, default)

    def mail(self, name: str, default: str, *, production: bool) -> dict[str, Any]:
        """Django's EMAIL_ settings."""
        return self._read(lambda url: service_urls.mail(url, production=production), name, default)

    def folder(self, name: str, default: Path) -> Path:
        """A folder of ours, made where it is not there: we list, read and write in it."""
        path = Path(self.text(name, str(default)))
        try:
            # What people wrote is for no other user of this machine.
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except FileExistsError:
            raise self.wrong(name, f"must be a folder, and {path} is a file") from None
        except OSError as error:
            why = f"must be a folder, and {path} cannot be made ({error.strerror})"
            raise self.wrong(name, why) from None
        for one in (path, *path.glob("*.sqlite3")):
            if not os.access(one, os.R_OK | os.W_OK | (os.X_OK if one is path else 0)):
                raise self.wrong(name, f"must be ours, and {one} {_whose(one)}")
        return path

    def _read(self, read: Callable[[str], T], name: str, default: str) -> T:
        try:
            return read(self.text(name, default))
        except service_urls.NotSuch as error:
            raise self.wrong(name, str(error)) from None


def _is_there(file: Path) -> bool:
    """Whether the file is there. Raises ImproperlyConfigured where it is not ours to read."""
    try:
        there = file.is_file()
    except PermissionError:
        there = False
    if there and not os.access(file, os.R_OK):
        raise ImproperlyConfigured(f"The settings in {file} {_whose(file)}.")
    return there


def _whose(path: Path) -> str:
    """Why this process cannot read or write it, and how that is mended."""
    try:
        owner, me = path.owner(), Path("/proc/self").owner()
    except (KeyError, OSError):
        return "cannot be read and written by this process"
    if owner == me:
        return "may not be read and written: chmod u+rw, and u+x for a folder, lets it be"
    return f"belongs to {owner}, while this process runs as {me}: chown -R {me} mends it"

"""The file of settings: written whole or not at all, and read by nobody else."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from config.service_urls import NotSuch

# Read alike by us, by systemd and by a shell.
_PLAIN = re.compile(r"[\w.,:/@%+=?&-]*", re.ASCII)
HEAD = (
    "# Colloquy's settings; docs/hosting.md lists them. Written by `manage.py setup`.\n"
    "# SECRET_KEY lets whoever has it in as anyone: keep this file to yourself.\n"
)


def write_settings(file: Path, variables: Mapping[str, str], *, replace: bool) -> None:
    """Write them, with a new SECRET_KEY or the one that was there, readable for this user alone.

    With `replace` what the old file says besides is kept, and the file itself beside it as
    `….old`. Raises FileExistsError without, where there is one, and NotSuch where a value
    cannot be written.
    """
    old = dict(dotenv_values(file, interpolate=False)) if replace and file.is_file() else {}
    kept = {name: value or "" for name, value in old.items() if name not in variables}
    said = {name: value for name, value in variables.items() if value}
    said = {"SECRET_KEY": secrets.token_urlsafe(48), **said, **kept}
    lines = "".join(f"{name}={_quoted(name, value)}\n" for name, value in said.items())
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as stream:  # noqa: PTH123 - it is open by now
        stream.write(HEAD + lines)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        if replace and file.exists():
            file.with_name(f"{file.name}.old").unlink(missing_ok=True)
            os.link(file, file.with_name(f"{file.name}.old"))
            fresh.replace(file)
        else:
            os.link(fresh, file)  # refused where there is one
    finally:
        fresh.unlink(missing_ok=True)


def _quoted(name: str, value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    for mark in ("'", '"'):
        # Where nothing within the marks stands for something else.
        if not {"\n", "\\", mark, *("$`" if mark == '"' else "")} & set(value):
            return f"{mark}{value}{mark}"
    raise NotSuch(f"{name} cannot hold backslashes, lines, or both kinds of quotation marks")

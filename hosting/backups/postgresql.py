"""PostgreSQL's own programs, pg_dump and pg_restore, on the server of the settings.

They are the Debian package postgresql-client's. pg_dump reads no server that is newer than itself.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.db import DEFAULT_DB_ALIAS, connection, connections

from hosting.backups.errors import BackupRefused

# What psycopg takes beside what the server's own library knows.
NOT_LIBPQ = {"context", "cursor_factory", "prepare_threshold", "row_factory", "autocommit"}
SCRATCH = "_proof_"
MAX_NAME = 63  # bytes of a name
EMPTY = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%%'
AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
"""


def server_version() -> str:
    return _text("SHOW server_version")


def dump(path: Path, moment: str) -> None:
    """Write the database as of a snapshot of the server's, in pg_dump's custom form."""
    _run("pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={path}")


def restore(path: Path) -> None:
    """Bring a dump into the database of the settings, whole or not at all."""
    _run("pg_restore", "--single-transaction", "--exit-on-error", str(path))


def is_empty(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether the database has nothing: no table, view or sequence."""
    return _text(EMPTY, alias) == "0"


def clear(alias: str) -> None:
    """Remove all tables and functions of a database that was empty when we came."""
    tables = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = current_schema()"
    functions = (
        "SELECT oid::regprocedure::text FROM pg_proc"
        " WHERE pronamespace = current_schema()::regnamespace"
    )
    with connections[alias].cursor() as cursor:
        for kind, named in (("TABLE", tables), ("FUNCTION", functions)):
            cursor.execute(named)
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP {kind} IF EXISTS {name} CASCADE")


def _run(program: str, *words: str) -> None:
    """Run one of them. Raises BackupRefused with what it said."""
    command = [_found(program), "--no-owner", "--no-privileges", *words]
    conninfo, environment = _how_to_connect()
    # The password is handed over in the environment: all users of a machine see command lines.
    done = subprocess.run(  # noqa: S603 - our own words
        [*command, f"--dbname={conninfo}"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise BackupRefused(f"{program} failed: {done.stderr.strip() or done.returncode}")


def _found(program: str) -> str:
    """Where the program is. Raises BackupRefused where it is missing, or older than the server."""
    server = int(_text("SHOW server_version_num")) // 10_000
    install = f"install the Debian package postgresql-client-{server}."
    path = shutil.which(program)
    if path is None:
        raise BackupRefused(f"{program} is not on this machine: {install}")
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"\) (\d+)", told.stdout)
    if found is None or int(found[1]) < server:
        version = found[1] if found else "unknown"
        raise BackupRefused(
            f"{program} is of version {version}, older than the server, PostgreSQL {server}:"
            f" {install}"
        )
    return path


def _parameters() -> dict[str, str]:
    """How the settings reach the database, in libpq's words."""
    found: Mapping[str, Any] = connection.get_connection_params()
    return {
        name: str(value)
        for name, value in found.items()
        if name not in NOT_LIBPQ and isinstance(value, str | int) and value != ""
    }


def _how_to_connect() -> tuple[str, dict[str, str]]:
    parameters = _parameters()
    environment = dict(os.environ)
    if "password" in parameters:
        environment["PGPASSWORD"] = parameters.pop("password")
    parameters.pop("client_encoding", None)

    def quoted(value: str) -> str:
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    return " ".join(f"{name}={quoted(value)}" for name, value in parameters.items()), environment


# --- A scratch database --------------------------------------------------------------------------
@contextmanager
def scratch_database() -> Iterator[str]:
    """Make a database on the same server, yield its URL, and drop it. Raises BackupRefused."""
    with connection.cursor() as cursor:
        stem = f"{connection.settings_dict['NAME']}"[: MAX_NAME - 20] + SCRATCH
        for name in _abandoned(cursor, stem):
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        name = f"{stem}{os.getpid()}"
        _may_create(cursor)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield _url(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _abandoned(cursor: Any, stem: str) -> list[str]:
    """The scratch databases of proofs that were killed: nobody is connected to them."""
    cursor.execute(
        "SELECT d.datname FROM pg_database d WHERE starts_with(d.datname, %s)"
        " AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)"
        " AND pg_has_role(d.datdba, 'USAGE')",
        [stem],
    )
    return [name for (name,) in cursor.fetchall() if re.fullmatch(r"\d+", name[len(stem) :])]


def _may_create(cursor: Any) -> None:
    cursor.execute(
        "SELECT current_user, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    )
    user, may = cursor.fetchone()
    if not may:
        raise BackupRefused(
            f"A proof restores into a database of its own, and “{user}” may not make one:"
            f' as the server\'s administrator say ALTER ROLE "{user}" CREATEDB.'
        )


def _url(name: str) -> str:
    """The address of another database of the same server, for DATABASE_URL."""
    parameters = _parameters() | {"dbname": name}
    user, password = (quote(parameters.pop(one, ""), safe="") for one in ("user", "password"))
    host, port = quote(parameters.pop("host", ""), safe=""), parameters.pop("port", "")
    parameters.pop("client_encoding", None)
    database = quote(parameters.pop("dbname"), safe="")
    at = f"{host}:{port}" if port else host
    query = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
    return f"postgres://{user}:{password}@{at}/{database}{query}"


def _text(sql: str, alias: str = DEFAULT_DB_ALIAS) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return str(row[0]) if row else ""

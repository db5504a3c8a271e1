"""Bring a release's database forward and open every page: `python -m tests.upgrade.walk FILE`.

A process of its own, whose settings name an empty place. FILE is the release's SQLite file: on
SQLite it becomes the database; on PostgreSQL the tables are made as the release had them, and
its rows put in. What it found is printed.
"""

import html
import json
import os
import re
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DEFAULT_DB_ALIAS, connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402

from accounts.models import User  # noqa: E402
from discussions.models import Comment  # noqa: E402
from hosting.backups.moving import SOURCE, all_models, copy_rows, opened, sqlite_file  # noqa: E402
from hosting.backups.snapshots import media_columns  # noqa: E402
from seminars.models import Membership  # noqa: E402

LINKS = re.compile(r'(?:href|src|hx-get)="([^"#]+)')
MAX_PAGES = 2  # of each view: the same page with other rows in it


def bring_forward(release: Path) -> None:
    """Let the database of the settings be the release's, and migrate it."""
    if connection.vendor == "sqlite":
        shutil.copyfile(release, connection.settings_dict["NAME"])
    else:
        with opened(SOURCE, sqlite_file(release)):
            _load(_leaves_of(release))
    call_command("migrate", verbosity=0)


def _leaves_of(release: Path) -> list[tuple[str, str]]:
    """The last migrations that the release has of each app."""
    database = sqlite3.connect(release)
    applied = set(database.execute("SELECT app, name FROM django_migrations").fetchall())
    database.close()
    graph = MigrationExecutor(connection).loader.graph
    known = applied & set(graph.nodes)
    followed = {
        parent.key
        for node in known
        for parent in graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(known - followed)


def _load(leaves: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(leaves)
    state = MigrationExecutor(connection).loader.project_state(leaves)
    copy_rows(all_models(state.apps), SOURCE, DEFAULT_DB_ALIAS)
    call_command("createcachetable")


def put_files() -> None:
    """Put something in the place of each uploaded file, of which a database has only the name."""
    names: list[str] = []
    with connection.cursor() as cursor:
        for table, column in media_columns():
            cursor.execute(f'SELECT "{column}" FROM "{table}"')
            names += [name for (name,) in cursor.fetchall() if name]
    for name in names:
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Words\n", encoding="utf-8")


def walk(user: User) -> tuple[dict[str, int], list[str]]:
    """Follow every link from home on; return how many pages of each view answered, and what
    failed."""
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(user)
    seen, opened_pages, wrong = {"/"}, Counter[str](), list[str]()
    waiting = ["/"]
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        name = resolve(urlsplit(address).path).url_name or ""
        if answer.status_code >= 500 or answer.status_code == 404:
            wrong.append(f"{user}: {address} answers {answer.status_code}")
        opened_pages[name] += 1
        for link in _links(address, answer):
            if link not in seen and opened_pages[_view_of(link)] + _of(waiting, link) < MAX_PAGES:
                seen.add(link)
                waiting.append(link)
    return dict(opened_pages), wrong


def _of(waiting: list[str], link: str) -> int:
    return sum(_view_of(one) == _view_of(link) for one in waiting)


def _view_of(address: str) -> str:
    return resolve(urlsplit(address).path).url_name or ""


def _links(address: str, answer: "object") -> Iterator[str]:
    """The addresses of ours that a page leads to."""
    if location := answer.headers.get("Location"):  # type: ignore[attr-defined]
        found = [location]
    elif answer.headers.get("Content-Type", "").startswith("text/html"):  # type: ignore[attr-defined]
        found = LINKS.findall(answer.content.decode())  # type: ignore[attr-defined]
    else:
        found = []
    for link in found:
        whole = urljoin(f"http://localhost{address}", html.unescape(link))
        parts = urlsplit(whole)
        if parts.netloc != "localhost" or parts.path.startswith(("/static/", "/accounts/")):
            continue
        try:
            resolve(parts.path)
        except Resolver404:
            continue
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def main(release: Path) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    bring_forward(release)
    put_files()
    found: dict[str, object] = {"comments": Comment.objects.count()}
    wrong: list[str] = []
    for role in ("instructor", "participant"):
        members = Membership.objects.filter(role=role, removed_at=None).select_related("user")
        pages, failed = walk(members.order_by("pk")[0].user)
        found[role] = pages
        wrong += failed
    sys.stdout.write(json.dumps(found | {"wrong": wrong}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

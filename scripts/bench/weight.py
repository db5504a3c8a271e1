"""What a reading page asks of the database, and of the reader's line and browser."""

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scripts.bench import pages
from scripts.bench.report import Figure, at_most

QUERIES_GOAL = 8  # six, and two for the session
PAGE_GOAL, ELEMENTS_GOAL = 15, 1_500  # kB of gzip
FILE_GOALS = {"js": ("JavaScript", 30), "css": ("CSS", 12)}


class _Page(HTMLParser):
    """Counts the elements of a page, and collects its scripts and style sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self.files: dict[str, set[str]] = {"js": set(), "css": set()}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        values = dict(attrs)
        address = (values.get("src") if tag == "script" else values.get("href")) or ""
        suffix = address.rsplit(".", 1)[-1]
        if tag in {"script", "link"} and suffix in self.files:
            self.files[suffix].add(address.removeprefix(settings.STATIC_URL))


def weight_figures() -> Iterator[Figure]:
    """Count queries at one thread and at two hundred, and weigh the page with two hundred."""
    for name, seminar, reading in (
        ("1 thread", "figures", "one"),
        ("200 threads", "seminar-0", "reading-0"),
    ):
        _, queries = _ask(seminar, reading)
        yield at_most(f"queries of a reading page with {name}", queries, QUERIES_GOAL)
    html, _ = _ask("seminar-0", "reading-0")
    page = _Page()
    page.feed(html.decode())
    yield at_most("its weight", len(gzip.compress(html)) / 1000, PAGE_GOAL, " kB of gzip")
    yield at_most("its elements", page.elements, ELEMENTS_GOAL)
    source = Path(settings.STATIC_ROOT)
    for suffix, (name, goal) in FILE_GOALS.items():
        files = _with_imports(source, page.files[suffix])
        weight = sum(len(gzip.compress((source / file).read_bytes(), 9)) for file in files) / 1000
        yield at_most(f"{name} on first view", weight, goal, " kB of gzip", f"{len(files)} files")


def _ask(seminar: str, reading: str) -> tuple[bytes, int]:
    """Return a page as one sees it who comes again, and how many queries it took."""
    client = Client(headers={"host": "localhost", **pages.headers_of(seminar=seminar)})
    path = pages.page_of(seminar, reading)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return response.content, len(queries)


def _with_imports(source: Path, names: set[str]) -> set[str]:
    """The files and the modules that they import, which the browser fetches too."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name.endswith(".js"):
            text = (source / name).read_text(encoding="utf-8")
            for target in re.findall(r'(?:from|import)\s*["\'](\.[^"\']+)["\']', text):
                path = ((source / name).parent / target).resolve()
                waiting.append(str(path.relative_to(source.resolve())))
    return found

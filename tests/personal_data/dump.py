"""All that a database, its indexes, its caches and the media hold, as text to look through."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


def rows() -> Iterator[tuple[str, str]]:
    """Yield each row of each table, those of the search index among them, with the table's name."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(TABLES[connection.vendor])
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT * FROM {quote(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(map(as_text, row))


def files() -> Iterator[tuple[str, str]]:
    """Yield each uploaded file by its path, with what is in it."""
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            yield str(path), f"{path.name} {as_text(path.read_bytes())}"


def as_text(value: Any) -> str:
    """Bytes letter by letter, and what they are where they are deflated; JSON without escapes."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if not isinstance(value, bytes):
        return str(value)
    text = value.decode("latin-1")
    for width in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        with suppress(zlib.error):
            text += zlib.decompressobj(width).decompress(value).decode("latin-1")
    return text


def holders(*markers: str) -> list[str]:
    """Where one of these stands, whatever its capitals, with the words around it."""
    found = []
    for place, text in (*rows(), *files()):
        folded = text.casefold()
        for marker in markers:
            at = folded.find(marker.casefold())
            if at >= 0:
                found.append(f"{place}: …{text[max(0, at - 40) : at + 40]}…")
    return found

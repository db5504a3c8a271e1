"""Static files with their content's hash in their name, made small and compressed beforehand."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Paths = dict[str, tuple[Storage, str]]

# Strings stay as they are. Spaces and comments go where they cannot count: around braces,
# semicolons, commas and child combinators, and after a colon; before a colon, a space is a
# combinator (`.a :is(.b)`), which the common minifiers lose inside a layer.
_SPACE = r"(?:\s|/\*.*?\*/)"
_NEEDLESS = re.compile(
    rf'("[^"]*")|{_SPACE}*;?{_SPACE}*(\}}){_SPACE}*|{_SPACE}*([{{;,>]){_SPACE}*|(:){_SPACE}+'
    rf"|{_SPACE}+",
    re.DOTALL,
)


def minified(style: str) -> str:
    """Return a style sheet as browsers get it: no comments, and only the spaces that count."""
    return _NEEDLESS.sub(lambda found: found[found.lastindex] if found.lastindex else " ", style)


class MinifiedStyles(Storage):
    """A folder of style sheets, minified as they are read; the files stay as they are written."""

    def __init__(self, written: Storage) -> None:
        self.written = written

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with self.written.open(name, mode) as file:
            return ContentFile(minified(file.read().decode()).encode())


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, following ES module imports as well, and with style sheets minified.

    A file can then be cached for ever: when it changes, so do its name and
    the names of the modules that import it.
    """

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: Paths, *args: Any, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Hash and compress `paths`: each file's name, with the storage and path it comes from."""
        sources = {
            name: (MinifiedStyles(storage), path) if name.endswith(".css") else (storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(sources, *args, **options)

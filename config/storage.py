"""Static files with their content's hash in their name, made small and compressed beforehand."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.styles import STYLE_SETS

Paths = dict[str, tuple[Storage, str]]

# Strings stay as they are. Spaces and comments go where they cannot count: around braces,
# semicolons, commas and child combinators, and after a colon; before a colon, a space is a
# combinator (`.a :is(.b)`), which the common minifiers lose inside a layer.
# A comment is atomic: it ends where it ends, even if a brace that would match comes after another.
_SPACE = r"(?:\s|(?>/\*.*?\*/))"
_NEEDLESS = re.compile(
    rf'("[^"]*")|{_SPACE}*;?{_SPACE}*(\}}){_SPACE}*|{_SPACE}*([{{;,>]){_SPACE}*|(:){_SPACE}+'
    rf"|{_SPACE}+",
    re.DOTALL,
)


# Whole lines alone, and those of no string: tests/test_static.py holds that no literal spans lines.
_COMMENT_LINES = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


def minified_style(style: str) -> str:
    """Return a style sheet as browsers get it: no comments, and only the spaces that count."""
    return _NEEDLESS.sub(lambda found: found[found.lastindex] if found.lastindex else " ", style)


def minified_script(script: str) -> str:
    """Return a script as browsers get it: without lines of comment, empty lines and indents."""
    return _INDENT.sub("", _COMMENT_LINES.sub("", script))


# By folder: what is in vendor/ was made small by others.
MINIFIED = {"css/": minified_style, "js/": minified_script}


class MinifiedFiles(Storage):
    """A folder of files, minified as they are read; the files stay as they are written."""

    def __init__(self, written: Storage, minify: Callable[[str], str]) -> None:
        self.written = written
        self.minify = minify

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with self.written.open(name, mode) as file:
            return ContentFile(self.minify(file.read().decode()).encode())


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, following ES module imports as well, and minifying what is ours.

    A file can then be cached for ever: when it changes, so do its name and
    the names of the modules that import it.
    """

    support_js_module_import_aggregation = True
    has_style_sets = True  # each of config/styles.py is a file of its own

    def post_process(
        self, paths: Paths, *args: Any, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        """Hash and compress `paths`: each file's name, with the storage and path it comes from."""
        sources = dict(paths)
        for name, (storage, path) in paths.items():
            for folder, minify in MINIFIED.items():
                if name.startswith(folder):
                    sources[name] = (MinifiedFiles(storage, minify), path)
        for name, styles in STYLE_SETS.items():
            together = f"css/{name}.css"
            self.delete(together)
            self.save(together, ContentFile(self._joined(styles, sources)))
            sources[together] = (self, together)
        yield from super().post_process(sources, *args, **options)

    def _joined(self, styles: Iterable[str], sources: Paths) -> bytes:
        files = (sources[f"css/{name}.css"] for name in styles)
        return b"".join(storage.open(path).read() for storage, path in files)

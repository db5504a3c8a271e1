"""The site's views as the URLconf has them, for the tests that walk all of them."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Route:
    """One entry of the URLconf."""

    name: str
    path: str
    view: Callable[..., Any]

    @property
    def function(self) -> Callable[..., Any]:
        """The view without its decorators."""
        function: Callable[..., Any] = inspect.unwrap(self.view)
        return function

    @property
    def app(self) -> str:
        return self.function.__module__.split(".")[0]

    @property
    def is_ours(self) -> bool:
        """Whether its view is in a package of this repository."""
        return (ROOT / self.app).is_dir()


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Route]:
    """Yield every route of the URLconf, included ones too."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        elif isinstance(entry, URLPattern):
            yield Route(entry.name or "", path, entry.callback)

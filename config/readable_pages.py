"""Pages to go back to: what was shown in answer to a form may stand at an address that only takes
forms, and who is led there would be refused."""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve


def page_at(url: str) -> str:
    """Return this path of the site where it can be read, or else the nearest above it that can."""
    path = urlsplit(url).path
    if _can_be_read(path):
        return url
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if _can_be_read(path):
            return path
    return "/"


def _can_be_read(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    methods = _methods_of(view)
    return methods is None or "GET" in methods


def _methods_of(view: Callable[..., Any] | None) -> Collection[str] | None:
    """The methods that Django's require_http_methods lets through; None for those of any."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and "request_method_list" in code.co_freevars:
            held = dict(zip(code.co_freevars, view.__closure__ or (), strict=True))
            methods: Collection[str] = held["request_method_list"].cell_contents
            return methods
        view = getattr(view, "__wrapped__", None)
    return None

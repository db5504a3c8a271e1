"""How the page looks to who reads it, before the first paint."""

from typing import Any

from django.http import HttpRequest

DISPLAY = (
    "theme",
    "measure",
    "typeface",
    "annotations",
    "text_only",
    "single_keys",
    "shows_presence",
)


def display(request: HttpRequest) -> dict[str, Any]:
    """The settings of the display menu, as base.html writes them on <html>."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"display": {}}
    return {"display": {name: getattr(user, name) for name in DISPLAY} | {"size": user.text_size}}

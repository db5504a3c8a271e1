"""What every page may ask: how it looks to who reads it, and whether this site sends mail."""

from typing import Any

from django.http import HttpRequest

from accounts.mail import sends_mail

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


def mail(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Whether a page may offer what goes by mail; where not, it says what to do instead."""
    return {"sends_mail": sends_mail}

"""The gates that need no seminar: `@public` and `@signed_in`.

`seminars.access` has the others and hands these on, so that a view finds all in one place.
"""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Mark a view that anyone may see, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return login_not_required(view)


def signed_in(view: View) -> View:
    """Mark a view for anyone with an account; LoginRequiredMiddleware holds the rest off."""
    view.access = "signed_in"  # type: ignore[attr-defined]
    return view

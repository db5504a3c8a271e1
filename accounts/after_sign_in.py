"""Pages to which some people come first when they have signed in."""

from collections.abc import Callable

from accounts.models import User

_pages: list[Callable[[User], str | None]] = []


def lead_first(page_of: Callable[[User], str | None]) -> None:
    """Have `page_of` asked for the address of a page, or None; from AppConfig.ready()."""
    _pages.append(page_of)


def first_page(user: User) -> str | None:
    """The page that this person must see before they go where they wanted."""
    return next((page for page_of in _pages if (page := page_of(user))), None)

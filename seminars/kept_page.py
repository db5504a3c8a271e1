"""Whole pages kept by shape, with slots for who looks, and for what is shown.

What base.html says is the same for all who read in one way and may do the same: only their
name, the token of their forms and the page's address are another's. A page says with which
stand-ins its own template is rendered, what decides its shape, and what fills the slots.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from accounts.context import display
from documents.visible import isolated
from rendering.kept_html import kept_html, name_slot, word_slot, words
from rendering.slots import Values, escape, without_marks
from seminars.context import rights_of
from seminars.http import Request
from seminars.models import Membership, Seminar
from seminars.news_bell import news_bell
from seminars.read_only import read_only_sentence
from seminars.review_count import desk_link


def viewer_slots(shown: Mapping[str, Any], *, is_host: bool) -> dict[str, Any]:
    """What base.html asks of its viewer, who reads as `shown` says: stand-ins."""
    return {
        "display": shown,
        "user": SimpleNamespace(
            is_authenticated=True,
            is_host=is_host,
            **{name: word_slot(name) for name in ("pk", "name", "email")},
        ),
        "request": {"get_full_path": word_slot("path")},
        "csrf_token": word_slot("csrf"),
        "news_bell": word_slot("news-bell"),
        "desk_link": word_slot("desk-link"),
    }


def viewer_values(request: Request) -> Values:
    """What fills them."""
    user = request.user
    return {
        # One for all forms of the page: each is masked by a hundred random choices.
        "csrf": cache(lambda: get_token(request)),
        "pk": lambda: str(user.pk),
        "name": lambda: escape(isolated(user.name)),
        "email": lambda: escape(user.email),
        "path": lambda: escape(request.get_full_path()),
        "messages": lambda: messages_html(request),
        "news-bell": lambda: news_bell(request),
        "desk-link": lambda: desk_link(request),
    }


def seminar_slots() -> SimpleNamespace:
    """A seminar in a template."""
    return SimpleNamespace(
        name=word_slot("seminar-name"),
        slug=name_slot("seminar"),
        get_absolute_url=word_slot("seminar-url"),
    )


def below_seminar(rights: Mapping[str, bool]) -> dict[str, Any]:
    """What base.html is told of the seminar: stand-ins, and the rights of who asks."""
    archived = "" if rights["change"] else word_slot("archived")
    return {"seminar": seminar_slots(), "can": rights, "archived": archived}


def seminar_values(seminar: Seminar) -> Values:
    return {
        "archived": lambda: escape(read_only_sentence(seminar)),
        "seminar-name": words(isolated(seminar.name)),
        "seminar": words(seminar.slug),
        "seminar-url": lambda: escape(seminar.get_absolute_url()),
    }


def kept_page(
    request: Request,
    template: str,
    *,
    shape: tuple[Hashable, ...],
    context: Callable[[], dict[str, Any]],
    values: Values,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page for who asks; below a seminar, the template knows it and their rights."""
    shown = display(request)["display"]
    is_host = request.user.is_host
    member: Membership | None = getattr(request, "membership", None)
    rights = rights_of(member) if member else {}

    def whole() -> dict[str, Any]:
        below = below_seminar(rights) if member else {}
        told = {"told": word_slot("messages")}
        return viewer_slots(shown, is_host=is_host) | told | below | context()

    kept = kept_html(template, (*shown.values(), is_host, *rights.values(), *shape), whole)
    seminar = seminar_values(member.seminar) if member else {}
    return HttpResponse(kept.fill({**viewer_values(request), **seminar, **values}), status=status)


def messages_html(request: Request) -> str:
    """What is said once, in the page's place for it."""
    shown = list(get_messages(request))
    return without_marks(render_to_string("_messages.html", {"messages": shown})) if shown else ""

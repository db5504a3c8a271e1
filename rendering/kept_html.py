"""What a template makes, kept with slots for each shape that its context can have.

A template is rendered with a stand-in for each value: a slot for words, and for what an address
is made of a number or a name that nothing else on a page is. What is left to the template are
questions with few answers: whether a comment is hidden, what its viewer may do with it. The
answers are the shape. So there is one template and one place for each rule, and to fill the
slots is to join strings.
"""

import secrets
from collections.abc import Callable, Hashable
from typing import Any

from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from rendering.slots import NamedSlots, escape, named
from rendering.store import BoundedStore

KEPT_BYTES = 4_000_000

_kept: BoundedStore[tuple[Hashable, ...], NamedSlots] = BoundedStore(
    KEPT_BYTES, lambda kept: 2 * kept.size
)
# Digits and letters that nobody can write, as long as this process runs.
_NUMBERS: dict[str, int] = {}
_NAMES: dict[str, str] = {}


def number_slot(name: str) -> int:
    """A number that stands in a template for another one."""
    return _NUMBERS.setdefault(name, 10**17 + secrets.randbelow(8 * 10**17))


def name_slot(name: str) -> str:
    """The same for a name in an address, of letters alone."""
    return _NAMES.setdefault(name, f"slot{secrets.token_hex(16)}")


def word_slot(name: str) -> SafeString:
    """The same for HTML: words are escaped where they are filled in."""
    return mark_safe(named(name))  # noqa: S308 - a slot, filled with HTML


def kept_html(
    template: str, shape: tuple[Hashable, ...], context: Callable[[], dict[str, Any]]
) -> NamedSlots:
    """Return what the template makes of the stand-ins in `context`, which `shape` decides."""
    key = (template, get_language(), get_urlconf(), get_script_prefix(), shape)
    found = _kept.get(key)
    if found is None:
        rendered: str = render_to_string(template, context())
        for names in (_NUMBERS, _NAMES):
            for name, stands_in in list(names.items()):
                rendered = rendered.replace(str(stands_in), named(name))
        found = NamedSlots(rendered)
        _kept.put(key, found)
    return found


def forget_kept_html() -> None:
    """Keep none; for tests and the benchmark."""
    _kept.clear()


def words(text: str) -> Callable[[], str]:
    """Fill a slot with words."""
    return lambda: escape(text)


def html(text: str) -> Callable[[], str]:
    """Fill a slot with HTML, or with a number."""
    return lambda: text

"""The tags that every template has without loading them (settings.TEMPLATES, `builtins`)."""

import datetime
import json
import uuid
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.defaultfilters import date
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, get_language_bidi, to_locale
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JavaScriptCatalog

from config.styles import styles_in
from documents.visible import isolated as isolated_text
from rendering.kept_html import html, kept_html, word_slot
from rendering.slots import NamedSlots, Values

register = template.Library()


@register.simple_tag(name="static")
@cache
def static_address(path: str) -> str:
    """Django's tag, which looks for the address anew each time; it is another in each release."""
    return static(path)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw one of static/icons.svg, not read out: what it means stands beside it in words."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name
    )


@register.simple_tag
@cache
def css(*names: str) -> SafeString:
    """Link style sheets of static/css, by name or by set (config/styles.py), in this order."""
    as_sets = getattr(staticfiles_storage, "has_style_sets", False)
    served = names if as_sets else styles_in(*names)
    links = ((static(f"css/{name}.css"),) for name in served)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
def constant(template_name: str) -> SafeString:
    """Show a template that asks nothing of its context: made once for each language."""
    return _filled(kept_html(template_name, (), dict), {})


@register.simple_tag
def account_menu(user: Any, manages_readings: bool | str, csrf_token: str) -> SafeString:
    """Show _account_menu.html to somebody signed in; one is kept for all of them."""
    has_library = bool(manages_readings or user.is_host)

    def context() -> dict[str, Any]:
        someone = {"name": word_slot("name"), "email": word_slot("email")}
        rights = {"has_library": has_library, "is_host": bool(user.is_host)}
        return {"user": someone, **rights, "csrf_token": word_slot("csrf")}

    kept = kept_html("_account_menu.html", (has_library, bool(user.is_host)), context)
    name, email = conditional_escape(isolated(user.name)), conditional_escape(user.email)
    return _filled(kept, {"name": html(name), "email": html(email), "csrf": html(str(csrf_token))})


@register.simple_tag
def display_menu(display: Mapping[str, Any], path: str, csrf_token: str) -> SafeString:
    """Show _display_menu.html, kept for each way of reading; `path` is where it leads back to."""
    kept = kept_html(
        "_display_menu.html",
        tuple(display.items()),
        lambda: {"display": display, "path": word_slot("path"), "csrf_token": word_slot("csrf")},
    )
    values = {"path": html(conditional_escape(path)), "csrf": html(str(csrf_token))}
    return _filled(kept, values)


def _filled(kept: NamedSlots, values: Values) -> SafeString:
    return mark_safe(kept.fill(values).decode())  # noqa: S308 - a template's, and escaped words


DAYS_OF_A_WEEK = 7  # so many days ago, a day has the same name as today

NESTED = str.maketrans({"“": "‘", "”": "’", "‘": "“", "’": "’"})


@register.filter
def quoted(title: object) -> str:
    """Write a title as it stands within quotation marks: its own are single there.

    An apostrophe looks like a closing single mark, and stays one.
    """
    return str(title).translate(NESTED)


@register.filter
def isolated(value: object) -> str:
    """Let a name or a quotation stand among words of another direction: “{{ name|isolated }}”."""
    # Isolating adds no markup: what was safe is safe still, and what was not is escaped after.
    text = isolated_text(str(value))
    return SafeString(text) if isinstance(value, SafeString) else text


@register.simple_tag
def form_key() -> SafeString:
    """Mark a form, so that sent once more it does nothing more (accounts/idempotency.py)."""
    return format_html('<input type="hidden" name="client_key" value="{}">', uuid.uuid4())


@register.simple_tag
def moment(value: datetime.datetime | None) -> SafeString:
    """Write when something happened: “3 May, 14:00”, with the year where it is not this one.

    It is in the host's zone, which stands in the title; static/js/lib/times.js writes it in the
    reader's, and “12 minutes ago” where it was today.
    """
    return _time(value, "j F{} H:i", "")


@register.simple_tag
def deadline(value: datetime.datetime | None) -> SafeString:
    """Write until when, or from when, in full: “Monday 3 May, 14:00 UTC”."""
    return _time(value, "l j F{} H:i T", "deadline")


@register.simple_tag
def since(value: datetime.datetime | None) -> SafeString:
    """Write since when, as briefly as can be told: “10:40” of today, “Tuesday”, “24 November”."""
    if value is None:
        return SafeString("")
    ago = localtime().date() - localtime(value).date()
    style = "H:i" if not ago.days else "l" if ago.days < DAYS_OF_A_WEEK else "j F"
    return _time(value, style, "since")


@register.simple_tag
def day(value: datetime.datetime | None) -> SafeString:
    """Write on what day something happened: “3 May 2026”."""
    return _time(value, "j F Y", "day")


@register.simple_tag
def calendar_day(value: datetime.date) -> SafeString:
    """Write a day that is the same in every zone: “Monday 3 May 2026”."""
    written = date(value, "l j F Y")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written)


def _time(value: datetime.datetime | None, style: str, kind: str) -> SafeString:
    """Write a moment for people in Django's `style` of dates, and for machines as ISO 8601."""
    if value is None:
        return SafeString("")
    local = localtime(value)
    year = "," if local.year == localtime().year else " Y,"
    return _written_time(local, str(local.tzinfo), style.format(year), kind, get_language())


# The same moments come again with each page that shows them, and Django is slow to write one.
@lru_cache(maxsize=4096)
def _written_time(
    local: datetime.datetime,
    zone: str,  # noqa: ARG001 - for the cache: a moment is equal to itself in any zone
    style: str,
    kind: str,
    language: str | None,  # noqa: ARG001 - for the cache
) -> SafeString:
    return format_html(
        '<time datetime="{}"{} title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        format_html(' data-kind="{}"', kind) if kind else "",
        date(local, "j F Y, H:i T"),
        date(local, style),
    )


@register.simple_tag
def language() -> str:
    """The language of the page's own words, as HTML writes it: en-GB."""
    return to_locale(get_language() or "en").replace("_", "-")


@register.simple_tag
def direction() -> str:
    """The direction in which the page's own words run."""
    return "rtl" if get_language_bidi() else "ltr"


@cache
def script_catalogue(code: str) -> dict[str, str | list[str] | list[int]]:
    """What scripts say, in the language `code`: each message by its English; empty without any.

    A message with plural forms has the list of them, and `forms` the place in it for each number
    under 200: beyond, no language looks further than the last two digits.
    """
    catalogue = JavaScriptCatalog()
    catalogue.translation = DjangoTranslation(code, domain="djangojs")
    messages: dict[str, str | list[str] | list[int]] = {**catalogue.get_catalog()}
    if messages:
        messages["forms"] = [catalogue.translation.plural(number) for number in range(200)]
    return messages


@register.filter
def as_json(value: Mapping[str, Any]) -> str:
    """Write `value` as JSON, for a script to read out of an attribute."""
    return json.dumps(value, default=dict)


@register.simple_tag
def script_messages() -> SafeString:
    """Hand static/js/lib/dom.js what scripts say in the page's language; nothing in English."""
    messages = script_catalogue(get_language() or "en")
    if not messages:
        return SafeString("")
    return format_html('<meta name="messages" content="{}">', json.dumps(messages))

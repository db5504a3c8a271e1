"""Which threads of a reading are listed, and in which order: as the address of the list says it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from rendering.kept_html import html, kept_html, word_slot, words
from rendering.slots import escape

SHOWN = {
    "": gettext_lazy("All"),
    "mine": gettext_lazy("Mine"),
    "questions": gettext_lazy("Questions"),
    "open": gettext_lazy("Open questions"),
    "links": gettext_lazy("Links"),
    "prompts": gettext_lazy("Prompts"),
    "group": gettext_lazy("My group’s"),
    "new": gettext_lazy("New"),
    "archived": gettext_lazy("Archived"),
}
ORDERS = {
    "": gettext_lazy("In the order of the text"),
    "newest": gettext_lazy("Newest first"),
    "active": gettext_lazy("Most active first"),
}
# Where there is no text in whose order they could stand.
GENERAL_ORDERS = ORDERS | {"": gettext_lazy("Latest post first")}


@dataclass(frozen=True, slots=True)
class OfferedFilters:
    """Of the threads that a viewer sees: the names of who began one, of their groups and tags, and
    whether there are links among them."""

    people: tuple[str, ...]
    groups: tuple[str, ...]
    tags: tuple[str, ...]
    has_links: bool


@dataclass(frozen=True, slots=True)
class ThreadFilters:
    """What is asked of the list. Empty is no filter, and the order of the text.

    `by` is the name of who began a thread as its reader sees it, `group` and `tag` are names.
    """

    show: str = ""
    by: str = ""
    group: str = ""
    tag: str = ""
    order: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "ThreadFilters":
        """Read the address; what it cannot say is as if it said nothing."""
        show, order = asked.get("show", ""), asked.get("order", "")
        return cls(
            show=show if show in SHOWN else "",
            by=asked.get("by", "").strip(),
            group=asked.get("group", "").strip(),
            tag=asked.get("tag", "").strip(),
            order=order if order in ORDERS else "",
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.show or self.by or self.group or self.tag)

    def shown(self, *, is_general: bool, has_links: bool) -> list[tuple[str, str]]:
        """The kinds of threads to choose from; prompts are of a guide to an essay, and links are
        of a list that has any."""
        hidden = {"prompts"} if is_general else set()
        if not has_links and self.show != "links":
            hidden.add("links")
        return [(value, str(name)) for value, name in SHOWN.items() if value not in hidden]

    def rest(self) -> str:
        """What the links between kinds of threads carry along, escaped for an address."""
        said = asdict(replace(self, show=""))
        kept = urlencode({name: value for name, value in said.items() if value})
        return escape(f"&{kept}") if kept else ""

    def form(self, offered: OfferedFilters, *, is_general: bool) -> bytes:
        """The fields for a person, a group, a tag and the order."""
        return _form(self, offered, is_general, get_language())


@lru_cache(maxsize=256)
def _form(
    chosen: ThreadFilters,
    offered: OfferedFilters,
    is_general: bool,
    language: str | None,  # noqa: ARG001 - for the cache
) -> bytes:
    by = {"": _("Anyone"), **{name: name for name in offered.people}}
    of = {"": _("Any group"), **{name: name for name in offered.groups}}
    tagged = {"": _("Any tag"), **{name: name for name in offered.tags}}
    orders = GENERAL_ORDERS if is_general else ORDERS
    has_groups, has_tags = len(of) > 2, len(tagged) > 1  # one group and “any” are no choice
    kept = kept_html(
        "discussions/_thread_filters.html",
        (has_groups, has_tags),
        lambda: (
            {"has_groups": has_groups, "has_tags": has_tags}
            | {name: word_slot(name) for name in ("show", "people", "groups", "tags", "orders")}
        ),
    )
    values = {
        "show": words(chosen.show),
        "people": html(_options(by, chosen.by)),
        "groups": html(_options(of, chosen.group)),
        "tags": html(_options(tagged, chosen.tag)),
        "orders": html(_options({key: str(name) for key, name in orders.items()}, chosen.order)),
    }
    return kept.fill(values)


def _options(choices: Mapping[str, str], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(name)}</option>"
        for value, name in choices.items()
    )

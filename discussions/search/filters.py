"""What somebody looks for, and where: as the address of the page says it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from anchoring import MAX_TYPED, SearchQuery, parse_query
from documents.whole_number import whole_number

EVERYTHING, TEXT, GUIDE, THREADS = "", "text", "guide", "threads"
PARTS = {
    EVERYTHING: gettext_lazy("Everything"),
    TEXT: gettext_lazy("In the text"),
    GUIDE: gettext_lazy("In the guide"),
    THREADS: gettext_lazy("In threads"),
}
BY_TEXT, NEWEST, MOST_ACTIVE = "", "newest", "active"
ORDERS = {
    BY_TEXT: gettext_lazy("In the order of the text"),
    NEWEST: gettext_lazy("Newest first"),
    MOST_ACTIVE: gettext_lazy("Most active threads first"),
}
# By these, comments are told apart; a text and a guide have none of them.
OF_COMMENTS = ("kind", "tag", "whose", "by")
# The name in the address of each field.
_NAMES = {
    "typed": "q",
    "part": "in",
    "reading": "reading",
    "kind": "kind",
    "tag": "tag",
    "whose": "whose",
    "by": "by",
    "order": "order",
    "after": "after",
}


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What was typed, and what is to be left of what it finds. Empty is no filter.

    `reading` is a slug, `by` a name as its reader sees it, `after` the key of the last thing on
    the page before; `whose` is “mine”, “staff”, “new” or “group-” with a key.
    """

    typed: str = ""
    part: str = EVERYTHING
    reading: str = ""
    kind: str = ""
    tag: str = ""
    whose: str = ""
    by: str = ""
    order: str = BY_TEXT
    after: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "SearchFilters":
        """Read the address; what it cannot say is as if it said nothing."""
        values = {field: asked.get(name, "").strip() for field, name in _NAMES.items()}
        for field, known in (("part", PARTS), ("order", ORDERS)):
            if values[field] not in known:
                values[field] = ""
        if whole_number(values["after"]) is None:
            values["after"] = ""
        found = cls(**values)
        return replace(found, part=THREADS) if found.is_of_comments else found

    @property
    def is_too_long(self) -> bool:
        return len(self.typed) > MAX_TYPED

    @property
    def query(self) -> SearchQuery:
        return parse_query("" if self.is_too_long else self.typed)

    @property
    def is_of_comments(self) -> bool:
        """Whether it leaves comments alone."""
        return any(getattr(self, name) for name in OF_COMMENTS)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.reading) or self.is_of_comments

    def address(self, **changes: Any) -> str:
        """The query string with these changes, from the first page on."""
        changed = replace(self, **{"after": "", **changes})
        said = {name: str(getattr(changed, field)) for field, name in _NAMES.items()}
        return f"?{urlencode({name: value for name, value in said.items() if value})}"

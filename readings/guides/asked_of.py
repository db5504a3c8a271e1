"""Of whom a prompt is asked: of everybody together, or of each group for itself.

The file says so in the prompt's first line, “Asked of: each group”; without it, of everybody.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from readings.guides.guide_file import LINK, GuideRefused, ParsedItem, Problem
from readings.guides.link_items import link_of

# As the file writes them, in every language.
FIRST_WORDS = "Asked of:"
EACH_GROUP, EVERYBODY = "each group", "everybody"

_LINE = re.compile(rf"{FIRST_WORDS}(?P<whom>[^\n]*)(?:\n|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What a prompt asks, without the line that says of whom."""

    words: str
    each_group: bool
    is_understood: bool = True


def asked_of(body: str) -> AskedOf:
    """Read a prompt's body as the guide has it."""
    body = body.strip()
    found = _LINE.match(body)
    if found is None:
        return AskedOf(body, each_group=False)
    whom = " ".join(found["whom"].split()).casefold()
    words = body[found.end() :].strip()
    return AskedOf(words, whom == EACH_GROUP, whom in {EACH_GROUP, EVERYBODY})


def check_asked_of(item: ParsedItem) -> str:
    """Return what a prompt asks; raise GuideRefused where it is asked of nobody known."""
    asked = asked_of(item.body)
    if asked.is_understood:
        return asked.words
    message = _("write “Asked of: %(group)s” or “Asked of: %(all)s”.")
    raise GuideRefused([Problem(item.body_line, message % {"group": EACH_GROUP, "all": EVERYBODY})])


def words_of_item(kind: str, body: str) -> str:
    """Return the words by which an item is known again.

    Of whom a prompt is asked is none of them, nor the title of the essay to which a link leads, and
    how its ends stand to each other.
    """
    if kind == LINK:
        link = link_of(body)
        return f"{link.anchor}\n{link.words}"
    return asked_of(body).words if kind == "prompt" else body

"""One row of the news: who did what, the words, where and when, and what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.visible import isolated
from documents.whole_number import whole_number
from readings.models import Block, Reading
from seminars.models import Membership

NewsRow: TypeAlias = tuple[int, int]  # of a row of the news: its source and its key there
THREADS = 3  # the place of threads among the sources of news
OPENINGS, DUE_DATES, LAST_DATES = 4, 5, 6  # those of what is due
DATES = {OPENINGS, DUE_DATES, LAST_DATES}
NAMED = 2  # people by their names, where several wrote; the others are counted


class NewsKey(NamedTuple):
    """The place of a row among all: the newest first; those of one moment by source and key."""

    at: datetime
    source: int
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.source}~{self.pk}"

    @classmethod
    def parsed(cls, text: str) -> "NewsKey | None":
        """Return the key that an address names; None where it names none."""
        parts = text.replace(" ", "+").split("~")
        numbers = [whole_number(part) for part in parts[1:]]
        try:
            at = parse_datetime(parts[0])
        except ValueError:
            return None
        if at is None or at.tzinfo is None or len(numbers) != 2 or None in numbers:
            return None
        return cls(at, numbers[0] or 0, numbers[1] or 0)

    def older(self, source: int, at: str) -> Q:
        """Of the rows of a source, whose time is `at`: those that stand below this one."""
        if source < self.source:
            return Q(**{f"{at}__lte": self.at})
        later = Q(**{f"{at}__lt": self.at})
        return later | Q(**{at: self.at}, pk__lt=self.pk) if source == self.source else later


@dataclass(frozen=True, slots=True)
class NewsItem:
    """`said` is who did what, as a sentence with the names in bold; `words` are plain."""

    key: NewsKey
    icon: str
    said: SafeString
    words: str
    reading: Reading | None
    member: Membership
    place: str
    url: str
    act: str
    is_new: bool
    thread: int
    # Told at once by mail, where nothing else was chosen: it is for this member.
    is_for_me: bool
    since: datetime  # when the first of what is told here came
    note: str = ""
    is_watched: bool = False  # the thread, by this member
    link: str = ""  # of a link: what it joins, in a sentence

    @property
    def can_be_muted(self) -> bool:
        """Whether it is talk: what is decided about one's own words is told in any case."""
        return self.key.source == THREADS

    @property
    def takes_receipt(self) -> bool:
        """Whether it is seen by following it; threads and readings are by opening them."""
        return self.key.source not in {THREADS, *DATES}

    @property
    def scope(self) -> str:
        """The narrowest for which its mails can be chosen."""
        if self.thread:
            return f"thread:{self.thread}"
        return f"reading:{self.reading.pk}" if self.reading else f"seminar:{self.member.seminar_id}"

    @property
    def at(self) -> datetime:
        return self.key.at

    @property
    def row(self) -> tuple[int, int]:
        """What it tells of: its source, and the key there."""
        return self.key.source, self.key.pk


def names_html(names: Sequence[str]) -> SafeString:
    """Return who it was: “Priya”, “Priya and Mateo”, “Priya, Mateo and 2 others”."""
    bold = [format_html("<b>{}</b>", isolated(name)) for name in names[:NAMED]]
    if len(names) == 1:
        return bold[0]
    if len(names) == NAMED:
        return format_html(_("{first} and {second}"), first=bold[0], second=bold[1])
    others = len(names) - NAMED
    more = ngettext(
        "{first}, {second} and {count} other", "{first}, {second} and {count} others", others
    )
    return format_html(more, first=bold[0], second=bold[1], count=others)


def place_labels(threads: Sequence[Any]) -> dict[int, str]:
    """What people call the places that these threads are about, by thread; in one query."""
    wanted = {
        (one.reading.revision_id, one.passage.block_key): one for one in threads if one.passage
    }
    blocks = Block.objects.filter(
        revision__in={revision for revision, _key in wanted}, key__in={key for _, key in wanted}
    )
    labels = {(one.revision_id, one.key): one.label for one in blocks.defer("text", "html")}
    return {
        one.pk: labels.get((one.reading.revision_id, one.passage.block_key), _("Gone"))
        if one.passage
        else ("" if one.reading.is_general else _("The essay"))
        for one in threads
    }

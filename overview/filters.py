"""Whose figures are shown, of which reading and weeks, by what and in which order: the address."""

from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from documents.whole_number import whole_number

PERSON, GROUP, READING, WEEK = "person", "group", "reading", "week"
DIMENSIONS = {
    PERSON: gettext_lazy("Person"),
    GROUP: gettext_lazy("Group"),
    READING: gettext_lazy("Reading"),
    WEEK: gettext_lazy("Week"),
}
# What a table can be sorted by, and whether most comes first where nothing is said.
SORTS = {
    "name": False,
    "group": False,
    "opened": False,
    "read": False,
    "posts": True,
    "replies": True,
    "required": False,
    "checkpoints": False,
    "right": False,
    "seen": False,
}


@dataclass(frozen=True, slots=True)
class OverviewFilters:
    """What is asked of the overview. Empty is all, by person and by name.

    `group` and `member` are keys, `reading` is a slug; `weeks` are two numbers as in “3-6”.
    `sort` is one of SORTS, with a hyphen before it from the most to the least.
    """

    by: str = PERSON
    group: int = 0
    member: int = 0
    reading: str = ""
    weeks: str = ""
    sort: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "OverviewFilters":
        """Read the address; what it cannot say is as if it said nothing."""
        by, sort, weeks = (asked.get(name, "") for name in ("by", "sort", "weeks"))
        return cls(
            by=by if by in DIMENSIONS else PERSON,
            group=whole_number(asked.get("group", "")) or 0,
            member=whole_number(asked.get("member", "")) or 0,
            reading=asked.get("reading", "").strip(),
            weeks=weeks if _week_numbers(weeks) else "",
            sort=sort if sort.removeprefix("-") in SORTS else "",
        )

    def span(self, count: int) -> tuple[int, int]:
        """Return the first and the last week that are asked for, of so many."""
        first, last = _week_numbers(self.weeks) or (1, count)
        return min(first, count), min(last, count)

    def address(self, **changes: str | int) -> str:
        """The query string with these changes; “?” where nothing is said."""
        said = asdict(replace(self, **changes))  # type: ignore[arg-type]
        if said["by"] == PERSON:
            del said["by"]
        return f"?{urlencode({name: value for name, value in said.items() if value})}"

    def sorted_by(self, column: str) -> str:
        """The address that sorts by this column, or the other way round where it does already."""
        most_first = f"-{column}"
        if self.sort in {column, most_first}:
            other = column if self.sort == most_first else most_first
        else:
            other = most_first if SORTS[column] else column
        return self.address(sort=other)


def _week_numbers(weeks: str) -> tuple[int, int] | None:
    """Return the two numbers of “3-6”, in order and from 1 on; None where it is no such thing."""
    first, _, last = weeks.partition("-")
    numbers = whole_number(first, digits=3), whole_number(last, digits=3)
    if numbers[0] is None or numbers[1] is None or not 1 <= numbers[0] <= numbers[1]:
        return None
    return numbers[0], numbers[1]

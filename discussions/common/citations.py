"""“¶ 4” in what members write: a link to that paragraph, where the reading has it."""

from django.db import models
from django.utils.safestring import SafeString, mark_safe

from database.prepared import Parameter, PreparedRows
from discussions.models import Thread
from readings.models import Block, Reading
from rendering.markdown import cites, leading_to

_LAST = PreparedRows(
    lambda: (
        Block.objects.filter(
            revision__in=Reading.objects.filter(
                pk=Parameter("reading", models.BigIntegerField())
            ).values("revision"),
            number__isnull=False,
        )
        .order_by("-number")
        .values_list("number")[:1]
    )
)


def paragraphs_for(body: str, *, reading: int) -> int:
    """Return how many numbered paragraphs the reading of this key has; in no query 0, where the
    words cite none."""
    if "¶" not in body:
        return 0
    found = _LAST.all(reading=reading)
    return int(found[0][0]) if found else 0


def words_in(of: Thread | Reading, rendered: str, *, page: str | None = None) -> SafeString:
    """Return rendered words of talk; what they cite leads to the reading, or to `page`."""
    if cites(rendered):
        if page is None:
            page = (of.reading if isinstance(of, Thread) else of).get_absolute_url()
        rendered = leading_to(page, rendered)
    return mark_safe(rendered)  # noqa: S308 - sanitised when they were written

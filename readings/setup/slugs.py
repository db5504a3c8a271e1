"""What a reading is called in addresses."""

from django.utils.text import slugify

from readings.models import Reading
from seminars.models import Seminar

MAX_SLUG = 60


def free_slug(seminar: Seminar, title: str) -> str:
    """Return a slug made of the title that no reading of the seminar has."""
    base = slugify(title) or "reading"
    if len(base) > MAX_SLUG:
        # Cut between words, where there are any.
        base = base[: MAX_SLUG + 1].rpartition("-")[0] or base[:MAX_SLUG]
    taken = set(Reading.including_general.filter(seminar=seminar).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base[: MAX_SLUG - 4].rstrip('-')}-{number}"
    return slug

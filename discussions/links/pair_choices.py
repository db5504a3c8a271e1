"""Which readings may stand beside one, and how many links lead there."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from discussions.threads import link_rows
from documents.visible import isolated
from readings.models import Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class PairChoice:
    """A text to put beside another, and the links between both that the member may see."""

    reading: Reading
    url: str
    links: int

    @property
    def title(self) -> str:
        return isolated(self.reading.title)


def pair_choices(reading: Reading, member: Membership) -> list[PairChoice]:
    """Return the other readings that this member may open: those with most links first, and
    otherwise in the seminar's order."""
    found = Reading.objects.visible_to(member).exclude(pk=reading.pk).select_related("essay")
    links: Counter[int] = Counter()
    for row in link_rows(member, reading=reading):
        links.update({row.reading_id, row.far_reading_id or 0} - {reading.pk})
    slugs = [member.seminar.slug, reading.slug]
    choices = [
        PairChoice(one, reverse("reading_pair", args=[*slugs, one.slug]), links[one.pk])
        for one in found
    ]
    return sorted(choices, key=lambda choice: -choice.links)

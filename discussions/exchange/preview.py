"""What taking a file of annotations in would do, as the page shows it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import joined_quotes
from discussions.common.markdown import shorten
from discussions.exchange.incoming import Incoming
from discussions.exchange.placing import Plan, Planned
from discussions.exchange.wording import credit
from documents.block_names import paragraph_label
from readings.models import Block, Placement, Reading

SHOWN = 100  # of each sort: a page of two thousand rows is read by nobody
WORDS = 200
NOBODY = gettext_lazy("Somebody unnamed")


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One annotation: whose it is, the words it is about, how it begins, where it would stand."""

    credit: str
    quote: str
    words: str
    place: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """Annotations of which the same becomes."""

    name: str
    about: str
    count: int
    rows: list[PreviewRow]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class AnnotationImportPreview:
    """What annotation_import.html shows of a plan."""

    sorts: list[Sort]
    people: list[tuple[str, int]]
    new: int


def preview_of(plan: Plan, reading: Reading) -> AnnotationImportPreview:
    new = [one for one in plan.threads if not one.is_known]
    replies = [one for one in plan.replies if not one.is_known]
    known = [one for one in (*plan.threads, *plan.replies) if one.is_known]
    places = _places(reading)

    def standing(which: Placement) -> list[Planned]:
        return [one for one in new if one.placed.standing == which]

    exact = standing(Placement.EXACT)
    found = [
        _sort(_("In their place"), "", [one for one in exact if one.placed.segments], places),
        _sort(
            _("On words that have changed"),
            _("The text here is a little different. The page shows both."),
            standing(Placement.CHANGED),
            places,
        ),
        _sort(
            _("Without a place"),
            _(
                "Their words are not in this text. "
                "They will stand at its end, with the words quoted."
            ),
            standing(Placement.UNANCHORED),
            places,
        ),
        _sort(
            _("About the whole reading"),
            "",
            [one for one in exact if not one.placed.segments],
            places,
        ),
        _sort(_("Replies"), _("They stand under what they answer."), replies, places),
        _sort(_("Here already"), _("They are not taken in twice."), known, places),
        Sort(
            _("Left out"),
            "",
            len(plan.left_out),
            [_row(one, reason=reason) for one, reason in plan.left_out[:SHOWN]],
        ),
    ]
    people = Counter(one.incoming.author.strip() or str(NOBODY) for one in (*new, *replies))
    return AnnotationImportPreview(
        [sort for sort in found if sort.count], people.most_common(), sum(people.values())
    )


def _places(reading: Reading) -> dict[str, str]:
    rows = Block.objects.filter(revision_id=reading.revision_id)
    return {key: paragraph_label(number) for key, number in rows.values_list("key", "number")}


def _sort(name: str, about: str, planned: Iterable[Planned], places: dict[str, str]) -> Sort:
    listed = list(planned)
    rows = [_row(one.incoming, place=_place(one, places)) for one in listed[:SHOWN]]
    return Sort(name, about, len(listed), rows)


def _place(one: Planned, places: dict[str, str]) -> str:
    segments = one.placed.segments
    return places.get(segments[0].block_key, "") if segments else ""


def _row(one: Incoming, *, place: str = "", reason: str = "") -> PreviewRow:
    quote = joined_quotes(quote.exact for quote in one.quotes)
    return PreviewRow(
        credit=credit(one).replace("\\", ""),
        quote=shorten(" ".join(quote.split()), WORDS),
        words=shorten(" ".join(one.text.split()), WORDS),
        place=place,
        reason=reason,
    )

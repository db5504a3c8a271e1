"""What taking a file of annotations in would do, as the page shows it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import joined_quotes
from discussions.common.markdown import shorten
from discussions.exchange.incoming import Incoming
from discussions.exchange.placing import Placed, Plan, Planned, PlannedLink
from discussions.exchange.wording import credit
from discussions.threads import link_sentence
from documents.block_names import paragraph_label
from documents.visible import isolated
from readings.models import Block, Placement, Reading

SHOWN = 100  # of each sort: a page of two thousand rows is read by nobody
WORDS = 200
NOBODY = gettext_lazy("Somebody unnamed")


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One annotation: whose it is, the words it is about, how it begins, where it would stand.

    A link has two quotes, where it begins first, and a `sentence` that says what it joins. `reason`
    says why it is left out, and `note` why it comes in as something else than it was.
    """

    credit: str
    quotes: list[str]
    words: str
    place: str = ""
    reason: str = ""
    note: str = ""
    sentence: str = ""


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
    places = _Places(reading, [one.link.other for one in new if one.link])
    plain = [one for one in new if not one.link and not one.why_no_link]

    def standing(which: Placement) -> list[Planned]:
        return [one for one in plain if one.placed.standing == which]

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
        _sort(
            _("Links"),
            _("Each joins words of this text with words of another that is read here."),
            [one for one in new if one.link],
            places,
        ),
        _sort(
            _("Links that become threads"),
            _(
                "Their other end is not found. "
                "Each becomes a thread in this text, which quotes the other’s words."
            ),
            [one for one in new if one.why_no_link],
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


class _Places:
    """What the paragraphs of this reading, and of those to which links lead, are cited by."""

    def __init__(self, reading: Reading, others: Iterable[Reading]) -> None:
        self.reading = reading
        revisions = {reading.revision_id, *(one.revision_id for one in others)}
        rows = Block.objects.filter(revision__in=revisions)
        self._numbers = {
            (revision, key): number
            for revision, key, number in rows.values_list("revision", "key", "number")
        }

    def place(self, placed: Placed, reading: Reading) -> str:
        """“¶ 14”, or "" where it stands nowhere, or in a block without a number."""
        if not placed.segments:
            return ""
        key = (reading.revision_id, placed.segments[0].block_key)
        return paragraph_label(self._numbers.get(key))

    def row(self, one: Planned) -> PreviewRow:
        place = self.place(one.placed, self.reading)
        if one.link is None:
            return _row(one.incoming, place=place, note=one.why_no_link)
        return _row(one.incoming, note=one.link.note, sentence=self._sentence(one, one.link))

    def _sentence(self, one: Planned, link: PlannedLink) -> str:
        here, there = (
            f"{isolated(reading.title)} {self.place(placed, reading)}".rstrip()
            for reading, placed in ((self.reading, one.placed), (link.other, link.placed))
        )
        near, far = (there, here) if link.begins_there else (here, there)
        return link_sentence(near, link.kind.name, far)


def _sort(name: str, about: str, planned: Iterable[Planned], places: _Places) -> Sort:
    listed = list(planned)
    return Sort(name, about, len(listed), [places.row(one) for one in listed[:SHOWN]])


def _row(
    one: Incoming, *, place: str = "", reason: str = "", note: str = "", sentence: str = ""
) -> PreviewRow:
    ends = [end.quotes for end in one.link.ends] if one.link else [one.quotes]
    quotes = [joined_quotes(quote.exact for quote in end) for end in ends]
    return PreviewRow(
        credit=credit(one).replace("\\", ""),
        quotes=[shorten(" ".join(words.split()), WORDS) for words in quotes if words.strip()],
        words=shorten(" ".join(one.text.split()), WORDS),
        place=place,
        reason=reason,
        note=note,
        sentence=sentence,
    )

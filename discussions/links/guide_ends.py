"""Where the links of a guide lead, in the seminar that has the guide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from discussions.links.kinds import link_kinds
from discussions.models import DEFAULT_KINDS, LinkKind
from documents.visible import isolated
from readings.guides import Candidate, Hindrance, LinkItem, NotFound, find_place
from readings.models import Block, Reading
from readings.passages import Segment


@dataclass(frozen=True, slots=True)
class FarPlace:
    """The words to which a link leads, and how its first end stands to them."""

    reading: Reading
    segment: Segment
    kind: LinkKind


def readings_of(seminar: int) -> QuerySet[Reading]:
    """The readings to which a link may lead, each with its essay, in one order for all."""
    there = Reading.objects.filter(seminar=seminar, removed_at=None)
    return there.select_related("essay").order_by("pk")


def find_far_places(
    links: Sequence[LinkItem], reading: Reading, among: Iterable[Reading]
) -> list[FarPlace | Hindrance]:
    """Return for each link of this reading's guide where it leads, or what keeps it off.

    The other essay is known by its title, however that is written in capitals. Three queries at
    most, however many links there are.
    """
    by_title: dict[str, Reading] = {}
    for one in among:
        by_title.setdefault(title_key(one.title), one)
    far = [by_title.get(title_key(link.essay)) for link in links]
    kinds = _kinds_by_name(reading) if links else {}
    texts: defaultdict[int, list[Candidate]] = defaultdict(list)
    revisions = {one.revision_id for one in far if one}
    for block in Block.objects.filter(revision__in=revisions) if revisions else ():
        texts[block.revision_id].append(Candidate(block))
    return [
        _find(link, reading, there, kinds, texts) for link, there in zip(links, far, strict=True)
    ]


def _find(
    link: LinkItem,
    reading: Reading,
    there: Reading | None,
    kinds: dict[str, LinkKind],
    texts: dict[int, list[Candidate]],
) -> FarPlace | Hindrance:
    if there is None:
        return Hindrance(_("waits for “%s”") % isolated(link.essay), waits=True)
    if there.pk == reading.pk:
        return Hindrance(_("A link leads to another essay than its own."))
    kind = kinds.get(_name(link.kind))
    if kind is None:
        offered = ", ".join(dict.fromkeys(one.name for one in kinds.values()))
        message = _("This seminar has no kind of link “%(kind)s”. It has: %(offered)s.")
        return Hindrance(message % {"kind": link.kind, "offered": offered})
    try:
        segment = find_place(link.anchor, texts[there.revision_id])
    except NotFound as why:
        message = _("In “%(essay)s”: %(reason)s")
        return Hindrance(message % {"essay": isolated(link.essay), "reason": why})
    return FarPlace(there, segment, kind)


def _kinds_by_name(reading: Reading) -> dict[str, LinkKind]:
    """The kinds of the seminar by all that a file may call them; "" is the first.

    What a kind is called now goes before what another one was called at first.
    """
    offered = link_kinds(reading.seminar)
    named = {_name(one.name): one for one in reversed(offered)}
    first = {}
    for one in offered:
        if one.code:
            first[_name(one.code)] = one
            # A file goes from a seminar in one language to one in another.
            first[_name(_in_english(one.code))] = one
    return first | named | ({"": offered[0]} if offered else {})


def _in_english(code: str) -> str:
    with override("en"):
        return str(DEFAULT_KINDS[code].name)


def _name(written: str) -> str:
    return " ".join(written.casefold().replace("_", " ").split())


def title_key(written: str) -> str:
    """A title without what does not tell essays apart: capitals, and how its words are spaced."""
    return " ".join(written.casefold().split())

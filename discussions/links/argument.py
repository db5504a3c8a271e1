"""The argument so far: all links that one member may see, by the two readings that they join.

Everything is counted and numbered after it is known what they may see: to whoever may not see a
link there is none, and no gap where it would stand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.common.markdown import shorten
from discussions.models import LinkKind, Thread
from discussions.threads import LinkEnd, ShownLink, shown_links, unread_threads
from documents.visible import isolated
from documents.whole_number import whole_number
from readings.models import Reading
from seminars.models import Membership

ALL_PAIRS = "all"
ENDS = 2  # of a link
SHOWN_WORDS = 140  # characters of the words at one end: a row has two of them side by side
LONG_TITLE = 30  # characters: above a column, a longer one goes without what follows its colon
BY_KIND = "kind"
MINE = "mine"


class NoSuchPair(LookupError):
    """Two readings were asked for that are not there, or not for whoever asks."""


@dataclass(frozen=True, slots=True)
class ArgumentFilter:
    """What of the argument an address asks for.

    `reading` and `other` are slugs; with the first alone, the pairs that it is in. `pair` is how
    the page's own form names both of them, or ALL_PAIRS.
    """

    reading: str = ""
    other: str = ""
    pair: str = ""
    kind: int | None = None
    is_mine: bool = False
    by: str = ""  # "" is by place

    @classmethod
    def asked(cls, params: QueryDict) -> "ArgumentFilter":
        """Read an address; what has no meaning there is as if it were not."""
        reading, other = params.get("reading", ""), params.get("other", "")
        pair = params.get("pair", "")
        if pair and pair != ALL_PAIRS:
            (reading, _space, other), pair = pair.partition(" "), ""
        return cls(
            reading=reading,
            other=other,
            pair=pair,
            kind=whole_number(params.get("kind", "")),
            is_mine=params.get("whose") == MINE,
            by=BY_KIND if params.get("by") == BY_KIND else "",
        )

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        named = {
            "reading": self.reading,
            "other": self.other,
            "pair": self.pair,
            "kind": self.kind,
            "whose": MINE if self.is_mine else "",
            "by": self.by,
        }
        said = urlencode({name: value for name, value in named.items() if value})
        return f"?{said}" if said else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether not all links of a pair are asked for."""
        return self.kind is not None or self.is_mine

    def lets_through(self, link: ShownLink) -> bool:
        is_kind = self.kind in (None, link.kind.pk)
        return is_kind and (link.card.is_own or not self.is_mine)


@dataclass(frozen=True, slots=True)
class NumberedLink:
    """A link as a row of the table and a line of the map: its ends in the order of the columns."""

    number: int
    link: ShownLink
    left: LinkEnd
    right: LinkEnd
    is_unread: bool

    @property
    def pk(self) -> int:
        return self.link.pk

    @property
    def url(self) -> str:
        """Where it is seen between the two texts."""
        return self.link.url_from(self.left.reading)

    @property
    def left_words(self) -> str:
        return isolated(shorten(self.left.words, SHOWN_WORDS))

    @property
    def right_words(self) -> str:
        return isolated(shorten(self.right.words, SHOWN_WORDS))

    @property
    def points(self) -> str:
        """At which column it points: “left” or “right”; “” where it reads alike from both."""
        if not self.link.kind.is_directed:
            return ""
        return "right" if self.link.far is self.right else "left"

    @property
    def who(self) -> str:
        """Who made it, as far as the viewer is to know."""
        if self.link.card.is_muted:
            return _("Somebody you muted")
        return self.link.card.maker or _("Hidden comment")


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """Two readings, in the seminar's order, with the links between them, numbered by place."""

    left: Reading
    right: Reading
    links: Sequence[NumberedLink]

    @property
    def key(self) -> str:
        """As a form names it."""
        return f"{self.left.slug} {self.right.slug}"

    @property
    def titles(self) -> tuple[str, str]:
        """What the columns are called: long titles by what stands before their colons, if that
        tells them apart."""
        whole = self.left.title, self.right.title
        left, right = (
            one if len(one) <= LONG_TITLE else one.partition(":")[0].strip() or one for one in whole
        )
        left, right = (left, right) if left != right else whole
        return isolated(left), isolated(right)

    @property
    def anchor(self) -> str:
        return f"pair-{self.left.pk}-{self.right.pk}"

    @property
    def url(self) -> str:
        """The two texts side by side."""
        slugs = [self.left.seminar.slug, self.left.slug, self.right.slug]
        return reverse("reading_pair", args=slugs)

    @property
    def kinds(self) -> list[LinkKind]:
        """Those that occur, in the seminar's order."""
        found = {one.link.kind.pk: one.link.kind for one in self.links}
        return sorted(found.values(), key=_kind_order)

    def narrowed(self, asked: ArgumentFilter) -> "LinkedPair":
        """With the links that are asked for, in the order that is."""
        links = [one for one in self.links if asked.lets_through(one.link)]
        if asked.by == BY_KIND:
            links.sort(key=lambda one: (_kind_order(one.link.kind), one.number))
        return replace(self, links=links)


@dataclass(frozen=True)
class Argument:
    """What argument.html shows: the pairs that are asked for, and what else might be."""

    seminar_slug: str
    asked: ArgumentFilter
    readings: Sequence[Reading]  # that the viewer may open, in the seminar's order
    pairs: Sequence[LinkedPair]  # all that have links, with all of them
    chosen: Sequence[LinkedPair]  # the pairs that are asked for, with all their links

    @cached_property
    def shown(self) -> list[LinkedPair]:
        """The same with the links that are asked for."""
        return [pair.narrowed(self.asked) for pair in self.chosen]

    @property
    def only(self) -> LinkedPair | None:
        """The pair that is shown, where it is one; there is a map of it."""
        return self.shown[0] if len(self.shown) == 1 else None

    @property
    def found(self) -> int:
        """How many links are shown."""
        return sum(len(pair.links) for pair in self.shown)

    @property
    def whole(self) -> int:
        """How many there are in the pairs that are shown."""
        return sum(len(pair.links) for pair in self.chosen)

    @property
    def kinds(self) -> list[LinkKind]:
        """The kinds of these."""
        found = {kind.pk: kind for pair in self.chosen for kind in pair.kinds}
        return sorted(found.values(), key=_kind_order)

    @property
    def has_own(self) -> bool:
        """Whether the viewer made one of these."""
        return any(one.link.card.is_own for pair in self.chosen for one in pair.links)

    @property
    def counts(self) -> str:
        """“6 links, made by 6 readers, with 13 comments”: of all links of the pairs shown."""
        links = [one.link for pair in self.chosen for one in pair.links]
        readers = len(_readers(links))
        comments = sum(one.card.comments for one in links)
        made_by = ngettext("made by %d reader", "made by %d readers", readers) % readers
        talk = ngettext("with %d comment", "with %d comments", comments) % comments
        said = [
            ngettext("%d link", "%d links", len(links)) % len(links),
            *([made_by] if readers else []),
            talk if comments else _("without a comment yet"),
        ]
        return ", ".join(said)

    @property
    def file_query(self) -> str:
        """What a file of the same links is asked with, whatever will have most links by then."""
        asked = self.asked
        if not asked.pair and len(self.chosen) == 1:
            pair = self.chosen[0]
            asked = replace(asked, reading=pair.left.slug, other=pair.right.slug)
        return asked.query

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The two orders: the address, the name, and whether it is the one that is shown."""
        return [
            (replace(self.asked, by=by).query or "?", name, by == self.asked.by)
            for by, name in (("", _("By place")), (BY_KIND, _("By kind")))
        ]

    @property
    def beginning(self) -> LinkedPair | None:
        """Two readings between which a link may be made, where none is shown."""
        if self.chosen:
            return self.chosen[0]
        if len(self.readings) < ENDS:
            return None
        return LinkedPair(self.readings[0], self.readings[1], links=())


def build_argument(viewer: Membership, asked: ArgumentFilter) -> Argument:
    """Return the links that `viewer` may see and the address asks for; raise NoSuchPair.

    Ten queries, however many links and readings there are; one where nobody has made a link.
    """
    readings = _readings_of(viewer)
    pairs = _linked_pairs(shown_links(viewer), readings, viewer)
    return Argument(
        seminar_slug=viewer.seminar.slug,
        asked=asked,
        readings=readings,
        pairs=pairs,
        chosen=_chosen(asked, pairs, readings),
    )


def argument_summary(viewer: Membership, readings: int) -> int | None:
    """Return how many links `viewer` may see, for the page of a seminar of which they may open so
    many readings; None where it takes more of them. One query; none where nobody made a link."""
    if readings < ENDS:
        return None
    if not viewer.has_links:
        return 0
    return Thread.objects.visible_to(viewer).exclude(far_reading=None).count()


def _readings_of(viewer: Membership) -> list[Reading]:
    readings = list(Reading.objects.visible_to(viewer).for_seminar_page())
    for one in readings:
        one.seminar = viewer.seminar
    return readings


def _linked_pairs(
    links: Iterable[ShownLink], readings: Sequence[Reading], viewer: Membership
) -> list[LinkedPair]:
    """The pairs that have links, in the order of their readings."""
    ranks = {one.pk: rank for rank, one in enumerate(readings)}
    between: dict[tuple[int, int], list[ShownLink]] = {}
    for link in links:
        ends = sorted(ranks[one] for one in _reading_ids(link) if one in ranks)
        if len(ends) > 1:  # or a reading has opened in between
            between.setdefault((ends[0], ends[1]), []).append(link)
    unread = _unread(viewer) if between else frozenset()
    return [
        _pair(readings[left], readings[right], here, unread)
        for (left, right), here in sorted(between.items())
    ]


def _reading_ids(link: ShownLink) -> tuple[int, int]:
    return link.near.reading.pk, link.far.reading.pk


def _unread(viewer: Membership) -> frozenset[int]:
    here = Reading.objects.filter(seminar=viewer.seminar_id)
    return frozenset(unread_threads(here, to=viewer).order_by().values_list("pk", flat=True))


def _pair(
    left: Reading, right: Reading, links: Iterable[ShownLink], unread: frozenset[int]
) -> LinkedPair:
    def order(link: ShownLink) -> tuple[tuple[float, int], tuple[float, int], int]:
        here, there = link.ends_from(left.pk)
        return _place(here), _place(there), link.pk

    numbered = [
        NumberedLink(number, link, *link.ends_from(left.pk), is_unread=link.pk in unread)
        for number, link in enumerate(sorted(links, key=order), start=1)
    ]
    return LinkedPair(left, right, numbered)


def _place(end: LinkEnd) -> tuple[float, int]:
    """Where an end stands in its text; last, where its paragraph is gone from it."""
    position = float("inf") if end.position is None else float(end.position)
    return position, end.rows[0].start or 0


def _kind_order(kind: LinkKind) -> tuple[int, int]:
    return kind.position, kind.pk


def _readers(links: Iterable[ShownLink]) -> set[int | str]:
    """Those who made them, as far as they may be known: each alias is a reader of its own."""
    cards = [one.card for one in links if one.card.maker]
    return {one.maker if one.is_maker_alias else one.author_id for one in cards}


def _chosen(
    asked: ArgumentFilter, pairs: Sequence[LinkedPair], readings: Sequence[Reading]
) -> list[LinkedPair]:
    """The pairs that an address asks for; without being asked, the one with most links."""
    if asked.pair == ALL_PAIRS:
        return list(pairs)
    if not asked.reading:
        return [max(pairs, key=lambda pair: len(pair.links))] if pairs else []
    slugs = {one.slug: one for one in readings}
    named = [slug for slug in (asked.reading, asked.other) if slug]
    if not set(named) <= slugs.keys() or asked.reading == asked.other:
        raise NoSuchPair
    found = [one for one in pairs if {*named} <= {one.left.slug, one.right.slug}]
    if found or not asked.other:
        return found
    left, right = (one for one in readings if one.slug in named)
    return [LinkedPair(left, right, links=())]

"""Annotations of two texts as they come in: which of them is this one, and which reading the other.

The other is a reading of the same seminar in which whoever takes them in may write. It is known by
its address, as a file from here has it, or else by its title, where one reading alone has that.
What a member may not open is to them as if it were not there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anchoring import joined_quotes
from discussions.exchange.incoming import Incoming, IncomingEnd, IncomingLink
from discussions.exchange.placing import Joined, Placed, PlannedLink, Text
from discussions.links import link_kinds
from discussions.models import LinkKind
from readings.models import Block, Placement, Reading, keep_extensions
from seminars import permissions
from seminars.models import Membership

Absolute = Callable[[str], str]


@dataclass(slots=True)
class LinkJoiner:
    """Finds both ends of the links of a file, in a fixed number of queries; in none where it has
    no links."""

    reading: Reading
    text: Text
    by: Membership
    readings: dict[str, Reading]  # by address
    titled: dict[str, list[Reading]]  # this one, too
    texts: dict[int, Text]
    kinds: list[LinkKind]

    @property
    def others(self) -> list[int]:
        """The keys of the other readings to which the file leads."""
        return list(self.texts)

    def join(self, one: Incoming) -> Joined:
        """Say what becomes of an annotation with a link."""
        link = one.link
        assert link is not None  # noqa: S101 - who calls this has looked
        here = self._end_here(link)
        if here is None:
            words = joined_quotes(quote.exact for quote in one.quotes)
            return Joined(Placed(Placement.UNANCHORED, (), words), None, None, _("neither is here"))
        there = link.far if here is link.near else link.near
        placed = self.text.place(here.quotes)
        joined = self._join(link, here, there, placed)
        if isinstance(joined, str):
            return Joined(placed, None, there, joined)
        return Joined(placed, joined)

    def _join(
        self, link: IncomingLink, here: IncomingEnd, there: IncomingEnd, placed: Placed
    ) -> PlannedLink | str:
        """Return the link, or why there is none."""
        other = self._other(there)
        name = {"title": there.name}
        if other is None:
            return _("“%(title)s” is no reading here in which you may write") % name
        if not here.quotes or not there.quotes:
            return _("it is about the whole of a text")
        if not placed.segments:
            return _("its words are not in this text")
        far = self.texts[other.pk].place(there.quotes)
        if not far.segments:
            return _("its words are not in “%(title)s”") % name
        if not self.kinds:
            return _("this seminar has no kinds of links")
        kind, is_turned = self._kind(link)
        note = ""
        if kind is None:
            kind = self.kinds[0]
            said = {"kind": link.kind, "other": kind.name}
            note = (
                _("“%(kind)s” is no kind of link here: it becomes “%(other)s”") % said
                if link.kind
                else _("it is of no kind: it becomes “%(other)s”") % said
            )
        begins_there = (there is link.near) is not is_turned
        return PlannedLink(other, far, kind, begins_there, note)

    def _kind(self, link: IncomingLink) -> tuple[LinkKind | None, bool]:
        """Return the kind that is meant, and whether it is said from the other end."""
        name = link.kind.casefold()
        for kind in self.kinds:
            if name and kind.name.casefold() == name:
                return kind, False
        for kind in self.kinds:
            if link.code and kind.code == link.code:
                return kind, False
        for kind in self.kinds:
            if name and kind.passive.casefold() == name:
                return kind, True
        return None, False

    def _end_here(self, link: IncomingLink) -> IncomingEnd | None:
        """Return which of the two is in this reading: by its address, its title, its words."""
        for ends in (
            [end for end in link.ends if self.readings.get(end.source) == self.reading],
            [end for end in link.ends if self.reading in self.titled.get(_folded(end.title), [])],
        ):
            if len(ends) == 1:
                return ends[0]
        return next((end for end in link.ends if self.text.place(end.quotes).segments), None)

    def _other(self, end: IncomingEnd) -> Reading | None:
        return _other(end, self.reading, self.readings, self.titled)


def link_joiner(
    annotations: Iterable[Incoming],
    *,
    reading: Reading,
    text: Text,
    by: Membership,
    absolute: Absolute,
) -> LinkJoiner | None:
    """Return who joins the ends of the links among these annotations; None where there are none."""
    links = [one.link for one in annotations if one.link]
    if not links:
        return None
    known = _writable(reading, by)
    readings = {absolute(one.get_absolute_url()): one for one in known}
    titled: dict[str, list[Reading]] = defaultdict(list)
    for one in known:
        titled[_folded(one.title)].append(one)
    found = (_other(end, reading, readings, titled) for link in links for end in link.ends)
    others = {one.pk: one for one in found if one is not None}
    texts = _texts(list(others.values()), by)
    return LinkJoiner(reading, text, by, readings, dict(titled), texts, link_kinds(by.seminar))


def _writable(reading: Reading, by: Membership) -> list[Reading]:
    """The readings in which `by` may write, this one among them."""
    visible = Reading.objects.visible_to(by).select_related("essay", "seminar", "revision")
    found = list(visible)
    keep_extensions(found, {by.seminar_id: by})
    return [one for one in found if one.pk == reading.pk or permissions.can_write(by, one)]


def _other(
    end: IncomingEnd,
    reading: Reading,
    readings: dict[str, Reading],
    titled: dict[str, list[Reading]],
) -> Reading | None:
    by_address = readings.get(end.source)
    if by_address is not None:
        return by_address if by_address != reading else None
    same = [one for one in titled.get(_folded(end.title), []) if one != reading]
    return same[0] if len(same) == 1 else None


def _texts(readings: Sequence[Reading], by: Membership) -> dict[int, Text]:
    """The texts of these readings, as far as `by` is served them; one query."""
    blocks: dict[int, list[Block]] = defaultdict(list)
    rows = Block.objects.filter(revision__in={one.revision_id for one in readings})
    for block in rows.order_by("revision", "position"):
        blocks[block.revision_id].append(block)
    texts = {}
    for one in readings:
        last = by.gate_in(one.pk)
        served = [b for b in blocks[one.revision_id] if last is None or b.position <= last]
        texts[one.pk] = Text(served)
    return texts


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()

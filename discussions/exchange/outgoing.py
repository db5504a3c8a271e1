"""The threads of a reading as W3C Web Annotations (https://www.w3.org/TR/annotation-model/).

A thread is an annotation on its words: its IRI is the thread's page, its body the first
comment. Every other comment is an annotation that replies to another. What a member may not
read (hidden and withdrawn words too, for everyone) is in none of them.

Places: the source is the reading page. A FragmentSelector names the block (`b-<key>`); it is
refined by the quotation and by TextPositionSelector offsets, which are Unicode code points of
that block's text alone, as Passage keeps them. A passage over several blocks has several targets.

A link is one annotation with a target at each of its ends, where it begins first; it is the same
one, under the same IRI, in the files of both readings. A body that classifies says of what kind it
is, as a statement of RDF about its two sources. Each target names its text, for whoever reads the
file where the source is not to be had.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from discussions.models import AuthorLabel, Comment, CommentState, Thread, ThreadKind
from discussions.threads import LinkedEnds, audience_label, linked_ends
from documents.block_names import block_anchor
from readings.models import Passage, Placement, Reading
from readings.passages import segments_of
from seminars.audience import Audience
from seminars.models import Membership

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
# RFC 3236: what a fragment of an XHTML page is; HTML has no registration of its own.
FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"
PAGE_SIZE = 100

Item = dict[str, Any]
Absolute = Callable[[str], str]


@dataclass(slots=True)
class Collection:
    """The annotations that one member may see, as a collection or a page of it.

    `absolute` makes an address of this site whole, as request.build_absolute_uri does.
    """

    reading: Reading
    viewer: Membership
    absolute: Absolute
    # By thread: the slug of the reading where it begins, which is this one but of a link.
    homes: dict[int, str] = field(init=False)
    _replies: dict[int, int] = field(init=False)  # by comment: its thread

    def __post_init__(self) -> None:
        here = Q(reading=self.reading)
        if self.viewer.has_links:
            here |= Q(far_reading=self.reading)
        threads = Thread.objects.visible_to(self.viewer).filter(here).order_by("pk")
        self.homes = dict(threads.values_list("pk", "reading__slug"))
        replies = (
            Comment.objects.filter(
                thread__in=threads.order_by(), state=CommentState.PUBLISHED, seq__gt=1
            )
            .spoken_to(self.viewer)
            .order_by("thread", "seq")
            .values_list("pk", "thread")
        )
        self._replies = dict(replies)

    @property
    def total(self) -> int:
        return len(self.homes) + len(self._replies)

    @property
    def ids(self) -> frozenset[str]:
        """The IRI of every annotation."""
        writer = _AnnotationWriter(self)
        threads = map(writer.thread_id, self.homes)
        replies = (writer.comment_id(pk, thread) for pk, thread in self._replies.items())
        return frozenset([*threads, *replies])

    @property
    def pages(self) -> int:
        return -(-self.total // PAGE_SIZE)

    @property
    def id(self) -> str:
        args = [self.reading.seminar.slug, self.reading.slug]
        return self.absolute(reverse("annotation_collection", args=args))

    def cover(self) -> Item:
        """The collection, which names its first page and its last."""
        whole = {"@context": CONTEXT, **self._cover()}
        if self.total:
            whole |= {"first": self._page_id(1), "last": self._page_id(self.pages)}
        return whole

    def whole(self) -> Item:
        """The collection with all of its annotations in one page, to be kept as a file."""
        page = {"id": f"{self.id}?page=all", "type": "AnnotationPage", "startIndex": 0}
        items = self._items(list(self.homes), list(self._replies))
        whole = {"@context": CONTEXT, **self._cover()}
        return whole | {"first": {**page, "items": items}} if items else whole

    def page(self, number: int) -> Item:
        """One page, numbered from 1: threads first, by age, then replies."""
        start = (number - 1) * PAGE_SIZE
        stop = start + PAGE_SIZE
        known = len(self.homes)
        page: Item = {
            "@context": CONTEXT,
            "id": self._page_id(number),
            "type": "AnnotationPage",
            "partOf": self._cover(),
            "startIndex": start,
        }
        if number > 1:
            page["prev"] = self._page_id(number - 1)
        if number < self.pages:
            page["next"] = self._page_id(number + 1)
        replies = list(self._replies)[max(start - known, 0) : max(stop - known, 0)]
        return page | {"items": self._items(list(self.homes)[start:stop], replies)}

    def _cover(self) -> Item:
        label = f"{self.reading.title}: threads"
        return {
            "id": self.id,
            "type": "AnnotationCollection",
            "label": label,
            "total": self.total,
        }

    def _page_id(self, number: int) -> str:
        return f"{self.id}?page={number}"

    def _items(self, threads: Sequence[int], replies: Sequence[int]) -> list[Item]:
        return list(_AnnotationWriter(self).items(threads, replies))


class _AnnotationWriter:
    """Writes annotations, in a fixed number of queries."""

    def __init__(self, collection: Collection) -> None:
        self.reading = collection.reading
        self.viewer = collection.viewer
        self.absolute = collection.absolute
        self.homes = collection.homes
        self.source = self.absolute(self.reading.get_absolute_url())
        passages = Passage.objects.filter(reading=self.reading)
        self.rows: Mapping[int, Sequence[Passage]] = segments_of(passages)

    def items(self, threads: Sequence[int], replies: Sequence[int]) -> Iterable[Item]:
        people = Thread.objects.select_related("author__user", "group", "addressee__user")
        found = people.in_bulk(list(threads))
        openings = Comment.objects.filter(
            thread__in=list(threads), seq=1, state=CommentState.PUBLISHED
        ).select_related("author__user")
        first = {comment.thread_id: comment for comment in openings}
        links = linked_ends(found.values())
        for pk in threads:
            yield self._thread(found[pk], first.get(pk), links.get(pk))
        said = Comment.objects.select_related(
            "author__user", "thread__group", "thread__addressee__user"
        )
        rows = said.in_bulk(list(replies))
        above = self._published_above(rows.values())
        for pk in replies:
            yield self._reply(rows[pk], above)

    def _published_above(self, comments: Iterable[Comment]) -> dict[int, tuple[int | None, int]]:
        """Return parent and number in its thread of each published comment of these threads."""
        threads = {comment.thread_id for comment in comments}
        rows = Comment.objects.filter(thread__in=threads).spoken_to(self.viewer)
        return {
            pk: (parent, (seq or 0) if state == CommentState.PUBLISHED else 0)
            for pk, parent, seq, state in rows.values_list("pk", "parent", "seq", "state")
        }

    def _thread(self, thread: Thread, opening: Comment | None, link: LinkedEnds | None) -> Item:
        item: Item = {
            "@context": CONTEXT,
            "id": self.thread_id(thread.pk),
            "type": "Annotation",
            "motivation": "highlighting" if thread.is_highlight else _motivation(thread),
            "target": self._targets(thread),
        }
        if opening:
            item |= {"body": self._body(opening, _motivation(thread)), **self._about(opening)}
        elif thread.is_highlight:
            item |= {
                "creator": _person(thread.author_for(self.viewer)),
                "created": _time(thread.created_at),
            }
        if link:
            item |= self._link(link, item.get("body"))
        return item | self._audience(thread)

    def _link(self, link: LinkedEnds, words: Item | None) -> Item:
        """What a link has that another thread has not: two targets, and how one stands to the
        other."""
        near, far = (self._source(one.reading.slug) for one in (link.near, link.far))
        kind: Item = {
            "type": "TextualBody",
            "value": link.kind.name,
            "format": "text/plain",
            "purpose": "classifying",
        }
        if link.kind.code:
            kind["schema:identifier"] = link.kind.code
        if link.kind.is_directed:
            kind |= {"rdf:subject": {"id": near}, "rdf:object": {"id": far}}
        targets = [
            {
                "type": "SpecificResource",
                "source": source,
                "selector": _selector(row),
                "schema:isPartOf": {"id": source, "schema:name": end.reading.title},
            }
            for source, end in ((near, link.near), (far, link.far))
            for row in end.rows
        ]
        return {
            "motivation": "linking",
            "target": targets,
            "body": [words, kind] if words else kind,
        }

    def _source(self, slug: str) -> str:
        """Where the reading of this slug is read."""
        if slug == self.reading.slug:
            return self.source
        return self.absolute(reverse("reading_detail", args=[self.reading.seminar.slug, slug]))

    def _reply(self, comment: Comment, above: Mapping[int, tuple[int | None, int]]) -> Item:
        """A reply to words that are gone stands under what is left above them."""
        target = self.thread_id(comment.thread_id)
        parent = comment.parent_id
        while parent is not None and parent in above:
            higher, seq = above[parent]
            if seq > 1:
                target = self.comment_id(parent, comment.thread_id)
                break
            parent = None if seq == 1 else higher
        return {
            "@context": CONTEXT,
            "id": self.comment_id(comment.pk, comment.thread_id),
            "type": "Annotation",
            "motivation": "replying",
            "target": target,
            "body": self._body(comment, "replying"),
            **self._about(comment),
            **self._audience(comment.thread),
        }

    def thread_id(self, pk: int) -> str:
        return self._id("thread_detail", pk, pk)

    def comment_id(self, pk: int, thread: int) -> str:
        return self._id("comment_detail", pk, thread)

    def _id(self, name: str, pk: int, thread: int) -> str:
        args = [self.reading.seminar.slug, self.homes[thread], pk]
        return self.absolute(reverse(name, args=args))

    def _body(self, comment: Comment, purpose: str) -> Item:
        return {
            "type": "TextualBody",
            "value": comment.body,
            "format": "text/markdown",
            "purpose": purpose,
        }

    def _about(self, comment: Comment) -> Item:
        known: Item = {
            "creator": _person(comment.author_for(self.viewer)),
            "created": _time(comment.created_at),
        }
        if comment.edited_at:
            known["modified"] = _time(comment.edited_at)
        return known

    def _audience(self, thread: Thread) -> Item:
        """Who may see it; nothing where the whole seminar may."""
        if thread.audience == Audience.SEMINAR:
            return {}
        name = thread.audience
        if thread.audience == Audience.GROUP:
            name = f"group-{thread.group_id}"
        elif thread.audience == Audience.MEMBER:
            name = f"member-{thread.addressee_id}"
        return {
            "audience": {
                "id": f"{self._source(self.homes[thread.pk])}#audience-{name}",
                "type": "schema:Audience",
                "schema:name": audience_label(thread, self.viewer),
            }
        }

    def _targets(self, thread: Thread) -> Item | list[Item]:
        rows = self.rows.get(thread.passage_id or 0, ())
        source: Item = {"type": "SpecificResource", "source": self.source}
        targets = [source | {"selector": _selector(row)} for row in rows]
        if not targets:
            return {
                "id": self.source,
                "type": "Text",
                "format": "text/html",
                "language": self.reading.essay.language,
            }
        return targets if len(targets) > 1 else targets[0]


def _selector(row: Passage) -> Item | list[Item]:
    """The block, and the words in it; words whose place is gone are quoted and no more."""
    block: Item = {
        "type": "FragmentSelector",
        "value": block_anchor(None, row.block_key),
        "conformsTo": FRAGMENTS,
    }
    if row.start is None:
        return block
    quote = {"type": "TextQuoteSelector", "exact": row.quote}
    quote |= {"prefix": row.prefix, "suffix": row.suffix}
    if row.placement == Placement.UNANCHORED:
        return quote
    position = {"type": "TextPositionSelector", "start": row.start, "end": row.end}
    return [block | {"refinedBy": [quote, position]}, quote]


def _motivation(thread: Thread) -> str:
    return "questioning" if thread.kind == ThreadKind.QUESTION else "commenting"


def _person(label: AuthorLabel) -> Item:
    """A name, as the page shows it, and nothing else: no address, no account."""
    return {"type": "Person", "name": label.name}


def _time(moment: datetime) -> str:
    """A time as xsd:dateTime in UTC, which is how the model asks for it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

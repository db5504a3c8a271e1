"""Links that guides carry: the threads on two passages that their items begin.

A link is there once the essay to which it leads is before the seminar; until then its item waits.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

from django.db.models import Exists, OuterRef
from django.utils import timezone

from discussions.comments import reply, rewrite
from discussions.common.citations import paragraphs_for
from discussions.common.errors import NothingToPost
from discussions.common.markdown import render
from discussions.links.guide_ends import FarPlace, find_far_places, readings_of, title_key
from discussions.links.kinds import link_kinds
from discussions.models import Comment, CommentState, Thread, ThreadKind, ThreadQuerySet
from discussions.threads import FarEnd, mention_in_opening, open_thread
from readings.guides import (
    Consequence,
    GuideRefused,
    Hindrance,
    LinkItem,
    LinkOffers,
    ParsedItem,
    PlacedItem,
    Problem,
    Source,
    link_of,
    read_link,
    stands_at,
)
from readings.models import GuideItem, GuideItemKind, Passage, Reading
from readings.passages import create_passage
from seminars.audience import Audience
from seminars.models import Membership, Seminar
from seminars.permissions import can_manage_readings


def check_link(item: ParsedItem) -> Sequence[Source]:
    """Say that a link leads nowhere, or begins with words that say nothing."""
    words = link_of(item.body, item.line).words
    if words:
        try:
            render(words, is_wrapped=True)
        except NothingToPost as error:
            raise GuideRefused([Problem(item.body_line + 1, str(error))]) from None
    return read_link(item)


class LinkHandler:
    """What hangs on a link of a guide: the thread between the two texts."""

    guide_kinds = frozenset({GuideItemKind.LINK.value})

    def apply_items(
        self, placed: Sequence[PlacedItem], *, reading: Reading, by: Membership
    ) -> Sequence[Consequence]:
        """Make each link whose other end is there; bring those that are made to the guide."""
        _link([one.item for one in placed], reading, by)
        return ()

    def remove_items(
        self,
        removed: Sequence[GuideItem],
        *,
        reading: Reading,  # noqa: ARG002
        by: Membership,  # noqa: ARG002
    ) -> Set[int]:
        """Withdraw the links that nobody has answered."""
        threads = Thread.objects.filter(guide_item__in=removed)
        _withdraw_unanswered(threads)
        return set(threads.values_list("guide_item__pk", flat=True))


class GuideLinks:
    """What readings.guides asks of links."""

    def hindrances(self, links: Sequence[LinkItem], reading: Reading) -> list[Hindrance | None]:
        found = find_far_places(links, reading, readings_of(reading.seminar_id))
        return [one if isinstance(one, Hindrance) else None for one in found]

    def offers(self, reading: Reading) -> LinkOffers:
        others = readings_of(reading.seminar_id).exclude(pk=reading.pk)
        kinds = [
            (one.code.replace("_", " ") or one.name, one.name)
            for one in link_kinds(reading.seminar)
        ]
        return LinkOffers(kinds, sorted({one.title for one in others}))

    def attached(self, items: Sequence[GuideItem]) -> Set[int]:
        threads = Thread.objects.filter(guide_item__in=items, withdrawn_at=None)
        return set(threads.values_list("guide_item__pk", flat=True))

    def attach_waiting(self, by: Membership) -> None:
        """One that its author took off, or that leads to where its essay was, stays as it is.

        Their words are of whoever added the guide, as long as they may.
        """
        waiting: defaultdict[int, list[GuideItem]] = defaultdict(list)
        items = GuideItem.objects.filter(
            seminar=by.seminar_id,
            kind=GuideItemKind.LINK,
            removed_at=None,
            guide__reading__removed_at=None,
        ).select_related("passage", "guide__reading__seminar", "guide__applied_by")
        for item in items.order_by("guide", "position"):
            waiting[item.guide.reading_id].append(item)
        for of_guide in waiting.values():
            guide = of_guide[0].guide
            writer = guide.applied_by if can_manage_readings(guide.applied_by) else by
            writer.seminar = by.seminar  # which learns so that it has links
            _link(of_guide, guide.reading, writer, is_new=True)


def _link(
    items: Sequence[GuideItem], reading: Reading, by: Membership, *, is_new: bool = False
) -> None:
    """Bring the threads of these links to what their guide says; `is_new`: only begin some."""
    if not items:
        return
    begun: defaultdict[int | None, list[Thread]] = defaultdict(list)
    threads = Thread.objects.filter(guide_item__in=items).select_related("far_reading__essay")
    for thread in threads.order_by("pk"):
        begun[thread.guide_item_id].append(thread)
    links = [link_of(item.body) for item in items]
    # Their passages are put down by the text as it is: nobody changes it meanwhile.
    among = readings_of(reading.seminar_id).select_for_update(of=("self",), no_key=True)
    places = find_far_places(links, reading, among)
    openings = _openings(begun.values())
    for item, link, place in zip(items, links, places, strict=True):
        _move(begun[item.pk], item)
        if not isinstance(place, FarPlace):
            # What leads where the guide says is kept, whatever became of it there.
            leads = title_key(link.essay)
            elsewhere = [one.pk for one in begun[item.pk] if _leads_to(one) != leads]
            _withdraw_unanswered(Thread.objects.filter(pk__in=elsewhere))
            continue
        of_item = begun[item.pk]
        last = next((one for one in reversed(of_item) if one.far_reading == place.reading), None)
        if is_new and last:
            continue
        if last is None or not _goes_on(last, openings.get(last.pk), link, place, by):
            _begin(item, link, place, reading, by)
            last = None
        others = [one.pk for one in of_item if one != last]
        _withdraw_unanswered(Thread.objects.filter(pk__in=others))


def _leads_to(thread: Thread) -> str:
    return title_key(thread.far_reading.title) if thread.far_reading else ""


def _openings(threads: Iterable[Sequence[Thread]]) -> dict[int, Comment]:
    """The words with which links were begun: not what was said first on one without words."""
    created = {one.pk: one.created_at for some in threads for one in some}
    first = Comment.objects.filter(thread__in=created, seq=1)
    return {one.thread_id: one for one in first if one.created_at == created[one.thread_id]}


def _withdraw_unanswered(threads: ThreadQuerySet) -> None:
    """Take off those in which nobody has said anything but the guide."""
    said = Comment.objects.filter(thread=OuterRef("pk")).exclude(state=CommentState.WITHDRAWN)
    answers = said.exclude(seq=1, created_at=OuterRef("created_at"))
    threads.filter(~Exists(answers), withdrawn_at=None).update(withdrawn_at=timezone.now())


def _goes_on(
    thread: Thread,
    opening: Comment | None,
    link: LinkItem,
    place: FarPlace,
    by: Membership,
) -> bool:
    """Bring a link's thread to what the guide says now; False where it cannot say it any more."""
    is_answered = thread.last_seq > (1 if opening else 0)
    if bool(opening) != bool(link.words) and not is_answered:
        return False
    if opening and opening.is_withdrawn and (thread.withdrawn_at or opening.body != link.words):
        return False
    left = _put_right(thread, place)
    if opening is None and link.words:
        _join(thread, link.words, by)
    elif opening and link.words and opening.body != link.words:
        rewrite(comment=opening, body=link.words, by=by)
    # What others have answered keeps the words that they answered.
    if left:
        Passage.objects.filter(pk=left).delete()
    return True


def _move(threads: Sequence[Thread], item: GuideItem) -> None:
    """Let all that hangs on an item begin where it stands now, whatever is at the other end."""
    moved = [thread.pk for thread in threads if thread.passage_id != item.passage_id]
    if moved:
        Thread.objects.filter(pk__in=moved).update(passage_id=item.passage_id)


def _put_right(thread: Thread, place: FarPlace) -> int | None:
    """Let a link lead where its guide says now; return the passage that it has left there."""
    left, far = None, thread.far_passage
    if far is None or not stands_at(far, place.segment):
        left, far = thread.far_passage_id, _passage(place)
    now = {
        "far_passage_id": far.pk,
        "link_kind_id": place.kind.pk,
        "withdrawn_at": None,
    }
    if any(getattr(thread, name) != value for name, value in now.items()):
        Thread.objects.filter(pk=thread.pk).update(**now)
    return left


def _passage(place: FarPlace) -> Passage:
    return create_passage(reading=place.reading, segments=[place.segment])


def _join(thread: Thread, words: str, by: Membership) -> None:
    """Let the words that a link has now join what was said about it already; once."""
    if not thread.comments.filter(body=words).exists():
        reply(thread=thread, parent=None, body=words, by=by)


def _begin(
    item: GuideItem, link: LinkItem, place: FarPlace, reading: Reading, by: Membership
) -> None:
    body = link.words
    paragraphs = paragraphs_for(body, reading=reading.pk)
    thread = open_thread(
        reading=reading,
        passage=item.passage,
        guide_item=item,
        audience=Audience.SEMINAR,
        kind=ThreadKind.LINK,
        body=body,
        html=render(body, is_wrapped=True, paragraphs=paragraphs) if body else "",
        by=by,
        far=FarEnd(place.reading, [place.segment], place.kind),
        far_passage=_passage(place),
    )
    Seminar.objects.filter(pk=reading.seminar_id, has_links=False).update(has_links=True)
    by.seminar.has_links = True
    if body:
        # A guide is written for more than one class: whom this one does not have stays a word.
        mention_in_opening(thread=thread, body=body, by=by, warned=None)

"""Threads as a layer of the reading page."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from discussions.models import Thread
from discussions.threads.thread_summaries import ThreadCard, audience_choices, cards_of
from readings.models import Passage, Reading
from readings.page import AttachedItem, Card, Content, Mark
from seminars import permissions
from seminars.audience import Audience
from seminars.models import Membership

# Guide notes are 0: prompts come after them, and members' threads after both.
PROMPTS, THREADS, END = 1, 2, 9


class DiscussionLayer:
    """The threads that a member may see, beside the words that they are about."""

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,
        segments: Mapping[int, Sequence[Passage]],
    ) -> Content:
        content = Content()
        cards = cards_of(reading=reading, membership=membership, segments=segments)
        for card in cards:
            if card.rows:
                _hang(card, content)
            if card.change:
                content.altered.add(card.rows[0].pk)
        whole = [card for card in cards if not card.rows]
        may_post = permissions.can_post(membership)
        if whole or may_post:
            context = {"threads": whole}
            content.at_end.append(Card("", "discussions/_whole_reading.html", context, (END, 0, 0)))
        if may_post:
            content.tools.append(Card("", "discussions/_composer.html", composer(membership)))
        others = out_of_sight(cards)
        if others["mine"]:
            content.aside.append(Card("", "discussions/_others.html", {"others": others}))
            end = (END, 0, -1)
            content.at_end.append(Card("", "discussions/_others.html", {"others": others}, end))
        unread = sum(1 for card in cards if card.unread)
        if unread:
            content.bar.append(Card("", "discussions/_unread_nav.html", {"unread": unread}))
        return content

    def attached_items(self, *, reading: Reading, membership: Membership) -> list[AttachedItem]:
        """The threads that `membership` may see; of the others, that they are there."""
        standing = Thread.objects.filter(reading=reading, withdrawn_at=None, passage__isnull=False)
        passages = dict(standing.values_list("pk", "passage_id"))
        hung: list[AttachedItem] = []
        for card in cards_of(reading=reading, membership=membership, segments={}):
            passage = passages.pop(card.pk, None)
            if passage is not None:
                url = reverse(
                    "thread_detail", args=[membership.seminar.slug, reading.slug, card.pk]
                )
                hung.append(AttachedItem(passage, card.name, card.first, url))
        return [*hung, *(AttachedItem(passage) for passage in passages.values() if passage)]


def composer(membership: Membership) -> dict[str, object]:
    """What the form that starts a thread needs to know of its writer."""
    default = Audience.SEMINAR
    if membership.group_id and not membership.is_staff:
        default = Audience.GROUP
    return {"audiences": audience_choices(membership), "default_audience": default}


def out_of_sight(cards: Sequence[ThreadCard]) -> dict[str, int]:
    """Return how many threads each choice of the annotation filter keeps from the margin."""
    talk = [card.shown_under.split() for card in cards if not card.is_highlight]
    return {name: sum(name not in shown for shown in talk) for name in ("mine", "group")}


def _hang(card: ThreadCard, content: Content) -> None:
    first = card.rows[0]
    order = (PROMPTS if card.is_prompt else THREADS, first.start or 0, card.pk)
    content.beside.append(
        Card(first.block_key, "discussions/_thread_card.html", {"thread": card}, order)
    )
    content.marks += [
        Mark(row.block_key, row.start, row.end, f"t{card.pk}", card.is_own, _audience(card))
        for row in card.rows
        if row.start is not None and row.end is not None
    ]
    if not card.is_highlight:
        content.counts[first.block_key] = content.counts.get(first.block_key, 0) + 1
    if card.unread:
        content.unread[first.block_key] = content.unread.get(first.block_key, 0) + 1


def _audience(card: ThreadCard) -> str:
    """Under which filter its marks are painted: the same as the card's own."""
    if card.is_prompt:
        return "guide"
    return "group" if card.is_of_group else "seminar"

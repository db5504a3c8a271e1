"""Threads as a layer of the reading page."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from discussions.common.waiting import waiting_html
from discussions.models import Thread
from discussions.threads.audiences import (
    addressee_choices,
    anonymity_for,
    audience_choices,
)
from discussions.threads.card_html import CardWriter
from discussions.threads.link_html import far_cards, far_marks, near_links
from discussions.threads.linked import links_at
from discussions.threads.page_parts import around_end, others_html, unread_nav_html
from discussions.threads.thread_rows import own_blocks
from discussions.threads.thread_summaries import (
    ThreadCard,
    cards_of,
)
from discussions.threads.unread_counts import unread_comments, visible_unread_counts
from readings.models import Passage, Reading
from readings.page import (
    AttachedItem,
    Card,
    Content,
    CountedThread,
    Layer,
    Mark,
    Tally,
    Told,
    Unread,
    new_words,
)
from rendering.kept_html import word_slot
from rendering.slots import escape
from seminars import permissions
from seminars.audience import audience_name, default_audience
from seminars.models import Membership

# Guide notes are 0: prompts come after them, members' threads after both, then the links that lead
# here from other texts, and last how many threads are put away.
PROMPTS, THREADS, FAR_LINKS, PUT_AWAY = 1, 2, 3, 4


class DiscussionLayer(Layer):
    """The threads that a member may see, beside the words that they are about."""

    def content(
        self,
        *,
        reading: Reading,
        membership: Membership,
        segments: Mapping[int, Sequence[Passage]],
        keys: Collection[str] | None = None,
    ) -> Content:
        content = Content()
        cards = cards_of(reading=reading, membership=membership, segments=segments, keys=keys)
        links = links_at(reading, membership, keys)
        writer = CardWriter(reading, near_links(links, reading))
        for card in cards:
            if not card.is_archived:
                _hang(card, content, partial(writer.card, card))
        content.beside += far_cards(links, reading, FAR_LINKS)
        content.marks += far_marks(links, reading)
        content.altered |= {
            link.far.rows[0].pk: link.far.block_key
            for link in links
            if link.is_far_in(reading.pk) and link.far.change
        }
        _count_archived(reading, cards, content)
        content.around_end = around_end(reading, membership, content)
        return content

    def tools(
        self,
        *,
        reading: Reading,
        membership: Membership,
    ) -> list[Card]:
        new = Card("", "discussions/_new_sheet.html", {"client_key": word_slot("client-key")})
        if not permissions.can_write(membership, reading):
            return [new]
        context = composer(reading, membership) | {"waiting": word_slot("waiting")}
        return [new, Card("", "discussions/_composer.html", context)]

    def slots(
        self,
        *,
        reading: Reading,  # noqa: ARG002 - it is so in every reading
        membership: Membership,
    ) -> Mapping[str, str]:
        """Whether what they write will wait for staff, or is not taken at all."""
        return {"waiting": waiting_html(membership)}

    def own_blocks(self, *, reading: Reading, membership: Membership) -> set[str]:
        """Where threads of theirs are that their class does not see, and their own hidden words."""
        return own_blocks(reading=reading, membership=membership)

    def unread(self, *, reading: Reading, membership: Membership, begun_at: datetime) -> Unread:
        return unread_comments(reading=reading, membership=membership, begun_at=begun_at)

    def visible_unread(
        self, *, reading: Reading, membership: Membership, begun_at: datetime
    ) -> Mapping[int, int]:
        return visible_unread_counts(reading, membership, begun_at)

    def tell(self, tally: Tally) -> Told:
        others = others_html(tally.out_of_sight["mine"], tally.out_of_sight["group"])
        return Told(
            bar=unread_nav_html(tally.unread, tally.recent, tally.since),
            dock=new_words(tally.unread) if tally.unread else "",
            aside=others,
            at_end=others,
        )

    def attached_items(self, *, reading: Reading, membership: Membership) -> list[AttachedItem]:
        """The threads that `membership` may see; of the others, that they are there.

        Links from other texts hang on their other end. Of one to or from a text that is not open
        to them, not even that.
        """
        open_to_them = Reading.objects.visible_to(membership)
        here = Q(far_reading=None) | Q(far_reading__in=open_to_them), Q(reading=reading)
        there = Q(far_reading=reading, reading__in=open_to_them)
        standing = Thread.objects.filter(withdrawn_at=None, passage__isnull=False)
        rows = standing.filter(Q(*here) | there).values_list(
            "pk", "reading_id", "passage_id", "far_passage_id"
        )
        passages = {pk: near for pk, of, near, _far in rows if of == reading.pk}
        far_passages = {pk: far for pk, of, _near, far in rows if of != reading.pk}
        hung: list[AttachedItem] = []
        for link in links_at(reading, membership):
            of_end = far_passages if link.is_far_in(reading.pk) else passages
            if passage := of_end.pop(link.pk, None):
                hung.append(AttachedItem(passage, link.card.name, link.sentence, link.thread_url))
        cards = cards_of(reading=reading, membership=membership, segments={}, tagged=False)
        for card in cards:
            passage = passages.pop(card.pk, None)
            if passage is not None:
                url = reverse(
                    "thread_detail", args=[membership.seminar.slug, reading.slug, card.pk]
                )
                hung.append(AttachedItem(passage, card.name, card.first, url))
        unseen = [*passages.values(), *far_passages.values()]
        return [*hung, *(AttachedItem(passage) for passage in unseen if passage)]


def composer(
    reading: Reading, membership: Membership, *, names_members: bool = False
) -> dict[str, object]:
    """What the form that starts a thread needs to know of its reading and its writer.

    With `names_members`, whom staff may write to: not on every page, of two hundred people.
    """
    return {
        "audiences": audience_choices(membership),
        "addressees": addressee_choices(membership) if names_members else [],
        "default_audience": audience_name(default_audience(membership), membership.group_id),
        "anonymity": anonymity_for(reading, membership),
        "waiting": waiting_html(membership) if membership.pk else "",
    }


def _hang(card: ThreadCard, content: Content, html: Callable[[], str]) -> None:
    key = card.rows[0].block_key if card.rows else ""
    shown = card.shown_under
    content.talk.append(CountedThread(card.pk, key, card.author_id, card.is_highlight, shown))
    start = card.rows[0].start or 0 if card.rows else 0
    order = (PROMPTS if card.is_prompt else THREADS, start, card.pk)
    hung = Card(key, order=order, html=html, thread=card.pk, id=f"t{card.pk}")
    if not card.rows:
        content.at_end.append(hung)
        return
    content.beside.append(hung)
    content.marks += Mark.of_passage(
        card.rows, f"t{card.pk}", author=card.author_id, audience=_audience(card)
    )
    if card.change:
        content.altered[card.rows[0].pk] = key


def _count_archived(reading: Reading, cards: Iterable[ThreadCard], content: Content) -> None:
    """Say beside each block how many threads are put away there, and where they are read: no card,
    no mark, no number of the page's counts."""
    keys = Counter(
        card.rows[0].block_key if card.rows else "" for card in cards if card.is_archived
    )
    url = reverse("thread_list", args=[reading.seminar.slug, reading.slug])
    for key, number in keys.items():
        words = ngettext("%d archived thread", "%d archived threads", number) % number
        line = f'<a class="put-away" href="{escape(url)}?show=archived">{escape(words)}</a>'
        hung = Card(key, order=(PUT_AWAY, 0, 0), html=partial(str, line))
        (content.beside if key else content.at_end).append(hung)


def _audience(card: ThreadCard) -> str:
    """Under which filter its marks are painted: the same as the card's own."""
    if card.is_prompt:
        return "guide"
    return "group" if card.is_of_group else "seminar"

"""The comments of a thread that are told together, and in which words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Substr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.common.markdown import first_words
from discussions.models import Comment, CommentState, Mention
from discussions.notifications.items import (
    THREADS,
    NewsItem,
    NewsKey,
    names_html,
    place_labels,
)
from discussions.notifications.thread_news import NewsPart, NewsReader, spoken_to_each
from discussions.threads import LinkedEnds, linked_ends
from seminars.models import Membership

# What came so shortly before the newest is told with it, read or not.
TOGETHER = timedelta(hours=24)
BEGINNING = 2_000  # characters of a comment's HTML in which its first words are looked for
ASKED, MENTIONED, ANSWERED, REPLIED, WATCHED = range(5)  # why one is told, the strongest first
ICONS = {
    ASKED: "circle-question-mark",
    MENTIONED: "reply",
    ANSWERED: "circle-check",
    REPLIED: "reply",
    WATCHED: "message-square",
}


@dataclass(frozen=True, slots=True)
class ToldComment:
    """A comment that concerns a member, and why."""

    comment: Any
    reason: int
    is_new: bool


def load_gathered(
    threads: Sequence[Any], readers: Sequence[NewsReader], part: NewsPart
) -> dict[int, list[ToldComment]]:
    """Return, by thread, the comments that are told of it, the oldest first. One query.

    `threads` are rows of `news_threads`, for these readers.
    """
    told: dict[int, list[ToldComment]] = {one.pk: [] for one in threads}
    if not threads:
        return told
    by_pk = {one.pk: one for one in threads}
    members = [one.member.pk for one in readers]
    mentions = Mention.objects.filter(comment=OuterRef("pk"), member__in=members)
    found = Comment.objects.filter(
        reduce(Q.__or__, (_since(one) for one in threads)),
        state=CommentState.PUBLISHED,
        thread__in=list(by_pk),
    ).exclude(author__in=members)
    rows = (
        spoken_to_each(found, readers)
        .annotate(
            mentions_me=Exists(mentions),
            answers=F("parent__author"),
            beginning=Substr("html", 1, BEGINNING),
        )
        .defer("html", "body")
        .select_related("author__user")
        .order_by("thread", "seq")
    )
    for comment in rows:
        thread = by_pk[comment.thread_id]
        reason = _reason(comment, thread, part)
        if reason is not None:
            told[thread.pk].append(ToldComment(comment, reason, _is_new(comment, thread)))
    return told


def _since(thread: Any) -> Q:
    unread = Q(seq__gt=thread.read_to, published_at__gt=thread.seen)
    return Q(thread=thread.pk) & (unread | Q(published_at__gte=thread.newest - TOGETHER))


def _is_new(comment: Comment, thread: Any) -> bool:
    return bool(comment.seq > thread.read_to and comment.published_at > thread.seen)


def _reason(comment: Any, thread: Any, part: NewsPart) -> int | None:
    """The rule of thread_news, of a comment that is at hand; None where it does not concern."""
    reason = None
    if thread.addressee_id == thread.member:
        reason = ASKED
    elif comment.mentions_me:
        reason = MENTIONED
    elif thread.is_question and thread.author_id == thread.member:
        reason = ANSWERED
    elif comment.answers == thread.member:
        reason = REPLIED
    elif thread.watched_at is not None and comment.published_at > thread.watched_at:
        reason = WATCHED
    if part == NewsPart.TO_ME and reason == WATCHED:
        return None
    if part == NewsPart.WATCHED and reason != WATCHED:
        return None
    return reason


Told = Callable[[Any, ToldComment], bool]


def thread_items(
    threads: Sequence[Any],
    readers: Sequence[NewsReader],
    part: NewsPart = NewsPart.ALL,
    told: Told | None = None,
) -> list[NewsItem]:
    """Return a row of each thread, of those comments for which `told` holds. Two queries, and four
    more where links are among them."""
    members: Mapping[int, Membership] = {one.member.pk: one.member for one in readers}
    gathered = load_gathered(threads, readers, part)
    if told is not None:
        for thread in threads:
            gathered[thread.pk] = [one for one in gathered[thread.pk] if told(thread, one)]
    threads = [one for one in threads if gathered[one.pk]]
    labels = place_labels(threads)
    links = linked_ends(threads)
    return [
        _item(
            one,
            gathered[one.pk],
            members[one.member],
            labels[one.pk],
            links.get(one.pk),
            newest=gathered[one.pk][-1].comment.published_at if told else None,
        )
        for one in threads
    ]


def _item(
    thread: Any,
    told: Sequence[ToldComment],
    member: Membership,
    place: str,
    link: LinkedEnds | None,
    *,
    newest: datetime | None,
) -> NewsItem:
    thread.reading.seminar = member.seminar
    fresh = [one for one in told if one.is_new] or told
    reason = min(one.reason for one in fresh)
    meant = [one for one in fresh if one.reason == reason]
    shown = meant[-1].comment
    shown.thread = thread
    return NewsItem(
        key=NewsKey(newest or thread.newest, THREADS, thread.pk),
        icon=ICONS[reason],
        said=said_html(reason, _names(meant, member), len(meant)),
        words=first_words(shown.beginning),
        reading=thread.reading,
        member=member,
        place=place,
        url=shown.get_absolute_url(),
        act=_("Answer") if reason in {ASKED, MENTIONED} else _("Read"),
        is_new=any(one.is_new for one in told),
        thread=thread.pk,
        is_for_me=reason <= ANSWERED,
        since=fresh[0].comment.published_at,
        note=_others(len(fresh) - len(meant)),
        is_watched=thread.watched_at is not None,
        link=link.sentence if link else "",
    )


def _others(count: int) -> str:
    """What is told beside, of replies for a weaker reason."""
    if not count:
        return ""
    said = ngettext("And %d more reply in the thread.", "And %d more replies in the thread.", count)
    return said % count


def _names(told: Sequence[ToldComment], viewer: Membership) -> list[str]:
    """Whose they are, each once, as `viewer` sees it; who spoke last stands first."""
    names = [one.comment.author_for(viewer).name for one in reversed(told)]
    return list(dict.fromkeys(names))


def said_html(reason: int, names: Sequence[str], count: int) -> SafeString:
    """Return who did what, as a sentence."""
    if reason == ASKED:
        said = _("{who} writes to you")
    elif reason == MENTIONED:
        said = ngettext("{who} mentions you", "{who} mention you", len(names))
    elif reason == ANSWERED:
        said = _("{who} answered your question")
    elif reason == REPLIED:
        said = ngettext("{who} replied to you", "{who} wrote {count} replies to you", count)
    else:
        said = ngettext(
            "{who} wrote a reply in a thread that you watch",
            "{who} wrote {count} replies in a thread that you watch",
            count,
        )
    return format_html(said, who=names_html(names), count=count)

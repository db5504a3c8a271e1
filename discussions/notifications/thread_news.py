"""Which talk is a member's news: threads in which somebody has said something that concerns them.

It is worked out when it is asked for, from what stands there now: so a comment that was hidden,
a thread out of reach and talk that is withheld are nobody's news, and no worker has to have run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, cast

from django.db import models
from django.db.models import (
    BigIntegerField,
    Case,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from database.prepared import Parameter
from discussions.models import (
    Comment,
    CommentQuerySet,
    CommentState,
    Mention,
    SubscriptionLevel,
    Thread,
    ThreadKind,
    ThreadSubscription,
)
from seminars.any_member import AnyMember
from seminars.models import Membership


class NewsPart(models.TextChoices):
    """A part of the news, by which its page can be narrowed."""

    ALL = "", gettext_lazy("All")
    TO_ME = "me", gettext_lazy("To me")
    WATCHED = "watched", gettext_lazy("Threads I watch")
    DUE = "due", gettext_lazy("What is due")
    DECISIONS = "decisions", gettext_lazy("Decisions")
    MARKS = "marks", gettext_lazy("Marks")
    ANNOUNCEMENTS = "announcements", gettext_lazy("Announcements")


@dataclass(frozen=True, slots=True)
class NewsReader:
    """One membership of who is told, and until when they have put their news aside.

    In a query that is prepared both are stand-ins.
    """

    member: Membership
    seen: Any

    @classmethod
    def like(cls, kind: AnyMember) -> Self:
        return cls(cast("Membership", kind), Parameter(seen_name(kind), DateTimeField()))


def seen_name(kind: AnyMember) -> str:
    return f"seen_of_{kind.number}"


# --- The rule ------------------------------------------------------------------------------------
def news_threads(readers: Sequence[NewsReader], part: NewsPart = NewsPart.ALL) -> "QuerySet[Any]":
    """The threads with news for these memberships of one person, or with news of a part.

    Each with `member`, the key of the membership; `newest`, when the last comment that concerns
    them was published; `watched_at`, since when they watch it; and the watermarks `read_to` and
    `seen`: what is numbered above the one and was published after the other is new.
    """
    newest = _words(readers, part).order_by("-published_at").values("published_at")[:1]
    found: QuerySet[Any] = _candidates(readers).annotate(newest=Subquery(newest))
    return found.filter(newest__isnull=False)


def new_threads(readers: Sequence[NewsReader]) -> "QuerySet[Any]":
    """Those of them in which something is new."""
    new = _words(readers).filter(seq__gt=OuterRef("read_to"), published_at__gt=OuterRef("seen"))
    found = _candidates(readers).filter(last_seq__gt=F("read_to"), active_at__gt=F("seen"))
    return found.filter(Exists(new))


def muted_thread(readers: Sequence[NewsReader], pk: int | None) -> Thread | None:
    """The thread of this key, where one of these memberships sees it and has muted it."""
    if pk is None:
        return None
    muted = Q(subscriptions__level=SubscriptionLevel.MUTE)
    for one in readers:
        threads = Thread.objects.visible_to(one.member).filter(
            muted, pk=pk, subscriptions__membership=one.member.pk
        )
        found = threads.select_related("reading__essay", "reading__seminar", "passage").first()
        if found is not None:
            return found
    return None


def spoken_to_each(words: CommentQuerySet, readers: Sequence[NewsReader]) -> CommentQuerySet:
    """Of comments in threads that these memberships see: without what is withheld from each, and
    without the words of whom they have muted for themselves."""
    for one in readers:
        hears_less = one.member.withheld_ids or one.member.personal_mutes
        if hears_less or one.member.gate_places:
            spoken = Comment.objects.spoken_to(one.member).heard_by(one.member)
            spoken = spoken.filter(pk=OuterRef("pk"))
            words = words.filter(~Q(seminar=one.member.seminar_id) | Q(Exists(spoken)))
    return words


def _candidates(readers: Sequence[NewsReader]) -> "QuerySet[Any]":
    """Threads that these memberships see and have not muted, and in which they have a part."""
    theirs, followed, read = Q(), Q(), Q()
    member, seen = [], []
    for one in readers:
        key, here = one.member.pk, Q(seminar=one.member.seminar_id)
        visible = Thread.objects.visible_to(one.member).order_by().values("pk")
        theirs |= here & Q(pk__in=visible) & _has_part_in(one.member)
        followed |= Q(subscriptions__membership=key)
        read |= Q(reads__membership=key)
        member.append(When(here, then=_value(key)))
        seen.append(When(here, then=_value(one.seen)))
    watched = When(follow__level=SubscriptionLevel.WATCH, then=F("follow__created_at"))
    threads: QuerySet[Any] = Thread.objects.annotate(
        member=Case(*member, output_field=BigIntegerField()),
        seen=Case(*seen, output_field=DateTimeField()),
        follow=FilteredRelation("subscriptions", condition=followed),
        read=FilteredRelation("reads", condition=read),
        read_to=Coalesce("read__seq", 0),
        watched_at=Case(watched, output_field=DateTimeField()),
    )
    is_heard = Q(follow__isnull=True) | Q(follow__level=SubscriptionLevel.WATCH)
    return threads.filter(theirs, is_heard)


def _value(value: Any) -> Any:
    if isinstance(value, Parameter):
        return value
    is_time = isinstance(value, datetime)
    return Value(value, DateTimeField() if is_time else BigIntegerField())


def _has_part_in(member: Membership) -> Q:
    """Each of these is found by an index: few of a seminar's threads are left to look at."""
    followed = ThreadSubscription.objects.filter(membership=member.pk).order_by().values("thread")
    mentioned = Mention.objects.filter(member=member.pk).order_by().values("comment__thread")
    wrote = Comment.objects.filter(author=member.pk).order_by().values("thread")
    by_rows = Q(pk__in=followed) | Q(pk__in=mentioned) | Q(pk__in=wrote)
    return by_rows | Q(addressee=member.pk)


def _words(readers: Sequence[NewsReader], part: NewsPart = NewsPart.ALL) -> CommentQuerySet:
    """Of a thread in such a query: the comments that concern its member.

    They watch the thread, or are mentioned or answered there, asked what is answered there, or
    are whom it is addressed to. What somebody says themselves does not concern them.
    """
    member = OuterRef("member")
    mentions = Mention.objects.filter(comment=OuterRef("pk"), member=OuterRef(member))
    is_watched = Q(published_at__gt=OuterRef("watched_at"))
    is_to_me = (
        Q(Exists(mentions))
        | Q(parent__author=member)
        | Q(thread__author=member, thread__kind=ThreadKind.QUESTION)
        | Q(thread__addressee=member)
    )
    parts = {NewsPart.TO_ME: is_to_me, NewsPart.WATCHED: is_watched & ~is_to_me}
    words = Comment.objects.order_by().filter(
        parts.get(part, is_watched | is_to_me),
        ~Q(author=member),
        thread=OuterRef("pk"),
        state=CommentState.PUBLISHED,
    )
    return spoken_to_each(words, readers)

"""How many things one person may post or try out in a minute: enough for people, and no flood."""

import time
from datetime import timedelta
from functools import lru_cache
from math import ceil

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from database.prepared import Parameter, PreparedQuery
from seminars.audience import Audience
from seminars.models import Event, EventKind, Membership

WITHIN = timedelta(minutes=1)
PREVIEWS_PER_MINUTE = 30  # a look every two seconds
POSTS = (EventKind.THREAD_STARTED, EventKind.COMMENT_PUBLISHED, EventKind.COMMENT_REPORTED)


class PostedTooFast(Exception):
    """This person has posted as much as one may; `seconds` from now they may again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    @property
    def said(self) -> str:
        """Why, and when they may go on."""
        reason = ngettext(
            "You have posted much in a short time: nothing was sent yet. Try again in %d second.",
            "You have posted much in a short time: nothing was sent yet. Try again in %d seconds.",
            self.seconds,
        )
        return reason % self.seconds


class ThreadIsSlow(PostedTooFast):
    """The thread, or the seminar, is in slow mode, and this person wrote there just now."""

    @property
    def said(self) -> str:
        if self.seconds < 100:
            left = ngettext("%d second", "%d seconds", self.seconds) % self.seconds
        else:
            minutes = ceil(self.seconds / 60)
            left = ngettext("%d minute", "%d minutes", minutes) % minutes
        said = _(
            "This thread is in slow mode: each member waits between two comments. Nothing was sent"
            " yet. You can write here again in %(left)s."
        )
        return said % {"left": left}


@lru_cache
def _nth_latest(number: int, *, is_staff: bool) -> PreparedQuery[Event]:
    """The event of the person's `number`th post, counted from the latest.

    One message of staff to thirty people is thirty threads of one member each, and no flood.
    """

    def make() -> "models.QuerySet[Event]":
        actor = Parameter("actor", models.BigIntegerField())
        posts = Event.objects.filter(actor=actor, kind__in=POSTS)
        if is_staff:
            posts = posts.exclude(audience=Audience.MEMBER)
        return posts.order_by("-pk")[number - 1 : number]

    return PreparedQuery(make)


def hold_pace(by: Membership) -> None:
    """Raise PostedTooFast where the limit is reached; asked once before each post.

    A comment that starts a thread is two events. What a program brings in for somebody (guides,
    annotations from elsewhere) does not come by here.
    """
    most = settings.POSTS_PER_MINUTE
    if not most:
        return
    nth = _nth_latest(most, is_staff=by.is_staff).first(actor=by.pk)
    if nth is None:
        return
    left = nth.created_at + WITHIN - timezone.now()
    if left > timedelta(0):
        raise PostedTooFast(ceil(left.total_seconds()))


def hold_preview_pace(by: Membership) -> None:
    """The same for words that are only shown to who writes them: nothing of them is kept to be
    counted, so the cache counts, by the minute."""
    if not settings.POSTS_PER_MINUTE:
        return
    minute, second = divmod(int(time.time()), 60)
    key = f"previews:{by.pk}:{minute}"
    if not cache.add(key, 1, timeout=120) and cache.incr(key) > PREVIEWS_PER_MINUTE:
        raise PostedTooFast(60 - second)

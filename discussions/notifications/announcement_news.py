"""What staff told everybody in a seminar, as news: until it is put aside."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from config.template_tags import quoted
from discussions.common.markdown import first_words
from discussions.models import member_label
from discussions.notifications.items import NewsItem, NewsKey, names_html
from discussions.notifications.receipts import later_than_seen
from discussions.notifications.thread_news import NewsReader
from documents.visible import isolated
from seminars.models import Announcement, AnnouncementReceipt

ANNOUNCEMENTS = 0  # their place among the sources of news


def news_announcements(readers: Sequence[NewsReader]) -> Any:
    """Announcements of others in the seminars of these memberships, since they joined."""
    rules = (
        Q(
            ~Q(created_by=one.member.pk),
            pk__in=Announcement.objects.visible_to(one.member).order_by().values("pk"),
            seminar__memberships=one.member.pk,
            published_at__gte=F("seminar__memberships__joined_at"),
        )
        for one in readers
    )
    return Announcement.objects.filter(reduce(Q.__or__, rules))


def new_announcements(readers: Sequence[NewsReader]) -> Any:
    """Those that came since their news were put aside, and that they have not put aside."""
    theirs = (Q(membership=one.member.pk) for one in readers)
    receipts = AnnouncementReceipt.objects.filter(
        reduce(Q.__or__, theirs), announcement=OuterRef("pk")
    )
    new = later_than_seen(readers, ANNOUNCEMENTS, "published_at")
    return news_announcements(readers).filter(new, ~Q(Exists(receipts)))


def announcement_items(
    announcements: Sequence[Announcement], readers: Sequence[NewsReader]
) -> list[NewsItem]:
    """Return a row of each. One query."""
    by_seminar = {one.member.seminar_id: one for one in readers}
    members = [one.member.pk for one in readers]
    receipts = AnnouncementReceipt.objects.filter(
        membership__in=members, announcement__in=[one.pk for one in announcements]
    )
    put_aside = set(receipts.values_list("announcement", flat=True))
    return [
        _item(one, by_seminar[one.seminar_id], is_put_aside=one.pk in put_aside)
        for one in announcements
    ]


def _item(announcement: Announcement, reader: NewsReader, *, is_put_aside: bool) -> NewsItem:
    announcement.seminar = reader.member.seminar
    who = names_html([member_label(announcement.created_by, reader.member).name])
    title = isolated(quoted(announcement.title))
    return NewsItem(
        key=NewsKey(announcement.published_at, ANNOUNCEMENTS, announcement.pk),
        icon="info",
        said=format_html(_("{who} announces “{title}”"), who=who, title=title),
        words=first_words(announcement.html),
        reading=None,
        member=reader.member,
        place="",
        url=announcement.get_absolute_url(),
        act=_("Read"),
        is_new=announcement.published_at > reader.seen and not is_put_aside,
        thread=0,
        is_for_me=True,
        since=announcement.published_at,
    )

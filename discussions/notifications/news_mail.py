"""News by mail: who is due one, what it tells, and how it is written.

A row of `NewsMail` says what is told before it is sent; the words are put together when it is
sent, of what the reader may see and has chosen by then.
"""

import html
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import strip_tags
from django.utils.translation import ngettext

from accounts.mail import queue_made_mail, sends_mail
from accounts.models import User
from discussions.models import MailCadence, NewsMail
from discussions.notifications.due_news import AHEAD, due_items, seminars_with_dates
from discussions.notifications.feed import all_new, news_readers
from discussions.notifications.gathered_comments import ToldComment
from discussions.notifications.items import DATES, THREADS, NewsItem, NewsRow
from discussions.notifications.mail_choices import ALL, cadence_of, choices_of, token_for
from discussions.notifications.thread_news import NewsReader
from seminars.models import Event, Membership

PURPOSE = "news"
GATHERED = timedelta(minutes=5)  # what comes so soon after goes with it
SENT_AT = time(7)  # digests, where the reader is; the weekly one on Mondays
# What is older is not mailed any more: the page has it.
REACH = {
    MailCadence.AT_ONCE: timedelta(days=1),
    MailCadence.DAILY: timedelta(days=2),
    MailCadence.WEEKLY: timedelta(days=8),
}
# What is due before the next weekly mail is told in this one.
DUE_AHEAD = {MailCadence.WEEKLY: timedelta(days=8)}
KEPT = timedelta(days=30)
LAST_RUN = "news-mail-run"


@dataclass(frozen=True)
class AlreadyMailed:
    """Up to when each row was told by other mails."""

    until: dict[NewsRow, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, user_id: int, *, but: int = 0) -> "AlreadyMailed":
        since = timezone.now() - KEPT
        mails = NewsMail.objects.filter(user=user_id, created_at__gt=since).exclude(pk=but)
        until: dict[NewsRow, datetime] = {}
        for told in mails.values_list("told", flat=True):
            for key, at in _rows(told).items():
                until[key] = max(at, until.get(key, at))
        return cls(until)

    def tells(self, key: NewsRow, at: datetime) -> bool:
        return key in self.until and at <= self.until[key]


def _rows(told: Iterable[Any]) -> dict[NewsRow, datetime]:
    return {(source, pk): at for source, pk, text in told if (at := parse_datetime(text))}


def news_to_mail(
    user: User,
    readers: Sequence[NewsReader],
    cadence: str,
    *,
    until: datetime,
    mailed: AlreadyMailed,
    only: Collection[NewsRow] | None = None,
) -> list[NewsItem]:
    """Return what is new to a person, came by `until`, goes out at this cadence and was in no
    other mail yet; the oldest first. With `only`, of these rows."""
    chosen, since = choices_of(user.pk), until - REACH[MailCadence(cadence)]

    def told(thread: Any, one: ToldComment) -> bool:
        at = one.comment.published_at
        known = mailed.tells((THREADS, thread.pk), at)
        return one.is_new and since < at <= until and not known

    ahead = DUE_AHEAD.get(MailCadence(cadence), AHEAD)
    found = all_new(readers, told, only)
    if only is None or any(source in DATES for source, _pk in only):
        due = due_items(readers, until=until, ahead=ahead, even_if_visited=True)
        found += [one for one in due if one.is_new]
    found = [
        item
        for item in found
        if since < item.since <= until
        and not (item.key.source != THREADS and mailed.tells(item.row, item.at))
        and cadence_of(item, chosen) == cadence
    ]
    return sorted(found, key=lambda item: item.since)


# --- Writing them down ---------------------------------------------------------------------------
def write_news_mails(now: datetime | None = None) -> int:
    """Write down all mails that are due now; return how many. However often, each once.

    Each person's are written in one transaction that holds their row: a second worker waits, and
    then finds them written.
    """
    if not sends_mail():
        return 0
    now = now or timezone.now()
    NewsMail.objects.filter(created_at__lt=now - 2 * KEPT).delete()
    last: datetime = cache.get(LAST_RUN) or now - REACH[MailCadence.AT_ONCE]
    written = sum(_write_for(user_id, now) for user_id in _people_with_news(now, last))
    cache.set(LAST_RUN, now, timeout=None)
    return written


def _people_with_news(now: datetime, last: datetime) -> set[int]:
    """Who is in a seminar where something happened or fell due since the last run, or has a
    digest to be written."""
    since = last - 2 * GATHERED
    happened = Event.objects.filter(created_at__gt=since).order_by().values("seminar")
    people = Membership.objects.in_use().filter(user__is_active=True).order_by()
    there = Q(seminar__in=happened) | Q(seminar__in=seminars_with_dates(since, now))
    found = set(people.filter(there).values_list("user", flat=True))
    for zones, due in _digests_by_zones(now):
        theirs = people.filter(user__time_zone__in=zones)
        for digest in due:
            written = NewsMail.objects.filter(
                user=OuterRef("user"), cadence=digest.cadence, period=digest.period
            )
            found |= set(theirs.filter(~Exists(written)).values_list("user", flat=True))
    return found


def _digests_by_zones(now: datetime) -> list[tuple[list[str], list["Digest"]]]:
    """The zones that people have chosen, those together in which the same digests are due: it is
    never more than three days at once on earth."""
    together: dict[tuple[str, ...], tuple[list[str], list[Digest]]] = {}
    chosen = User.objects.filter(is_active=True).order_by()
    for name in chosen.values_list("time_zone", flat=True).distinct():
        due = digests_due(now, User(time_zone=name).zone)
        together.setdefault(tuple(one.period for one in due), ([], due))[0].append(name)
    return list(together.values())


def _write_for(user_id: int, now: datetime) -> int:
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user_id)
        readers = news_readers(user_id)
        written = _write_at_once(user, readers, now)
        for digest in digests_due(now, user.zone):
            written += _write_digest(user, readers, digest)
    return written


def _write_at_once(user: User, readers: Sequence[NewsReader], now: datetime) -> int:
    """One mail for each thread or decision, as soon as the first of it has waited."""
    mailed = AlreadyMailed.of(user.pk)
    items = news_to_mail(user, readers, MailCadence.AT_ONCE, until=now, mailed=mailed)
    due = [item for item in items if item.since <= now - GATHERED]
    for item in due:
        period = f"{item.key.source}-{item.key.pk}-{item.at.isoformat()}"
        _write(user, MailCadence.AT_ONCE, period, [item])
    return len(due)


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest whose hour has come: `period` is its day where the reader is, and it tells what
    came `until` then."""

    cadence: str
    period: str
    until: datetime


def digests_due(now: datetime, zone: ZoneInfo | None) -> list[Digest]:
    """Return the digests of the day and of the week for whoever is in this zone; None: the site's.

    Days are counted by the calendar: on the two on which clocks are changed it is seven, too.
    """
    today = timezone.localtime(now, zone).date()
    if _sent_on(today, zone) > now:
        today -= timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    days = ((MailCadence.DAILY, today), (MailCadence.WEEKLY, monday))
    return [Digest(of, day.isoformat(), _sent_on(day, zone)) for of, day in days]


def _sent_on(day: date, zone: ZoneInfo | None) -> datetime:
    """The moment at which digests of a day go out, in UTC: there it can be counted with."""
    return timezone.make_aware(datetime.combine(day, SENT_AT), zone).astimezone(UTC)


def _write_digest(user: User, readers: Sequence[NewsReader], digest: Digest) -> int:
    cadence, period, until = digest.cadence, digest.period, digest.until
    if NewsMail.objects.filter(user=user, cadence=cadence, period=period).exists():
        return 0
    items = news_to_mail(user, readers, cadence, until=until, mailed=AlreadyMailed.of(user.pk))
    return _write(user, cadence, period, items)


def _write(user: User, cadence: str, period: str, items: Sequence[NewsItem]) -> int:
    told = [[*item.row, item.at.isoformat()] for item in items]
    try:
        with transaction.atomic():
            mail = NewsMail.objects.create(user=user, cadence=cadence, period=period, told=told)
            if told:
                queue_made_mail(purpose=PURPOSE, target_id=mail.pk)
    except IntegrityError:
        return 0
    return bool(told)


# --- The mail itself -----------------------------------------------------------------------------
def make_news_mail(pk: int) -> EmailMessage | None:
    """Return the mail as it is to be sent now; None where nothing of it is left to be told."""
    mail = NewsMail.objects.select_related("user").filter(pk=pk, user__is_active=True).first()
    if mail is None:
        return None
    with timezone.override(mail.user.zone):  # of the times in it
        return _made(mail)


def _made(mail: NewsMail) -> EmailMessage | None:
    told = _rows(mail.told)
    until = max(told.values(), default=mail.created_at)
    mailed = AlreadyMailed.of(mail.user_id, but=mail.pk)
    readers = news_readers(mail.user_id)
    found = news_to_mail(mail.user, readers, mail.cadence, until=until, mailed=mailed, only=told)
    items = [item for item in found if item.row in told and item.at <= told[item.row]]
    return _message(mail, items) if items else None


def _message(mail: NewsMail, items: Sequence[NewsItem]) -> EmailMessage:
    first = items[0]
    is_digest = mail.cadence != MailCadence.AT_ONCE
    scope = ALL if is_digest else first.scope
    wider = [] if is_digest else [f"seminar:{first.member.seminar_id}", ALL]
    choice = choice_link(mail.user_id, scope)
    context = {
        "items": [(_plain(item.said), item, settings.SITE_URL + item.url) for item in items],
        "choice": choice,
        "wider": [choice_link(mail.user_id, one) for one in wider],
        "news": settings.SITE_URL + reverse("all_news"),
    }
    domain = urlsplit(settings.SITE_URL).hostname
    name = "news" if is_digest else first.member.seminar.slug
    headers = {
        "Message-ID": f"<news-{mail.pk}@{domain}>",
        "List-Id": f"<{name}.{domain}>",
        "List-Unsubscribe": f"<{choice}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    if not is_digest and first.thread:
        # Its own for each reader: what is said in one thread stands together in their mail.
        root = f"<thread-{first.thread}-{mail.user_id}@{domain}>"
        headers |= {"In-Reply-To": root, "References": root}
    return EmailMessage(
        subject=_subject(mail, items),
        body=render_to_string("emails/news.txt", context).strip() + "\n",
        to=[mail.user.email],
        headers=headers,
    )


def _subject(mail: NewsMail, items: Sequence[NewsItem]) -> str:
    first = items[0]
    if mail.cadence == MailCadence.AT_ONCE:
        title = first.reading.title if first.reading and first.thread else ""
        where = title or first.member.seminar.name
        return _one_line(f"{_plain(first.said)}: {where}")
    count = len(items)
    said = (
        ngettext("%d thing new today", "%d things new today", count)
        if mail.cadence == MailCadence.DAILY
        else ngettext("%d thing new this week", "%d things new this week", count)
    )
    return "Colloquy: " + said % count


def choice_link(user_id: int, scope: str) -> str:
    return settings.SITE_URL + reverse("mail_choice", args=[token_for(user_id, scope)])


def _plain(said: str) -> str:
    return html.unescape(strip_tags(said))


def _one_line(text: str) -> str:
    return " ".join(text.split())

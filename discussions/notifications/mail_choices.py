"""When each kind of news goes out by mail: what somebody chose, and for which scope."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from accounts.models import User
from discussions.common.markdown import shorten
from discussions.models import MailCadence, MailChoice, Thread
from discussions.notifications.items import NewsItem
from discussions.notifications.thread_news import NewsReader, news_threads
from documents.visible import isolated
from documents.whole_number import whole_number
from readings.models import Reading
from seminars.models import Membership

ALL = "all"
MOST_OFFERED = 30  # threads, to choose something else for
SHOWN_QUOTE = 60  # characters of the words that a thread is about
LINKS_LAST = 365 * 24 * 3600  # seconds: mails are found again after long
_SALT = "news-mail"


@dataclass(frozen=True, slots=True)
class MailScope:
    """A scope with its name, and what is chosen for it; "" where what stands above decides."""

    scope: str
    name: str
    cadence: str

    @property
    def chosen(self) -> str:
        """What is chosen, in words; "" where it is as above."""
        return str(MailCadence(self.cadence).label) if self.cadence else ""


def token_for(user_id: int, scope: str) -> str:
    """Return what lets whoever has the mail change this person's choice for this scope alone."""
    return signing.dumps([user_id, scope], salt=_SALT)


def read_token(token: str) -> tuple[User, str] | None:
    """Return whose choice, and for what; None where it is forged, old, or nobody's any more."""
    try:
        user_id, scope = signing.loads(token, salt=_SALT, max_age=LINKS_LAST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return (user, scope) if user else None


def choices_of(user_id: int) -> dict[str, str]:
    """What a person chose, by scope. One query."""
    return dict(MailChoice.objects.filter(user=user_id).values_list("scope", "cadence"))


def cadence_of(item: NewsItem, chosen: Mapping[str, str]) -> str:
    """When this row goes out: by the narrowest choice that there is."""
    scopes = [
        f"thread:{item.thread}",
        f"reading:{item.reading.pk}" if item.reading else "",
        f"seminar:{item.member.seminar_id}",
        ALL,
    ]
    cadence = next((chosen[one] for one in scopes if one in chosen), MailCadence.STANDARD)
    if cadence == MailCadence.STANDARD:
        return MailCadence.AT_ONCE if item.is_for_me else MailCadence.DAILY
    return str(cadence)


def choose(*, user: User, scope: str, cadence: str) -> None:
    """Keep a choice; an empty one is taken away, so that what stands above decides."""
    if cadence:
        MailChoice.objects.update_or_create(user=user, scope=scope, defaults={"cadence": cadence})
    else:
        MailChoice.objects.filter(user=user, scope=scope).delete()


def unsubscribe(*, user: User, scope: str) -> None:
    """Send no more for this scope; of all, also where something else was chosen for a part."""
    if scope == ALL:
        MailChoice.objects.filter(user=user).delete()
    choose(user=user, scope=scope, cadence=MailCadence.OFF)


@dataclass(frozen=True, slots=True)
class MailBeside:
    """What stands beside the news: the choice for all of them, and what was chosen otherwise."""

    here: MailScope
    cadences: list[tuple[str, Any]]
    otherwise: list[MailScope]


def mail_beside(user: User, readers: Sequence[NewsReader], scope: str) -> MailBeside:
    """Return the choice for a scope, and those that were made within it."""
    here, *others = mail_scopes(user, [one.member for one in readers])
    if scope != ALL:
        here = next(one for one in others if one.scope == scope)
    parts = [one for one in others if one.cadence and one.scope != scope]
    return MailBeside(here, cadences(scope), parts)


def cadences(scope: str) -> list[tuple[str, Any]]:
    """What can be chosen; below all of them, also to have it as above."""
    return (
        list(MailCadence.choices) if scope == ALL else [("", _("As above")), *MailCadence.choices]
    )


def exceptions_to_offer(
    readers: Sequence[NewsReader], but: Iterable[str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what one can choose something else for: readings in reach, and the threads that had
    news last; each as (scope, name), without those of `but`."""
    members, known = [one.member for one in readers], set(but)
    visible = Reading.including_general.visible_to_any(members).for_seminar_page()
    readings = [(f"reading:{one.pk}", isolated(one.title)) for one in visible]
    newest = news_threads(readers).select_related("reading__essay", "passage") if readers else None
    threads = newest.order_by("-newest", "-pk")[:MOST_OFFERED] if newest is not None else []
    named = [(f"thread:{one.pk}", _thread_name(one)) for one in threads]
    groups = [(_("Readings"), readings), (_("Threads"), named)]
    left = [(label, [one for one in rows if one[0] not in known]) for label, rows in groups]
    return [(label, rows) for label, rows in left if rows]


def part_in_reach(scope: str, members: Sequence[Membership]) -> MailScope | None:
    """The reading or thread that is meant, where one of these members sees it."""
    name = _names_of_parts([scope], members).get(scope)
    return MailScope(scope, name, "") if name else None


def mail_scopes(
    user: User, members: Sequence[Membership], only: Iterable[str] = ()
) -> list[MailScope]:
    """All, one's seminars, and whatever else one has chosen something for.

    `only` names the scopes to return instead. What one does not reach any more has no name.
    """
    chosen = choices_of(user.pk)
    names = {ALL: _("All my seminars")}
    names |= {f"seminar:{one.seminar_id}": isolated(one.seminar.name) for one in members}
    names |= _names_of_parts([*chosen, *only], members)
    gone = _("Something that is gone")
    return [MailScope(one, names.get(one, gone), chosen.get(one, "")) for one in only or names]


def _names_of_parts(scopes: Iterable[str], members: Sequence[Membership]) -> dict[str, str]:
    """The names of the readings and threads among the scopes, as far as they are in reach."""
    readings = Reading.including_general.visible_to_any(members)
    readings = readings.filter(pk__in=_keys(scopes, "reading"))
    names = {f"reading:{one.pk}": isolated(one.title) for one in readings.for_seminar_page()}
    keys = _keys(scopes, "thread")
    for member in members:
        threads = Thread.objects.visible_to(member).filter(pk__in=keys)
        for thread in threads.select_related("reading__essay", "passage"):
            names[f"thread:{thread.pk}"] = _thread_name(thread)
    return names


def _thread_name(thread: Thread) -> str:
    named = {"title": isolated(thread.reading.title)}
    words = thread.passage.quote if thread.passage else ""
    if not words:
        return _("A thread in %(title)s") % named
    named["words"] = isolated(shorten(words, SHOWN_QUOTE))
    return _("The thread on “%(words)s” in %(title)s") % named


def _keys(scopes: Iterable[str], kind: str) -> list[int]:
    found = [one.partition(":") for one in scopes]
    return [key for of, _colon, text in found if of == kind and (key := whole_number(text))]

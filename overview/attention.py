"""What needs somebody: questions that nobody has answered, and people who went quiet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.common.markdown import first_words
from discussions.models import Comment, CommentState, QuestionState, Thread
from documents.block_names import paragraph_label
from overview.records import Record
from readings.models import Block, Reading, ReadingKind
from seminars.audience import Audience
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES

QUIET_AFTER = timedelta(days=7)  # who comes once a week is not quiet


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question of somebody who takes part that has no answer yet."""

    thread: Thread
    who: str
    words: str
    place: str

    @property
    def days(self) -> int:
        return (timezone.now() - self.thread.created_at).days

    @property
    def waiting(self) -> str:
        if not self.days:
            return _("since today")
        return ngettext("waiting %d day", "waiting %d days", self.days) % self.days


@dataclass(frozen=True, slots=True)
class QuietMember:
    """Somebody who has not been seen for a week; `comments` are all that they wrote so far about
    a reading, `in_general` what they wrote in the general discussion."""

    member: Membership
    seen_at: datetime | None
    comments: int
    last_week: int  # in which they wrote last; 0: in none
    in_general: int = 0

    @property
    def said(self) -> str:
        if self.in_general and not self.comments:
            wrote = ngettext(
                "has written once, in the general discussion alone",
                "has written %d times, in the general discussion alone",
                self.in_general,
            )
            return wrote % self.in_general if self.in_general > 1 else wrote
        if self.seen_at is None:
            return _("has opened nothing since joining")
        if not self.comments:
            return _("has written nothing under their name")
        wrote = ngettext("wrote once", "wrote %d times", self.comments)
        until = _("until week %(week)d") % {"week": self.last_week}
        return f"{wrote % self.comments if self.comments > 1 else wrote} {until}"


def open_questions(
    viewer: Membership,
    readings: Sequence[Reading],
    members: Iterable[int],
    group: int = 0,
    member: int = 0,
) -> list[OpenQuestion]:
    """Return the questions in these readings without an answer, the longest waiting first.

    Those of the `members`, and those under an alias that everybody sees, or that are for a
    `group` of the viewer's: by which group a question is listed, nobody learns who is anonymous.
    Asked for one `member` alone, none of those. One query.
    """
    opening = Comment.objects.filter(thread=OuterRef("pk"), seq=1, state=CommentState.PUBLISHED)
    number = Block.objects.filter(
        revision=OuterRef("reading__revision"), key=OuterRef("passage__block_key")
    )
    found: Any = (
        Thread.objects.visible_to(viewer)
        .filter(
            _listed(viewer, members, group, member),
            question_state=QuestionState.OPEN,
            reading__in=[one.pk for one in readings],
            author__role__in=COUNTED_ROLES,
        )
        .annotate(
            opening=Subquery(opening.values("html")[:1]),
            number=Subquery(number.order_by().values("number")[:1]),
        )
        .exclude(opening=None)
        .select_related("author__user")
        .order_by("created_at", "pk")
    )
    by_key = {one.pk: one for one in readings}
    questions = []
    for thread in found:
        thread.seminar, thread.reading = viewer.seminar, by_key[thread.reading_id]
        questions.append(
            OpenQuestion(
                thread=thread,
                who=thread.author_for(viewer).name,
                words=first_words(thread.opening),
                place=paragraph_label(thread.number),
            )
        )
    return questions


def _listed(viewer: Membership, members: Iterable[int], group: int, member: int) -> Q:
    named = Q(alias="", author__in=list(members))
    if member:
        return named
    to_all = ~Q(audience=Audience.GROUP) & Q(addressee=None)
    if group:
        to_group = Q(audience=Audience.GROUP, group=group)
    elif viewer.is_instructor:
        to_group = Q(audience=Audience.GROUP)
    else:
        to_group = Q(audience=Audience.GROUP, group__in=viewer.group_ids)
    return named | ~Q(alias="") & (to_all | to_group)


def quiet_members(record: Record) -> list[QuietMember]:
    """Return who has opened no reading for QUIET_AFTER, the longest away first.

    Whoever joined since has had no time to, and where nothing can be opened nobody is quiet. One
    query.
    """
    in_general = _words_in_general(record)
    before = timezone.now() - QUIET_AFTER
    seen: dict[int, list[datetime]] = {}
    for one in record.stands:
        seen.setdefault(one.person, []).extend(filter(None, [one.seen_at]))
    written: dict[int, list[int]] = {}
    for words in record.words:
        written.setdefault(words.person, []).append(words.week)
    found = []
    for member in record.members:
        if member.pk not in seen or member.joined_at > before:
            continue
        last = max(seen[member.pk], default=None)
        if last is None or last < before:
            weeks = written.get(member.pk, [])
            general = in_general.get(member.pk, 0)
            found.append(QuietMember(member, last, len(weeks), max(weeks, default=0), general))
    return sorted(found, key=lambda one: (one.seen_at is not None, one.seen_at or before))


def _words_in_general(record: Record) -> dict[int, int]:
    """How many words that others can read each has under their name in the general discussion,
    which is about no reading and in none of the figures."""
    said = Comment.objects.filter(
        author__in=[one.pk for one in record.members],
        thread__reading__kind=ReadingKind.GENERAL,
        thread__withdrawn_at=None,
        state=CommentState.PUBLISHED,
        alias="",
    ).exclude(thread__audience=Audience.ME)
    return dict(said.order_by().values_list("author").annotate(Count("pk")))

"""All that is kept of a person, as they may take it away.

What they wrote and did, what was done for them and told to them. Not what staff say of them among
themselves, who reported them, or marks that are not released: those are not shown to them either.
"""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models

from accounts.models import SignedInSession, User
from discussions.models import (
    Comment,
    Decision,
    MailChoice,
    Reaction,
    Report,
    Thread,
    ThreadRead,
    ThreadSubscription,
)
from quizzes.models import Accommodation, Answer, AnswerMark, Attempt, PracticeCard
from readings.models import Draft, Essay, Extension, Reading, Revision, Visit
from seminars.models import Announcement, Membership, PersonalMute

ACCOUNT = (
    *("email", "name", "date_joined", "last_login", "time_zone", "text_size", "measure", "theme"),
    *("typeface", "annotations", "text_only", "single_keys", "shows_presence"),
)
# Of each kind of row, by membership: what leads to the person, and what is told.
OF_MEMBER: tuple[tuple[str, type[models.Model], str, tuple[str, ...]], ...] = (
    (
        "threads",
        Thread,
        "author",
        ("reading_id", "kind", "audience", "passage__quote", "alias", "created_at"),
    ),
    (
        "reactions",
        Reaction,
        "member",
        ("comment__thread__reading_id", "kind", "created_at"),
    ),
    ("reports", Report, "reporter", ("reason", "detail", "created_at")),
    ("announcements", Announcement, "created_by", ("title", "body", "published_at")),
    ("watched", ThreadSubscription, "membership", ("thread__pk", "level", "created_at")),
    ("threads_read", ThreadRead, "membership", ("thread__pk", "seq")),
    (
        "readings_visited",
        Visit,
        "membership",
        ("reading_id", "place", "progress", "begun_at", "seen_at"),
    ),
    ("muted_for_oneself", PersonalMute, "membership", ("muted__user__name", "created_at")),
    (
        "attempts",
        Attempt,
        "membership",
        ("pk", "quiz__title", "number", "state", "begun_at", "submitted_at"),
    ),
    (
        "answers",
        Answer,
        "attempt__membership",
        ("attempt__pk", "question__text", "response", "confidence"),
    ),
    (
        "practice",
        PracticeCard,
        "membership",
        ("question__text", "response", "times", "answered_at", "due_at"),
    ),
    (
        "more_time",
        Extension,
        "membership",
        ("reading_id", "due_at", "late_until", "closes_at"),
    ),
    ("further_time_and_tries", Accommodation, "membership", ("time_percent", "extra_tries")),
)


def account_of(user: User) -> dict[str, Any]:
    """What is kept of the account itself."""
    addresses = EmailAddress.objects.filter(user=user)
    sessions = SignedInSession.objects.of_person(user)
    return {
        **{column: getattr(user, column) for column in ACCOUNT},
        "addresses": list(addresses.values("email", "verified", "primary")),
        "signed_in": list(sessions.values("browser", "system", "signed_in_at", "last_used_at")),
        "mail_choices": list(MailChoice.objects.filter(user=user).values("scope", "cadence")),
        "essays": list(Essay.objects.filter(created_by=user).values("title", "created_at")),
    }


def membership_of(member: Membership) -> dict[str, Any]:
    """What is kept of a person in one seminar, in which they are or were."""
    told: dict[str, Any] = {
        "seminar": member.seminar.name,
        "role": member.role,
        "group": member.group.name if member.group else "",
        "joined_at": member.joined_at,
        "left_at": member.removed_at,
    }
    readings = Reading.including_general.filter(seminar=member.seminar_id)
    titles = {one.pk: one.title for one in readings.select_related("essay")}
    for name, model, column, fields in OF_MEMBER:
        rows = model._base_manager.filter(**{column: member}).order_by("pk")
        told[name] = [_with_title(row, titles) for row in rows.values(*fields)]
    told["comments"] = [_comment(one) for one in _comments_of(member)]
    told["marks_released"] = list(
        AnswerMark.objects.filter(answer__attempt__membership=member)
        .exclude(released_at=None)
        .values("answer__question__text", "points", "remark", "released_at")
    )
    # Who decided is told in the seminar, where it is.
    decided = Decision.objects.on_words_of(member).order_by("pk")
    told["decisions"] = list(decided.values("action", "reason", "note_to_member", "created_at"))
    return told


def _with_title(row: dict[str, Any], titles: dict[int, str]) -> dict[str, Any]:
    """The row with the title of its reading in place of the key."""
    for way in ("reading_id", "comment__thread__reading_id"):
        if way in row:
            row["reading"] = titles.get(row.pop(way), "")
    return row


def _comments_of(member: Membership) -> models.QuerySet[Comment]:
    own = Comment.objects.written_by(member).select_related("thread__reading__essay")
    return own.prefetch_related("revisions").order_by("pk")


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "thread": comment.thread_id,
        "reading": comment.thread.reading.title,
        "audience": comment.thread.audience,
        "alias": comment.alias,
        "words": comment.body,
        "state": comment.state,
        "written_at": comment.created_at,
        "edited_at": comment.edited_at,
        "said_before": [
            {"words": one.body, "until": one.created_at} for one in comment.revisions.all()
        ],
    }


def uploads_of(user: User) -> Iterator[tuple[str, Any]]:
    """Yield each file that they brought, once, with the name that it had."""
    seen: set[str] = set()
    for model in (Draft, Revision):
        for row in model.objects.filter(created_by=user).exclude(source="").order_by("pk"):
            if row.source.name not in seen:
                seen.add(str(row.source.name))
                yield row.source_name, row.source

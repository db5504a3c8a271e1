"""What staff decided about a member's words: hidden, restored, left standing, endorsed.

It is told where the thread is muted, too: it is about one's own words.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from discussions.common.markdown import first_words
from discussions.models import (
    Action,
    Comment,
    CommentState,
    Decision,
    Endorsement,
    Thread,
    member_label,
)
from discussions.notifications.items import NewsItem, NewsKey, names_html, place_labels
from discussions.notifications.thread_news import NewsReader

ENDORSEMENTS, DECISIONS = 1, 2  # the places among the sources of news


def news_decisions(readers: Sequence[NewsReader]) -> Any:
    """Decisions about the words of these memberships of one person, in threads that they reach.

    That a report was dismissed is told where staff wrote something to the author of the words.
    """
    rules = (
        Q(
            ~Q(actor=one.member.pk),
            comment__author=one.member.pk,
            thread__in=Thread.objects.reached_by(one.member).order_by().values("pk"),
        )
        for one in readers
    )
    told = Q(action__in=[Action.HIDE, Action.RESTORE])
    told |= Q(action=Action.DISMISS) & ~Q(note_to_member="")
    decided = Decision.objects.filter(told, reduce(Q.__or__, rules))
    return decided.select_related(
        "actor__user", "comment", "thread__reading__essay", "thread__passage"
    )


def news_endorsements(readers: Sequence[NewsReader]) -> Any:
    """Endorsements that stand, of the words of these memberships."""
    rules = (
        Q(
            ~Q(created_by=one.member.pk),
            comment__author=one.member.pk,
            comment__in=Comment.objects.visible_to(one.member).order_by().values("pk"),
        )
        for one in readers
    )
    endorsed = Endorsement.objects.standing().filter(
        reduce(Q.__or__, rules), comment__state=CommentState.PUBLISHED
    )
    return endorsed.select_related(
        "created_by__user", "comment__thread__reading__essay", "comment__thread__passage"
    )


def decision_items(decisions: Sequence[Decision], readers: Sequence[NewsReader]) -> list[NewsItem]:
    """Return a row of each. One query."""
    labels = place_labels([one.thread for one in decisions])
    by_pk = {one.member.pk: one for one in readers}
    items = []
    for decision in decisions:
        comment = decision.comment
        if comment is None:
            continue
        reader = by_pk[comment.author_id]
        comment.thread = decision.thread
        decision.thread.reading.seminar = reader.member.seminar
        items.append(
            NewsItem(
                key=NewsKey(decision.created_at, DECISIONS, decision.pk),
                icon="scale",
                said=_said(decision, reader),
                words=first_words(comment.html),
                reading=decision.thread.reading,
                member=reader.member,
                place=labels[decision.thread_id],
                url=comment.get_absolute_url(),
                act=_("See it"),
                is_new=decision.created_at > reader.seen,
                thread=decision.thread_id,
                is_for_me=True,
                since=decision.created_at,
                note=_note(decision),
            )
        )
    return items


def _said(decision: Decision, reader: NewsReader) -> Any:
    said = {
        Action.HIDE: _("{who} hid your comment from the others"),
        Action.RESTORE: _("{who} shows your comment again"),
        Action.DISMISS: _("{who} left your comment standing, which had been reported"),
    }[Action(decision.action)]
    return format_html(said, who=names_html([decision.actor_for(reader.member).name]))


def _note(decision: Decision) -> str:
    reason = str(decision.get_reason_display()) if decision.reason else ""
    return ": ".join(part for part in (reason, decision.note_to_member) if part)


def endorsement_items(endorsements: Sequence[Any], readers: Sequence[NewsReader]) -> list[NewsItem]:
    """Return a row of each. One query."""
    labels = place_labels([one.comment.thread for one in endorsements])
    by_pk = {one.member.pk: one for one in readers}
    items = []
    for endorsement in endorsements:
        comment = endorsement.comment
        reader = by_pk[comment.author_id]
        comment.thread.reading.seminar = reader.member.seminar
        who = names_html([member_label(endorsement.created_by, reader.member).name])
        items.append(
            NewsItem(
                key=NewsKey(endorsement.created_at, ENDORSEMENTS, endorsement.pk),
                icon="circle-check",
                said=format_html(_("{who} endorsed your answer"), who=who),
                words=first_words(comment.html),
                reading=comment.thread.reading,
                member=reader.member,
                place=labels[comment.thread_id],
                url=comment.get_absolute_url(),
                act=_("See it"),
                is_new=endorsement.created_at > reader.seen,
                thread=comment.thread_id,
                is_for_me=True,
                since=endorsement.created_at,
            )
        )
    return items

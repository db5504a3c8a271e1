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
# Decisions of which the author of the words is always told.
TOLD = (
    Action.APPROVE,
    Action.RETURN,
    Action.HIDE,
    Action.HIDE_AT_REPORTS,
    Action.REMOVE,
    Action.RESTORE,
    Action.EDIT,
    Action.PURGE,
)


def news_decisions(readers: Sequence[NewsReader]) -> Any:
    """Decisions about the words of these memberships of one person, in threads that they reach.

    That a report was dismissed is told where staff wrote something to the author of the words.
    """
    rules = (
        Q(
            Q(actor=None) | ~Q(actor=one.member.pk),
            comment__author=one.member.pk,
            thread__in=Thread.objects.reached_by(one.member).order_by().values("pk"),
        )
        for one in readers
    )
    told = Q(action__in=TOLD)
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
    labels = place_labels([one.thread for one in decisions if one.thread])
    by_pk = {one.member.pk: one for one in readers}
    items = []
    for decision in decisions:
        comment, thread = decision.comment, decision.thread
        if comment is None or thread is None:
            continue
        reader = by_pk[comment.author_id]
        comment.thread = thread
        thread.reading.seminar = reader.member.seminar
        items.append(
            NewsItem(
                key=NewsKey(decision.created_at, DECISIONS, decision.pk),
                icon="scale",
                said=_said(decision, reader),
                words=first_words(comment.html),
                reading=thread.reading,
                member=reader.member,
                place=labels[thread.pk],
                url=comment.get_absolute_url(),
                act=_("See it"),
                is_new=decision.created_at > reader.seen,
                thread=thread.pk,
                is_for_me=True,
                since=decision.created_at,
                note=_note(decision),
            )
        )
    return items


def _said(decision: Decision, reader: NewsReader) -> Any:
    said = {
        Action.APPROVE: _("{who} published your comment"),
        Action.RETURN: _("{who} returned your comment, to be revised"),
        Action.HIDE: _("{who} hid your comment from the others"),
        Action.HIDE_AT_REPORTS: _(
            "Your comment was reported, and is hidden until staff have looked at it"
        ),
        Action.REMOVE: _("{who} removed your comment"),
        Action.RESTORE: _("{who} shows your comment again"),
        Action.EDIT: _("{who} edited your comment"),
        Action.PURGE: _("{who} deleted your comment for good"),
        Action.DISMISS: _("{who} left your comment standing, which had been reported"),
    }[Action(decision.action)]
    return format_html(said, who=names_html([decision.actor_for(reader.member).name]))


def _note(decision: Decision) -> str:
    return ": ".join(part for part in (decision.reason, decision.note_to_member) if part)


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

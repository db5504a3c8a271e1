"""What staff decided about a member's words, or about what they reported; and endorsements.

It is told where the thread is muted, too: it is about one's own words.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from discussions.common.markdown import first_words
from discussions.models import (
    Action,
    Comment,
    CommentState,
    Decision,
    Endorsement,
    Report,
    ReviewCause,
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

# What ends a case, and is told to whoever reported the words.
OUTCOMES = (
    Action.APPROVE,
    Action.RETURN,
    Action.HIDE,
    Action.REMOVE,
    Action.RESTORE,
    Action.PURGE,
    Action.DISMISS,
    Action.ANSWER,
)


def news_decisions(readers: Sequence[NewsReader]) -> Any:
    """Decisions about the words of these memberships of one person, in threads that they reach,
    and those that ended cases which they reported; without those that were taken back.

    That a report was dismissed is told to the author of the words where staff wrote something to
    them, or where it changes what others see.
    """
    undone = Decision.objects.filter(corrects=OuterRef("pk"), action=Action.UNDO)
    rules = (
        Q(
            Q(actor=None) | ~Q(actor=one.member.pk),
            Q(_told_to_author(), comment__author=one.member.pk) | _told_to_reporter(one),
            thread__in=Thread.objects.reached_by(one.member).order_by().values("pk"),
        )
        for one in readers
    )
    decided = Decision.objects.filter(~Exists(undone), reduce(Q.__or__, rules))
    return decided.select_related(
        "actor__user", "comment", "review_item", "thread__reading__essay", "thread__passage"
    )


def _told_to_author() -> Q:
    changes = Q(after=CommentState.PUBLISHED) | Q(review_item__cause=ReviewCause.APPEAL)
    return Q(action__in=TOLD) | Q(action=Action.DISMISS) & (~Q(note_to_member="") | changes)


def _told_to_reporter(one: NewsReader) -> Q:
    """What became of a report of theirs: of the case that it was attached to."""
    theirs = Report.objects.filter(review_item=OuterRef("review_item"), reporter=one.member.pk)
    return Q(Exists(theirs), action__in=OUTCOMES)


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
    """Return a row of each. One query.

    Who reported words that do not stand is told of the decision, and not the words again.
    """
    labels = place_labels([one.thread for one in decisions if one.thread])
    by_seminar = {one.member.seminar_id: one for one in readers}
    items = []
    for decision in decisions:
        comment, thread = decision.comment, decision.thread
        if comment is None or thread is None:
            continue
        reader = by_seminar[decision.seminar_id]
        is_own = comment.author_id == reader.member.pk
        shows_words = is_own or comment.is_published
        comment.thread = thread
        thread.reading.seminar = reader.member.seminar
        items.append(
            NewsItem(
                key=NewsKey(decision.created_at, DECISIONS, decision.pk),
                icon="scale",
                said=_said(decision, reader) if is_own else _outcome(decision, reader),
                words=first_words(comment.html) if shows_words else "",
                reading=thread.reading,
                member=reader.member,
                place=labels[thread.pk],
                url=comment.get_absolute_url(),
                act=_("See it"),
                is_new=decision.created_at > reader.seen,
                thread=thread.pk,
                is_for_me=True,
                since=decision.created_at,
                note=_note(decision, is_own=is_own),
            )
        )
    return items


def _said(decision: Decision, reader: NewsReader) -> Any:
    action, item = Action(decision.action), decision.review_item
    if action == Action.DISMISS and decision.after == CommentState.PUBLISHED:
        action = Action.RESTORE
    if action == Action.DISMISS and item is not None and item.cause == ReviewCause.APPEAL:
        said = _("{who} looked at your comment again, as you asked, and left it as it is")
        return format_html(said, who=names_html([decision.actor_for(reader.member).name]))
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
    }[action]
    return format_html(said, who=names_html([decision.actor_for(reader.member).name]))


def _outcome(decision: Decision, reader: NewsReader) -> Any:
    """What became of words that the reader reported."""
    said = {
        Action.APPROVE: _("{who} left the comment standing that you reported"),
        Action.RETURN: _("{who} returned the comment that you reported to its author"),
        Action.HIDE: _("{who} hid the comment that you reported"),
        Action.REMOVE: _("{who} removed the comment that you reported"),
        Action.RESTORE: _("{who} left the comment standing that you reported"),
        Action.PURGE: _("{who} deleted the comment that you reported"),
        Action.DISMISS: _("{who} left the comment standing that you reported"),
        Action.ANSWER: _("{who} answered your report of their comment"),
    }[Action(decision.action)]
    return format_html(said, who=names_html([decision.actor_for(reader.member).name]))


def _note(decision: Decision, *, is_own: bool) -> str:
    """The reason, which everybody reads in place, and what was said to whom the news are for."""
    to_reader = is_own or decision.action == Action.ANSWER
    note = decision.note_to_member if to_reader else ""
    return ": ".join(part for part in (decision.reason, note) if part)


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

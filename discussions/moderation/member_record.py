"""What staff may know of a member before they decide about their words: figures, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.models import (
    UNDECIDED,
    Comment,
    CommentState,
    Decision,
    Endorsement,
    Report,
    ReviewItem,
    ReviewState,
)
from documents.visible import isolated
from seminars.models import Membership

NOTES = 3  # what staff noted about the member last


@dataclass(frozen=True, slots=True)
class RecordFigure:
    """One figure; `address` leads to the words behind it, "" where there are none to read."""

    name: str
    number: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """The record of a member whom the case names, and what colleagues noted with decisions."""

    member: Membership
    figures: Sequence[RecordFigure]
    notes: Sequence[tuple[Decision, str]]


def member_record(comment: Comment, viewer: Membership) -> MemberRecord | None:
    """Return the record of who wrote a comment, without this comment itself; four queries.

    It is counted over what the viewer may read and may know to be theirs. None of an anonymous
    author: any figure would help to tell who they are.
    """
    if comment.alias:
        return None
    author = comment.author
    known = Comment.objects.known_to_be_by(author, viewer).order_by()
    returned = Decision.objects.standing_returns().filter(comment=OuterRef("pk"))
    published = Q(state=CommentState.PUBLISHED)
    hidden = Q(state__in=[CommentState.HIDDEN, CommentState.REMOVED])
    others = ~Q(pk=comment.pk)
    counts = known.aggregate(
        comments=Count("pk", filter=published),
        replies=Count("pk", filter=published & Q(parent__isnull=False)),
        hidden=Count("pk", filter=hidden & others),
        returned=Count("pk", filter=Exists(returned)),
    )
    endorsed = Endorsement.objects.standing().filter(comment__in=known.values("pk")).count()
    words = reverse("member_words", args=[viewer.seminar.slug, author.pk])
    figures = [
        _figure(_("Comments"), counts["comments"], words),
        _figure(_("Replies among them"), counts["replies"], f"{words}?kind=reply"),
        _figure(_("Endorsed"), endorsed, f"{words}?standing=endorsed"),
        _figure(_("Hidden before"), counts["hidden"], f"{words}?standing=hidden"),
        _figure(_("Returned before"), counts["returned"], f"{words}?standing=returned"),
        *_own_reports(author, viewer),
    ]
    return MemberRecord(author, figures, _notes(author, viewer))


def _figure(name: str, number: int, address: str) -> RecordFigure:
    return RecordFigure(name, str(number), address if number else "")


def _own_reports(author: Membership, viewer: Membership) -> list[RecordFigure]:
    """How many of the cases that the member brought up were upheld, of those decided."""
    items = ReviewItem.objects.for_moderator(viewer)
    decided = items.exclude(state__in=UNDECIDED).values("pk")
    own = Report.objects.filter(reporter=author, review_item__in=decided)
    cases = (
        own.order_by().values("review_item__state").annotate(n=Count("review_item", distinct=True))
    )
    by_state = {row["review_item__state"]: row["n"] for row in cases}
    upheld, total = by_state.get(ReviewState.UPHELD, 0), sum(by_state.values())
    told = _("%(upheld)d of %(total)d") % {"upheld": upheld, "total": total} if total else "0"
    return [RecordFigure(_("Own reports, upheld"), told)]


def _notes(author: Membership, viewer: Membership) -> list[tuple[Decision, str]]:
    rows = Decision.objects.for_log(viewer).filter(
        Q(comment__author=author, comment__alias="") | Q(member=author)
    )
    noted = rows.exclude(note_to_staff="").order_by("-pk")[:NOTES]
    return [(row, isolated(row.actor_for(viewer).name)) for row in noted]

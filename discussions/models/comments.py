"""Comments: the contributions to a thread, and what they said before."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from database.full_text import TermsField, WithoutTerms
from discussions.models.authors import Authored, author_group_field, author_role_field
from discussions.models.threads import Thread, far_words_open
from readings.models import in_front
from seminars.audience import Audience, overseen, published_to, spoken_before
from seminars.models import Membership, Seminar
from seminars.personal_mutes import heard_by

MAX_BODY = 10_000  # characters: a long seminar paper's page; more belongs in an essay
MAX_REASON = 200  # characters: why an edit was made, in a line
MAX_DEPTH = 8  # replies to replies; three levels are shown before “continue this thread”


class CommentState(models.TextChoices):
    """What a comment is now; docs/adr/0032 has the whole of what leads from one to another."""

    PENDING = "pending", gettext_lazy("Waiting for staff")
    PUBLISHED = "published", gettext_lazy("Published")
    RETURNED = "returned", gettext_lazy("Returned to its author")
    HIDDEN = "hidden", gettext_lazy("Hidden by staff")
    REMOVED = "removed", gettext_lazy("Removed by staff")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn by its author")
    PURGED = "purged", gettext_lazy("Deleted for good by staff")


# What its author sees of their own words and the others do not.
TOLD_TO_AUTHOR = (
    CommentState.PENDING,
    CommentState.RETURNED,
    CommentState.HIDDEN,
    CommentState.REMOVED,
)
# What leaves nothing in its place where nobody answered it.
LEAVES_NOTHING = (CommentState.WITHDRAWN, CommentState.PURGED)


class CommentQuerySet(WithoutTerms["Comment"]):
    def visible_to(self, membership: Membership) -> Self:
        """Comments of the threads this member may see, stubs of hidden ones among them.

        Whether a stub or the words are shown is `permissions.can_read_body`.
        """
        threads = Thread.objects.visible_to(membership)
        return self.filter(thread__in=threads).spoken_to(membership)

    def spoken_to(self, membership: Membership) -> Self:
        """Of comments in threads that they see: without what is withheld until they have written,
        what others say behind a gate, and what staff have not published yet.

        Whoever lists or counts the comments of a visible thread asks this.
        """
        return self.filter(
            spoken_before(membership, reading="thread__reading", author="author"),
            in_front(
                membership, reading="thread__reading", passage="thread__passage", own="author"
            ),
            far_words_open(membership, thread="thread"),
            published_to(membership, published=Q(seq__isnull=False), thread="thread"),
        )

    def heard_by(self, membership: Membership) -> Self:
        """Of words that they see: without those of whom they have muted for themselves.

        Whoever tells what is new, or finds words, asks this; who shows a thread folds them.
        """
        return self.filter(heard_by(membership))

    def written_by(self, membership: Membership) -> Self:
        """One's own words, also where one does not reach the thread any more, or it is gone."""
        own = self.filter(seminar_id=membership.seminar_id, author=membership)
        return own.exclude(state=CommentState.PURGED)

    def written_by_any(self, memberships: Iterable[Membership]) -> Self:
        """The same of somebody with several memberships, in all their seminars at once."""
        own = self.filter(author__in=[one.pk for one in memberships])
        return own.exclude(state=CommentState.PURGED)

    def known_to_be_by(self, author: Membership, viewer: Membership) -> Self:
        """The words of `author` that `viewer` may read and may know to be theirs.

        The one rule for a page about a person. What is withdrawn is nobody's any more; whose
        hidden words were is told to their author and to who may moderate them.
        """
        moderated = overseen(viewer, thread="thread", author="author")
        hidden = Q(author=viewer) | moderated & ~Q(thread__audience=Audience.ME)
        known = Q(state=CommentState.PUBLISHED) | Q(state__in=TOLD_TO_AUTHOR) & hidden
        # Who is anonymous in their words is known of them to themselves alone.
        named = Q(alias="") | Q(author=viewer)
        return self.visible_to(viewer).filter(known, named, author=author)

    def withdrawn_by(self, membership: Membership) -> Self:
        """One's own withdrawn comments, which one may put back; their threads may be gone too."""
        return self.written_by(membership).filter(state=CommentState.WITHDRAWN)

    def for_page(self) -> Self:
        """With its author and its thread at hand."""
        return self.select_related(
            "author__user",
            "thread__author__user",
            "thread__group",
            "thread__addressee__user",
            "thread__passage",
        )

    def for_thread_page(self) -> Self:
        """In the order of publication, with authors, and nothing left to fetch.

        What waits to be published comes last.
        """
        return self.select_related("author__user", "author_group").in_order()

    def in_order(self) -> Self:
        """By `seq`, and what has none yet as it was written."""
        return self.order_by(F("seq").asc(nulls_last=True), "pk")


class Comment(Authored, models.Model):
    """One contribution to a thread, rendered and sanitised when it was written."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    # Its index is that of the order in it (comment_seq_unique): with a second one, PostgreSQL
    # goes through both.
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments", db_index=False)
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    depth = models.PositiveSmallIntegerField(default=0)
    # Null while it waits to be published for the first time: nobody else's page counts it.
    seq = models.PositiveIntegerField(null=True, help_text="Number in its thread, by publication.")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="comments")
    author_role = author_role_field()
    author_group = author_group_field()
    # As that of a thread.
    alias = models.CharField(max_length=40, blank=True)
    body = models.TextField(max_length=MAX_BODY)
    html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.PUBLISHED)
    # What a withdrawn comment was before, and is again where it is put back.
    withdrawn_from = models.CharField(max_length=10, choices=CommentState, blank=True)
    # Why staff hid, removed or returned it, in the words of then.
    staff_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # When it got its `seq`: later than it was written, where somebody had to approve it first.
    published_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    # Raised by every change of words or state: a stale editor gets 409, never a silent overwrite.
    version = models.PositiveIntegerField(default=1)
    client_key = models.UUIDField(null=True)
    # As that of a thread.
    origin = models.CharField(max_length=500, blank=True)
    terms = TermsField(source="html", scope="seminar_id")

    objects: ClassVar[models.Manager["Comment"]] = models.Manager.from_queryset(CommentQuerySet)()

    class Meta:
        ordering = ["thread_id", "seq", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "seq"], name="comment_seq_unique"),
            models.CheckConstraint(
                condition=Q(state__in=CommentState.values), name="comment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(seq__isnull=False),
                name="comment_seq_when_published",
            ),
            models.UniqueConstraint(
                fields=["author", "client_key"], name="comment_client_key_unique"
            ),
            models.UniqueConstraint(
                fields=["thread", "author", "origin"],
                condition=~Q(origin=""),
                name="comment_origin_unique",
            ),
            models.CheckConstraint(condition=Q(depth__lte=MAX_DEPTH), name="comment_depth"),
            models.CheckConstraint(
                condition=Q(parent=None, depth=0) | Q(parent__isnull=False, depth__gt=0),
                name="comment_depth_of_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} by {self.author}"

    def get_absolute_url(self) -> str:
        """The permalink: the reading page, at this comment; in the general discussion, and of what
        is archived, its thread's own, at the part of it that shows the comment."""
        reading = self.thread.reading
        if reading.is_general or self.thread.is_archived:
            return f"{self.thread.get_absolute_url()}?comment={self.pk}#c{self.pk}"
        page = reverse("reading_detail", args=[reading.seminar.slug, reading.slug])
        return f"{page}#c{self.pk}"

    @property
    def is_opening(self) -> bool:
        """Whether its thread begins with it, be it published or waiting."""
        return self.seq == 1 or (self.seq is None and self.thread.held_at is not None)

    @property
    def was_published(self) -> bool:
        """Whether others have seen it, be it now or before."""
        return self.seq is not None

    @property
    def is_pending(self) -> bool:
        return self.state == CommentState.PENDING

    @property
    def is_returned(self) -> bool:
        return self.state == CommentState.RETURNED

    @property
    def is_hidden(self) -> bool:
        return self.state == CommentState.HIDDEN

    @property
    def is_removed(self) -> bool:
        return self.state == CommentState.REMOVED

    @property
    def is_purged(self) -> bool:
        return self.state == CommentState.PURGED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == CommentState.WITHDRAWN

    @property
    def is_published(self) -> bool:
        return self.state == CommentState.PUBLISHED


class CommentRevision(models.Model):
    """What a comment said before an edit, whole."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="revisions")
    body = models.TextField()
    html = models.TextField()
    editor = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON, blank=True, help_text="Why it was edited.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["comment_id", "-pk"]

    def __str__(self) -> str:
        return f"{self.comment} before {self.created_at:%d %B %Y}"

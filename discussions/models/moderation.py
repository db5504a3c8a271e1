"""Cases before the moderators: reports, review items, and the log of what was decided."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from discussions.models.authors import AuthorLabel, member_label
from discussions.models.comments import Comment
from discussions.models.threads import Thread
from seminars.audience import overseen
from seminars.models import Membership, Role, Seminar


class Reason(models.TextChoices):
    """Why a comment is reported or hidden; the same list for both."""

    OFF_TOPIC = "off_topic", gettext_lazy("Off the topic")
    UNKIND = "unkind", gettext_lazy("Unkind or insulting")
    SPAM = "spam", gettext_lazy("Advertising or spam")
    NOT_OWN_WORK = "not_own_work", gettext_lazy("Not the author’s own work")
    PERSONAL_DETAILS = "personal_details", gettext_lazy("Tells personal details")
    OTHER = "other", gettext_lazy("Something else")


class ReviewState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    UPHELD = "upheld", gettext_lazy("Upheld")
    DISMISSED = "dismissed", gettext_lazy("Dismissed")


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def for_moderator(self, membership: Membership) -> Self:
        """The cases this member may decide: an instructor all, an assistant their own group's."""
        # A thread that went with its last words is one still: its case stays.
        items = self.filter(comment__thread__in=Thread.objects.reached_by(membership))
        return items.filter(
            overseen(membership, thread="comment__thread", author="comment__author")
        )

    def open(self) -> Self:
        """Cases to decide; those too whose words were withdrawn since: they were said."""
        return self.filter(state=ReviewState.OPEN)

    def open_to_nobody(self) -> Self:
        """Open cases that none of their seminar may decide: its only instructor wrote the words.

        An instructor decides about everybody's words but their own.
        """
        instructors = Membership.objects.current().with_role(Role.INSTRUCTOR)
        others = instructors.filter(seminar=OuterRef("seminar")).exclude(
            pk=OuterRef("comment__author")
        )
        return self.filter(~Exists(others), state=ReviewState.OPEN)

    def for_review_page(self) -> Self:
        return self.select_related(
            "comment__author__user",
            "comment__author__group",
            "comment__parent__author__user",
            "comment__thread__author",
            "comment__thread__reading__essay",
            "comment__thread__reading__seminar",
            "comment__thread__passage",
            "comment__thread__group",
        ).prefetch_related("reports__reporter__user", "comment__revisions")


class ReviewItem(models.Model):
    """A case before the moderators: one open item per comment, to which reports attach."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="review_items")
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ReviewItem"]] = models.Manager.from_queryset(
        ReviewItemQuerySet
    )()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(state=ReviewState.OPEN),
                name="review_item_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"Review of {self.comment}"


class Report(models.Model):
    """A member's word that a comment breaks the rules, about one version of its words."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    review_item = models.ForeignKey(ReviewItem, models.CASCADE, related_name="reports")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    comment_version = models.PositiveIntegerField()
    reporter = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    detail = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            # The same report twice is one, until the words change.
            models.UniqueConstraint(
                fields=["comment", "reporter", "reason", "comment_version"],
                name="report_unique",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.comment}"

    def reporter_for(self, viewer: Membership) -> AuthorLabel:
        return member_label(self.reporter, viewer)


class Action(models.TextChoices):
    HIDE = "hide", gettext_lazy("Hid a comment")
    RESTORE = "restore", gettext_lazy("Restored a comment")
    DISMISS = "dismiss", gettext_lazy("Dismissed a report")
    LOCK = "lock", gettext_lazy("Locked a thread")
    UNLOCK = "unlock", gettext_lazy("Unlocked a thread")
    SEE_AUTHOR = "see_author", gettext_lazy("Looked up the author")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def for_log(self, membership: Membership) -> Self:
        """Instructors read the whole log, an assistant what concerns their own group."""
        rows = self.filter(seminar_id=membership.seminar_id).select_related(
            "actor__user",
            "comment__author__user",
            "thread__reading__essay",
            "thread__reading__seminar",
            "thread__passage",
        )
        if membership.is_instructor:
            return rows
        # A decision on a thread as a whole concerns whoever began it.
        words = overseen(membership, thread="thread", author="comment__author")
        whole = overseen(membership, thread="thread", author="thread__author")
        return rows.filter(
            words | (Q(comment=None) & whole), thread__in=Thread.objects.reached_by(membership)
        )


class Decision(models.Model):
    """One row of the audit log. Rows are only ever added: the database refuses the rest."""

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="+")
    actor = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    actor_role = models.CharField(max_length=12, choices=Role)
    action = models.CharField(max_length=12, choices=Action)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="decisions")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="decisions")
    review_item = models.ForeignKey(ReviewItem, models.PROTECT, null=True, related_name="decisions")
    comment_version = models.PositiveIntegerField(null=True)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    note_to_member = models.CharField(max_length=1000, blank=True)
    note_to_staff = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Decision"]] = models.Manager.from_queryset(DecisionQuerySet)()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_action_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A decision is never changed: add another that corrects it.")
        super().save(*args, **kwargs)

    def actor_for(self, viewer: Membership) -> AuthorLabel:
        return member_label(self.actor, viewer)

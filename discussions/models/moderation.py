"""Cases before the moderators: reports, review items, and the log of what was decided."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy

from database.versions import Versioned
from discussions.models.authors import AuthorLabel, member_label
from discussions.models.comments import Comment
from discussions.models.threads import Thread
from seminars.audience import overseen
from seminars.models import Membership, Role, Seminar

MAX_REASON_NAME = 80  # characters: it stands in a line, where the comment stood
MAX_REASONS = 20  # of a seminar: more are not looked through, with a case before one


class Reason(models.TextChoices):
    """Why a comment is reported; moderators' own reasons begin as the same list."""

    OFF_TOPIC = "off_topic", gettext_lazy("Off the topic")
    UNKIND = "unkind", gettext_lazy("Unkind or insulting")
    SPAM = "spam", gettext_lazy("Advertising or spam")
    NOT_OWN_WORK = "not_own_work", gettext_lazy("Not the author’s own work")
    PERSONAL_DETAILS = "personal_details", gettext_lazy("Tells personal details")
    OTHER = "other", gettext_lazy("Something else")


class ModerationReason(Versioned):
    """A reason that moderators of a seminar choose from: shown to readers where the comment stood.

    A seminar without any of its own has those of `Reason`.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="moderation_reasons")
    name = models.CharField(max_length=MAX_REASON_NAME)
    # What the note to the author begins with.
    note = models.CharField(max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "seminar",
                Lower("name"),
                name="moderation_reason_unique",
                violation_error_message=gettext_lazy("The list has that reason already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReviewState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    CLAIMED = "claimed", gettext_lazy("Claimed")
    UPHELD = "upheld", gettext_lazy("Upheld")
    DISMISSED = "dismissed", gettext_lazy("Dismissed")
    ANSWERED = "answered", gettext_lazy("Answered with a note")
    WITHDRAWN = "withdrawn", gettext_lazy("Closed as the words were withdrawn")


# A case that waits for a decision, whether or not somebody has it.
UNDECIDED = (ReviewState.OPEN, ReviewState.CLAIMED)


class ReviewCause(models.TextChoices):
    """Why a case is before the moderators; what came first, where there are several."""

    REPORT = "report", gettext_lazy("Reported")
    NEW_MEMBER = "new_member", gettext_lazy("First posts of a new member")
    PREMODERATION = "premoderation", gettext_lazy("Every comment is looked at first")
    RESTRICTION = "restriction", gettext_lazy("Their posts are looked at first")
    WATCHED_PHRASE = "watched_phrase", gettext_lazy("Watched phrase")
    REVISION = "revision", gettext_lazy("Revised after it was returned")
    APPEAL = "appeal", gettext_lazy("Its author asks for a review")


# What waits whatever its words are.
HELD_BEFORE_READING = {
    ReviewCause.NEW_MEMBER,
    ReviewCause.PREMODERATION,
    ReviewCause.RESTRICTION,
}


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    def for_moderator(self, membership: Membership) -> Self:
        """The cases this member may decide: an instructor all, an assistant their own group's,
        and what was handed over to them.
        """
        # A thread that went with its last words is one still: its case stays.
        items = self.filter(comment__thread__in=Thread.objects.reached_by(membership))
        own = overseen(membership, thread="comment__thread", author="comment__author")
        if membership.is_assistant:
            own |= Q(assignee=membership)
        return items.filter(own)

    def open(self) -> Self:
        """Cases to decide; those too whose words were withdrawn since: they were said."""
        return self.filter(state__in=UNDECIDED)

    def open_to_nobody(self) -> Self:
        """Open cases that none of their seminar may decide: its only instructor wrote the words.

        An instructor decides about everybody's words but their own.
        """
        instructors = Membership.objects.current().with_role(Role.INSTRUCTOR)
        others = instructors.filter(seminar=OuterRef("seminar")).exclude(
            pk=OuterRef("comment__author")
        )
        assigned = Q(assignee__isnull=False, assignee__removed_at=None)
        still = self.filter(seminar__archived_at=None, seminar__deleted_from=None)
        return still.filter(~Exists(others), ~assigned, state__in=UNDECIDED)

    def for_review_page(self) -> Self:
        return self.select_related(
            "comment__author__user",
            "comment__author_group",
            "comment__author__seminar",
            "comment__thread__author",
            "comment__thread__reading__essay",
            "comment__thread__reading__seminar",
            "comment__thread__passage",
            "comment__thread__group",
            "claimed_by__user",
            "assignee__user",
        ).prefetch_related("reports__reporter__user", "comment__revisions")


class ReviewItem(models.Model):
    """A case before the moderators: one open item per comment, to which reports attach."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="review_items")
    cause = models.CharField(max_length=16, choices=ReviewCause, default=ReviewCause.REPORT)
    # The watched phrase that was met, or what its author says who asks for a review.
    detail = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    version = models.PositiveIntegerField(default=1)
    claimed_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    # To whom it was handed over: they may decide, though the words be an instructor's.
    assignee = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
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
                condition=Q(state__in=UNDECIDED),
                name="review_item_one_undecided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values), name="review_item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.CLAIMED, claimed_by__isnull=False)
                | ~Q(state=ReviewState.CLAIMED),
                name="review_item_claimed_by_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.comment}"

    @property
    def is_held_anonymously(self) -> bool:
        """Held, and its author is not named here: that it is one who is new or restricted would
        name them where only one is."""
        return bool(self.comment.alias) and self.cause in HELD_BEFORE_READING

    @property
    def is_undecided(self) -> bool:
        return self.state in UNDECIDED


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
    APPROVE = "approve", gettext_lazy("Published a comment")
    RETURN = "return", gettext_lazy("Returned a comment")
    HIDE = "hide", gettext_lazy("Hid a comment")
    HIDE_AT_REPORTS = "hide_reports", gettext_lazy("Hidden automatically at reports")
    REMOVE = "remove", gettext_lazy("Removed a comment")
    RESTORE = "restore", gettext_lazy("Restored a comment")
    PURGE = "purge", gettext_lazy("Deleted a comment for good")
    EDIT = "edit", gettext_lazy("Edited a member’s comment")
    DISMISS = "dismiss", gettext_lazy("Left as it is")
    CLAIM = "claim", gettext_lazy("Took a case")
    RELEASE = "release", gettext_lazy("Gave a case back")
    HAND_OVER = "hand_over", gettext_lazy("Handed a case over")
    ANSWER = "answer", gettext_lazy("Answered reports of their own words")
    UNDO = "undo", gettext_lazy("Took a decision back")
    LOCK = "lock", gettext_lazy("Locked a thread")
    UNLOCK = "unlock", gettext_lazy("Unlocked a thread")
    SLOW = "slow", gettext_lazy("Slowed a thread down")
    ARCHIVE = "archive", gettext_lazy("Archived a thread")
    PREMODERATE = "premoderate", gettext_lazy("Let comments in a thread wait for staff")
    MUTE = "mute", gettext_lazy("Muted a member")
    UNMUTE = "unmute", gettext_lazy("Let a member write again")
    RESTRICT = "restrict", gettext_lazy("Let a member’s posts wait for staff")
    UNRESTRICT = "unrestrict", gettext_lazy("Let a member post without waiting")
    EXPEL = "expel", gettext_lazy("Removed a member from the seminar")
    SEE_AUTHOR = "see_author", gettext_lazy("Looked up the author")
    CORRECT = "correct", gettext_lazy("Corrected an entry")


# What staff do among themselves, and tell nobody.
AMONG_STAFF = (Action.CLAIM, Action.RELEASE, Action.HAND_OVER, Action.CORRECT)
# What takes words from their readers.
TAKING = (Action.HIDE, Action.REMOVE, Action.RETURN)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def for_log(self, membership: Membership) -> Self:
        """Instructors read the whole log, an assistant what concerns their own group."""
        rows = self.filter(seminar_id=membership.seminar_id).select_related(
            "actor__user",
            "member__user",
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
        reached = Q(thread__in=Thread.objects.reached_by(membership))
        people = Q(thread=None, member__group__in=membership.group_ids)
        return rows.filter(reached & (words | (Q(comment=None) & whole)) | people)

    def about_thread(self, thread: Thread) -> Self:
        """What was decided about a thread as a whole."""
        return self.filter(thread=thread, comment=None)

    def standing_returns(self) -> Self:
        """Returns to an author that were not taken back."""
        undone = self.model.objects.filter(action=Action.UNDO, corrects=OuterRef("pk"))
        return self.filter(~Exists(undone), action=Action.RETURN)

    def about_member(self, member: Membership) -> Self:
        """What was decided about a member, and not about their words."""
        return self.filter(member=member, thread=None).select_related("actor__user", "member__user")

    def on_words_of(self, membership: Membership) -> Self:
        """What was decided about one's own words, and about oneself: open to their author.

        Who took a case, or was given one, is the business of staff.
        """
        about = Q(comment__author=membership) | Q(member=membership, thread=None)
        rows = self.filter(about, seminar_id=membership.seminar_id).exclude(action__in=AMONG_STAFF)
        return rows.select_related(
            "actor__user",
            "comment",
            "thread__reading__essay",
            "thread__reading__seminar",
            "thread__passage",
        )


class Decision(models.Model):
    """One row of the audit log. Rows are only ever added: the database refuses the rest."""

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="+")
    # Null and "" where nobody decided: at so many reports words are hidden by themselves.
    actor = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    actor_role = models.CharField(max_length=12, choices=Role, blank=True)
    action = models.CharField(max_length=12, choices=Action)
    # What it is about: a comment in its thread, a thread as a whole, or a member.
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="decisions")
    member = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="decisions")
    review_item = models.ForeignKey(ReviewItem, models.PROTECT, null=True, related_name="decisions")
    comment_version = models.PositiveIntegerField(null=True)
    # The row that this one corrects or takes back.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    # The same in all rows of one decision about several comments: they are taken back together.
    together = models.UUIDField(null=True, editable=False)
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    # In the words of then: the seminar's list of reasons may change.
    reason = models.CharField(max_length=MAX_REASON_NAME, blank=True)
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
        """Who decided; nobody's name where it happened by itself."""
        return member_label(self.actor, viewer) if self.actor else AuthorLabel("", "")

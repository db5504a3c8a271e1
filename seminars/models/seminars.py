"""Seminars: who reads together, in which groups, with which role, and what happens there."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from database.versions import Versioned
from seminars.audience import (
    Audience,
    DefaultAudience,
    reached,
    spoken_before,
    withheld_from,
)


class PostsHeld(models.TextChoices):
    """Whose posts wait until staff have looked at them; staff's own never do."""

    NONE = "none", gettext_lazy("Nobody’s: what is posted is there at once")
    NEW = "new", gettext_lazy("The first posts of new members")
    ALL = "all", gettext_lazy("Everybody’s")


class Seminar(Versioned):
    """A class or reading group: the tenant from which everything else hangs."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(blank=True)
    default_audience = models.CharField(
        max_length=8, choices=DefaultAudience, default=DefaultAudience.GROUP
    )
    # What members agree to: Markdown, and its HTML by the renderer of that version; 0 without any.
    rules = models.TextField(blank=True)
    rules_html = models.TextField(blank=True, editable=False)
    rules_renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    # The names of its reactions, by kind, where they are its own: seminars.reaction_kinds.
    reactions = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Whether some reading withholds talk from those who have not written yet: kept where readings
    # are set up, so that a seminar without pays nothing for the rule.
    withholds_talk = models.BooleanField(default=False, editable=False)
    # Instructors may always see who wrote anonymously; each time is logged.
    assistants_see_authors = models.BooleanField(
        gettext_lazy("Assistants may see who wrote anonymously"), default=False
    )
    # Moderation: discussions.moderation reads it.
    posts_held = models.CharField(max_length=4, choices=PostsHeld, default=PostsHeld.NONE)
    # How many published comments make a member new no more.
    new_member_posts = models.PositiveSmallIntegerField(default=1)
    # One in a line: a post with one of them waits for staff.
    watched_phrases = models.TextField(blank=True)
    # At reports by so many different members words are hidden until staff have looked; 0: never.
    hide_at_reports = models.PositiveSmallIntegerField(default=2)
    # How long a member waits between two comments in one thread; 0: not at all.
    slow_seconds = models.PositiveIntegerField(default=0)
    # Remove and restore comments, lock, slow down and archive threads, in their own groups.
    assistants_remove = models.BooleanField(
        gettext_lazy("Assistants may remove comments and lock threads"), default=False
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("seminar_detail", args=[self.slug])

    @property
    def rules_prose(self) -> SafeString:
        """The rules as HTML, sanitised when they were written."""
        return SafeString(self.rules_html)


class GroupQuerySet(models.QuerySet["Group"]):
    def with_size(self) -> Self:
        """`.size`: how many members each has now."""
        members = models.Count("memberships", filter=Q(memberships__removed_at=None))
        return self.annotate(size=members)


class Group(Versioned):
    """A section of a seminar whose members annotate together."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)

    objects: ClassVar[models.Manager["Group"]] = models.Manager.from_queryset(GroupQuerySet)()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "seminar",
                Lower("name"),
                name="group_name_unique",
                violation_error_message=gettext_lazy(
                    "This seminar has a group of that name already."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    INSTRUCTOR = "instructor", gettext_lazy("Instructor")
    ASSISTANT = "assistant", gettext_lazy("Assistant")
    PARTICIPANT = "participant", gettext_lazy("Participant")
    GUEST = "guest", gettext_lazy("Guest")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        return self.filter(removed_at=None)

    def with_role(self, *roles: Role) -> Self:
        return self.filter(role__in=roles)

    def of_person(self, user: Any) -> Self:
        """Where somebody takes part now, by the seminars' names."""
        mine = self.current().filter(user=user.pk).select_related("seminar", "group")
        return mine.order_by("seminar__name", "pk")

    def for_people_page(self) -> Self:
        """Current members with their accounts and groups, staff first, then by name."""
        rank = models.Case(
            *(models.When(role=role, then=order) for order, role in enumerate(Role.values)),
            output_field=models.IntegerField(),
        )
        return (
            self.current()
            .select_related("user", "group")
            .prefetch_related(models.Prefetch("assists", to_attr="assisted_groups"))
            .annotate(rank=rank)
            .order_by("rank", "user__name", "pk")
        )


class Membership(Versioned):
    """One person in one seminar, with a role and a group.

    A removed membership stays as a row: the person's words are theirs and the
    seminar's record, but they reach nothing any more.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role, default=Role.PARTICIPANT)
    group = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    # Of an assistant: the groups that they look after beside their own.
    assists = models.ManyToManyField(Group, blank=True, related_name="assistants")
    joined_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    # Until then they read and do not write; who decided it stands in the audit log.
    muted_until = models.DateTimeField(null=True, blank=True)
    # Since then each of their posts waits for staff.
    restricted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Membership"]] = models.Manager.from_queryset(
        MembershipQuerySet
    )()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seminar", "user"], name="membership_unique"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.seminar}"

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def group_ids(self) -> frozenset[int]:
        """The groups that one takes part in or, as an assistant, looks after."""
        own: frozenset[int] = frozenset() if self.group_id is None else frozenset({self.group_id})
        return own | self.assisted_ids if self.is_assistant else own

    @cached_property
    def assisted_ids(self) -> frozenset[int]:
        """The groups that an assistant looks after beside their own. One query, and kept."""
        return frozenset(self.assists.values_list("pk", flat=True))

    @cached_property
    def withheld_ids(self) -> frozenset[int]:
        """The readings whose talk is withheld from this member until they have written."""
        if self.is_staff or not self.seminar.withholds_talk:
            return frozenset()
        return withheld_from(self)

    def has_written(self) -> None:
        """Ask anew what is withheld: what one has just said may have opened it."""
        self.__dict__.pop("withheld_ids", None)

    @property
    def now(self) -> datetime:
        """The moment at which rules are asked of them; of `AnyMember`, when the query is asked."""
        return timezone.now()

    @property
    def is_instructor(self) -> bool:
        return self.role == Role.INSTRUCTOR

    @property
    def is_assistant(self) -> bool:
        return self.role == Role.ASSISTANT

    @property
    def is_staff(self) -> bool:
        return self.role in {Role.INSTRUCTOR, Role.ASSISTANT}

    @property
    def is_guest(self) -> bool:
        return self.role == Role.GUEST

    @property
    def is_muted(self) -> bool:
        """Whether staff have taken the pen from them for a time; staff themselves write."""
        if self.muted_until is None or self.is_staff:
            return False
        return self.muted_until > timezone.now()


class EventKind(models.TextChoices):
    """What can happen, as noun and participle."""

    SEMINAR_CREATED = "seminar.created", gettext_lazy("Seminar created")
    SEMINAR_CHANGED = "seminar.changed", gettext_lazy("Seminar changed")
    MEMBER_JOINED = "member.joined", gettext_lazy("Member joined")
    MEMBER_CHANGED = "member.changed", gettext_lazy("Role or group changed")
    MEMBER_REMOVED = "member.removed", gettext_lazy("Member removed")
    MEMBER_LEFT = "member.left", gettext_lazy("Member left")
    GROUP_CREATED = "group.created", gettext_lazy("Group created")
    GROUP_CHANGED = "group.changed", gettext_lazy("Group renamed")
    GROUP_DELETED = "group.deleted", gettext_lazy("Group deleted")
    INVITATION_CREATED = "invitation.created", gettext_lazy("Invitation created")
    INVITATION_CHANGED = "invitation.changed", gettext_lazy("Invitation changed")
    INVITATION_RENEWED = "invitation.renewed", gettext_lazy("Invitation sent again")
    INVITATION_REVOKED = "invitation.revoked", gettext_lazy("Invitation revoked")
    ANNOUNCEMENT_PUBLISHED = "announcement.published", gettext_lazy("Announcement published")
    ANNOUNCEMENT_EDITED = "announcement.edited", gettext_lazy("Announcement edited")
    ANNOUNCEMENT_WITHDRAWN = "announcement.withdrawn", gettext_lazy("Announcement withdrawn")
    ANNOUNCEMENT_REPUBLISHED = (
        "announcement.republished",
        gettext_lazy("Withdrawn announcement put back"),
    )
    UNIT_CREATED = "unit.created", gettext_lazy("Unit added")
    UNIT_CHANGED = "unit.changed", gettext_lazy("Unit changed")
    UNIT_REMOVED = "unit.removed", gettext_lazy("Unit taken away")
    READING_CREATED = "reading.created", gettext_lazy("Reading added")
    READING_CHANGED = "reading.changed", gettext_lazy("Reading changed")
    READING_REMOVED = "reading.removed", gettext_lazy("Reading taken away")
    READING_RESTORED = "reading.restored", gettext_lazy("Reading put back")
    EXTENSION_GIVEN = "extension.given", gettext_lazy("More time given")
    EXTENSION_CHANGED = "extension.changed", gettext_lazy("More time changed")
    EXTENSION_TAKEN_BACK = "extension.taken_back", gettext_lazy("More time taken back")
    READING_MOVED = "reading.moved", gettext_lazy("Reading moved to another revision")
    PASSAGE_PLACED = "passage.placed", gettext_lazy("Passage placed by hand")
    GUIDE_APPLIED = "guide.applied", gettext_lazy("Guide added")
    THREAD_STARTED = "thread.started", gettext_lazy("Thread started")
    THREAD_WITHDRAWN = "thread.withdrawn", gettext_lazy("Highlight removed")
    THREAD_RESTORED = "thread.restored", gettext_lazy("Highlight put back")
    THREAD_LOCKED = "thread.locked", gettext_lazy("Thread locked")
    THREAD_UNLOCKED = "thread.unlocked", gettext_lazy("Thread unlocked")
    THREAD_SLOWED = "thread.slowed", gettext_lazy("Thread slowed down")
    THREAD_ARCHIVED = "thread.archived", gettext_lazy("Thread archived")
    THREAD_PREMODERATED = (
        "thread.premoderated",
        gettext_lazy("Comments in a thread wait for staff, or do so no more"),
    )
    THREAD_PINNED = "thread.pinned", gettext_lazy("Thread pinned")
    THREAD_UNPINNED = "thread.unpinned", gettext_lazy("Thread pinned no more")
    THREAD_TAGGED = "thread.tagged", gettext_lazy("Thread’s tags changed")
    THREAD_SUBSCRIBED = "thread.subscribed", gettext_lazy("Thread watched, muted or neither")
    QUESTION_RESOLVED = "question.resolved", gettext_lazy("Question resolved")
    QUESTION_REOPENED = "question.reopened", gettext_lazy("Question said to be open still")
    RESOLUTION_UNDONE = "resolution.undone", gettext_lazy("Word on a question taken back")
    COMMENT_HELD = "comment.held", gettext_lazy("Comment waits for staff")
    COMMENT_PUBLISHED = "comment.published", gettext_lazy("Comment published")
    COMMENT_EDITED = "comment.edited", gettext_lazy("Comment edited")
    COMMENT_WITHDRAWN = "comment.withdrawn", gettext_lazy("Comment withdrawn")
    COMMENT_REPUBLISHED = "comment.republished", gettext_lazy("Withdrawn comment put back")
    COMMENT_REPORTED = "comment.reported", gettext_lazy("Comment reported")
    COMMENT_RETURNED = "comment.returned", gettext_lazy("Comment returned to its author")
    COMMENT_HIDDEN = "comment.hidden", gettext_lazy("Comment hidden")
    COMMENT_REMOVED = "comment.removed", gettext_lazy("Comment removed")
    COMMENT_PURGED = "comment.purged", gettext_lazy("Comment deleted for good")
    COMMENT_RESTORED = "comment.restored", gettext_lazy("Comment restored")
    REPORT_DISMISSED = "report.dismissed", gettext_lazy("Report dismissed")
    REVIEW_ASKED = "review.asked", gettext_lazy("Review of a decision asked for")
    REVIEW_CHANGED = "review.changed", gettext_lazy("Case taken, given back or handed over")
    LOG_CORRECTED = "log.corrected", gettext_lazy("Entry of the audit log corrected")
    MODERATION_CHANGED = "moderation.changed", gettext_lazy("Moderation set")
    MEMBER_MUTED = "member.muted", gettext_lazy("Member muted, or muted no more")
    MEMBER_RESTRICTED = (
        "member.restricted",
        gettext_lazy("A member’s posts wait for staff, or do so no more"),
    )
    COMMENT_ENDORSED = "comment.endorsed", gettext_lazy("Answer endorsed")
    ENDORSEMENT_UNDONE = "endorsement.undone", gettext_lazy("Endorsement taken back")
    MEMBER_MENTIONED = "member.mentioned", gettext_lazy("Member mentioned")
    REACTION_ADDED = "reaction.added", gettext_lazy("Reaction added")
    REACTION_REMOVED = "reaction.removed", gettext_lazy("Reaction removed")
    TAG_CREATED = "tag.created", gettext_lazy("Tag added")
    TAG_CHANGED = "tag.changed", gettext_lazy("Tag renamed")
    TAG_REMOVED = "tag.removed", gettext_lazy("Tag removed")
    ATTEMPT_SUBMITTED = "attempt.submitted", gettext_lazy("Answers submitted")
    ATTEMPTS_REGRADED = "attempts.regraded", gettext_lazy("Answers marked anew")
    SCORING_BEGUN = "scoring.begun", gettext_lazy("Participation scored")
    SCORING_ENDED = "scoring.ended", gettext_lazy("Participation scored no more")
    SCORE_SET = "score.set", gettext_lazy("Score for participation set by hand")
    SCORE_COUNTED = "score.counted", gettext_lazy("Score for participation counted again")
    SCORES_RELEASED = "scores.released", gettext_lazy("Scores for participation released")
    SCORES_HELD_BACK = "scores.held_back", gettext_lazy("Scores for participation held back again")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, membership: Membership) -> Self:
        """What this member may be told happened; the thing itself is asked for as ever."""
        return self.filter(
            reached(membership, author="actor"),
            spoken_before(membership, reading="reading_id", author="actor"),
            seminar_id=membership.seminar_id,
        )


class Event(models.Model):
    """What happened in a seminar: who did what to what, where, and who may know.

    Written in the transaction of the write itself (seminars.events.record) and never changed.
    Whatever tells people about it reads here. `target` and `reading` are named by kind and
    pk: they belong to apps above this one. An event holds no words of anybody.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="events")
    actor = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    actor_role = models.CharField(max_length=12, choices=Role, default=Role.PARTICIPANT)
    kind = models.CharField(max_length=40, choices=EventKind)
    target_type = models.CharField(max_length=20, help_text="The model, like “comment”.")
    target_id = models.BigIntegerField()
    reading_id = models.BigIntegerField(null=True)
    audience = models.CharField(max_length=8, choices=Audience)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="+")
    addressee = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # What a reader of events needs to find the place: {"thread": 12, "seq": 3}.
    detail = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Event"]] = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["seminar", "id"], name="event_in_seminar"),
            models.Index(fields=["reading_id", "id"], name="event_in_reading"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="event_audience_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target_type} {self.target_id}"

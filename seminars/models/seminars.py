"""Seminars: who reads together, in which groups, with which role, and what happens there."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from database.versions import Versioned
from seminars.answered import AnsweredItems, answered_items_of, told_once_answered
from seminars.audience import (
    Audience,
    DefaultAudience,
    reached,
    spoken_before,
    withheld_from,
)
from seminars.gates import GatePlaces, places_before, told_in_front
from seminars.linked import told_of_both_ends
from seminars.models.event_kinds import EventKind
from seminars.models.seminar_queries import SeminarQuerySet


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
    # Whether some text ends at a gate for those who have not handed in what stands there; the same.
    has_gates = models.BooleanField(default=False, editable=False)
    # Whether somebody has ever published an answer to a checkpoint; the same.
    has_published_answers = models.BooleanField(default=False, editable=False)
    # Whether somebody has ever made a link between two readings; the same.
    has_links = models.BooleanField(default=False, editable=False)
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

    # Since then it is read alone.
    archived_at = models.DateTimeField(null=True, editable=False)
    # From then on it is deleted; until then instructors and the host alone reach it.
    deleted_from = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["Seminar"]] = models.Manager.from_queryset(SeminarQuerySet)()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_read_only(self) -> bool:
        """Whether nothing is written in it any more: it is archived, or is to be deleted.

        What waits for something to be written or handed in is open then: it cannot come any more.
        """
        return self.archived_at is not None or self.deleted_from is not None

    @property
    def read_only_day(self) -> date | None:
        """The day on which it will be deleted, or was archived."""
        moment = self.deleted_from or self.archived_at
        return localtime(moment).date() if moment else None

    def get_absolute_url(self) -> str:
        return reverse("seminar_detail", args=[self.slug])

    @property
    def rules_prose(self) -> SafeString:
        """The rules as HTML, sanitised when they were written."""
        return SafeString(self.rules_html)

    def begin_links(self) -> None:
        """Let its lists look for links from now on; before its first one, they do not."""
        Seminar.objects.filter(pk=self.pk, has_links=False).update(has_links=True)
        self.has_links = True


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

    def reaching(self) -> Self:
        """Current ones in seminars that are open to them: to one that is to be deleted, its
        instructors alone."""
        is_open = Q(seminar__deleted_from=None) | Q(role=Role.INSTRUCTOR)
        return self.current().filter(is_open)

    def in_use(self) -> Self:
        """Current ones in seminars where something happens still: neither archived nor to be
        deleted. Of the others nobody is told anything."""
        return self.current().filter(seminar__archived_at=None, seminar__deleted_from=None)

    def with_role(self, *roles: Role) -> Self:
        return self.filter(role__in=roles)

    def staffed_by(self, user: Any) -> Self:
        """Where somebody instructs or assists now."""
        return self.current().with_role(Role.INSTRUCTOR, Role.ASSISTANT).filter(user=user.pk)

    def of_person(self, user: Any) -> Self:
        """Where somebody takes part now, by the seminars' names."""
        mine = self.reaching().filter(user=user.pk).select_related("seminar", "group")
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
    # How many members they have muted for themselves. It is 0 for nearly all, of whom no page has
    # to ask whom: seminars.personal_mutes.
    personal_mutes = models.PositiveIntegerField(default=0, editable=False)

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
        if self.is_staff or not self.seminar.withholds_talk or self.seminar.is_read_only:
            return frozenset()
        return withheld_from(self)

    @cached_property
    def gate_places(self) -> GatePlaces:
        """The readings that end at a gate for this member, each with the position of the last block
        that they are served; in the order of their keys."""
        if self.is_staff or not self.seminar.has_gates or self.seminar.is_read_only:
            return ()
        return places_before(self)

    @cached_property
    def answered_items(self) -> AnsweredItems | None:
        """The checkpoints whose published answers they may read, in the order of their keys: those
        that they have handed in, or cannot hand in any more. None: all, as staff may."""
        if self.is_staff:
            return None
        return answered_items_of(self) if self.seminar.has_published_answers else ()

    @property
    def has_links(self) -> bool:
        """Whether there may be links between readings of their seminar."""
        return self.seminar.has_links

    def gate_in(self, reading: int) -> int | None:
        """The position of the last block that they are served of this reading; None: of all."""
        return dict(self.gate_places).get(reading)

    def is_told_less_of(self, *readings: int) -> bool:
        """Whether they may not read all that others say to them in one of these: what is counted
        on the rows of its threads is not for them."""
        return any(one in self.withheld_ids or self.gate_in(one) is not None for one in readings)

    @cached_property
    def muted_ids(self) -> frozenset[int]:
        """The members whom they have muted for themselves. One query, and none for nearly all."""
        if not self.personal_mutes:
            return frozenset()
        muting: Any = self
        return frozenset(muting.muting.values_list("muted", flat=True))

    def has_written(self) -> None:
        """Ask anew what is withheld: what one has just said may have opened it."""
        self.__dict__.pop("withheld_ids", None)

    def has_passed(self) -> None:
        """Ask anew where texts end: what they have just handed in may have opened a gate."""
        self.__dict__.pop("gate_places", None)

    def has_answered(self) -> None:
        """Ask anew whose answers they may read: they have just handed in or published their own."""
        self.__dict__.pop("answered_items", None)

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


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, membership: Membership) -> Self:
        """What this member may be told happened; the thing itself is asked for as ever."""
        return self.filter(
            reached(membership, author="actor"),
            spoken_before(membership, reading="reading_id", author="actor"),
            told_in_front(membership),
            told_once_answered(membership),
            told_of_both_ends(membership),
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

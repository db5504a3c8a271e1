"""Threads: conversations about passages, and who may see them."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from database.prepared import Parameter, PreparedQuery
from discussions.models.authors import Authored, author_group_field, author_role_field
from discussions.models.links import LinkKind
from readings.models import GuideItem, Passage, Reading, in_front
from seminars.answered import answered_before
from seminars.audience import Audience, published_to, reached, spoken_before
from seminars.models import Group, Membership, Seminar

_CONTINUATIONS = PreparedQuery(
    lambda: Passage.objects.filter(
        continues=Parameter("passage", models.BigIntegerField())
    ).order_by("pk")
)


class ThreadKind(models.TextChoices):
    COMMENT = "comment", gettext_lazy("Comment")
    QUESTION = "question", gettext_lazy("Question")
    GUIDE = "guide", gettext_lazy("Prompt")
    LINK = "link", gettext_lazy("Link")


class ThreadState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    SLOW = "slow", gettext_lazy("Slow")
    LOCKED = "locked", gettext_lazy("Locked")
    ARCHIVED = "archived", gettext_lazy("Archived")


# Where nobody replies any more.
CLOSED_STATES = (ThreadState.LOCKED, ThreadState.ARCHIVED)


class QuestionState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    ANSWERED = "answered", gettext_lazy("Answered")
    RESOLVED = "resolved", gettext_lazy("Resolved")


def far_end_open(viewer: Membership, readings: Any) -> Q:
    """Of threads: those that are no links, or whose other end `viewer` may read as well.

    The other reading must be one of `readings`, which they may open; and what it withholds, or has
    behind a gate, withholds the link. Like `answered_before`, it says what is seen: a link that is
    made while a page is, in a seminar that had none, is none of that page's threads.
    """
    if not viewer.has_links:
        return Q(far_reading=None)
    return Q(far_reading=None) | Q(far_reading__in=readings) & far_words_open(viewer)


def far_words_open(
    viewer: Membership, *, thread: str = "", author: str = "author", own: str = "author"
) -> Q:
    """Of threads, or of words in the `thread` to which it leads: those that nothing at the other
    end of a link withholds from `viewer`, as the same rules do at the end where it begins.

    `author` leads to whoever wrote, and so does `own` where one's own stay one's own behind a gate.
    """
    if not viewer.has_links:
        return Q()
    path = f"{thread}__" if thread else ""
    return spoken_before(viewer, reading=f"{path}far_reading", author=author) & in_front(
        viewer, reading=f"{path}far_reading", passage=f"{path}far_passage", own=own
    )


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, membership: Membership) -> Self:
        """The threads this member may see: the one rule for every channel."""
        return self.reached_by(membership).filter(withdrawn_at=None)

    def reached_by(self, membership: Membership) -> Self:
        """Withdrawn threads too: for their author, who may put the words back."""
        readings = Reading.including_general.visible_to(membership)
        return self.filter(
            reached(membership),
            published_to(membership, published=Q(held_at=None), thread=""),
            spoken_before(membership, reading="reading", author="author"),
            in_front(membership, own="author"),
            answered_before(membership, item="answered_item", author="author"),
            far_end_open(membership, readings),
            seminar_id=membership.seminar_id,
            reading__in=readings,
        )

    def use_of_link_kinds(self) -> dict[int, int]:
        """How many links there are of each kind, by its key."""
        links = self.exclude(link_kind=None).order_by()
        return dict(links.values_list("link_kind").annotate(models.Count("pk")))

    def begun_without_words_by_any(self, memberships: Iterable[Membership]) -> Self:
        """The highlights of somebody: words they marked and did not themselves begin to talk about.

        Also where others have commented on them since.
        """
        authors = [one.pk for one in memberships]
        opened = self.model.objects.filter(
            pk=OuterRef("pk"), comments__seq=1, comments__author=OuterRef("author")
        )
        return self.filter(~Exists(opened), author__in=authors, withdrawn_at=None)

    def of_seminar(self, membership: Membership) -> Self:
        """All there are, for whoever has another right to something in one than to see it."""
        return self.filter(seminar_id=membership.seminar_id)

    def for_page(self) -> Self:
        """With its author, group and passage at hand."""
        return self.select_related(
            "author__user", "author_group", "group", "addressee__user", "passage"
        )


class Thread(Authored, models.Model):
    """A conversation about a passage, or about the whole reading where `passage` is null.

    A link is one about two passages: `passage`, and `far_passage` in another reading.
    A highlight is a thread with quoted words and no comment. `last_seq` numbers
    its comments as they are published; counts stand on the row.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="threads")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="threads")
    # Of a link: its other end, in another reading, and how the first one stands to it.
    far_reading = models.ForeignKey(Reading, models.CASCADE, null=True, related_name="far_threads")
    far_passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="far_threads")
    link_kind = models.ForeignKey(
        LinkKind, models.PROTECT, null=True, related_name="threads", db_index=False
    )
    kind = models.CharField(max_length=12, choices=ThreadKind, default=ThreadKind.COMMENT)
    # Of a prompt, and of a link that a guide has: the item of the guide that it is.
    guide_item = models.ForeignKey(GuideItem, models.PROTECT, null=True, related_name="threads")
    # The checkpoint that it answers, where somebody has published their answer to a question of it.
    answered_item = models.ForeignKey(GuideItem, models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience)
    # Of a word to one member: the group that they were in then, whose assistants see it.
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    addressee = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(Membership, models.PROTECT, related_name="threads")
    author_role = author_role_field()
    author_group = author_group_field()
    # The name under which its author stands to everybody else; empty where it is their own.
    alias = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=ThreadState, default=ThreadState.OPEN)
    # Of a question: kept by discussions.common.question_state in the transaction of each write.
    question_state = models.CharField(max_length=8, choices=QuestionState, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # When its newest comment was published, of those that are.
    active_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    # Its first words wait for staff since then: only they and its author see that it is there.
    held_at = models.DateTimeField(null=True)
    # Staff look at each comment of members before others see it.
    is_premoderated = models.BooleanField(default=False)
    # In slow mode: how long a member waits between two comments.
    slow_seconds = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    # Made by the page that posts: the same key twice is the same thread.
    client_key = models.UUIDField(null=True)
    # The IRI of the annotation that it was taken in from: the same one twice is the same thread.
    origin = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["Thread"]] = models.Manager.from_queryset(ThreadQuerySet)()

    class Meta:
        ordering = ["reading_id", "pk"]
        indexes = [models.Index(fields=["reading", "audience"], name="thread_in_reading")]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_key"], name="thread_client_key_unique"
            ),
            models.UniqueConstraint(
                fields=["reading", "author", "origin"],
                condition=~Q(origin=""),
                name="thread_origin_unique",
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.GROUP, group__isnull=False)
                | Q(audience=Audience.MEMBER)
                | (~Q(audience=Audience.GROUP) & Q(group=None)),
                name="thread_group_when_for_group",
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.MEMBER, addressee__isnull=False)
                | (~Q(audience=Audience.MEMBER) & Q(addressee=None)),
                name="thread_addressee_when_for_one",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="thread_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ThreadState.values), name="thread_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="slow", slow_seconds__gt=0)
                | (~Q(state="slow") & Q(slow_seconds=0)),
                name="thread_seconds_when_slow",
            ),
            models.CheckConstraint(
                condition=Q(kind=ThreadKind.GUIDE, guide_item__isnull=False)
                | Q(kind=ThreadKind.LINK)
                | (~Q(kind__in=[ThreadKind.GUIDE, ThreadKind.LINK]) & Q(guide_item=None)),
                name="thread_item_when_prompt",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=ThreadKind.LINK,
                    passage__isnull=False,
                    far_reading__isnull=False,
                    far_passage__isnull=False,
                    link_kind__isnull=False,
                )
                | (
                    ~Q(kind=ThreadKind.LINK) & Q(far_reading=None, far_passage=None, link_kind=None)
                ),
                name="thread_far_end_when_link",
            ),
            models.CheckConstraint(
                condition=Q(far_reading=None) | ~Q(far_reading=F("reading")),
                name="thread_links_two_readings",
            ),
            models.CheckConstraint(
                condition=Q(kind=ThreadKind.QUESTION, question_state__in=QuestionState.values)
                | (~Q(kind=ThreadKind.QUESTION) & Q(question_state="")),
                name="thread_state_when_question",
            ),
        ]

    def __str__(self) -> str:
        return f"Thread {self.pk} on {self.passage or self.reading}"

    def get_absolute_url(self) -> str:
        return reverse("thread_detail", args=[self.seminar.slug, self.reading.slug, self.pk])

    @property
    def permalink(self) -> str:
        """Where it is read in its place: beside the essay; in the general discussion, by itself."""
        if self.reading.is_general:
            return self.get_absolute_url()
        return f"{self.reading.get_absolute_url()}#t{self.pk}"

    @property
    def reading_ids(self) -> tuple[int, ...]:
        """Where it is about words: one reading, and two of a link."""
        here = (self.reading_id,)
        return here if self.far_reading_id is None else (*here, self.far_reading_id)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The same, as rows."""
        return (self.reading,) if self.far_reading is None else (self.reading, self.far_reading)

    def passages(self) -> list[Passage]:
        """The rows of its passage, in reading order; none for the whole reading."""
        if self.passage is None:
            return []
        return [self.passage, *_CONTINUATIONS.all(passage=self.passage.pk)]

    @property
    def is_highlight(self) -> bool:
        return self.last_seq == 0 and self.held_at is None

    @property
    def is_held(self) -> bool:
        """Whether its first words wait for staff."""
        return self.held_at is not None

    @property
    def is_question(self) -> bool:
        return self.kind == ThreadKind.QUESTION

    @property
    def is_link(self) -> bool:
        return self.far_reading_id is not None

    @property
    def is_open_question(self) -> bool:
        return self.question_state == QuestionState.OPEN

    @property
    def is_locked(self) -> bool:
        """Whether nobody replies any more; an archived thread is locked too."""
        return self.state in CLOSED_STATES

    @property
    def is_archived(self) -> bool:
        return self.state == ThreadState.ARCHIVED

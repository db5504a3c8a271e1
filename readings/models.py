"""Essays, their revisions and blocks; readings, and the passages people point at."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from seminars.models import Membership, Seminar

CONTEXT_CHARACTERS = 32  # of prefix and suffix, as Hypothesis keeps: enough to tell repeats apart


class EssayQuerySet(models.QuerySet["Essay"]):
    def in_library_of(self, user: Any) -> Self:
        """What `user` imported, and what is read in seminars where they instruct."""
        instructed = Q(
            readings__seminar__memberships__user=user,
            readings__seminar__memberships__role="instructor",
            readings__seminar__memberships__removed_at=None,
        )
        return self.filter(Q(created_by=user) | instructed).distinct()

    def published(self) -> Self:
        return self.filter(revisions__published_at__isnull=False).distinct()

    def for_library_page(self, user: Any) -> Self:
        """The published ones of the library of `user`; `.places` are the readings they instruct."""
        places = Reading.objects.instructed_by(user).select_related("seminar")
        return (
            self.in_library_of(user)
            .published()
            .prefetch_related(models.Prefetch("readings", places, to_attr="places"))
        )


class Essay(models.Model):
    """A text in the library, with its authors and source."""

    title = models.CharField(max_length=500)
    subtitle = models.CharField(max_length=500, blank=True)
    authors = models.JSONField(default=list, help_text="Names, in the order of the byline.")
    venue = models.CharField(max_length=300, blank=True)
    issue = models.CharField(max_length=120, blank=True)
    published = models.CharField(max_length=40, blank=True, help_text="As precise as is known.")
    language = models.CharField(max_length=35, default="en")
    direction = models.CharField(
        max_length=3, choices={"ltr": "Left to right", "rtl": "Right to left"}, default="ltr"
    )
    licence = models.CharField(max_length=300, blank=True)
    abstract = models.TextField(blank=True)
    author_note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="essays")

    objects: ClassVar[models.Manager["Essay"]] = models.Manager.from_queryset(EssayQuerySet)()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def byline(self) -> str:
        """The authors as one phrase: “A, B and C”."""
        *others, last = self.authors or [""]
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def published_in_words(self) -> str:
        """The date of publication as people write it, as precise as it is known."""
        for precise, words in (("%Y-%m-%d", "%-d %B %Y"), ("%Y-%m", "%B %Y")):
            try:
                return datetime.strptime(self.published, precise).strftime(words)  # noqa: DTZ007
            except ValueError:
                continue
        return self.published


class RevisionQuerySet(models.QuerySet["Revision"]):
    def drafts_of(self, user: Any) -> Self:
        """Imports that `user` has not published yet."""
        return self.filter(created_by=user, published_at=None)

    def imported_by(self, user: Any) -> Self:
        return self.filter(created_by=user).select_related("essay")

    def for_library_page(self) -> Self:
        """Newest first, without the whole documents."""
        return self.select_related("essay").defer("document").order_by("-created_at", "-pk")

    def published_of(self, essay: "Essay") -> Self:
        """What an essay's page lists of it, newest first."""
        revisions = self.filter(essay=essay, published_at__isnull=False)
        return revisions.select_related("created_by").defer("document").order_by("-number")

    def newest_published(self, essay: "Essay") -> "Revision":
        """The state of the essay that a seminar would read now; raise DoesNotExist."""
        return self.filter(essay=essay, published_at__isnull=False).latest("number")


class Revision(models.Model):
    """One imported state of an essay; never changed once published.

    Until then `document` alone holds it (importing.Document as JSON), for the
    preview; publishing writes its blocks and notes as rows.
    """

    essay = models.ForeignKey(Essay, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    source_name = models.CharField(max_length=255)
    source_sha256 = models.CharField(max_length=64)
    source = models.FileField(upload_to="sources/%Y/%m/")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Revision"]] = models.Manager.from_queryset(RevisionQuerySet)()

    class Meta:
        ordering = ["essay", "number"]
        constraints = [
            models.UniqueConstraint(fields=["essay", "number"], name="revision_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.essay}, revision {self.number}"


class BlockKind(models.TextChoices):
    HEADING = "heading", "Heading"
    PARAGRAPH = "paragraph", "Paragraph"
    LIST_ITEM = "list_item", "List item"
    BLOCKQUOTE = "blockquote", "Block quotation"
    PULLQUOTE = "pullquote", "Pull quote"
    FIGURE = "figure", "Figure"
    TABLE = "table", "Table"
    VERSE = "verse", "Verse"
    CODE = "code", "Code"
    RULE = "rule", "Rule"
    BOILERPLATE = "boilerplate", "Boilerplate"


class Block(models.Model):
    """A piece of a revision in reading order.

    `html` is sanitised inline content whose text is exactly `text`; the
    references to notes are kept apart as `note_refs`, a list of
    `{"number": "7", "offset": 431}` in code points of `text`.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="blocks")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=24, help_text="Survives revisions.")
    kind = models.CharField(max_length=12, choices=BlockKind)
    level = models.PositiveSmallIntegerField(null=True)
    marker = models.CharField(max_length=12, blank=True, help_text="Of a list item: “•” or “3.”.")
    number = models.PositiveIntegerField(null=True, help_text="The paragraph number, ¶ n.")
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    note_refs = models.JSONField(default=list)

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="block_position_unique"),
            models.UniqueConstraint(fields=["revision", "key"], name="block_key_unique"),
            models.UniqueConstraint(fields=["revision", "number"], name="block_number_unique"),
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="block_kind_known"),
        ]

    def __str__(self) -> str:
        return f"¶ {self.number}" if self.number else f"{self.get_kind_display()} {self.key}"


class Note(models.Model):
    """A footnote or endnote of the essay itself."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="notes")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=12)
    text = models.TextField()
    html = models.TextField()

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="note_position_unique"),
            models.UniqueConstraint(fields=["revision", "number"], name="note_number_unique"),
        ]

    def __str__(self) -> str:
        return f"Note {self.number}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, membership: Membership) -> Self:
        """What this member may open: staff all, others what has opened, guests what is open."""
        readings = self.filter(seminar_id=membership.seminar_id)
        if membership.removed_at:
            return readings.none()
        if membership.is_staff:
            return readings
        readings = readings.filter(Q(opens_at=None) | Q(opens_at__lte=timezone.now()))
        return readings.filter(open_to_guests=True) if membership.is_guest else readings

    def instructed_by(self, user: Any) -> Self:
        """Those of the seminars in which `user` instructs now."""
        return self.filter(
            seminar__memberships__user=user,
            seminar__memberships__role="instructor",
            seminar__memberships__removed_at=None,
        )

    def of_essay(self, essay: Essay, user: Any) -> Self:
        """Where `user` has put this essay before a seminar."""
        return self.instructed_by(user).filter(essay=essay).select_related("seminar", "essay")

    def for_seminar_page(self) -> Self:
        return self.select_related("essay").order_by(
            F("due_at").asc(nulls_last=True), "position", "pk"
        )


class Reading(models.Model):
    """An essay put before a seminar: its revision, its dates, its guide."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="readings")
    essay = models.ForeignKey(Essay, models.PROTECT, related_name="readings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="readings")
    slug = models.SlugField(max_length=60)
    position = models.PositiveIntegerField(default=0)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    open_to_guests = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    guide_title = models.CharField(max_length=300, blank=True)
    # The guide's file as it was laid, to be taken away, edited and laid again.
    guide_source = models.TextField(blank=True)
    # What of the guide found no place: a list of {"line", "heading", "reason"}.
    guide_unplaced = models.JSONField(default=list)

    objects: ClassVar[models.Manager["Reading"]] = models.Manager.from_queryset(ReadingQuerySet)()

    class Meta:
        ordering = ["seminar", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["seminar", "slug"], name="reading_slug_unique")
        ]

    def __str__(self) -> str:
        return self.essay.title

    def get_absolute_url(self) -> str:
        return reverse("reading_detail", args=[self.seminar.slug, self.slug])


class Placement(models.TextChoices):
    """How a passage stands in the revision that the seminar reads now."""

    EXACT = "exact", "In its place"
    MOVED = "moved", "Moved"
    CHANGED = "changed", "This passage changed"
    UNANCHORED = "unanchored", "Its place is gone"


class Passage(models.Model):
    """A place in a reading: a whole block, or words in one or more blocks.

    `start` and `end` are Unicode code points of the block's text, both null for
    a whole block. Words over several blocks are a chain: the first row, and one
    more for each further block, which `continues` it. Threads, guide notes and
    questions point at the first row.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="passages")
    continues = models.ForeignKey("self", models.CASCADE, null=True, related_name="continuations")
    block_key = models.CharField(max_length=24)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=CONTEXT_CHARACTERS, blank=True)
    suffix = models.CharField(max_length=CONTEXT_CHARACTERS, blank=True)
    placement = models.CharField(max_length=12, choices=Placement, default=Placement.EXACT)

    class Meta:
        ordering = ["reading", "pk"]
        indexes = [models.Index(fields=["reading", "block_key"], name="passage_in_block")]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, end=None, quote="")
                | Q(start__isnull=False, end__gt=F("start")),
                name="passage_is_block_or_words",
            ),
        ]

    def __str__(self) -> str:
        return self.quote or self.block_key

    @property
    def is_whole_block(self) -> bool:
        return self.start is None


class GuideNoteKind(models.TextChoices):
    NOTE = "note", "Note"
    CONTEXT = "context", "Context"
    TERM = "term", "Term"
    PERSON = "person", "Person"
    TRANSLATION = "translation", "Translation"


class GuideNote(models.Model):
    """What the instructor adds beside a passage."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="guide_notes")
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="guide_notes")
    kind = models.CharField(max_length=12, choices=GuideNoteKind)
    body = models.TextField()
    html = models.TextField()
    position = models.PositiveIntegerField()
    created_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["reading", "position"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.passage}"


class Visit(models.Model):
    """Where one member stands in one reading."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="visits")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="visits")
    place = models.CharField(max_length=24, blank=True, help_text="Key of the block reached.")
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent, the furthest.")
    # Comments after this time are new; fixed for as long as a visit lasts.
    new_since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "membership"], name="visit_unique"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="visit_progress_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} at {self.place or 'the start'}"

"""Essays of the library, their revisions, and what a revision is made of."""

import functools
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language_info

from documents.block_names import block_anchor, paragraph_label
from seminars.permissions import INSTRUCTING_ROLES, has_role


class EssayQuerySet(models.QuerySet["Essay"]):
    def in_library_of(self, user: Any) -> Self:
        """What `user` imported, and what is read in seminars where they instruct."""
        instructed = has_role(user, INSTRUCTING_ROLES, "readings__seminar__memberships")
        return self.filter(Q(created_by=user) | instructed).distinct()

    def published(self) -> Self:
        return self.filter(revisions__published_at__isnull=False).distinct()

    def for_library_page(self, user: Any) -> Self:
        """The published ones of the library of `user`; `.places` are the readings they instruct."""
        # Imported here: a reading is of an essay, and so knows it first.
        from readings.models.readings import Reading

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
    def language_name(self) -> str:
        """The language as people call it; its code, where Django knows no name for it."""
        try:
            return str(get_language_info(self.language.lower())["name"])
        except KeyError:
            return self.language

    @property
    def published_in_words(self) -> str:
        """The date of publication as people write it, as precise as it is known."""
        for precise, words in (("%Y-%m-%d", "%-d %B %Y"), ("%Y-%m", "%B %Y")):
            try:
                return datetime.strptime(self.published, precise).strftime(words)  # noqa: DTZ007
            except ValueError:
                continue
        return self.published


class ImportState(models.TextChoices):
    """How far the reading of an uploaded file has come."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    READY = "ready", "Ready to be checked"
    REFUSED = "refused", "Could not be read"


# A worker that is well takes a file up within seconds, and tells of each step; after this
# it is gone. A single step of a large file may be long on a busy machine.
PATIENCE = {ImportState.WAITING: timedelta(minutes=1), ImportState.READING: timedelta(minutes=2)}


class RevisionQuerySet(models.QuerySet["Revision"]):
    def drafts_of(self, user: Any) -> Self:
        """Imports that `user` has not published yet."""
        return self.filter(created_by=user, published_at=None)

    def imported_by(self, user: Any) -> Self:
        return self.filter(created_by=user).select_related("essay")

    def for_library_page(self) -> Self:
        """Newest first, without the whole documents."""
        return self.without_text().select_related("essay").order_by("-created_at", "-pk")

    def without_text(self) -> Self:
        """Without what is large: for pages that tell how an import stands."""
        return self.defer("document", "edits")

    def refused(self) -> Self:
        return self.filter(state=ImportState.REFUSED)

    def stopped(self) -> Self:
        """Those that nobody reads though they are not ready: refused, or waiting in vain."""
        now = timezone.now()
        in_vain = (Q(state=state, state_at__lt=now - most) for state, most in PATIENCE.items())
        return self.filter(Q(state=ImportState.REFUSED) | functools.reduce(Q.__or__, in_vain))

    def published_of(self, essay: "Essay") -> Self:
        """What an essay's page lists of it, newest first."""
        revisions = self.filter(essay=essay, published_at__isnull=False)
        return revisions.select_related("created_by").defer("document").order_by("-number")

    def standing_of(self, essay_id: int) -> Self:
        """The published revisions of an essay that were not withdrawn."""
        standing = self.filter(essay=essay_id, published_at__isnull=False, withdrawn_at=None)
        return standing.select_related("essay").defer("document")

    def in_library_of(self, user: Any) -> Self:
        """The published revisions, withdrawn ones too, of the essays in the library of `user`."""
        essays = Essay.objects.in_library_of(user).order_by().values("pk")
        published = self.filter(essay__in=essays, published_at__isnull=False)
        return published.select_related("essay").defer("document")

    def newest_published(self, essay: "Essay") -> "Revision":
        """The state of the essay that a seminar would read now; raise DoesNotExist."""
        return self.filter(essay=essay, published_at__isnull=False, withdrawn_at=None).latest(
            "number"
        )


class Revision(models.Model):
    """One imported state of an essay; never changed once published.

    Until then `document` holds it as it was read (importing.Document as JSON)
    and `edits` what the person has changed since, of which the first
    `edits_done` are in force (the others were undone and can come back).
    Publishing writes the edited document, its blocks and its notes as rows.
    """

    essay = models.ForeignKey(Essay, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField(default=dict)
    edits = models.JSONField(default=list, help_text="What was changed in the preview, in order.")
    edits_done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.READY)
    # When the state, or the progress within it, was last told.
    state_at = models.DateTimeField(default=timezone.now)
    progress = models.CharField(max_length=120, blank=True, help_text="What is being done now.")
    progress_percent = models.PositiveSmallIntegerField(null=True)
    # Why the file could not be read: {"code", "message", "advice"}.
    refusal = models.JSONField(default=dict)
    source_name = models.CharField(max_length=255)
    source_sha256 = models.CharField(max_length=64)
    source = models.FileField(upload_to="sources/%Y/%m/")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Revision"]] = models.Manager.from_queryset(RevisionQuerySet)()

    class Meta:
        ordering = ["essay_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["essay", "number"], name="revision_number_unique"),
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="revision_state_known"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(state=ImportState.READY),
                name="revision_published_was_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.essay}, revision {self.number}"

    @property
    def is_awaited(self) -> bool:
        """Whether its file is still to be read, or being read."""
        return self.state in PATIENCE

    @property
    def is_abandoned(self) -> bool:
        """Whether nobody reads the file though it waits: the worker is not there, or has gone."""
        patience = PATIENCE.get(ImportState(self.state))
        return patience is not None and self.state_at < timezone.now() - patience

    @property
    def may_be_tried_again(self) -> bool:
        return self.state == ImportState.REFUSED or self.is_abandoned

    @property
    def is_standing(self) -> bool:
        """Whether a seminar may read it: published, and not withdrawn since."""
        return self.published_at is not None and self.withdrawn_at is None


class Picture(models.Model):
    """A picture of a revision; the HTML of its blocks names it as `picture:<name>`."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=40)
    file = models.FileField(upload_to="pictures/%Y/%m/")
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["revision_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "name"], name="picture_name_unique")
        ]

    def __str__(self) -> str:
        return self.name


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
        ordering = ["revision_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="block_position_unique"),
            models.UniqueConstraint(fields=["revision", "key"], name="block_key_unique"),
            models.UniqueConstraint(fields=["revision", "number"], name="block_number_unique"),
            models.CheckConstraint(condition=Q(kind__in=BlockKind.values), name="block_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label if self.number else f"{self.label} {self.key}"

    @property
    def anchor(self) -> str:
        """Where a link to this block leads: `p12` where it has a number, else its own id."""
        return block_anchor(self.number, self.key)

    @property
    def label(self) -> str:
        """What people call its place: “¶ 12”, “Heading”."""
        return paragraph_label(self.number) or str(self.get_kind_display())


class Note(models.Model):
    """A footnote or endnote of the essay itself."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="notes")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=12)
    text = models.TextField()
    html = models.TextField()

    class Meta:
        ordering = ["revision_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="note_position_unique"),
            models.UniqueConstraint(fields=["revision", "number"], name="note_number_unique"),
        ]

    def __str__(self) -> str:
        return f"Note {self.number}"

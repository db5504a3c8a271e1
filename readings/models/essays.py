"""Essays of the library, their revisions, and what a revision is made of."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language_info, gettext, gettext_lazy

from database.full_text import TermsField, WithoutTerms
from documents.block_names import block_anchor, paragraph_label
from seminars.permissions import INSTRUCTING_ROLES, has_role


class EssayQuerySet(models.QuerySet["Essay"]):
    def in_library_of(self, user: Any) -> Self:
        """What is theirs or shared with them, and what is read in seminars they instruct."""
        instructed = has_role(user, INSTRUCTING_ROLES, "readings__seminar__memberships")
        mine = Q(created_by=user) | Q(editors=user) | instructed
        return self.filter(mine, removed_at=None).distinct()

    def removed_of(self, user: Any) -> Self:
        """What `user` has taken out of the library, the last first."""
        return self.filter(created_by=user).exclude(removed_at=None).order_by("-removed_at")

    def for_library_page(self, user: Any) -> Self:
        """The library of `user`; `.places` are the readings that they instruct."""
        # Imported here: a reading is of an essay, and so knows it first.
        from readings.models.readings import Reading

        places = Reading.objects.instructed_by(user).select_related("seminar")
        return (
            self.in_library_of(user)
            .order_by("title", "pk")
            .prefetch_related(models.Prefetch("readings", places, to_attr="places"))
        )


_EssayManager = models.Manager.from_queryset(EssayQuerySet)


class LibraryEssays(_EssayManager["Essay"]):
    """Those that people put in the library, and not what general discussions stand on."""

    def get_queryset(self) -> "models.QuerySet[Essay]":
        return super().get_queryset().filter(is_built_in=False)


class Essay(models.Model):
    """A text in the library, with its authors and source."""

    # The empty one on which a seminar's general discussion stands: nobody's, and nowhere listed.
    is_built_in = models.BooleanField(default=False, editable=False)
    title = models.CharField(max_length=500)
    subtitle = models.CharField(max_length=500, blank=True)
    authors = models.JSONField(default=list, help_text="Names, in the order of the byline.")
    venue = models.CharField(max_length=300, blank=True)
    issue = models.CharField(max_length=120, blank=True)
    published = models.CharField(max_length=40, blank=True, help_text="As precise as is known.")
    language = models.CharField(max_length=35, default="en")
    direction = models.CharField(
        max_length=3,
        choices={"ltr": gettext_lazy("Left to right"), "rtl": gettext_lazy("Right to left")},
        default="ltr",
    )
    licence = models.CharField(max_length=300, blank=True)
    abstract = models.TextField(blank=True)
    author_note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="essays")
    # Taken out of the library until its owner puts it back; who reads it reads on.
    removed_at = models.DateTimeField(null=True)
    # With whom its owner shares it: they may change it as the owner may, but not share it.
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="shared_essays")

    objects: ClassVar[LibraryEssays] = LibraryEssays()

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def editor_ids(self) -> frozenset[int]:
        """The pks of those with whom it is shared now. One query."""
        return frozenset(self.editors.order_by().values_list("pk", flat=True))

    @property
    def byline(self) -> str:
        """The authors as one phrase: “A, B and C”."""
        *others, last = self.authors or [""]
        if not others:
            return str(last)
        return gettext("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last}

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


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of_essay(self, essay: "Essay") -> Self:
        """What an essay's page lists of it, withdrawn ones too, newest first."""
        return self.filter(essay=essay).select_related("created_by").order_by("-number")

    def readable_of(self, essay_id: int) -> Self:
        """The revisions of an essay that were not withdrawn."""
        return self.filter(essay=essay_id, withdrawn_at=None).select_related("essay")

    def in_library_of(self, user: Any) -> Self:
        """The revisions, withdrawn ones too, of the essays in the library of `user`."""
        essays = Essay.objects.in_library_of(user).order_by().values("pk")
        return self.filter(essay__in=essays).select_related("essay")

    def newest_of(self, essay_id: int) -> "Revision | None":
        """The state of the essay that a seminar would read now; None where there is none."""
        return self.readable_of(essay_id).order_by("-number").first()

    def next_number(self, essay_id: int) -> int:
        """The number of the essay's next revision: they grow in the order of publishing."""
        last = self.filter(essay=essay_id).aggregate(last=models.Max("number"))["last"]
        return (last or 0) + 1


class Revision(models.Model):
    """One published state of an essay: its blocks, notes and pictures never change.

    `metadata` is what was known of the essay when this was published (documents.Metadata
    as JSON), and `essay_before` what the essay's own columns held before, where publishing
    changed them: withdrawing this puts them back.
    """

    essay = models.ForeignKey(Essay, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    metadata = models.JSONField(default=dict)
    essay_before = models.JSONField(default=dict)
    source_format = models.CharField(max_length=20, default="text", help_text="As it was read.")
    source_name = models.CharField(max_length=255)
    source_sha256 = models.CharField(max_length=64)
    source = models.FileField(upload_to="sources/%Y/%m/")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[models.Manager["Revision"]] = models.Manager.from_queryset(RevisionQuerySet)()

    class Meta:
        ordering = ["essay_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["essay", "number"], name="revision_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.essay}, revision {self.number}"


class BlockKind(models.TextChoices):
    HEADING = "heading", gettext_lazy("Heading")
    PARAGRAPH = "paragraph", gettext_lazy("Paragraph")
    LIST_ITEM = "list_item", gettext_lazy("List item")
    BLOCKQUOTE = "blockquote", gettext_lazy("Block quotation")
    PULLQUOTE = "pullquote", gettext_lazy("Pull quote")
    FIGURE = "figure", gettext_lazy("Figure")
    TABLE = "table", gettext_lazy("Table")
    VERSE = "verse", gettext_lazy("Verse")
    CODE = "code", gettext_lazy("Code")
    RULE = "rule", gettext_lazy("Rule")
    BOILERPLATE = "boilerplate", gettext_lazy("Boilerplate")


class BlockQuerySet(WithoutTerms["Block"]):
    def served(self, reading: Any, member: Any) -> Self:
        """The blocks of a reading that this member is served: all, or those up to their gate."""
        blocks = self.filter(revision=reading.revision_id)
        last = member.gate_in(reading.pk)
        return blocks if last is None else blocks.filter(position__lte=last)


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
    terms = TermsField(source="text", scope="revision_id")

    objects: ClassVar[models.Manager["Block"]] = models.Manager.from_queryset(BlockQuerySet)()

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


class NoteQuerySet(WithoutTerms["Note"]):
    pass


class Note(models.Model):
    """A footnote or endnote of the essay itself."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="notes")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=12)
    text = models.TextField()
    html = models.TextField()
    terms = TermsField(source="text", scope="revision_id")

    objects: ClassVar[models.Manager["Note"]] = models.Manager.from_queryset(NoteQuerySet)()

    class Meta:
        ordering = ["revision_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="note_position_unique"),
            models.UniqueConstraint(fields=["revision", "number"], name="note_number_unique"),
        ]

    def __str__(self) -> str:
        return f"Note {self.number}"

"""The gradebook of a seminar: what counts how much, marks given by hand, and what is released.

No figure is kept: each is worked out from what was answered and written when it is shown. Kept is
what people decided. Settings are rows that are changed, by version; a mark by hand and a release
are rows with their author and time that stand until they are taken back.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from database.versions import Versioned
from discussions.models import Undoable
from quizzes.models import Question
from readings.models import GuideItem, Reading
from seminars.models import Membership, Seminar

MAX_NAME = 80  # letters of a category or a column
MAX_MARK_REASON = 300  # letters: a line that the person reads
MAX_MARK_COMMENT = 2_000  # letters


class ColumnKind(models.TextChoices):
    """Where the figures of a column come from."""

    CHECKPOINT = "checkpoint", _("Checkpoints")
    OPEN = "open", _("Open answers")
    PARTICIPATION = "participation", _("Participation")
    BY_HAND = "by_hand", _("Marks by hand")


class Gradebook(Versioned):
    """That a seminar has one; its version is that of all its settings, which are one form."""

    seminar = models.OneToOneField(Seminar, models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Gradebook of {self.seminar}"


class GradeCategory(models.Model):
    """Columns that are summed up together, and how much they weigh in the total.

    The `drop_lowest` lowest figures of each person are left out, once `drop_from` are in.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    name = models.CharField(max_length=MAX_NAME)
    position = models.PositiveIntegerField()
    weight = models.DecimalField(max_digits=8, decimal_places=2)
    drop_lowest = models.PositiveSmallIntegerField(default=0)
    drop_from = models.PositiveSmallIntegerField(default=3)
    # What was not handed in by when it counts: zero, or nothing either way.
    missing_is_zero = models.BooleanField(default=False)
    # Columns of this kind that nobody has placed are in it; "": none are.
    takes = models.CharField(max_length=13, choices=ColumnKind, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="category_weight"),
            models.UniqueConstraint(
                fields=["seminar", "takes"], condition=~Q(takes=""), name="category_takes_unique"
            ),
            models.CheckConstraint(
                condition=Q(takes__in=["", *ColumnKind.values]), name="category_takes_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GradeColumn(models.Model):
    """One column, where something is settled about it; those of which nothing is have no row.

    A checkpoint is named by its item of the guide, which outlives a checkpoint that is asked anew.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=13, choices=ColumnKind)
    item = models.OneToOneField(GuideItem, models.CASCADE, null=True, related_name="+")
    question = models.OneToOneField(Question, models.CASCADE, null=True, related_name="+")
    reading = models.OneToOneField(Reading, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=MAX_NAME, blank=True)  # of marks by hand
    category = models.ForeignKey(GradeCategory, models.SET_NULL, null=True, related_name="+")
    counts = models.BooleanField(default=True)
    # None: as many as its maximum, so that points are added up.
    weight = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    # None: as many points as there are to be had.
    maximum = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    removed_at = models.DateTimeField(null=True)  # of marks by hand; they are kept

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ColumnKind.CHECKPOINT, item__isnull=False)
                | Q(kind=ColumnKind.OPEN, question__isnull=False)
                | Q(kind=ColumnKind.PARTICIPATION, reading__isnull=False)
                | Q(kind=ColumnKind.BY_HAND, maximum__isnull=False),
                name="column_has_source",
            ),
            models.CheckConstraint(
                condition=Q(maximum=None) | Q(maximum__gt=0), name="column_maximum"
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=0), name="column_weight"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.pk}"


class GivenMark(Undoable):
    """What an instructor says of one person in one column, and why: points in place of what is
    worked out, or that it counts neither way; a comment to the person, or that alone."""

    column = models.ForeignKey(GradeColumn, models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    is_excused = models.BooleanField(default=False)
    reason = models.CharField(max_length=MAX_MARK_REASON, blank=True)
    comment = models.TextField(max_length=MAX_MARK_COMMENT, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["column", "membership"],
                condition=Q(undone_at=None),
                name="given_mark_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, is_excused=False),
                name="given_mark_points",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} in {self.column}: {self.points}"

    @property
    def edit_version(self) -> int:
        """Which one it is: each change is a row of its own, so that is the state of a form."""
        return int(self.pk)

    @property
    def in_words(self) -> str:
        """What it says of the figure: its points, that it counts neither way, or nothing."""
        if self.is_excused:
            return gettext("Counts neither way")
        return gettext("Comment") if self.points is None else f"{self.points.normalize():f}"

    @property
    def changes_figure(self) -> bool:
        """Whether it says more than a comment."""
        return self.points is not None or self.is_excused


class GradeRelease(Undoable):
    """That those who take part see their figures of a column. Of participation, it is the release
    of its scores (overview.models) that says so."""

    column = models.ForeignKey(GradeColumn, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["column"], condition=Q(undone_at=None), name="grade_release_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"Marks of {self.column}"

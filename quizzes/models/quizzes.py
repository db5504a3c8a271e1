"""Checkpoints: quizzes at the places in a reading where understanding is won or lost."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.block_names import block_anchor, paragraph_label
from quizzes.models.quiz_settings import USUAL_SETTINGS, Confidence, GradeBy, QuizSettings, Review
from readings.models import Block, GuideItem, Passage, Reading
from seminars.models import Membership, Seminar

if TYPE_CHECKING:
    from quizzes.models.choices import Choice


class QuizQuerySet(models.QuerySet["Quiz"]):
    def of(self, reading: Reading) -> Self:
        """The quizzes that are on this reading now, in order, with the ¶ they stand after."""
        return self._placed(reading).filter(retired_at=None).order_by("item__position", "pk")

    def one_of(self, reading: Reading, pk: int) -> Self:
        """One quiz of the reading, whether it is there still or not."""
        return self._placed(reading).filter(pk=pk)

    def with_results(self, reading: Reading) -> Self:
        """Those that are on the reading now, then those that a later guide replaced."""
        answered = Attempt.objects.submitted().filter(quiz=OuterRef("pk"))
        return (
            self._placed(reading)
            .filter(Q(retired_at=None) | Exists(answered))
            .order_by(F("retired_at").asc(nulls_first=True), "item__position", "pk")
        )

    def _placed(self, reading: Reading) -> Self:
        return (
            self.filter(reading=reading.pk)
            .select_related("item__passage")
            .annotate(after_number=_paragraph_number(reading, "item__passage"))
        )


class Quiz(models.Model):
    """A checkpoint as it is asked: it stands after the block of its item's passage.

    The checkpoint itself is the guide's item. Questions that are put right, added or taken
    off leave it the same quiz. Where none of them is one that was asked before, it is another
    quiz, the next `version`; the one before is retired, and kept with its attempts.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="quizzes")
    item = models.ForeignKey(GuideItem, models.PROTECT, related_name="quizzes")
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=300)
    # Something in it stands in another order for each person and try.
    is_shuffled = models.BooleanField(default=False)
    # How it behaves: quizzes.models.quiz_settings.
    tries = models.PositiveSmallIntegerField(default=0)
    penalty = models.PositiveSmallIntegerField(default=0)
    grade_by = models.CharField(max_length=8, choices=GradeBy, default=GradeBy.FIRST)
    review = models.CharField(max_length=16, choices=Review, default=Review.AT_ONCE)
    minutes = models.PositiveSmallIntegerField(default=0)
    drawn = models.PositiveSmallIntegerField(default=0)
    # What closes the text is the item's ReadingGate; this is how the guide has it.
    gate = models.CharField(max_length=40, blank=True)
    asks_confidence = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)
    after_number: int | None  # the ¶ of its passage, as the querysets annotate it

    objects: ClassVar[models.Manager["Quiz"]] = models.Manager.from_queryset(QuizQuerySet)()

    class Meta:
        ordering = ["item_id", "version"]
        verbose_name_plural = "quizzes"
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="quiz_version_unique"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(retired_at=None), name="quiz_current_unique"
            ),
            models.CheckConstraint(
                condition=Q(grade_by__in=GradeBy.values), name="quiz_grade_by_known"
            ),
            models.CheckConstraint(condition=Q(penalty__lte=100), name="quiz_penalty_percent"),
            models.CheckConstraint(condition=Q(review__in=Review.values), name="quiz_review_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place_name(self) -> str:
        """Where it stands, for who reads: “after ¶ 4”; of a block without a number, in words."""
        number = self.after_number
        after = gettext("after ¶ %(number)d")
        return after % {"number": number} if number else gettext("in the text")

    @property
    def passage(self) -> Passage:
        return self.item.passage

    @property
    def is_of_ones_own(self) -> bool:
        """Each person and try is asked otherwise."""
        return self.is_shuffled or self.drawn > 0

    @property
    def settings(self) -> QuizSettings:
        return QuizSettings(**{name: getattr(self, name) for name in USUAL_SETTINGS.columns})


class QuestionKind(models.TextChoices):
    ONE_CHOICE = "one_choice", _("One choice")
    SEVERAL = "several", _("Several choices")
    TRUE_FALSE = "true_false", _("True or false")
    SHORT_ANSWER = "short_answer", _("Short answer")
    NUMERIC = "numeric", _("Number")
    MATCH = "match", _("Match")
    ORDER = "order", _("Order")
    GAP = "gap", _("Gaps")
    PASSAGE = "passage", _("Words in the text")
    OPEN = "open", _("Open answer")


class QuestionQuerySet(models.QuerySet["Question"]):
    def of(self, quizzes: models.QuerySet[Quiz], reading: Reading) -> Self:
        """The questions that these quizzes ask, with the passage and the ¶ of the answer."""
        return self.with_results(quizzes, reading).filter(retired_at=None)

    def with_results(self, quizzes: models.QuerySet[Quiz], reading: Reading) -> Self:
        """The same, and those that they ask no more."""
        return (
            self.filter(quiz__in=quizzes.order_by().values("pk"))
            .select_related("passage")
            .annotate(source_number=_paragraph_number(reading, "passage"))
            .with_language()
            .order_by("quiz_id", F("retired_at").asc(nulls_first=True), "position")
        )

    def with_language(self) -> Self:
        """With the language of their essay, by which answers in words are compared."""
        return self.annotate(language=F("quiz__reading__essay__language"))


class Question(models.Model):
    """One question; its `passage` is where the answer can be read.

    Whatever is put right in it, it is the same row, and its answers stay. What was asked
    before is kept as a QuestionVersion where somebody answered it. One that was answered and
    is asked no more has `retired_at`.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="questions")
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="questions")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=QuestionKind)
    # Markdown as the guide has it, and what it was rendered to, sanitised.
    text = models.TextField(help_text="The question, one line.")
    html = models.TextField()
    detail = models.TextField(blank=True, help_text="Further paragraphs below it.")
    detail_html = models.TextField(blank=True)
    feedback = models.TextField(blank=True, help_text="Shown after answering.")
    feedback_html = models.TextField(blank=True)
    # One line of Markdown each, for after the first wrong try, the second, …
    hints = models.JSONField(default=list)
    hints_html = models.JSONField(default=list)
    # What is right, where there are no choices, and what only the question's type knows of it:
    # see the modules of quizzes.questions.
    accepted = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    # Of the paragraphs where the answer stands, as the guide was added (quizzes.questions.places).
    places_digest = models.CharField(max_length=16, blank=True)
    points = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)
    source_number: int | None  # the ¶ of its passage, as the queryset annotates it
    language: str  # of the essay, as the queryset annotates it

    objects: ClassVar[models.Manager["Question"]] = models.Manager.from_queryset(QuestionQuerySet)()

    class Meta:
        ordering = ["quiz_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "position"],
                condition=Q(retired_at=None),
                name="question_position_unique",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="question_kind_known"
            ),
            models.CheckConstraint(condition=Q(points__gte=1), name="question_points"),
        ]

    def __str__(self) -> str:
        return f"Question {self.position} of {self.quiz}"

    @property
    def is_asked(self) -> bool:
        """Whether it stands in the text now; its quiz is to be fetched with it."""
        return self.retired_at is None and self.quiz.retired_at is None

    @property
    def offered(self) -> "list[Choice]":
        """The choices that are offered now, in the guide's order, as they are prefetched."""
        return [one for one in self.choices.all() if one.retired_at is None]

    @property
    def source_name(self) -> str:
        """What people call the place where the answer can be read."""
        return paragraph_label(self.source_number) or gettext("the place in the text")

    @property
    def source_anchor(self) -> str:
        """Where in the reading page that place is; "" where the question names none."""
        return block_anchor(self.source_number, self.passage.block_key) if self.passage else ""


class QuestionVersion(models.Model):
    """A question as it was asked before it was put right; `version` of the answers to it.

    `content` has what stood there: `html`, `detail_html`, and `choices`, the HTML by key; and
    `key`, what was right. By its `wording` (readings.guides.identity) the question is known again.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    regraded = models.PositiveIntegerField(
        default=0, help_text="Tries whose points changed by what came after it."
    )

    class Meta:
        ordering = ["question_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["question", "version"], name="question_version_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.question}, version {self.version}"


class AttemptState(models.TextChoices):
    """How far a try has come: handed in, it waits for a person where one has to mark it."""

    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    MARKED = "marked", _("Marked")


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def submitted(self) -> Self:
        """Those that were handed in, marked or not."""
        return self.exclude(state=AttemptState.IN_PROGRESS)

    def in_progress(self, quiz: Quiz, membership: Membership) -> Self:
        """The answers that this member has given so far and not handed in."""
        return self.filter(quiz=quiz, membership=membership, state=AttemptState.IN_PROGRESS)

    def shown_to(self, membership: Membership) -> Self:
        """This member's first try at each quiz, the latest, and one in progress; all of them,
        where another than the first may count."""
        others = ~Q(quiz__grade_by=GradeBy.FIRST)
        return self.filter(Q(number=1) | ~_later() | others, membership=membership)

    def that_may_count(self) -> Self:
        """Those handed in of which somebody's result may be made, so that a person marks them;
        which of them count, quizzes.marking.counted says."""
        end = F("quiz__reading__late_until")
        # Nothing that came too late takes the place of what came in time. Who was given more time
        # has another end, and one more of theirs is marked.
        in_time = Q(quiz__reading__late_until=None) | Q(submitted_at__lte=end)
        return self.submitted().filter(
            Q(number=1, quiz__grade_by=GradeBy.FIRST)
            | Q(~_later(in_time), quiz__grade_by=GradeBy.LAST)
            | Q(quiz__grade_by__in=[GradeBy.BEST, GradeBy.MEAN])
        )

    def first_tries(self, members: Iterable[Membership]) -> Self:
        """The first of each of these members, once it is handed in, whichever counts."""
        return self.submitted().filter(number=1, membership__in=members)


def _later(among: Q | None = None) -> Exists:
    """Whether the same person has handed in another try (`among` these) at the quiz after it."""
    theirs = Attempt.objects.submitted().filter(
        quiz=OuterRef("quiz"), membership=OuterRef("membership"), number__gt=OuterRef("number")
    )
    return Exists(theirs.filter(among) if among else theirs)


class Attempt(models.Model):
    """One member's try at one quiz; `score` is there once every answer has one.

    One in progress holds the answers given so far, as they were written, and no marks.
    """

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="+")
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(help_text="1 is the first try.")
    state = models.CharField(max_length=12, choices=AttemptState, default=AttemptState.IN_PROGRESS)
    # Where there is a time limit: from when until when, by the server's clock.
    begun_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    max_score = models.DecimalField(max_digits=6, decimal_places=2)
    client_key = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["Attempt"]] = models.Manager.from_queryset(AttemptQuerySet)()

    class Meta:
        ordering = ["quiz_id", "membership_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "membership", "number"], name="attempt_number_unique"
            ),
            models.UniqueConstraint(
                fields=["membership", "client_key"], name="attempt_client_key_unique"
            ),
            models.UniqueConstraint(
                fields=["quiz", "membership"],
                condition=Q(state=AttemptState.IN_PROGRESS),
                name="attempt_in_progress_unique",
            ),
            models.CheckConstraint(
                condition=Q(state=AttemptState.IN_PROGRESS, submitted_at=None, score=None)
                | Q(state=AttemptState.SUBMITTED, submitted_at__isnull=False, score=None)
                | Q(state=AttemptState.MARKED, submitted_at__isnull=False, score__isnull=False),
                name="attempt_state",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=F("max_score")),
                name="attempt_score",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.quiz}, try {self.number}"


class Answer(models.Model):
    """What was answered to one question: choice keys, `true`/`false`, or the words typed.

    What is matched is two keys with a space between them, what is ordered its place and its key,
    words in the text a selection (`readings.passages.selected`).
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    version = models.PositiveIntegerField(default=1, help_text="Of the question, as answered.")
    response = models.JSONField(default=list, help_text="A list of strings.")
    # Nobody but who answered is shown it, and nothing is made of it.
    confidence = models.PositiveSmallIntegerField(null=True, choices=Confidence)
    # None is an answer that nobody has marked yet.
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        ordering = ["attempt_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="answer_unique"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=0), name="answer_score"),
        ]

    def __str__(self) -> str:
        return f"Answer to {self.question}"

    @property
    def is_right(self) -> bool:
        return self.score == self.question.points


def _paragraph_number(reading: Reading, passage: str) -> Subquery:
    """The ¶ number of the block that the row's `passage` is in; null where it has none."""
    blocks = Block.objects.filter(
        revision_id=reading.revision_id, key=OuterRef(f"{passage}__block_key")
    )
    return Subquery(blocks.values("number")[:1])

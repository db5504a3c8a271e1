"""The columns of a gradebook: one for each checkpoint, open answer, reading whose participation is
scored, and mark by hand, with what is settled about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from documents.block_names import block_anchor
from documents.visible import isolated
from gradebook.models import ColumnKind, GradeColumn
from quizzes.models import Attempt, Question, QuestionKind, Quiz
from readings.models import Block, Reading
from seminars.models import Seminar
from seminars.permissions import COUNTED_ROLES

QUESTION_LETTERS = 60  # of an open question, as the name of its column


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """Where a column's figures come from: what it is called, and how many points there are.

    `quizzes` are those of a checkpoint, as it is asked now first; `key` stays the same for good.
    """

    key: str
    kind: ColumnKind
    target: int  # of the guide's item, the question, the reading, or the column itself
    title: str
    place: str  # as briefly as can be told: “¶ 4”
    maximum: Fraction
    reading: Reading | None = None
    quizzes: tuple[int, ...] = ()
    fragment: str = ""  # where in the reading it stands
    is_retired: bool = False  # it is asked no more, and was answered
    order: tuple[int, ...] = ()

    @property
    def url(self) -> str:
        """Where it stands in the text; "" of what stands nowhere."""
        if self.reading is None:
            return ""
        return f"{self.reading.get_absolute_url()}{self.fragment}"

    @property
    def place_name(self) -> str:
        """Its place for a person who has not come to it: no word of what stands there."""
        if self.kind == ColumnKind.PARTICIPATION or self.reading is None:
            return self.title
        after = _("after %(place)s") % {"place": self.place} if self.place else _("in the text")
        return after[:1].upper() + after[1:]

    @property
    def full_title(self) -> str:
        """With the reading that it is of."""
        if self.reading is None:
            return self.title
        if self.kind == ColumnKind.PARTICIPATION:
            return _("Participation: %(reading)s") % {"reading": isolated(self.reading.title)}
        return f"{isolated(self.reading.title)}: {isolated(self.title)}"


@dataclass(frozen=True, slots=True)
class Column:
    """A source, and what is settled about it."""

    source: ColumnSource
    row: GradeColumn | None
    category: int | None  # its pk; None: it is in no total
    counts: bool
    weight: Fraction
    maximum: Fraction
    is_released: bool = False
    own_weight: Fraction | None = field(default=None)  # as it was settled; None: the maximum

    @property
    def key(self) -> str:
        return self.source.key

    @property
    def kind(self) -> ColumnKind:
        return self.source.kind

    @property
    def is_by_hand(self) -> bool:
        return self.kind == ColumnKind.BY_HAND

    @property
    def is_participation(self) -> bool:
        return self.kind == ColumnKind.PARTICIPATION

    @property
    def is_in_total(self) -> bool:
        return self.counts and self.category is not None


# --- Where they come from ------------------------------------------------------------------------
def readings_of(seminar: Seminar) -> list[Reading]:
    """Return the seminar's readings in the order of its page. Two queries."""
    found = Reading.objects.filter(seminar=seminar, removed_at=None)
    readings = list(found.for_seminar_page().prefetch_related("groups"))
    for one in readings:
        one.seminar = seminar
    return readings


def sources_of(
    seminar_id: int,
    readings: Sequence[Reading],
    scored: Mapping[int, int],
    rows: Sequence[GradeColumn],
) -> list[ColumnSource]:
    """Return all sources of the seminar, in their order. Two queries.

    `scored` says, by reading, how many posts and replies it asks for, where participation is
    scored; `rows` are the columns that are settled.
    """
    places = {one.pk: (place, one) for place, one in enumerate(readings)}
    found = [
        *_checkpoints(_quizzes(seminar_id), places),
        *_open_answers(_open_questions(seminar_id), places),
        *_participation(scored, places),
        *(_by_hand(one) for one in rows if one.kind == ColumnKind.BY_HAND),
    ]
    return sorted(found, key=lambda one: one.order)


Places = Mapping[int, tuple[int, Reading]]


def _quizzes(seminar_id: int) -> Iterable[Quiz]:
    """The checkpoints that are asked now, or were answered by somebody who takes part."""
    marked = Q(questions__retired_at=None) & ~Q(questions__kind=QuestionKind.OPEN)
    tries = Attempt.objects.submitted().filter(
        quiz=OuterRef("pk"), membership__role__in=COUNTED_ROLES
    )
    found = Quiz.objects.filter(Q(retired_at=None) | Exists(tries), seminar=seminar_id)
    named = found.annotate(
        points=Sum("questions__points", filter=marked),
        asked=Count("questions", filter=Q(questions__retired_at=None)),
        paragraph=_paragraph("reading", "item"),
    )
    return named.select_related("item__passage").order_by("item__position", "item", "-version")


def _open_questions(seminar_id: int) -> Iterable[Question]:
    """Those that are answered in one's own words, with the same condition."""
    answered = Attempt.objects.submitted().filter(
        answers__question=OuterRef("pk"), membership__role__in=COUNTED_ROLES
    )
    is_asked = Q(retired_at=None, quiz__retired_at=None)
    found = Question.objects.filter(
        is_asked | Exists(answered), seminar=seminar_id, kind=QuestionKind.OPEN
    )
    named = found.annotate(paragraph=_paragraph("quiz__reading", "quiz__item"))
    return named.select_related("quiz__item__passage").order_by("quiz__item__position", "position")


def _paragraph(reading: str, item: str) -> Subquery:
    """The ¶ after which it stands; null where that block has no number."""
    blocks: QuerySet[Block] = Block.objects.filter(
        revision_id=OuterRef(f"{reading}__revision_id"), key=OuterRef(f"{item}__passage__block_key")
    )
    return Subquery(blocks.values("number")[:1])


def _checkpoints(quizzes: Iterable[Quiz], places: Places) -> Iterator[ColumnSource]:
    versions: defaultdict[int, list[Any]] = defaultdict(list)
    for quiz in quizzes:
        if quiz.reading_id in places:
            versions[quiz.item_id].append(quiz)
    for item, of_item in versions.items():
        marked = [one for one in of_item if one.points]
        if not marked:
            continue  # it has open answers alone
        quiz = of_item[0]
        is_retired = quiz.retired_at is not None
        place, reading = places[quiz.reading_id]
        paragraph = f"¶ {quiz.paragraph}" if quiz.paragraph else ""
        source = ColumnSource(
            key=f"quiz-{item}",
            kind=ColumnKind.CHECKPOINT,
            target=item,
            title=quiz.title or paragraph or _("Checkpoint"),
            place=paragraph,
            maximum=_most_points(marked[0]),
            reading=reading,
            quizzes=tuple(one.pk for one in of_item),
            fragment=_fragment(quiz),
            is_retired=is_retired,
            order=(0, place, quiz.item.position, item),
        )
        yield source


def _most_points(quiz: Any) -> Fraction:
    """As many as its questions have; where some of them are drawn, that part of it."""
    if 0 < quiz.drawn < quiz.asked:
        return Fraction(quiz.points * quiz.drawn, quiz.asked)
    return Fraction(quiz.points)


def _open_answers(questions: Iterable[Question], places: Places) -> Iterator[ColumnSource]:
    for asked in questions:
        question: Any = asked
        quiz = question.quiz
        if quiz.reading_id not in places:
            continue
        place, reading = places[quiz.reading_id]
        yield ColumnSource(
            key=f"open-{question.pk}",
            kind=ColumnKind.OPEN,
            target=question.pk,
            title=Truncator(question.text).chars(QUESTION_LETTERS),
            place=f"¶ {question.paragraph}" if question.paragraph else "",
            maximum=Fraction(question.points),
            reading=reading,
            quizzes=(quiz.pk,),
            fragment=_fragment(quiz),
            is_retired=not question.is_asked,
            order=(1, place, quiz.item.position, question.position, question.pk),
        )


def _fragment(quiz: Quiz) -> str:
    if quiz.retired_at is None:
        return f"#quiz-{quiz.pk}"
    return f"#{block_anchor(None, quiz.passage.block_key)}"


def _participation(scored: Mapping[int, int], places: Places) -> Iterator[ColumnSource]:
    for key, needed in scored.items():
        place, reading = places[key]
        yield ColumnSource(
            key=f"reading-{key}",
            kind=ColumnKind.PARTICIPATION,
            target=key,
            title=isolated(reading.title),
            place="",
            maximum=Fraction(needed),
            reading=reading,
            order=(2, place, key),
        )


def _by_hand(row: GradeColumn) -> ColumnSource:
    return ColumnSource(
        key=f"own-{row.pk}",
        kind=ColumnKind.BY_HAND,
        target=row.pk,
        title=row.title,
        place="",
        maximum=Fraction(row.maximum or 1),
        order=(3, row.pk),
    )

"""Checkpoints as items of a guide: read from its file, and kept as quizzes."""

from collections import defaultdict
from collections.abc import Sequence, Set

from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.formats.guide_questions import CheckpointSpec, parse_checkpoint
from quizzes.models import Choice, Question, Quiz
from quizzes.questions import QuestionSpec
from readings.guides import ParsedItem, PlacedItem, Source, render_line, render_prose, stands_at
from readings.models import GuideItem, Passage, Reading
from readings.passages import Segment, create_passage
from seminars.models import Membership


def read_sources(item: ParsedItem) -> list[Source]:
    """Read a checkpoint before anything is written; one source for each of its questions."""
    label = _("See: %(place)s of “%(question)s”")
    return [
        Source(
            question.see,
            label % {"place": question.see, "question": question.text},
            question.see_line,
        )
        for question in _spec(item).questions
    ]


class CheckpointHandler:
    """What hangs on a checkpoint: the quiz that is asked, and those that were asked before it."""

    guide_kinds = frozenset({"checkpoint"})

    def apply_items(
        self,
        placed: Sequence[PlacedItem],
        *,
        reading: Reading,
        by: Membership,  # noqa: ARG002 - a quiz is the guide's, whoever adds it
    ) -> None:
        before = _source_passages(reading)
        versions = _held_versions([one.item for one in placed])
        for one in placed:
            _apply(one, versions[one.item.pk], reading)
        _clear(reading, before)

    def remove_items(
        self,
        removed: Sequence[GuideItem],
        *,
        reading: Reading,
        by: Membership,  # noqa: ARG002
    ) -> Set[int]:
        before = _source_passages(reading)
        versions = _held_versions(removed)
        _retire([quiz for held in versions.values() for quiz in held])
        _clear(reading, before)
        left = Quiz.objects.filter(item__in=removed)
        return set(left.values_list("item_id", flat=True))


def _spec(item: ParsedItem) -> CheckpointSpec:
    return parse_checkpoint(item.body, item.body_line)


def _held_versions(items: Sequence[GuideItem]) -> dict[int, list[Quiz]]:
    """Return the quizzes of each item by its pk, the last version first.

    They are held until the transaction ends: an attempt that is being handed in is
    waited for and found, and one that comes later finds its quiz retired.
    """
    held = Quiz.objects.select_for_update(of=("self",), no_key=True).filter(item__in=items)
    versions: defaultdict[int, list[Quiz]] = defaultdict(list)
    rows = ("questions__choices", "questions__passage__continuations")
    for quiz in held.order_by("-version").prefetch_related(*rows):
        versions[quiz.item_id].append(quiz)
    return versions


def _apply(one: PlacedItem, versions: Sequence[Quiz], reading: Reading) -> None:
    """Let the item ask what the guide says: what it asks or has asked already, or a new version."""
    spec = _spec(one.parsed)
    same = next((quiz for quiz in versions if _content(quiz) == spec.content), None)
    _retire([quiz for quiz in versions if quiz is not same])
    if same is None:
        version = versions[0].version + 1 if versions else 1
        _create(spec, one, reading, version)
        return
    same.title, same.retired_at = spec.title, None
    same.save(update_fields=["title", "retired_at"])
    for question, source in zip(same.questions.all(), one.sources, strict=True):
        question.passage = _source(reading, source, question.passage)
        question.save(update_fields=["passage"])


def _content(quiz: Quiz) -> tuple[QuestionSpec, ...]:
    return tuple(QuestionSpec.of(question) for question in quiz.questions.all())


def _retire(quizzes: Sequence[Quiz]) -> None:
    pks = [quiz.pk for quiz in quizzes if quiz.retired_at is None]
    Quiz.objects.filter(pk__in=pks).update(retired_at=timezone.now())


def _source_passages(reading: Reading) -> set[int]:
    """The passages where the answers to the reading's questions can be read."""
    questions = Question.objects.filter(quiz__reading=reading, passage__isnull=False)
    return set(questions.values_list("passage__pk", flat=True))


def _clear(reading: Reading, before: set[int]) -> None:
    """Delete the retired quizzes that nobody has tried, and the sources that no question needs.

    `before` are the passages of sources as they were; each is its question's own.
    """
    unanswered = Quiz.objects.filter(reading=reading, attempts=None)
    unanswered.exclude(retired_at=None).delete()
    Passage.objects.filter(pk__in=before - _source_passages(reading)).delete()


def _source(
    reading: Reading, segment: Segment | None, current: Passage | None = None
) -> Passage | None:
    if segment is None:
        return None
    if current is not None and stands_at(current, segment):
        return current
    return create_passage(reading=reading, segments=[segment])


def _create(spec: CheckpointSpec, one: PlacedItem, reading: Reading, version: int) -> None:
    quiz = Quiz.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        item=one.item,
        version=version,
        title=spec.title,
    )
    for number, (written, source) in enumerate(zip(spec.questions, one.sources, strict=True)):
        _create_question(quiz, written, _source(reading, source), number)


def _create_question(
    quiz: Quiz, written: QuestionSpec, source: Passage | None, number: int
) -> None:
    question = Question.objects.create(
        seminar_id=quiz.seminar_id,
        quiz=quiz,
        passage=source,
        position=number,
        kind=written.kind,
        text=written.text,
        html=render_line(written.text),
        detail=written.detail,
        detail_html=render_prose(written.detail),
        feedback=written.feedback,
        feedback_html=render_prose(written.feedback),
        accepted=list(written.accepted),
        settings=dict(written.settings),
        points=written.points,
    )
    Choice.objects.bulk_create(
        Choice(
            question=question,
            position=position,
            text=choice.text,
            html=render_line(choice.text),
            is_correct=choice.is_correct,
            feedback=choice.feedback,
            feedback_html=render_prose(choice.feedback),
        )
        for position, choice in enumerate(written.choices)
    )

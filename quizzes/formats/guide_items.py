"""Checkpoints as a part of a guide: read from its file, and kept as quizzes."""

from collections.abc import Sequence

from django.utils import timezone

from quizzes.formats.guide_questions import CheckpointSpec, parse_checkpoint
from quizzes.models import Choice, Question, Quiz
from quizzes.questions import QuestionSpec
from readings.guides import GuideItem, PlacedItem, Source, render_line, render_prose
from readings.models import Passage, Reading
from seminars.models import Membership


def read_sources(item: GuideItem) -> list[Source]:
    """Read a checkpoint before anything is written; one source for each of its questions."""
    return [
        Source(question.see, f"See: {question.see} of “{question.text}”", question.see_line)
        for question in _spec(item).questions
    ]


class CheckpointHandler:
    """How a guide adds checkpoints."""

    guide_kinds = frozenset({"checkpoint"})

    def clear_guide(self, *, reading: Reading, by: Membership) -> None:  # noqa: ARG002
        # `lay` brings back those that come again, and deletes what nobody has answered.
        Quiz.objects.filter(reading=reading, retired_at=None).update(retired_at=timezone.now())

    def apply_items(
        self,
        placed: Sequence[PlacedItem],
        *,
        reading: Reading,
        by: Membership,  # noqa: ARG002 - a quiz is the guide's, whoever lays it
    ) -> None:
        before = _passages(reading)
        earlier = _contents(reading)
        for position, one in enumerate(placed):
            spec = _spec(one.item)
            quiz = next(
                (quiz for quiz, content in earlier.items() if content == spec.content), None
            )
            if quiz:
                del earlier[quiz]
                _apply_again(quiz, spec, one, position)
            else:
                _apply_new(reading, spec, one, position)
        unanswered = Quiz.objects.filter(reading=reading, attempts=None)
        unanswered.exclude(retired_at=None).delete()
        # A checkpoint's passages are its own: what no checkpoint points to any more is in the way.
        Passage.objects.filter(pk__in=before - _passages(reading)).delete()


def _passages(reading: Reading) -> set[int]:
    """The passages of the reading's quizzes and of the sources of their questions."""
    quizzes = Quiz.objects.filter(reading=reading).values_list("passage_id", flat=True)
    questions = Question.objects.filter(quiz__reading=reading, passage__isnull=False)
    return {*quizzes, *questions.values_list("passage_id", flat=True)}


def _contents(reading: Reading) -> dict[Quiz, tuple[QuestionSpec, ...]]:
    """What is asked by each quiz that the reading has or had."""
    quizzes = Quiz.objects.filter(reading=reading).prefetch_related("questions__choices")
    return {
        quiz: tuple(QuestionSpec.of(question) for question in quiz.questions.all())
        for quiz in quizzes
    }


def _spec(item: GuideItem) -> CheckpointSpec:
    return parse_checkpoint(item.body, item.body_line)


def _apply_again(quiz: Quiz, spec: CheckpointSpec, one: PlacedItem, position: int) -> None:
    """Bring a quiz back with its attempts; its title and its places may be new."""
    quiz.title, quiz.position, quiz.passage, quiz.retired_at = (
        spec.title,
        position,
        one.passage,
        None,
    )
    quiz.save(update_fields=["title", "position", "passage", "retired_at"])
    for question, source in zip(quiz.questions.all(), one.sources, strict=True):
        question.passage = source
        question.save(update_fields=["passage"])


def _apply_new(reading: Reading, spec: CheckpointSpec, one: PlacedItem, position: int) -> None:
    quiz = Quiz.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        passage=one.passage,
        title=spec.title,
        position=position,
    )
    for number, (written, source) in enumerate(zip(spec.questions, one.sources, strict=True)):
        _apply_question(quiz, written, source, number)


def _apply_question(quiz: Quiz, written: QuestionSpec, source: Passage | None, number: int) -> None:
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

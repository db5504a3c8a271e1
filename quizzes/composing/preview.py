"""A checkpoint of a draft as a participant will be asked it, without what is told afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.attempts import QuestionView, question_to_answer
from quizzes.models import Choice, Question
from quizzes.questions import QuestionSpec
from readings.guides import PartMark, render_line, render_prose


@dataclass(frozen=True, slots=True)
class AskedCheckpoint:
    """What `quizzes/_draft_asked.html` shows."""

    title: str
    questions: tuple[QuestionView, ...]


def asked_checkpoint(
    title: str, questions: Sequence[QuestionSpec], marks: Sequence[PartMark]
) -> AskedCheckpoint:
    shown = (_asked(one, mark) for one, mark in zip(questions, marks, strict=True))
    return AskedCheckpoint(title, tuple(shown))


def _asked(spec: QuestionSpec, mark: PartMark) -> QuestionView:
    """The question as its type shows it, of rows that are in no database."""
    question = Question(
        pk=mark.key,
        kind=spec.kind,
        text=spec.text,
        html=render_line(spec.text),
        detail_html=render_prose(spec.detail),
        accepted=list(spec.accepted),
        settings=dict(spec.settings),
    )
    choices = [
        Choice(
            text=one.text,
            html=render_line(one.text),
            is_correct=one.is_correct,
            slot=one.slot,
            answer=one.answer,
        )
        for one in spec.choices
    ]
    # As a queryset would have fetched them.
    vars(question)["_prefetched_objects_cache"] = {"choices": choices}
    return question_to_answer(question, [], seed=f"preview {mark.key}")

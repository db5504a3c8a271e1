"""A checkpoint on the page of the draft: its questions as members will see them, with the key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.composing.preview import AskedCheckpoint, asked_checkpoint
from quizzes.composing.question_values import in_words
from quizzes.formats import CheckpointSpec, format_question, parse_checkpoint, write_head
from quizzes.models import QuestionKind
from quizzes.questions import QuestionSpec, as_html, type_of
from readings.guides import (
    GuideRefused,
    ParsedItem,
    PartMark,
    ShownUnfinished,
    render_line,
    render_prose,
)
from readings.models import GuideItemKind


@dataclass(frozen=True, slots=True)
class DraftChoice:
    """A choice, with what is said of it and whether it is right; `other` is what goes with it."""

    html: SafeString
    is_right: bool
    reply: SafeString
    other: SafeString


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with its key, for those who wrote it alone."""

    mark: PartMark
    spec: QuestionSpec
    kind: str
    html: SafeString
    detail: SafeString
    feedback: SafeString
    choices: tuple[DraftChoice, ...]
    right: str
    see: str
    is_first: bool
    is_last: bool
    unfinished: ShownUnfinished | None


@dataclass(frozen=True, slots=True)
class DraftCheckpoint:
    """A checkpoint of the draft."""

    title: str
    settings: str  # as the file has them, on one line
    questions: tuple[ShownQuestion, ...]


class QuestionParts:
    """The questions are the parts of a checkpoint."""

    kind = GuideItemKind.CHECKPOINT.value
    template = "quizzes/_draft_checkpoint.html"
    asked_template = "quizzes/_draft_asked.html"

    def split(self, item: ParsedItem) -> list[str]:
        spec = _read(item)
        return [format_question(one) for one in spec.questions] if spec else []

    def shown(
        self, item: ParsedItem, marks: Sequence[PartMark], unfinished: Mapping[int, ShownUnfinished]
    ) -> DraftCheckpoint | None:
        spec = _read(item)
        if spec is None or len(spec.questions) != len(marks):
            return None
        last = len(marks) - 1
        return DraftCheckpoint(
            spec.title,
            " · ".join(write_head(spec.title, spec.settings)[1:]),
            tuple(
                _shown(mark, one, unfinished.get(mark.key), is_first=i == 0, is_last=i == last)
                for i, (mark, one) in enumerate(zip(marks, spec.questions, strict=True))
            ),
        )

    def asked(self, item: ParsedItem, marks: Sequence[PartMark]) -> AskedCheckpoint | None:
        spec = _read(item)
        if spec is None or len(spec.questions) != len(marks):
            return None
        return asked_checkpoint(spec.title, spec.questions, marks)


def _read(item: ParsedItem) -> CheckpointSpec | None:
    try:
        return parse_checkpoint(item.body, item.body_line)
    except GuideRefused:
        return None  # a guide that was added by an earlier version, which read it otherwise


def _shown(
    mark: PartMark,
    one: QuestionSpec,
    unfinished: ShownUnfinished | None,
    *,
    is_first: bool,
    is_last: bool,
) -> ShownQuestion:
    is_match = one.kind == QuestionKind.MATCH
    return ShownQuestion(
        mark=mark,
        spec=one,
        kind=str(type_of(one).kind.label),
        html=as_html(render_line(one.text)),
        detail=as_html(render_prose(one.detail)),
        feedback=as_html(render_prose(one.feedback)),
        choices=tuple(
            DraftChoice(
                as_html(render_line(choice.text)),
                choice.is_correct,
                as_html(render_prose(choice.feedback)),
                as_html(render_line(choice.answer)),
            )
            for choice in one.choices
            if (choice.slot == 1 or not choice.is_correct or not is_match)
            and one.kind != QuestionKind.GAP
        ),
        right=_right(one),
        see=in_words(one.see) if one.see else "",
        is_first=is_first,
        is_last=is_last,
        unfinished=unfinished,
    )


def _right(one: QuestionSpec) -> str:
    """What is right, in words, where no choices stand there."""
    match one.kind:
        case QuestionKind.TRUE_FALSE:
            return _("True") if one.accepted == ("true",) else _("False")
        case QuestionKind.PASSAGE:
            return " · ".join(map(in_words, one.places))
        case QuestionKind.OPEN:
            return ""  # that is for a person to say
        case QuestionKind.NUMERIC:
            units = one.settings.get("units", [])
            first = units[:1] if isinstance(units, list) else []
            return " ".join([" · ".join(one.accepted), *first])
    return " · ".join(one.accepted)

"""What each question of a file becomes, for the page that shows it before anything is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.formats.exchange import QuestionSet, ReadFile, ReadQuestion
from quizzes.formats.holdings import units_of
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, QuestionSpec, as_html, gaps_in, pieces_of
from readings.guides import render_line, render_prose

K = QuestionKind
LEFT = 1  # the slot of what is matched


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One choice, pair, place in an order, or form of an answer."""

    html: SafeString
    is_right: bool
    feedback: SafeString


@dataclass(frozen=True, slots=True)
class QuestionOutline:
    """A question as it will stand in the guide; `left` is what of it a guide cannot hold."""

    kind: str
    html: SafeString
    detail: SafeString
    answers: list[ShownAnswer]
    feedback: SafeString
    points: int
    line: int = 0
    left: tuple[str, ...] = ()

    @classmethod
    def of(cls, spec: QuestionSpec, line: int = 0, left: tuple[str, ...] = ()) -> "QuestionOutline":
        return cls(
            kind=str(QuestionKind(spec.kind).label),
            html=as_html(render_line(spec.text)),
            detail=as_html(render_prose(spec.detail)),
            answers=_answers(spec),
            feedback=as_html(render_prose(spec.feedback)),
            points=spec.points,
            line=line,
            left=left,
        )


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file holds, checkpoint by checkpoint, and what of it cannot come in."""

    read: ReadFile | None
    sets: list[tuple[str, list[QuestionOutline]]]

    @classmethod
    def of(cls, read: ReadFile | None) -> "ImportPreview":
        sets = read.sets if read else ()
        return cls(read, [(one.title, list(_shown(one))) for one in sets])


def _shown(found: QuestionSet) -> Iterator[QuestionOutline]:
    for one in found.questions:
        yield _question(one)


def _question(one: ReadQuestion) -> QuestionOutline:
    return QuestionOutline.of(one.spec, one.line, one.left)


def _answers(spec: QuestionSpec) -> list[ShownAnswer]:
    match spec.kind:
        case K.TRUE_FALSE:
            return [_plain(_("True") if spec.accepted[0] == "true" else _("False"))]
        case K.SHORT_ANSWER | K.PASSAGE:
            return [_plain(form) for form in spec.accepted]
        case K.NUMERIC:
            off = spec.settings.get("tolerance")
            unit = " ".join([*units_of(spec)[:1], *([f"± {off}"] if off else [])])
            return [_plain(f"{number} {unit}".strip()) for number in spec.accepted]
        case K.MATCH:
            sides = [one for one in spec.choices if one.slot == LEFT or not one.is_correct]
            return [_side(one) for one in sides]
        case K.GAP:
            return [_answer(_sentence(spec))]
    return [
        _answer(as_html(render_line(one.text)), one.feedback, is_right=one.is_correct)
        for one in spec.choices
    ]


def _side(one: ChoiceSpec) -> ShownAnswer:
    text = as_html(render_line(one.text))
    if one.slot != LEFT:
        return _answer(text, is_right=False)
    return _answer(format_html("{} → {}", text, as_html(render_line(one.answer))), one.feedback)


def _answer(html: SafeString, feedback: str = "", *, is_right: bool = True) -> ShownAnswer:
    return ShownAnswer(html, is_right, as_html(render_prose(feedback)))


def _plain(words: str) -> ShownAnswer:
    return _answer(format_html("{}", words))


def _sentence(spec: QuestionSpec) -> SafeString:
    """The sentence with what is right in each gap."""
    before, after = pieces_of(spec.accepted[0])
    parts = SafeString()
    for words, gap in zip(before, gaps_in(spec.accepted[0]), strict=True):
        rights = [text for text, is_right in gap.options if is_right]
        shown = as_html(render_line(rights[0])) if rights else " | ".join(gap.forms)
        parts += format_html("{}<u>{}</u>", words, shown)
    return parts + after

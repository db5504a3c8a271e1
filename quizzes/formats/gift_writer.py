"""Questions as GIFT: `gift_reader` says where the format is written down."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from quizzes.formats.exchange import category_of, decimal_of
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.holdings import Holdings
from quizzes.formats.rich_text import question_html, words_of, words_of_prose
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, QuestionSpec, gaps_in, pieces_of
from readings.guides import render_line, render_prose

K = QuestionKind
LEFT = 1  # the slot of what is matched

_SIGNS = re.compile(r"[\\~=#{}:]")
# And like a comment, where a line begins with it.
_LIKE_A_FORMAT = re.compile(r"\[(?:html|plain|markdown|moodle)\]|//", re.IGNORECASE)
_LIKE_A_WEIGHT = re.compile(r"%-?[0-9]")


def why_not(spec: QuestionSpec) -> str:
    forms = spec.accepted if spec.kind == K.SHORT_ANSWER else ()
    if spec.kind == K.GAP:
        gaps = gaps_in(spec.accepted[0])
        if len(gaps) > 1:
            return _("the format has one gap, and this has several")
        forms = gaps[0].forms
    if forms and all("->" in form for form in forms):
        return _("the format takes an answer with “->” for a pair")
    return ""


HOLDS = Holdings(
    kinds=frozenset({*K.values} - {K.PASSAGE}),
    told_of_choices=frozenset({K.ONE_CHOICE, K.SEVERAL}),
    points=False,
    shuffle=False,
    case=False,
    units=False,
    limits=False,
    markup_of_rights=False,
    why_not=why_not,
)


def write_gift(checkpoints: Sequence[CheckpointSpec]) -> str:
    """Write what `reduced` has left of them; a checkpoint is a category."""
    parts = []
    for checkpoint in checkpoints:
        parts.append(f"$CATEGORY: $course$/top/{_escaped(category_of(checkpoint.title))}")
        for number, question in enumerate(checkpoint.questions, start=1):
            name = _escaped(f"{checkpoint.title} {number}")
            parts.append(f"::{name}::{_GiftQuestion(question)}")
    return "\n\n".join(parts) + "\n"


class _GiftQuestion:
    """One question: in HTML, where it has more than words, or plain."""

    def __init__(self, spec: QuestionSpec) -> None:
        self.spec = spec
        lines = [render_line(spec.text), *(render_line(one.text) for one in spec.choices)]
        prose = [spec.detail, spec.feedback, *(one.feedback for one in spec.choices)]
        shown = [render_prose(one).replace("<p>", "").replace("</p>", "") for one in prose]
        self.is_html = spec.kind == K.GAP or any({"<", "&"} & set(one) for one in [*lines, *shown])

    def __str__(self) -> str:
        spec = self.spec
        head = "[html]" if self.is_html else ""
        answer = self._answer()
        if spec.feedback:
            answer = f"{answer}####{self._prose(spec.feedback)}"
        if spec.kind == K.GAP:
            [before], after = pieces_of(spec.accepted[0])
            words = f"{question_html(spec.text, spec.detail)}<p>{before}"
            return f"{head}{_escaped(words)} {{{answer}}} {_escaped(f'{after}</p>')}"
        if self.is_html:
            return f"{head}{_escaped(question_html(spec.text, spec.detail))} {{{answer}}}"
        words = "\n\n".join(filter(None, [words_of(spec.text), words_of_prose(spec.detail)]))
        return f"{_unlike_a_format(_escaped(words), 'plain')} {{{answer}}}"

    def _answer(self) -> str:
        spec = self.spec
        match spec.kind:
            case K.ONE_CHOICE:
                return _lines(
                    self._choice(one, Fraction(100 * one.is_correct)) for one in spec.choices
                )
            case K.SEVERAL:
                share = Fraction(100, sum(one.is_correct for one in spec.choices))
                weights = (share if one.is_correct else -share for one in spec.choices)
                both = zip(spec.choices, weights, strict=True)
                return _lines(self._choice(one, weight, is_one=False) for one, weight in both)
            case K.TRUE_FALSE:
                return spec.accepted[0].upper()
            case K.SHORT_ANSWER:
                return _lines(map(_form, spec.accepted))
            case K.NUMERIC:
                off = spec.settings.get("tolerance", "0")
                return "#" + _lines(f"={number}:{off}" for number in spec.accepted)
            case K.MATCH:
                return _lines(map(self._pair, spec.choices))
            case K.ORDER:
                count = len(spec.choices)
                items = "\n".join(self._line(one.text) for one in spec.choices)
                return f">{count} ALL VERTICAL ABSOLUTE_POSITION SHOW\n{items}\n"
            case K.GAP:
                return self._gap()
        return ""

    def _choice(self, one: ChoiceSpec, weight: Fraction, *, is_one: bool = True) -> str:
        text = self._line(one.text)
        sign = "=" if is_one and weight == 100 else "~"
        if not is_one or (sign == "~" and _LIKE_A_WEIGHT.match(text)):
            sign = f"~%{_share(weight)}%"
        told = f"#{self._prose(one.feedback)}" if one.feedback else ""
        return f"{sign}{text}{told}"

    def _pair(self, one: ChoiceSpec) -> str:
        if one.slot == LEFT:
            return f"={self._line(one.text)} -> {_escaped(words_of(one.answer))}"
        return "" if one.is_correct else f"= -> {_escaped(words_of(one.text))}"

    def _gap(self) -> str:
        [gap] = gaps_in(self.spec.accepted[0])
        if gap.forms:
            return _lines(map(_form, gap.forms))
        options = (ChoiceSpec(text, is_right) for text, is_right in gap.options)
        return _lines(self._choice(one, Fraction(100 * one.is_correct)) for one in options)

    def _line(self, markdown: str) -> str:
        words = render_line(markdown) if self.is_html else words_of(markdown)
        return _unlike_a_format(_escaped(words), "html" if self.is_html else "plain")

    def _prose(self, markdown: str) -> str:
        words = render_prose(markdown) if self.is_html else words_of_prose(markdown)
        return _unlike_a_format(_escaped(words), "html" if self.is_html else "plain")


def _form(form: str) -> str:
    # A star stands for anything where it is not escaped.
    return f"=%100%{_unlike_a_format(_escaped(form.replace('*', chr(92) + '*')), 'plain')}"


def _lines(answers: Iterable[str]) -> str:
    return "\n" + "\n".join(f"\t{one}" for one in answers if one) + "\n"


def _share(weight: Fraction) -> str:
    """A share in percent with five digits behind the point, as Moodle writes them."""
    return decimal_of(Fraction(round(weight, 5)))


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _unlike_a_format(text: str, name: str) -> str:
    return f"[{name}]{text}" if _LIKE_A_FORMAT.match(text) else text

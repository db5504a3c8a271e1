"""Questions as Moodle XML (https://docs.moodle.org/en/Moodle_XML_format), for its question bank."""

import re
from collections.abc import Sequence
from fractions import Fraction

from lxml import etree

from quizzes.formats.cloze import without_gaps, write_gap
from quizzes.formats.exchange import category_of, decimal_of
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.holdings import Holdings, units_of
from quizzes.formats.rich_text import question_html, words_of
from quizzes.formats.xml_trees import Element, put, put_html, written
from quizzes.models import QuestionKind
from quizzes.questions import QuestionSpec, gaps_in, pieces_of, read_number
from readings.guides import render_line, render_prose

K = QuestionKind
LEFT = 1  # the slot of what is matched

HOLDS = Holdings(
    kinds=frozenset({*K.values} - {K.PASSAGE}),
    told_of_choices=frozenset({K.ONE_CHOICE, K.SEVERAL}),
    markup_of_rights=False,
    hints=True,
)
_TYPES = {
    K.ONE_CHOICE: "multichoice",
    K.SEVERAL: "multichoice",
    K.TRUE_FALSE: "truefalse",
    K.SHORT_ANSWER: "shortanswer",
    K.NUMERIC: "numerical",
    K.MATCH: "matching",
    K.ORDER: "ordering",
    K.GAP: "cloze",
    K.OPEN: "essay",
}
_HALF = "0.5000000"  # what a right number without its unit earns here
_LEADING_NUMBER = re.compile(r"[\d.,'/ ·×*^+-]+(?:[eE][+-]?\d+)?\s*")


def write_moodle(checkpoints: Sequence[CheckpointSpec]) -> bytes:
    """Write what `reduced` has left of them; a checkpoint is a category."""
    root = etree.Element("quiz")
    for checkpoint in checkpoints:
        category = put(put(root, "question", type="category"), "category")
        put(category, "text", f"$course$/top/{category_of(checkpoint.title)}")
        for number, question in enumerate(checkpoint.questions, start=1):
            _put_question(root, question, f"{checkpoint.title} {number}")
    return written(root)


def _put_question(root: Element, spec: QuestionSpec, name: str) -> None:
    made = put(root, "question", type=_TYPES[K(spec.kind)])
    put(put(made, "name"), "text", name)
    _put_text(made, "questiontext", _words(spec))
    _put_text(made, "generalfeedback", render_prose(spec.feedback))
    put(made, "defaultgrade", str(spec.points))
    put(made, "penalty", "0.3333333")
    put(made, "hidden", "0")
    _PARTS[K(spec.kind)](made, spec)
    for hint in spec.hints:
        _put_text(made, "hint", render_line(hint))


def _words(spec: QuestionSpec) -> str:
    html = question_html(spec.text, spec.detail)
    if spec.kind != K.GAP:
        return html
    before, after = pieces_of(spec.accepted[0])
    gaps = gaps_in(spec.accepted[0])
    parts = [
        f"{without_gaps(words)}{write_gap(gap)}" for words, gap in zip(before, gaps, strict=True)
    ]
    return f"{without_gaps(html)}<p>{''.join(parts)}{without_gaps(after)}</p>"


def _put_text(parent: Element, tag: str, html: str) -> Element:
    made = put(parent, tag, format="html")
    put_html(made, "text", html)
    return made


def _put_answer(
    made: Element, text: str, share: Fraction, told: str = "", *, is_html: bool
) -> Element:
    shown = decimal_of(Fraction(round(share, 5)))
    form = "html" if is_html else "moodle_auto_format"
    answer = put(made, "answer", fraction=shown, format=form)
    put_html(answer, "text", text)
    _put_text(answer, "feedback", render_prose(told))
    return answer


def _put_choices(made: Element, spec: QuestionSpec) -> None:
    is_one = spec.kind == K.ONE_CHOICE
    put(made, "single", "true" if is_one else "false")
    put(made, "shuffleanswers", "true" if spec.settings.get("shuffle") else "false")
    put(made, "answernumbering", "abc")
    share = Fraction(100, sum(one.is_correct for one in spec.choices))
    wrong = Fraction(0) if is_one else -share
    for one in spec.choices:
        weight = share if one.is_correct else wrong
        _put_answer(made, render_line(one.text), weight, one.feedback, is_html=True)


def _put_truth(made: Element, spec: QuestionSpec) -> None:
    for word in ("true", "false"):
        weight = Fraction(100 * (word in spec.accepted))
        _put_answer(made, word, weight, is_html=False)


def _put_forms(made: Element, spec: QuestionSpec) -> None:
    put(made, "usecase", "1" if spec.settings.get("case_matters") else "0")
    for form in spec.accepted:
        # A star stands for anything where it is not escaped.
        _put_answer(made, form.replace("*", "\\*"), Fraction(100), is_html=False)


def _put_numbers(made: Element, spec: QuestionSpec) -> None:
    for number in spec.accepted:
        answer = _put_answer(made, number, Fraction(100), is_html=False)
        put(answer, "tolerance", str(spec.settings.get("tolerance", "0")))
    units = units_of(spec)
    if not units:
        return
    put(made, "unitgradingtype", "1")
    put(made, "unitpenalty", _HALF)
    put(made, "showunits", "0")
    put(made, "unitsleft", "0")
    listed = put(made, "units")
    for unit in units:
        measured = read_number(unit)
        one = put(listed, "unit")
        put(one, "multiplier", decimal_of(measured.value) if measured else "1")
        put(one, "unit_name", _LEADING_NUMBER.sub("", unit, count=1) if measured else unit)


def _put_pairs(made: Element, spec: QuestionSpec) -> None:
    put(made, "shuffleanswers", "true")
    for one in spec.choices:
        if one.slot == LEFT:
            pair = _put_text(made, "subquestion", render_line(one.text))
            put(put(pair, "answer"), "text", words_of(one.answer))
        elif not one.is_correct:
            pair = _put_text(made, "subquestion", "")
            put(put(pair, "answer"), "text", words_of(one.text))


def _put_order(made: Element, spec: QuestionSpec) -> None:
    for tag, value in (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", str(len(spec.choices))),
        ("gradingtype", "ABSOLUTE_POSITION"),
        ("showgrading", "SHOW"),
    ):
        put(made, tag, value)
    for place, one in enumerate(spec.choices, start=1):
        answer = put(made, "answer", fraction=f"{place}.0000000", format="html")
        put_html(answer, "text", render_line(one.text))


def _put_essay(made: Element, spec: QuestionSpec) -> None:
    put(made, "responseformat", "editor")
    put(made, "responserequired", "1")
    put(made, "responsefieldlines", "10")
    put(made, "attachments", "0")
    if "least" in spec.settings:
        put(made, "minwordlimit", str(spec.settings["least"]))
    if "most" in spec.settings:
        put(made, "maxwordlimit", str(spec.settings["most"]))


def _put_nothing(made: Element, spec: QuestionSpec) -> None:
    """All of it stands in its words."""


_PARTS = {
    K.ONE_CHOICE: _put_choices,
    K.SEVERAL: _put_choices,
    K.TRUE_FALSE: _put_truth,
    K.SHORT_ANSWER: _put_forms,
    K.NUMERIC: _put_numbers,
    K.MATCH: _put_pairs,
    K.ORDER: _put_order,
    K.GAP: _put_nothing,
    K.OPEN: _put_essay,
}

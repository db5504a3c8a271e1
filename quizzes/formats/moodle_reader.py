"""Questions in Moodle XML: those of its types that a guide has, and of the others, why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from quizzes.formats.cloze import read_cloze
from quizzes.formats.exchange import (
    GAP,
    Collected,
    GapAnswer,
    QuestionWords,
    ReadFile,
    ReadQuestion,
    decimal_of,
    gaps_of,
    last_category,
    match_of,
    number_in,
    numeric_of,
    open_of,
    order_of,
    question_of,
    short_answer_of,
    true_false_of,
)
from quizzes.formats.rich_text import (
    RichText,
    read_either,
    read_html,
    read_markdown,
    read_plain,
)
from quizzes.formats.weights import (
    has_wildcard,
    others_in_words,
    said_to_each,
    short_answer_left,
    unstarred,
    weights_left,
)
from quizzes.formats.xml_trees import Element, line_of, text_at, text_in
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, refuse
from readings.guides import GuideRefused

_PLACE = re.compile(r"\[\[(?P<number>[0-9]{1,3})\]\]")
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# What Moodle puts there itself.
_USUAL = {"", "Your answer is correct.", "Your answer is partially correct."}
_USUAL |= {"Your answer is incorrect."}


def read_moodle(root: Element, title: str) -> ReadFile:
    """Read a file; raise GuideRefused where it is no Moodle XML."""
    if root.tag != "quiz":
        message = _("this is no Moodle XML: it begins with <%(tag)s>, and not with <quiz>.")
        refuse(line_of(root), message % {"tag": root.tag[:40]})
    found = Collected(title)
    for element in root.iterchildren("question"):
        kind = element.get("type", "")
        if kind == "category":
            found.title = last_category(text_at(element, "category/text")) or title
            continue
        try:
            found.add(_question(element, kind))
        except GuideRefused as refused:
            found.refused += refused.problems
    return found.read("Moodle XML")


def _question(element: Element, kind: str) -> ReadQuestion:
    reader = _READERS.get(kind)
    if reader is None:
        message = _("a question of Moodle’s type “%(type)s” is none that a guide has.")
        refuse(line_of(element), message % {"type": kind[:40]})
    points = number_in(text_at(element, "defaultgrade", "1")) or Fraction(1)
    asked = QuestionWords(
        line=line_of(element),
        words=_rich(element.find("questiontext")),
        name=text_at(element, "name/text"),
        feedback=_rich(element.find("generalfeedback")),
        points=points,
    )
    hints = [_rich(one) for one in element.findall("hint")]
    asked.hints = [one.line for one in hints if not one.is_empty]
    asked.left += [left for one in hints for left in one.left]
    combined = (_rich(element.find(tag)) for tag in _COMBINED)
    if any(one.prose not in _USUAL and not one.is_empty for one in combined):
        asked.left.append(_("what is said to right, to partly right and to wrong answers"))
    return reader(element, asked)


def _rich(element: Element | None) -> RichText:
    """The words in an element with <text>, in the format that it names."""
    if element is None:
        return RichText()
    text = text_in(element.find("text")).replace(GAP, "\ufffd")
    match element.get("format", "html"):
        case "markdown":
            return read_markdown(text)
        case "plain_text":
            return read_plain(text)
        case "moodle_auto_format":
            return read_either(text)
    return read_html(text)


def _weight(answer: Element) -> Fraction:
    return number_in(answer.get("fraction", "0")) or Fraction(0)


def _is_set(element: Element, path: str) -> bool:
    return text_at(element, path) in {"1", "true"}


# --- Types ---------------------------------------------------------------------------------------
def _multichoice(element: Element, asked: QuestionWords) -> ReadQuestion:
    is_one = text_at(element, "single", "true") in {"1", "true"}
    answers = element.findall("answer")
    weights = [_weight(one) for one in answers]
    choices = []
    for one, weight in zip(answers, weights, strict=True):
        words, told = _rich(one), _rich(one.find("feedback"))
        asked.left += [*words.left, *told.left]
        is_right = weight == 100 if is_one else weight > 0
        choices.append(ChoiceSpec(words.line, is_right, "" if told.is_empty else told.prose))
    asked.left += weights_left(weights, [one.text for one in choices], is_one=is_one)
    settings = {"shuffle": True} if _is_set(element, "shuffleanswers") else {}
    kind = QuestionKind.ONE_CHOICE if is_one else QuestionKind.SEVERAL
    return question_of(asked, kind, choices=choices, settings=settings)


def _truefalse(element: Element, asked: QuestionWords) -> ReadQuestion:
    by_word = {text_at(one, "text").lower(): one for one in element.findall("answer")}
    if set(by_word) != {"true", "false"}:
        refuse(asked.line, _("its answers are not “true” and “false”."))
    told = [_rich(by_word[word].find("feedback")) for word in ("true", "false")]
    return true_false_of(asked, is_true=_weight(by_word["true"]) == 100, told=told)


def _shortanswer(element: Element, asked: QuestionWords) -> ReadQuestion:
    answers = element.findall("answer")
    right = [text_at(one, "text") for one in answers if _weight(one) == 100]
    partly = [text_at(one, "text") for one in answers if 0 < _weight(one) < 100]
    asked.left += short_answer_left(right, partly)
    _note_told(asked, answers)
    forms = [unstarred(one) for one in right if not has_wildcard(one)]
    return short_answer_of(asked, forms, case_matters=_is_set(element, "usecase"))


def _note_told(asked: QuestionWords, answers: Sequence[Element]) -> None:
    if any(not _rich(one.find("feedback")).is_empty for one in answers):
        asked.left.append(said_to_each())


def _numerical(element: Element, asked: QuestionWords) -> ReadQuestion:
    answers = element.findall("answer")
    numbers, partly = [], []
    for one in answers:
        words = text_at(one, "text")
        value, off = number_in(words), number_in(text_at(one, "tolerance") or "0")
        if _weight(one) == 100:
            if value is None or off is None or off < 0:
                refuse(line_of(one), _("“%(words)s” is no number.") % {"words": words[:60]})
            numbers.append((value, off))
        elif _weight(one) > 0:
            partly.append(words)
    if partly:
        asked.left.append(others_in_words(len(partly), partly[0]))
    _note_told(asked, answers)
    units = [_unit(one) for one in element.findall("units/unit")]
    if units and text_at(element, "unitgradingtype", "0") == "0":
        asked.left.append(_("that its unit may be left out: here that earns a half"))
    return numeric_of(asked, numbers, [one for one in units if one])


def _unit(element: Element) -> str:
    """One of a question's units: “1000 m” where so many are one of the first."""
    name, many = text_at(element, "unit_name"), number_in(text_at(element, "multiplier", "1"))
    return name if not many or many == 1 else f"{decimal_of(many)} {name}"


def _matching(element: Element, asked: QuestionWords) -> ReadQuestion:
    pairs, others = [], []
    for one in element.findall("subquestion"):
        words, right = _rich(one), read_either(text_at(one, "answer/text")).line
        asked.left += words.left
        if words.is_empty:
            others.append(right)
        else:
            pairs.append((words.line, right, ""))
    return match_of(asked, pairs, others)


def _ordering(element: Element, asked: QuestionWords) -> ReadQuestion:
    ordered = sorted(element.findall("answer"), key=_weight)
    words = [_rich(one) for one in ordered]
    asked.left += [left for one in words for left in one.left]
    return order_of(asked, [(one.line, "") for one in words])


def _essay(element: Element, asked: QuestionWords) -> ReadQuestion:
    least, most = (_whole(text_at(element, path)) for path in ("minwordlimit", "maxwordlimit"))
    for path, what in (
        ("graderinfo", _("what is told to who marks it")),
        ("responsetemplate", _("what stands in the answer before it is written")),
    ):
        if not _rich(element.find(path)).is_empty:
            asked.left.append(what)
    if _whole(text_at(element, "attachments")):
        asked.left.append(_("files that are handed in with it"))
    return open_of(asked, least, most)


def _whole(words: str) -> int:
    return int(words) if re.fullmatch("[0-9]{1,6}", words) else 0


def _cloze(element: Element, asked: QuestionWords) -> ReadQuestion:
    words = element.find("questiontext")
    found = read_cloze(text_in(words.find("text")) if words is not None else "", asked.line)
    asked.words = read_html(found.html)
    asked.left += found.left
    if element.find("defaultgrade") is None:
        asked.points = Fraction(found.points)
    return gaps_of(asked, found.gaps)


def _gapselect(element: Element, asked: QuestionWords) -> ReadQuestion:
    """Gaps with numbers in the words: `[[1]]` is the first of the options that follow."""
    options = [*element.findall("selectoption"), *element.findall("dragbox")]
    texts = [read_either(text_at(one, "text")).line for one in options]
    groups = [text_at(one, "group", "1") for one in options]
    words = element.find("questiontext")
    html = text_in(words.find("text")).replace(GAP, "\ufffd") if words is not None else ""
    numbers = [int(found["number"]) for found in _PLACE.finditer(html)]
    if not numbers or max(numbers) > len(options) or not min(numbers):
        refuse(asked.line, _("its gaps cannot be found in its words."))
    gaps = []
    for number in numbers:
        group = groups[number - 1]
        among = dict.fromkeys(text for text, one in zip(texts, groups, strict=True) if one == group)
        gaps.append(GapAnswer(options=tuple((one, one == texts[number - 1]) for one in among)))
    asked.words = read_html(_PLACE.sub(GAP, html))
    return gaps_of(asked, gaps)


_READERS: Mapping[str, Callable[[Element, QuestionWords], ReadQuestion]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _gapselect,
    "ddwtos": _gapselect,
}

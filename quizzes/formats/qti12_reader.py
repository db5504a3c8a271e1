"""Questions of QTI 1.2: as Canvas writes them, and as Common Cartridge has them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from quizzes.formats.exchange import (
    GAP,
    Collected,
    GapAnswer,
    QuestionWords,
    ReadQuestion,
    gaps_of,
    match_of,
    number_in,
    numeric_of,
    open_of,
    order_of,
    question_of,
    short_answer_of,
    true_false_of,
)
from quizzes.formats.qti_words import NO
from quizzes.formats.rich_text import RichText, read_html, read_plain
from quizzes.formats.xml_trees import Element, line_of, text_at, text_in
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, refuse
from readings.guides import GuideRefused

_RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_PROFILES = {
    "cc.multiple_choice.v0p1": "multiple_choice_question",
    "cc.multiple_response.v0p1": "multiple_answers_question",
    "cc.true_false.v0p1": "true_false_question",
    "cc.fib.v0p1": "short_answer_question",
    "cc.essay.v0p1": "essay_question",
}
_BLANK = re.compile(r"\[(?P<name>[\w-]{1,60})\]")


def read_assessments(root: Element, found: Collected, title: str) -> None:
    """Read every item of a `questestinterop`."""
    for assessment in root.iterchildren("assessment", "section", "objectbank", "item"):
        found.title = assessment.get("title") or title
        items = [assessment] if assessment.tag == "item" else assessment.iter("item")
        for item in items:
            if assessment.tag == "item":
                found.title = title
            try:
                found.add(_question(item))
            except GuideRefused as refused:
                found.refused += refused.problems


@dataclass(slots=True)
class _Response:
    """One thing that is answered: what stands before it, what is offered, and what is right."""

    ident: str
    words: RichText
    cardinality: str
    labels: dict[str, RichText] = field(default_factory=dict)
    rights: list[str] = field(default_factory=list)


def _question(item: Element) -> ReadQuestion:
    fields = {
        text_at(one, "fieldlabel").lower(): text_at(one, "fieldentry")
        for one in item.iter("qtimetadatafield")
    }
    presentation = item.find("presentation")
    if presentation is None:
        refuse(line_of(item), _("this question has no words."))
    told = {one.get("ident", ""): _words(one) for one in item.findall("itemfeedback")}
    words = QuestionWords(
        line=line_of(item),
        words=RichText(),
        name=item.get("title", ""),
        feedback=told.get("general_fb", RichText()),
        points=number_in(fields.get("points_possible", "1")) or Fraction(1),
    )
    if not words.points:
        words.points = Fraction(1)
    if any(not told[ident].is_empty for ident in told if ident in _JUDGED):
        words.left.append(_("what is said to right, to partly right and to wrong answers"))
    html, responses = _presented(presentation)
    _mark(item, responses)
    kind = fields.get("question_type") or _PROFILES.get(fields.get("cc_profile", "").lower(), "")
    kind = kind or _kind_of(responses)
    reader = _READERS.get(kind)
    if reader is None:
        message = _("a question of the type “%(type)s” is none that a guide has.")
        refuse(words.line, message % {"type": kind[:60] or "?"})
    words.words = read_html(html)
    return reader(_ReadItem12(item, words, responses, told, html))


_JUDGED = {"correct_fb", "general_incorrect_fb", "correct", "incorrect"}


@dataclass(frozen=True, slots=True)
class _ReadItem12:
    element: Element
    words: QuestionWords
    responses: list[_Response]
    told: Mapping[str, RichText]
    html: str

    @property
    def only(self) -> _Response:
        if not self.responses:
            refuse(self.words.line, _("there is nothing in it to be answered."))
        return self.responses[0]

    def told_of(self, ident: str) -> str:
        found = self.told.get(f"{ident}_fb", RichText())
        self.words.left.extend(found.left)
        return "" if found.is_empty else found.prose


def _words(element: Element) -> RichText:
    """All words within an element, as their text types say."""
    found = RichText()
    for one in element.iter("mattext"):
        text = text_in(one).replace(GAP, "\ufffd")
        is_html = one.get("texttype", "text/plain").lower() != "text/plain"
        read = read_html(text) if is_html else read_plain(text)
        found.blocks += read.blocks
        found.left += read.left
    return found


def _presented(presentation: Element) -> tuple[str, list[_Response]]:
    """The question's words as HTML, and what is answered."""
    parts, responses = [], []
    inside = {each for one in presentation.iter(*_RESPONSES) for each in one.iter("mattext")}
    for one in presentation.iter("mattext"):
        if one in inside:
            continue
        text = text_in(one).replace(GAP, "\ufffd")
        is_html = one.get("texttype", "text/plain").lower() != "text/plain"
        parts.append(f"<div>{text}</div>" if is_html else _as_html(text))
    for response in presentation.iter(*_RESPONSES):
        found = _Response(response.get("ident", ""), RichText(), response.get("rcardinality", ""))
        for material in response.iterchildren("material"):
            found.words = _words(material)
        for label in response.iter("response_label"):
            found.labels[label.get("ident", "")] = _words(label)
        responses.append(found)
    return "".join(parts), responses


def _as_html(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{one}</p>" for one in re.split(r"\n\s*\n", escaped))


def _mark(item: Element, responses: list[_Response]) -> None:
    """Find which answers earn points."""
    by_ident = {one.ident: one for one in responses}
    for condition in item.iter("respcondition"):
        shares = [number_in(text_in(one)) for one in condition.findall("setvar")]
        if not any(share and share > 0 for share in shares):
            continue
        for one in condition.iter("varequal"):
            ident = one.get("respident", "")
            if ident in by_ident and not any(True for _not in one.iterancestors("not")):
                by_ident[ident].rights.append(text_in(one).strip())


def _kind_of(responses: list[_Response]) -> str:
    """The type of what says none: by what it offers."""
    if len(responses) != 1:
        return "matching_question" if responses else ""
    only = responses[0]
    if only.cardinality.lower() == "ordered":
        return "ordering_question"
    if only.labels and any(not one.is_empty for one in only.labels.values()):
        is_one = only.cardinality.lower() != "multiple"
        return "multiple_choice_question" if is_one else "multiple_answers_question"
    return "short_answer_question" if only.rights else "essay_question"


# --- Types ---------------------------------------------------------------------------------------
def _choice(item: _ReadItem12) -> ReadQuestion:
    only = item.only
    choices = [
        ChoiceSpec(words.line, ident in only.rights, item.told_of(ident))
        for ident, words in _labels(item, only)
    ]
    is_shuffled = any(
        one.get("shuffle", "").lower() == "yes" for one in item.element.iter("render_choice")
    )
    is_one = only.cardinality.lower() != "multiple"
    kind = QuestionKind.ONE_CHOICE if is_one else QuestionKind.SEVERAL
    settings = {"shuffle": True} if is_shuffled else {}
    return question_of(item.words, kind, choices=choices, settings=settings)


def _labels(item: _ReadItem12, response: _Response) -> Iterator[tuple[str, RichText]]:
    for ident, words in response.labels.items():
        item.words.left.extend(words.left)
        yield ident, words


def _truth(item: _ReadItem12) -> ReadQuestion:
    only = item.only
    labels = list(only.labels)
    names = [only.labels[ident].line.strip().lower() for ident in labels]
    by_word = {ident.lower(): ident for ident in labels} | dict(zip(names, labels, strict=True))
    if len(labels) != 2 or not {"true", "false"} <= set(by_word):
        return _choice(item)
    told = [item.told.get(f"{by_word[word]}_fb", RichText()) for word in ("true", "false")]
    return true_false_of(item.words, is_true=by_word["true"] in only.rights, told=told)


def _short(item: _ReadItem12) -> ReadQuestion:
    cases = {one.get("case", NO).lower() for one in item.element.iter("varequal")}
    if any(not one.is_empty for ident, one in item.told.items() if ident != "general_fb"):
        item.words.left.append(_("what is said to each answer: here something is said to all"))
    return short_answer_of(item.words, item.only.rights, case_matters=cases == {"yes"})


def _number(item: _ReadItem12) -> ReadQuestion:
    """`varequal`, or `vargte` and `varlte` around it."""
    numbers = []
    for condition in item.element.iter("respcondition"):
        if not any((number_in(text_in(one)) or 0) > 0 for one in condition.findall("setvar")):
            continue
        exact = [number_in(text_in(one)) for one in condition.iter("varequal")]
        least, most = (
            [number_in(text_in(one)) for one in condition.iter(*tags)]
            for tags in (("vargte", "vargt"), ("varlte", "varlt"))
        )
        if None in [*exact, *least, *most]:
            refuse(item.words.line, _("one of its right answers is no number."))
        numbers += _range(exact, least, most)
    return numeric_of(item.words, numbers)


def _range(
    exact: list[Fraction | None], least: list[Fraction | None], most: list[Fraction | None]
) -> list[tuple[Fraction, Fraction]]:
    if least and most and least[0] is not None and most[0] is not None and least[0] <= most[0]:
        middle = (least[0] + most[0]) / 2
        return [(middle, (most[0] - least[0]) / 2)]
    return [(one, Fraction(0)) for one in exact if one is not None]


def _match(item: _ReadItem12) -> ReadQuestion:
    pairs, others = [], list[str]()
    for response in item.responses:
        labels = dict(_labels(item, response))
        right = next((labels[one].line for one in response.rights if one in labels), "")
        item.words.left.extend(response.words.left)
        pairs.append((response.words.line, right, ""))
        others += [one.line for one in labels.values()]
    if not pairs or not all(right for _left, right, _told in pairs):
        refuse(item.words.line, _("it does not say what goes with what."))
    return match_of(item.words, pairs, others)


def _order(item: _ReadItem12) -> ReadQuestion:
    only = item.only
    labels = dict(_labels(item, only))
    if sorted(only.rights) != sorted(labels):
        refuse(item.words.line, _("it does not say which order is right."))
    return order_of(item.words, [(labels[one].line, "") for one in only.rights])


def _essay(item: _ReadItem12) -> ReadQuestion:
    return open_of(item.words)


def _blanks(item: _ReadItem12, *, is_typed: bool) -> ReadQuestion:
    by_name = {one.ident.removeprefix("response_"): one for one in item.responses}
    gaps = []

    def taken(found: re.Match[str]) -> str:
        response = by_name.get(found["name"])
        if response is None:
            return found[0]
        labels = dict(_labels(item, response))
        if is_typed:
            rights = [labels[one] for one in response.rights if one in labels]
            gaps.append(GapAnswer(forms=tuple(_typed(one) for one in rights or labels.values())))
        else:
            options = [(one.line, ident in response.rights) for ident, one in labels.items()]
            gaps.append(GapAnswer(options=tuple(options)))
        return GAP

    item.words.words = read_html(_BLANK.sub(taken, item.html))
    if not gaps:
        refuse(item.words.line, _("its gaps cannot be found in its words."))
    return gaps_of(item.words, gaps)


def _typed(words: RichText) -> str:
    return " ".join(words.plain.split())


_READERS: Mapping[str, Callable[[_ReadItem12], ReadQuestion]] = {
    "multiple_choice_question": _choice,
    "multiple_answers_question": _choice,
    "true_false_question": _truth,
    "short_answer_question": _short,
    "numerical_question": _number,
    "matching_question": _match,
    "ordering_question": _order,
    "essay_question": _essay,
    "fill_in_multiple_blanks_question": lambda item: _blanks(item, is_typed=True),
    "multiple_dropdowns_question": lambda item: _blanks(item, is_typed=False),
}

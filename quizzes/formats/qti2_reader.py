"""Questions of QTI 2.x and 3.0: an item is read by the interactions that stand in its body."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _
from lxml import etree

from quizzes.formats.exchange import (
    GAP,
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
from quizzes.formats.qti_words import CHOICE, INTERACTION
from quizzes.formats.rich_text import RichText, read_html
from quizzes.formats.weights import others_in_words, weights_left
from quizzes.formats.xml_trees import Element, line_of, text_in
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, refuse

_FEEDBACKS = ("feedbackInline", "feedbackBlock", "modalFeedback")
_TYPED, _LISTED = "textEntryInteraction", "inlineChoiceInteraction"
_LINE = "\\_\\_\\_\\_\\_"


@dataclass(slots=True)
class _Declared:
    """What is declared of one response: its kind, what is right, and what each answer earns."""

    cardinality: str
    base: str
    rights: list[str] = field(default_factory=list)
    shares: dict[str, Fraction] = field(default_factory=dict)
    cases: set[str] = field(default_factory=set)

    @property
    def best(self) -> list[str]:
        """The answers that earn most, in their order; else those that are said to be right."""
        most = max(self.shares.values(), default=Fraction(0))
        if most <= 0:
            return self.rights
        return [key for key, share in self.shares.items() if share == most]


@dataclass(slots=True)
class _ReadItem2:
    """An item while it is read."""

    root: Element
    body: Element
    words: QuestionWords
    declared: dict[str, _Declared]
    told: dict[str, RichText]
    gaps: list[Element] = field(default_factory=list)

    def response(self, interaction: Element) -> _Declared:
        found = self.declared.get(interaction.get("responseIdentifier", ""))
        if found is None:
            refuse(line_of(interaction), _("what is right for it is declared nowhere."))
        return found

    def rich(self, element: Element) -> RichText:
        """The words in an element, without the feedback that stands in it."""
        found = read_html(_html_of(element))
        self.words.left.extend(found.left)
        return found

    def told_of(self, choice: Element) -> RichText:
        found = read_html("".join(map(_html_of, choice.iter(*_FEEDBACKS))))
        return self.told.get(choice.get("identifier", ""), found) if found.is_empty else found


def read_item(root: Element) -> ReadQuestion:
    """Read one item whose names are those of version 2; raise GuideRefused."""
    body = root.find("itemBody")
    if body is None:
        refuse(line_of(root), _("this question has no words."))
    item = _item(root, body)
    interactions = [
        one for one in body.iter() if one.tag.endswith(INTERACTION) or one.tag == "hottext"
    ]
    if not interactions:
        refuse(line_of(root), _("there is nothing in it to be answered."))
    kinds = {one.tag for one in interactions}
    unknown = sorted(kinds - {*_READERS, _TYPED, _LISTED})
    if unknown:
        message = _("a question of the type “%(type)s” is none that a guide has.")
        refuse(line_of(root), message % {"type": unknown[0][:60]})
    if kinds <= {_TYPED, _LISTED}:
        return _written(item, interactions)
    if len(interactions) > 1:
        refuse(line_of(root), _("it asks several things at once. Make a question of each."))
    [interaction] = interactions
    prompt = interaction.find("prompt")
    words = _html_of(body, without=interaction)
    words += _html_of(prompt) if prompt is not None else ""
    item.words.words = read_html(words)
    return _READERS[interaction.tag](item, interaction)


def _item(root: Element, body: Element) -> _ReadItem2:
    words = QuestionWords(
        line=line_of(root),
        words=RichText(),
        name=root.get("title", ""),
        points=_points(root),
    )
    declared = {
        one.get("identifier", ""): _declared(one) for one in root.iter("responseDeclaration")
    }
    told: dict[str, RichText] = {}
    for one in root.iterchildren("modalFeedback"):
        told[one.get("identifier", "")] = read_html(_html_of(one))
    keys = {one.get("identifier", "") for one in body.iter() if one.tag.endswith(CHOICE)}
    general = {key: one for key, one in told.items() if key not in keys and not one.is_empty}
    item = _ReadItem2(root, body, words, declared, told)
    if len(general) == 1:
        [words.feedback] = general.values()
    elif general:
        words.left.append(_("what is said to right, to partly right and to wrong answers"))
    return item


def _points(root: Element) -> Fraction:
    for one in root.iter("outcomeDeclaration"):
        if one.get("identifier") == "MAXSCORE":
            found = number_in(text_in(one.find("defaultValue")))
            if found:
                return found
        if one.get("identifier") == "SCORE" and one.get("normalMaximum"):
            return number_in(one.get("normalMaximum")) or Fraction(1)
    return Fraction(1)


def _declared(one: Element) -> _Declared:
    found = _Declared(one.get("cardinality", "single"), one.get("baseType", "string"))
    correct = one.find("correctResponse")
    if correct is not None:
        found.rights = [text_in(value).strip() for value in correct.iter("value")]
    for entry in one.iter("mapEntry"):
        share = number_in(entry.get("mappedValue", "")) or Fraction(0)
        found.shares[entry.get("mapKey", "").strip()] = share
        found.cases.add(entry.get("caseSensitive", "true"))
    return found


def _html_of(element: Element, without: Element | None = None) -> str:
    """What is in an element as HTML, without feedback and without one element in it."""
    if without is not None:
        without.set("data-gone", "1")
    copy = deepcopy(element)
    if without is not None:
        del without.attrib["data-gone"]
    for one in list(copy.iter()):
        gone = one.get("data-gone") or (one.tag in {*_FEEDBACKS, "rubricBlock", "prompt"})
        if gone and one is not copy:
            _drop(one)
    inside = escaped_text(copy.text) + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in copy
    )
    return inside.replace(GAP, "\ufffd")


def escaped_text(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _drop(element: Element, put: str = "") -> None:
    """Take an element out, and leave what stands behind it."""
    parent, before = element.getparent(), element.getprevious()
    tail = put + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


# --- Types ---------------------------------------------------------------------------------------
def _choice(item: _ReadItem2, interaction: Element) -> ReadQuestion:
    found = item.response(interaction)
    rights = found.rights or [key for key, share in found.shares.items() if share > 0]
    elements = list(interaction.iter("simpleChoice"))
    told = [item.told_of(one) for one in elements]
    keys = [one.get("identifier", "") for one in elements]
    if keys in (["true", "false"], ["false", "true"]) and found.cardinality == "single":
        in_order = told if keys[0] == "true" else told[::-1]
        return true_false_of(item.words, is_true="true" in rights, told=in_order)
    choices = [
        ChoiceSpec(item.rich(one).line, key in rights, "" if said.is_empty else said.prose)
        for one, key, said in zip(elements, keys, told, strict=True)
    ]
    is_one = found.cardinality == "single"
    if found.shares:
        most = max(found.shares.values())
        weights = [100 * found.shares.get(key, Fraction(0)) / (most or 1) for key in keys]
        names = [one.text for one in choices]
        item.words.left.extend(weights_left(weights, names, is_one=is_one))
    settings = {"shuffle": True} if interaction.get("shuffle") == "true" else {}
    kind = QuestionKind.ONE_CHOICE if is_one else QuestionKind.SEVERAL
    return question_of(item.words, kind, choices=choices, settings=settings)


def _order(item: _ReadItem2, interaction: Element) -> ReadQuestion:
    elements = {one.get("identifier", ""): one for one in interaction.iter("simpleChoice")}
    rights = item.response(interaction).rights
    if sorted(rights) != sorted(elements):
        refuse(item.words.line, _("it does not say which order is right."))
    ordered = []
    for key in rights:
        told = item.told_of(elements[key])
        ordered.append((item.rich(elements[key]).line, "" if told.is_empty else told.prose))
    return order_of(item.words, ordered)


def _match(item: _ReadItem2, interaction: Element) -> ReadQuestion:
    found = item.response(interaction)
    sides = [
        {one.get("identifier", ""): item.rich(one).line for one in side}
        for side in interaction.iter("simpleMatchSet")
    ]
    if len(sides) != 2:
        refuse(item.words.line, _("it does not say what goes with what."))
    lefts, rights = sides
    goes = dict[str, list[str]]()
    for pair in found.rights or [key for key, share in found.shares.items() if share > 0]:
        one, _space, other = pair.partition(" ")
        goes.setdefault(one, []).append(other.strip())
    if any(len(goes.get(key, ())) != 1 or goes[key][0] not in rights for key in lefts):
        refuse(item.words.line, _("one of its parts goes with none or with several others."))
    pairs = [(text, rights[goes[key][0]], "") for key, text in lefts.items()]
    return match_of(item.words, pairs, rights.values())


def _essay(item: _ReadItem2, interaction: Element) -> ReadQuestion:  # noqa: ARG001
    return open_of(item.words)


def _written(item: _ReadItem2, interactions: Sequence[Element]) -> ReadQuestion:
    """What is typed or chosen within the words: a short answer, a number, or gaps."""
    [first, *more] = interactions
    is_alone = first.tag == _TYPED and not more
    found = item.response(first)
    if is_alone and found.base in {"float", "integer"}:
        item.words.words = _with_line(item, first)
        return _number(item, found)
    if is_alone and not _words_beside(first):
        item.words.words = read_html(_html_of(item.body, without=first))
        return short_answer_of(
            item.words, _forms(item, found), case_matters=found.cases == {"true"}
        )
    gaps = [_gap(item, one) for one in interactions]
    marks = [one.get("responseIdentifier", "") for one in interactions]
    copy = deepcopy(item.body)
    for one in [
        one for one in copy.iter(_TYPED, _LISTED) if one.get("responseIdentifier") in marks
    ]:
        _drop(one, "\ue000")
    item.words.words = read_html(_html_of(copy).replace("\ue000", GAP))
    return gaps_of(item.words, gaps)


def _words_beside(interaction: Element) -> bool:
    """Whether words stand in the paragraph of what is typed."""
    parent = interaction.getparent()
    if parent.tag == "itemBody":
        return bool((interaction.tail or "").strip())
    return bool("".join(parent.itertext()).strip())


def _with_line(item: _ReadItem2, interaction: Element) -> RichText:
    """The words; where the number stands among some, with a line in its place."""
    if not _words_beside(interaction):
        return read_html(_html_of(item.body, without=interaction))
    copy = deepcopy(item.body)
    for one in list(copy.iter(_TYPED)):
        _drop(one, "\ue000")
    found = read_html(_html_of(copy))
    found.blocks = [block.replace("\ue000", _LINE) for block in found.blocks]
    return found


def _forms(item: _ReadItem2, found: _Declared) -> list[str]:
    best = found.best
    partly = [key for key, share in found.shares.items() if share > 0 and key not in best]
    if partly:
        item.words.left.append(others_in_words(len(partly), partly[0]))
    return best


def _number(item: _ReadItem2, found: _Declared) -> ReadQuestion:
    numbers = []
    for equal in item.root.iter("equal"):
        values = [number_in(text_in(one)) for one in equal.iter("baseValue")]
        right = next((one for one in values if one is not None), None)
        if right is None and found.rights:
            right = number_in(found.rights[0])
        offs = [number_in(one) for one in equal.get("tolerance", "0").split()]
        if right is not None and offs and all(one is not None for one in offs):
            off = offs[0] or Fraction(0)
            is_share = equal.get("toleranceMode") == "relative"
            numbers.append((right, abs(right) * off / 100 if is_share else off))
    for one in found.best if not numbers else ():
        value = number_in(one)
        if value is None:
            refuse(item.words.line, _("one of its right answers is no number."))
        numbers.append((value, Fraction(0)))
    return numeric_of(item.words, numbers)


def _gap(item: _ReadItem2, interaction: Element) -> GapAnswer:
    found = item.response(interaction)
    if interaction.tag == _TYPED:
        if found.cases == {"true"}:
            item.words.left.append(_("that capitals matter in a gap"))
        return GapAnswer(forms=tuple(_forms(item, found)))
    options = interaction.iter("inlineChoice")
    return GapAnswer(
        options=tuple(
            (item.rich(one).line, one.get("identifier", "") in found.best) for one in options
        )
    )


_READERS: Mapping[str, Callable[[_ReadItem2, Element], ReadQuestion]] = {
    "choiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "extendedTextInteraction": _essay,
}

_FOLDER = re.compile(r"[^/]+/\.\./")


def path_in(name: str, href: str) -> str:
    """Where a file's reference leads within its package."""
    folder = name.rpartition("/")[0]
    path = f"{folder}/{href}" if folder else href
    while _FOLDER.search(path):
        path = _FOLDER.sub("", path, count=1)
    return path.removeprefix("./")

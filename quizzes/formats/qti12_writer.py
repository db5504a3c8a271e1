"""Questions as QTI 1.2, in the form in which Canvas takes and gives its classic quizzes.

https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_infov1p2.html; what Canvas adds is the
metadata `question_type`, gaps as `[name]` in the words, and the file `assessment_meta.xml`.
"""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from lxml import etree

from quizzes.formats.exchange import decimal_of, number_in
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.holdings import Holdings
from quizzes.formats.packages import Resource, identifier_of, manifest, packed, with_namespace
from quizzes.formats.qti_words import (
    ADD,
    DECIMAL,
    MULTIPLE,
    NO,
    ORDERED,
    RESPONSE_FEEDBACK,
    SCHEMA_12,
    SET,
    SINGLE,
    YES,
)
from quizzes.formats.rich_text import plain_html, question_html
from quizzes.formats.xml_trees import Element, put, written
from quizzes.models import QuestionKind
from quizzes.questions import ChoiceSpec, QuestionSpec, gaps_in, pieces_of
from readings.guides import render_line, render_prose

K = QuestionKind
LEFT, RIGHT = 1, 2  # slots of what is matched
RESPONSE = "response1"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def why_not(spec: QuestionSpec) -> str:
    if spec.kind == K.GAP and len({bool(one.forms) for one in gaps_in(spec.accepted[0])}) > 1:
        return _("the format has gaps that are typed or gaps with a list, not both at once")
    return ""


HOLDS = Holdings(
    kinds=frozenset({*K.values} - {K.PASSAGE}),
    told_of_choices=frozenset({K.ONE_CHOICE, K.SEVERAL}),
    units=False,
    limits=False,
    why_not=why_not,
)


def write_qti12(checkpoints: Sequence[CheckpointSpec]) -> bytes:
    """Write what `reduced` has left of them: a quiz for each checkpoint."""
    files: dict[str, bytes] = {}
    resources = []
    for number, checkpoint in enumerate(checkpoints, start=1):
        ident = identifier_of(number, checkpoint.title)
        quiz, meta = f"{ident}/{ident}.xml", f"{ident}/assessment_meta.xml"
        files[quiz] = with_namespace(written(_assessment(checkpoint, ident)), _QTI)
        files[meta] = with_namespace(written(_meta(checkpoint, ident)), _CANVAS)
        about = identifier_of(ident, "meta")
        resources += [
            Resource(ident, "imsqti_xmlv1p2", quiz, (about,)),
            Resource(about, _META, meta),
        ]
    listed = manifest(resources, schema=SCHEMA_12, version="1.1.3", namespace=_PACKAGE)
    return packed({"imsmanifest.xml": listed} | files)


def _meta(checkpoint: CheckpointSpec, ident: str) -> Element:
    root = etree.Element("quiz", identifier=ident)
    put(root, "title", checkpoint.title)
    put(root, "quiz_type", "assignment")
    points = sum(one.points for one in checkpoint.questions)
    put(root, "points_possible", f"{points}.0")
    return root


def _assessment(checkpoint: CheckpointSpec, ident: str) -> Element:
    root = etree.Element("questestinterop")
    made = put(root, "assessment", ident=ident, title=checkpoint.title)
    section = put(made, "section", ident="root_section")
    for number, question in enumerate(checkpoint.questions, start=1):
        name = f"{checkpoint.title} {number}"
        item = put(section, "item", ident=identifier_of(ident, number), title=name)
        _WrittenItem12(item, question)
    return root


class _WrittenItem12:
    """One question, written into its element."""

    def __init__(self, item: Element, spec: QuestionSpec) -> None:
        self.spec, self.item = spec, item
        self.fields = put(put(item, "itemmetadata"), "qtimetadata")
        self.shown = put(item, "presentation")
        html = question_html(spec.text, spec.detail)
        self.words = _material(self.shown, f"<div>{html}</div>")
        self.marked = put(item, "resprocessing")
        outcomes = put(self.marked, "outcomes")
        put(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype=DECIMAL)
        self.told: list[tuple[str, str]] = []
        if spec.feedback:
            condition = put(self.marked, "respcondition", **{"continue": YES})
            put(put(condition, "conditionvar"), "other")
            self._tell(condition, "general_fb", spec.feedback)
        kind = _WRITERS[K(spec.kind)](self)
        for label, entry in (("question_type", kind), ("points_possible", f"{spec.points}.0")):
            field = put(self.fields, "qtimetadatafield")
            put(field, "fieldlabel", label)
            put(field, "fieldentry", entry)
        for ident, markdown in self.told:
            feedback = put(put(item, "itemfeedback", ident=ident), "flow_mat")
            _material(feedback, render_prose(markdown))

    def _tell(self, condition: Element, ident: str, markdown: str) -> None:
        put(condition, "displayfeedback", feedbacktype=RESPONSE_FEEDBACK, linkrefid=ident)
        self.told.append((ident, markdown))

    def _right(self, *, adds: Fraction | None = None) -> Element:
        """A condition whose answer earns all, or a part that is added; return where it stands."""
        condition = put(self.marked, "respcondition", **{"continue": NO if adds is None else YES})
        inside = put(condition, "conditionvar")
        action = SET if adds is None else ADD
        share = "100" if adds is None else decimal_of(Fraction(round(adds, 2)))
        put(condition, "setvar", share, varname="SCORE", action=action)
        return inside

    def _labels(self, parent: Element, choices: Sequence[tuple[str, str]], **more: str) -> None:
        rendered = put(parent, "render_choice", **more)
        for ident, html in choices:
            _material(put(rendered, "response_label", ident=ident), html)

    # --- Types -------------------------------------------------------------------------------
    def choice(self) -> str:
        spec = self.spec
        is_one = spec.kind == K.ONE_CHOICE
        cardinality = SINGLE if is_one else MULTIPLE
        response = put(self.shown, "response_lid", ident=RESPONSE, rcardinality=cardinality)
        idents = [str(1001 + i) for i in range(len(spec.choices))]
        labels = [
            (ident, render_line(one.text)) for ident, one in zip(idents, spec.choices, strict=True)
        ]
        shuffle = YES if spec.settings.get("shuffle") else NO
        self._labels(response, labels, shuffle=shuffle)
        for ident, one in zip(idents, spec.choices, strict=True):
            if one.feedback:
                condition = put(self.marked, "respcondition", **{"continue": YES})
                put(put(condition, "conditionvar"), "varequal", ident, respident=RESPONSE)
                self._tell(condition, f"{ident}_fb", one.feedback)
        inside = self._right() if is_one else put(self._right(), "and")
        for ident, one in zip(idents, spec.choices, strict=True):
            if one.is_correct:
                put(inside, "varequal", ident, respident=RESPONSE)
            elif not is_one:
                put(put(inside, "not"), "varequal", ident, respident=RESPONSE)
        return "multiple_choice_question" if is_one else "multiple_answers_question"

    def truth(self) -> str:
        response = put(self.shown, "response_lid", ident=RESPONSE, rcardinality=SINGLE)
        self._labels(response, [("true", _("True")), ("false", _("False"))])
        put(self._right(), "varequal", self.spec.accepted[0], respident=RESPONSE)
        return "true_false_question"

    def typed(self) -> str:
        self._typed_response()
        inside = self._right()
        case = YES if self.spec.settings.get("case_matters") else NO
        for form in self.spec.accepted:
            put(inside, "varequal", form, respident=RESPONSE, case=case)
        return "short_answer_question"

    def number(self) -> str:
        self._typed_response(fibtype=DECIMAL)
        off = number_in(str(self.spec.settings.get("tolerance", "0"))) or Fraction(0)
        for one in self.spec.accepted:
            value = number_in(one) or Fraction(0)
            either = put(self._right(), "or")
            put(either, "varequal", one, respident=RESPONSE)
            both = put(either, "and")
            put(both, "vargte", decimal_of(value - off), respident=RESPONSE)
            put(both, "varlte", decimal_of(value + off), respident=RESPONSE)
        return "numerical_question"

    def _typed_response(self, **more: str) -> None:
        response = put(self.shown, "response_str", ident=RESPONSE, rcardinality=SINGLE)
        put(put(response, "render_fib", **more), "response_label", ident="answer1")

    def essay(self) -> str:
        self._typed_response()
        put(put(put(self.marked, "respcondition", **{"continue": NO}), "conditionvar"), "other")
        return "essay_question"

    def match(self) -> str:
        lefts = [one for one in self.spec.choices if one.slot == LEFT]
        rights = [one for one in self.spec.choices if one.slot == RIGHT]
        idents = {one.text: str(2001 + i) for i, one in enumerate(rights)}
        labels = [(idents[one.text], render_line(one.text)) for one in rights]
        for number, left in enumerate(lefts, start=1001):
            ident = f"response_{number}"
            response = put(self.shown, "response_lid", ident=ident)
            _material(response, render_line(left.text))
            self._labels(response, labels)
            inside = self._right(adds=Fraction(100, len(lefts)))
            put(inside, "varequal", idents[left.answer], respident=ident)
        return "matching_question"

    def order(self) -> str:
        response = put(self.shown, "response_lid", ident=RESPONSE, rcardinality=ORDERED)
        places = {one: str(1001 + i) for i, one in enumerate(sorted(self._texts()))}
        rendered = put(put(response, "render_extension"), "ims_render_object", shuffle=YES)
        for text, ident in places.items():
            label = put(put(rendered, "flow_label"), "response_label", ident=ident)
            _material(label, render_line(text))
        inside = self._right()
        for text in self._texts():
            put(inside, "varequal", places[text], respident=RESPONSE)
        return "ordering_question"

    def _texts(self) -> list[str]:
        return [one.text for one in self.spec.choices]

    def gaps(self) -> str:
        spec = self.spec
        gaps = gaps_in(spec.accepted[0])
        before, after = pieces_of(spec.accepted[0])
        prefix = "gap" if "[gap" not in f"{spec.text}{spec.detail}{spec.accepted[0]}" else "blank"
        sentence = "".join(f"{html}[{prefix}{i}]" for i, html in enumerate(before, start=1))
        html = question_html(spec.text, spec.detail)
        self.words.text = f"<div>{html}<p>{sentence}{after}</p></div>"
        for i, gap in enumerate(gaps, start=1):
            ident = f"response_{prefix}{i}"
            response = put(self.shown, "response_lid", ident=ident)
            put(put(response, "material"), "mattext", f"{prefix}{i}")
            options = [ChoiceSpec(text, is_right) for text, is_right in gap.options]
            labels = [plain_html(form) for form in gap.forms]
            labels += [render_line(one.text) for one in options]
            self._labels(response, [(f"{i}{n:03}", html) for n, html in enumerate(labels, start=1)])
            rights = [n for n, one in enumerate(options, start=1) if one.is_correct]
            for n in rights or range(1, len(labels) + 1):
                inside = self._right(adds=Fraction(100, len(gaps)))
                put(inside, "varequal", f"{i}{n:03}", respident=ident)
        is_typed = bool(gaps[0].forms)
        return "fill_in_multiple_blanks_question" if is_typed else "multiple_dropdowns_question"


_WRITERS = {
    K.ONE_CHOICE: _WrittenItem12.choice,
    K.SEVERAL: _WrittenItem12.choice,
    K.TRUE_FALSE: _WrittenItem12.truth,
    K.SHORT_ANSWER: _WrittenItem12.typed,
    K.NUMERIC: _WrittenItem12.number,
    K.MATCH: _WrittenItem12.match,
    K.ORDER: _WrittenItem12.order,
    K.GAP: _WrittenItem12.gaps,
    K.OPEN: _WrittenItem12.essay,
}


def _material(parent: Element, html: str) -> Element:
    return put(put(parent, "material"), "mattext", html, texttype="text/html")

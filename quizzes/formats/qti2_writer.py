"""Questions as QTI 2.2 and 3.0: an item for each, a test for each checkpoint, in one package.

https://www.imsglobal.org/question/qtiv2p2/imsqti_v2p2_impl.html,
https://www.imsglobal.org/spec/qti/v3p0/impl
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as lxml_html

from quizzes.formats.exchange import decimal_of
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.holdings import Holdings
from quizzes.formats.packages import Resource, identifier_of, manifest, packed, with_namespace
from quizzes.formats.qti_names import as_version_3
from quizzes.formats.qti_words import SCHEMA_22, SCHEMA_30
from quizzes.formats.rich_text import question_html, words_of
from quizzes.formats.xml_trees import Element, allowed, put
from quizzes.models import QuestionKind
from quizzes.questions import QuestionSpec, gaps_in, pieces_of
from readings.guides import render_line, render_prose

K = QuestionKind
LEFT, RIGHT = 1, 2  # slots of what is matched
RESPONSE, FEEDBACK, GENERAL = "RESPONSE", "FEEDBACK", "general"

HOLDS = Holdings(
    kinds=frozenset({*K.values} - {K.PASSAGE}),
    told_of_choices=frozenset({K.ONE_CHOICE, K.SEVERAL, K.ORDER}),
    units=False,
    limits=False,
    markup_of_gaps=False,
)


@dataclass(frozen=True, slots=True)
class QtiVersion:
    """What differs between the versions, but for the names of elements."""

    is_3: bool
    items: str  # the namespace
    package: str
    kind: str  # of resources
    schema: str
    number: str


VERSION_2 = QtiVersion(
    is_3=False,
    items="http://www.imsglobal.org/xsd/imsqti_v2p2",
    package="http://www.imsglobal.org/xsd/imscp_v1p1",
    kind="xmlv2p2",
    schema=SCHEMA_22,
    number="1.0.0",
)
VERSION_3 = QtiVersion(
    is_3=True,
    items="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    package="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    kind="xmlv3p0",
    schema=SCHEMA_30,
    number="3.0.0",
)


def write_qti(checkpoints: Sequence[CheckpointSpec], version: QtiVersion) -> bytes:
    """Write what `reduced` has left of them."""
    files: dict[str, bytes] = {}
    resources = []
    for number, checkpoint in enumerate(checkpoints, start=1):
        items = []
        for at, question in enumerate(checkpoint.questions, start=1):
            ident = identifier_of(number, checkpoint.title, at)
            name = f"items/{number:02}-{at:02}.xml"
            root = _WrittenItem2(question, ident, f"{checkpoint.title} {at}").root
            files[name] = _finished(root, version)
            items.append(Resource(ident, f"imsqti_item_{version.kind}", name))
        ident, name = identifier_of(number, checkpoint.title), f"tests/{number:02}.xml"
        files[name] = _finished(_test(checkpoint.title, ident, items), version)
        needs = tuple(one.identifier for one in items)
        resources += [Resource(ident, f"imsqti_test_{version.kind}", name, needs), *items]
    listed = manifest(
        resources, schema=version.schema, version=version.number, namespace=version.package
    )
    return packed({"imsmanifest.xml": listed} | files)


write_qti22 = partial(write_qti, version=VERSION_2)
write_qti30 = partial(write_qti, version=VERSION_3)


def _finished(root: Element, version: QtiVersion) -> bytes:
    """Without indentation: white space between words and elements is a part of them."""
    made = as_version_3(root) if version.is_3 else root
    xml: bytes = etree.tostring(made, xml_declaration=True, encoding="UTF-8")
    return with_namespace(xml, version.items)


def _test(title: str, ident: str, items: Sequence[Resource]) -> Element:
    root = etree.Element("assessmentTest", identifier=ident, title=allowed(title))
    part = put(
        root, "testPart", identifier="P1", navigationMode="nonlinear", submissionMode="individual"
    )
    section = put(part, "assessmentSection", identifier="S1", title=title, visible="true")
    for one in items:
        put(section, "assessmentItemRef", identifier=one.identifier, href=f"../{one.href}")
    return root


class _WrittenItem2:
    """One question as an item."""

    def __init__(self, spec: QuestionSpec, ident: str, title: str) -> None:
        self.spec = spec
        self.root = etree.Element(
            "assessmentItem",
            identifier=ident,
            title=allowed(title),
            adaptive="false",
            timeDependent="false",
        )
        self.body = etree.Element("itemBody")
        self.processing = etree.Element("responseProcessing")
        _put_content(self.body, question_html(spec.text, spec.detail))
        _WRITERS[K(spec.kind)](self)
        self._outcome("SCORE", "float", "0")
        self._outcome("MAXSCORE", "float", str(spec.points))
        self._outcome(FEEDBACK, "identifier", cardinality="multiple")
        self.root.append(self.body)
        self._say_feedback()
        self.root.append(self.processing)
        if spec.feedback:
            told = put(
                self.root,
                "modalFeedback",
                outcomeIdentifier=FEEDBACK,
                identifier=GENERAL,
                showHide="show",
            )
            _put_content(told, render_prose(spec.feedback))

    def _outcome(
        self, name: str, base: str, value: str = "", *, cardinality: str = "single"
    ) -> None:
        made = put(
            self.root, "outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=base
        )
        if value:
            put(put(made, "defaultValue"), "value", value)

    def _say_feedback(self) -> None:
        spec = self.spec
        told = any(one.feedback for one in spec.choices)
        if not told and not spec.feedback:
            return
        made = put(put(self.processing, "setOutcomeValue", identifier=FEEDBACK), "multiple")
        if told:
            put(made, "variable", identifier=RESPONSE)
        if spec.feedback:
            put(made, "baseValue", GENERAL, baseType="identifier")

    def _declare(
        self, cardinality: str, base: str, right: Sequence[str], *, name: str = RESPONSE
    ) -> Element:
        made = put(
            self.root,
            "responseDeclaration",
            identifier=name,
            cardinality=cardinality,
            baseType=base,
        )
        if right:
            values = put(made, "correctResponse")
            for one in right:
                put(values, "value", one)
        return made

    def _map(self, declared: Element, shares: Sequence[tuple[str, Fraction]], **more: str) -> None:
        mapping = put(declared, "mapping", lowerBound="0", defaultValue="0")
        for key, share in shares:
            value = decimal_of(Fraction(round(share * self.spec.points, 5)))
            put(mapping, "mapEntry", mapKey=key, mappedValue=value, **more)

    def _score_by_map(self, name: str = RESPONSE) -> None:
        score = put(self.processing, "setOutcomeValue", identifier="SCORE")
        put(score, "mapResponse", identifier=name)

    def _score_if(self) -> Element:
        """All points where what is put into the element that this returns is true."""
        return put(put(self.processing, "responseCondition"), "responseIf")

    def _all_points(self, condition: Element) -> None:
        score = put(condition, "setOutcomeValue", identifier="SCORE")
        put(score, "baseValue", str(self.spec.points), baseType="float")

    def _score_where_right(self) -> None:
        condition = self._score_if()
        match = put(condition, "match")
        put(match, "variable", identifier=RESPONSE)
        put(match, "correct", identifier=RESPONSE)
        self._all_points(condition)

    # --- Types -------------------------------------------------------------------------------
    def choice(self) -> None:
        spec = self.spec
        is_one = spec.kind == K.ONE_CHOICE
        keys = [f"choice{i}" for i in range(1, len(spec.choices) + 1)]
        both = list(zip(keys, spec.choices, strict=True))
        rights = [key for key, one in both if one.is_correct]
        declared = self._declare("single" if is_one else "multiple", "identifier", rights)
        if is_one:
            self._score_where_right()
        else:
            share = Fraction(1, len(rights))
            self._map(declared, [(key, share if one.is_correct else -share) for key, one in both])
            self._score_by_map()
        made = put(
            self.body,
            "choiceInteraction",
            responseIdentifier=RESPONSE,
            shuffle="true" if spec.settings.get("shuffle") else "false",
            maxChoices="1" if is_one else "0",
        )
        for key, one in both:
            self._simple_choice(made, key, one.text, one.feedback)

    def _simple_choice(self, made: Element, key: str, markdown: str, feedback: str) -> None:
        choice = put(made, "simpleChoice", identifier=key)
        _put_content(choice, render_line(markdown))
        if feedback:
            told = put(
                choice,
                "feedbackBlock",
                outcomeIdentifier=FEEDBACK,
                identifier=key,
                showHide="show",
            )
            _put_content(told, render_prose(feedback))

    def truth(self) -> None:
        self._declare("single", "identifier", self.spec.accepted)
        self._score_where_right()
        made = put(
            self.body,
            "choiceInteraction",
            responseIdentifier=RESPONSE,
            shuffle="false",
            maxChoices="1",
        )
        for key, words in (("true", _("True")), ("false", _("False"))):
            put(made, "simpleChoice", words, identifier=key)

    def typed(self) -> None:
        self._declare_words(self.spec.accepted, RESPONSE)
        self._score_by_map()
        put(put(self.body, "p"), "textEntryInteraction", responseIdentifier=RESPONSE)

    def _declare_words(
        self, forms: Sequence[str], name: str, share: Fraction = Fraction(1)
    ) -> None:
        declared = self._declare("single", "string", forms[:1], name=name)
        case = "true" if self.spec.settings.get("case_matters") else "false"
        self._map(declared, [(form, share) for form in forms], caseSensitive=case)

    def number(self) -> None:
        spec = self.spec
        self._declare("single", "float", spec.accepted[:1])
        condition = self._score_if()
        either = put(condition, "or")
        off = str(spec.settings.get("tolerance", "0"))
        for number in spec.accepted:
            equal = put(either, "equal", toleranceMode="absolute", tolerance=f"{off} {off}")
            put(equal, "variable", identifier=RESPONSE)
            put(equal, "baseValue", number, baseType="float")
        self._all_points(condition)
        put(put(self.body, "p"), "textEntryInteraction", responseIdentifier=RESPONSE)

    def essay(self) -> None:
        self._declare("single", "string", ())
        put(self.body, "extendedTextInteraction", responseIdentifier=RESPONSE)

    def match(self) -> None:
        lefts = [one for one in self.spec.choices if one.slot == LEFT]
        rights = [one for one in self.spec.choices if one.slot == RIGHT]
        keys = {one.text: f"right{i}" for i, one in enumerate(rights, start=1)}
        pairs = [f"left{i} {keys[one.answer]}" for i, one in enumerate(lefts, start=1)]
        declared = self._declare("multiple", "directedPair", pairs)
        self._map(declared, [(pair, Fraction(1, len(pairs))) for pair in pairs])
        self._score_by_map()
        made = put(
            self.body,
            "matchInteraction",
            responseIdentifier=RESPONSE,
            shuffle="true",
            maxAssociations=str(len(lefts)),
        )
        for name, side, most in (("left", lefts, 1), ("right", rights, len(lefts))):
            group = put(made, "simpleMatchSet")
            for i, one in enumerate(side, start=1):
                choice = put(
                    group, "simpleAssociableChoice", identifier=f"{name}{i}", matchMax=str(most)
                )
                _put_content(choice, render_line(one.text))

    def order(self) -> None:
        ordered = sorted(self.spec.choices, key=lambda one: one.text)
        keys = {one.text: f"choice{i}" for i, one in enumerate(ordered, start=1)}
        self._declare("ordered", "identifier", [keys[one.text] for one in self.spec.choices])
        self._score_where_right()
        made = put(self.body, "orderInteraction", responseIdentifier=RESPONSE, shuffle="true")
        for one in ordered:
            self._simple_choice(made, keys[one.text], one.text, one.feedback)

    def gaps(self) -> None:
        sentence = self.spec.accepted[0]
        gaps = gaps_in(sentence)
        before, after = pieces_of(sentence)
        paragraph = put(self.body, "p")
        share = Fraction(1, len(gaps))
        total = put(self.processing, "setOutcomeValue", identifier="SCORE")
        total = put(total, "sum") if len(gaps) > 1 else total
        for i, (html, gap) in enumerate(zip(before, gaps, strict=True), start=1):
            name = f"{RESPONSE}{i}"
            _put_content(paragraph, html)
            put(total, "mapResponse", identifier=name)
            if gap.forms:
                self._declare_words(gap.forms, name, share)
                put(paragraph, "textEntryInteraction", responseIdentifier=name)
                continue
            keys = [f"choice{n}" for n in range(1, len(gap.options) + 1)]
            rights = [
                key for key, (_text, is_right) in zip(keys, gap.options, strict=True) if is_right
            ]
            declared = self._declare("single", "identifier", rights, name=name)
            self._map(declared, [(rights[0], share)])
            made = put(
                paragraph, "inlineChoiceInteraction", responseIdentifier=name, shuffle="true"
            )
            for key, (text, _is_right) in zip(keys, gap.options, strict=True):
                put(made, "inlineChoice", words_of(text), identifier=key)
        _put_content(paragraph, after)


_WRITERS: dict[QuestionKind, Any] = {
    K.ONE_CHOICE: _WrittenItem2.choice,
    K.SEVERAL: _WrittenItem2.choice,
    K.TRUE_FALSE: _WrittenItem2.truth,
    K.SHORT_ANSWER: _WrittenItem2.typed,
    K.NUMERIC: _WrittenItem2.number,
    K.MATCH: _WrittenItem2.match,
    K.ORDER: _WrittenItem2.order,
    K.GAP: _WrittenItem2.gaps,
    K.OPEN: _WrittenItem2.essay,
}


def _put_content(parent: Element, html: str) -> None:
    """Add HTML behind what the element has already."""
    if not html:
        return
    made = lxml_html.fragment_fromstring(allowed(html), create_parent="div")
    last = parent[-1] if len(parent) else None
    if last is None:
        parent.text = (parent.text or "") + (made.text or "")
    else:
        last.tail = (last.tail or "") + (made.text or "")
    parent.extend(list(made))

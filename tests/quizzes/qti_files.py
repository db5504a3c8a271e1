"""Files of QTI as Canvas and programs that keep to the standard write them."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def canvas_item(kind: str, presentation: str, processing: str, more: str = "") -> str:
    return f"""
      <item ident="g1" title="Question">
        <itemmetadata><qtimetadata>
          <qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry>
          </qtimetadatafield>
          <qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>2.0</fieldentry>
          </qtimetadatafield>
          <qtimetadatafield><fieldlabel>original_answer_ids</fieldlabel><fieldentry>1,2</fieldentry>
          </qtimetadatafield>
        </qtimetadata></itemmetadata>
        <presentation>{presentation}</presentation>
        <resprocessing>
          <outcomes>
            <decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/>
          </outcomes>
          {processing}
        </resprocessing>
        {more}
      </item>"""


def words(html: str, kind: str = "text/html") -> str:
    html = html.replace("&", "&amp;").replace("<", "&lt;")
    return f'<material><mattext texttype="{kind}">{html}</mattext></material>'


def label(ident: str, html: str) -> str:
    return f'<response_label ident="{ident}">{words(html)}</response_label>'


def condition(inside: str, share: str = "100", action: str = "Set") -> str:
    return (
        f'<respcondition continue="No"><conditionvar>{inside}</conditionvar>'
        f'<setvar action="{action}" varname="SCORE">{share}</setvar></respcondition>'
    )


def equal(value: str, response: str = "response1") -> str:
    return f'<varequal respident="{response}">{value}</varequal>'


TYPED = '<response_str ident="response1" rcardinality="Single"><render_fib/></response_str>'
ROW = (
    '<response_lid ident="{}">{}<render_choice>'
    + label("10", "a wide margin")
    + label("11", "a doubt")
    + label("12", "a library card")
    + "</render_choice></response_lid>"
)
ITEMS = [
    canvas_item(
        "multiple_choice_question",
        words("<div><p>Where do readers <strong>stop</strong>?</p></div>")
        + '<response_lid ident="response1" rcardinality="Single"><render_choice>'
        + label("1", "At the end.")
        + label("2", "At <em>other</em> places.")
        + "</render_choice></response_lid>",
        '<respcondition continue="Yes"><conditionvar><other/></conditionvar>'
        '<displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition>'
        + condition(equal("2")),
        f'<itemfeedback ident="general_fb"><flow_mat>{words("<p>So it says.</p>")}</flow_mat>'
        f'</itemfeedback><itemfeedback ident="1_fb"><flow_mat>{words("<p>Rarely.</p>")}</flow_mat>'
        "</itemfeedback>",
    ),
    canvas_item(
        "multiple_answers_question",
        words("<p>Which does it name?</p>")
        + '<response_lid ident="response1" rcardinality="Multiple"><render_choice>'
        + label("1", "A margin")
        + label("2", "A doubt")
        + label("3", "A library")
        + "</render_choice></response_lid>",
        condition(f"<and>{equal('1')}{equal('2')}<not>{equal('3')}</not></and>"),
    ),
    canvas_item(
        "true_false_question",
        words("<p>It was wide.</p>")
        + '<response_lid ident="response1" rcardinality="Single"><render_choice>'
        + label("8", "True")
        + label("9", "False")
        + "</render_choice></response_lid>",
        condition(equal("8")),
    ),
    canvas_item(
        "short_answer_question",
        words("What was left wide?", "text/plain") + TYPED,
        condition(equal("the margin") + equal("margin")),
    ),
    canvas_item(
        "numerical_question",
        words("<p>How wide?</p>") + TYPED,
        condition(
            f"<or>{equal('2.5')}<and><vargte respident='response1'>2.25</vargte>"
            "<varlte respident='response1'>2.75</varlte></and></or>"
        ),
    ),
    canvas_item(
        "matching_question",
        words("<p>What goes with what?</p>")
        + ROW.format("response_1", words("Printers", "text/plain"))
        + ROW.format("response_2", words("Readers", "text/plain")),
        condition(equal("10", "response_1"), "50.00", "Add")
        + condition(equal("11", "response_2"), "50.00", "Add"),
    ),
    canvas_item("essay_question", words("<p>Why?</p>") + TYPED, ""),
    canvas_item(
        "fill_in_multiple_blanks_question",
        words("<p>Fill it in.</p><p>Its [colour1] edge [1] is [edge].</p>")
        + '<response_lid ident="response_colour1"><material><mattext>colour1</mattext></material>'
        + f"<render_choice>{label('5', 'white')}{label('6', 'blank')}</render_choice>"
        + "</response_lid>"
        + '<response_lid ident="response_edge"><material><mattext>edge</mattext></material>'
        + f"<render_choice>{label('7', 'wide')}</render_choice></response_lid>",
        condition(equal("5", "response_colour1"), "50.00", "Add")
        + condition(equal("6", "response_colour1"), "50.00", "Add")
        + condition(equal("7", "response_edge"), "50.00", "Add"),
    ),
    canvas_item(
        "multiple_dropdowns_question",
        words("<p>It is [how] there.</p>")
        + '<response_lid ident="response_how"><material><mattext>how</mattext></material>'
        + f"<render_choice>{label('5', 'wide')}{label('6', 'narrow')}</render_choice>"
        + "</response_lid>",
        condition(equal("5", "response_how"), "100.00", "Add"),
    ),
    canvas_item(
        "ordering_question",
        words("<p>What came first?</p>")
        + '<response_lid ident="response1" rcardinality="Ordered"><render_extension>'
        + '<ims_render_object shuffle="No"><flow_label>'
        + label("b", "Readers")
        + label("a", "Printers")
        + "</flow_label></ims_render_object></render_extension></response_lid>",
        condition(equal("a") + equal("b")),
    ),
]


def canvas(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">'
        '<assessment ident="gx" title="On margins"><section ident="root_section">'
        f"{''.join(items)}</section></assessment></questestinterop>"
    )


MANIFEST = '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"/>'
META = '<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0"><title>On margins</title></quiz>'
CANVAS = {
    "imsmanifest.xml": MANIFEST,
    "non_cc_assessments/": "",
    "gx/gx.xml": canvas(*ITEMS),
    "gx/assessment_meta.xml": META,
}


def item2(declarations: str, body: str, more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i"'
        ' title="Named" adaptive="false" timeDependent="false">\n'
        f"{declarations}<itemBody>{body}</itemBody>{more}</assessmentItem>"
    )


def declared(cardinality: str, base: str, *values: str, name: str = "RESPONSE") -> str:
    given = "".join(f"<value>{one}</value>" for one in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{given}</correctResponse></responseDeclaration>"
    )


CHOICE = item2(
    declared("single", "identifier", "B"),
    '<p>Look at this text:</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true"'
    ' maxChoices="1"><prompt>Where do readers <b>stop</b>?</prompt>'
    '<simpleChoice identifier="A">At the end.<feedbackInline outcomeIdentifier="F" identifier="A"'
    ' showHide="show">Rarely.</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="B"><p>Elsewhere.</p></simpleChoice></choiceInteraction>',
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/'
    'match_correct"/><modalFeedback outcomeIdentifier="F" identifier="x" showHide="show">'
    "So it says.</modalFeedback>",
)
QTI2 = {
    "imsmanifest.xml": MANIFEST,
    "test.xml": '<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="t"'
    ' title="Margins"><testPart identifier="p"><assessmentSection identifier="s" title="S">'
    '<assessmentItemRef identifier="2" href="b/order.xml"/>'
    '<assessmentItemRef identifier="1" href="a/choice.xml"/>'
    "</assessmentSection></testPart></assessmentTest>",
    "a/choice.xml": CHOICE,
    "b/order.xml": item2(
        declared("ordered", "identifier", "C", "A"),
        '<orderInteraction responseIdentifier="RESPONSE"><prompt>What came first?</prompt>'
        '<simpleChoice identifier="A">Readers</simpleChoice>'
        '<simpleChoice identifier="C">Printers</simpleChoice></orderInteraction>',
    ),
    "c/entry.xml": item2(
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string">'
        "<correctResponse><value>the margin</value></correctResponse><mapping defaultValue='0'>"
        '<mapEntry mapKey="the margin" mappedValue="1"/><mapEntry mapKey="edge" mappedValue="0.5"/>'
        "</mapping></responseDeclaration>",
        '<p>What was left wide?</p><textEntryInteraction responseIdentifier="RESPONSE"/>',
    ),
    "d/number.xml": item2(
        declared("single", "float", "2.5"),
        '<p>It was <textEntryInteraction responseIdentifier="RESPONSE"/> inches wide.</p>',
    ),
    "e/gaps.xml": item2(
        declared("single", "identifier", "W") + declared("single", "string", "old", name="R2"),
        '<p>Fill it in.</p><p>It is <inlineChoiceInteraction responseIdentifier="RESPONSE">'
        '<inlineChoice identifier="W">wide</inlineChoice><inlineChoice identifier="N">narrow'
        "</inlineChoice></inlineChoiceInteraction> and"
        ' <textEntryInteraction responseIdentifier="R2"/>.</p>',
    ),
    "f/match.xml": item2(
        declared("multiple", "directedPair", "P M", "R D"),
        '<matchInteraction responseIdentifier="RESPONSE" maxAssociations="4"><prompt>What goes with'
        ' what?</prompt><simpleMatchSet><simpleAssociableChoice identifier="P" matchMax="1">'
        'Printers</simpleAssociableChoice><simpleAssociableChoice identifier="R" matchMax="1">'
        "Readers"
        "</simpleAssociableChoice></simpleMatchSet><simpleMatchSet><simpleAssociableChoice"
        ' identifier="M" matchMax="2">a margin</simpleAssociableChoice><simpleAssociableChoice'
        ' identifier="D" matchMax="2">a doubt</simpleAssociableChoice></simpleMatchSet>'
        "</matchInteraction>",
    ),
    "g/essay.xml": item2(
        declared("single", "string"),
        '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Why?</prompt>'
        "</extendedTextInteraction>",
    ),
}
QTI3 = """<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="m" title="M"
  adaptive="false" time-dependent="false">
  <qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">
    <qti-correct-response><qti-value>A</qti-value><qti-value>C</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float">
    <qti-default-value><qti-value>3.0</qti-value></qti-default-value>
  </qti-outcome-declaration>
  <qti-item-body>
    <p>Which does it name?</p>
    <qti-choice-interaction response-identifier="RESPONSE" max-choices="0">
      <qti-simple-choice identifier="A">A margin</qti-simple-choice>
      <qti-simple-choice identifier="B">A library</qti-simple-choice>
      <qti-simple-choice identifier="C">A doubt</qti-simple-choice>
    </qti-choice-interaction>
  </qti-item-body>
</qti-assessment-item>
"""

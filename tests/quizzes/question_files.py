"""Files of questions as other programs write them, made from how their formats are described."""

GIFT = """\
// question: 0  name: Switch category to $course$/top/Default for Margins
$CATEGORY: $course$/top/Default for Margins/Reading//writing

// question: 12  name: Where readers stop
::Where readers stop::[html]<p>Where do readers <b>stop</b>?</p>{
\t~<p>At the end.</p>#<p>Rarely.</p>
\t=<p>At other places\\: see ¶ 1.</p>#<p>Yes.</p>
\t~%50%<p>In the middle.</p>
\t####<p>The first sentence says so.</p>
}


What two things does the text name?
{
    ~%50%A margin # right
    ~%50%A \\#conversation
    ~%-100%A library
}

::T::The margin was wide.{T#No, look again.#Yes.####In general.}

The margin was narrow.{FALSE}

::Short::What was left wide?{
\t=%100%the margin#Good.
\t=%100%margin \\= edge#
\t=%50%edge#Nearly.
\t=%100%*margin*#
}

How wide was it, in inches? {#
    =2.5:0.25#Right.
    =%50%2.5:1
    ~#No.
}
What else?

::Range::From one to two? {#1..2}

Match them. {
    =Printers -> a wide margin
    =[markdown]*Readers* -> a doubt
    = -> a library card
}

Readers stop {=somewhere =at other places} than their neighbours.

The margin is for {~prices =doubts ~names}.

// An essay
[plain]What would you
write in it?\\n\\nSay <why>. {}

Put them in order.{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW
Printers left it wide.
Readers wrote in it.
The seminar read it.
}
""".replace("What else?\n\n", "\n")

AIKEN = """\
Where do readers stop?
A. At the end.
B) At other places, C. says.
C. <b>Nowhere</b>
ANSWER: B

Which of the following
is a margin?
A) The edge
B) The spine
ANSWER: A
"""

MOODLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category">
    <category><text>$course$/top/Margins</text></category>
    <info format="moodle_auto_format"><text>On margins</text></info>
    <idnumber></idnumber>
  </question>

<!-- question: 91  -->
  <question type="multichoice">
    <name><text>Where readers stop</text></name>
    <questiontext format="html">
      <text><![CDATA[<p dir="ltr">Where do readers <strong>stop</strong>?<br></p><p>Think of
      <em>your own</em> reading: 10<sup>2</sup> pages.</p><p><img src="@@PLUGINFILE@@/a.png"
      alt="A page" width="20"></p><script>alert(1)</script>]]></text>
      <file name="a.png" path="/" encoding="base64">iVBORw0KGgo=</file>
    </questiontext>
    <generalfeedback format="html"><text><![CDATA[<p>So it says.</p>]]></text></generalfeedback>
    <defaultgrade>2.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber></idnumber>
    <single>true</single>
    <shuffleanswers>true</shuffleanswers>
    <answernumbering>abc</answernumbering>
    <showstandardinstruction>0</showstandardinstruction>
    <correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
    <partiallycorrectfeedback format="html"><text></text></partiallycorrectfeedback>
    <incorrectfeedback format="html"><text>Read it again.</text></incorrectfeedback>
    <answer fraction="0" format="html">
      <text><![CDATA[<p>At the end.</p>]]></text>
      <feedback format="html"><text><![CDATA[<ul><li>Rarely.</li></ul>]]></text></feedback>
    </answer>
    <answer fraction="100" format="html">
      <text><![CDATA[<p>At other places &gt; 1.</p>]]></text>
      <feedback format="html"><text></text></feedback>
    </answer>
    <answer fraction="33.33333" format="html">
      <text><![CDATA[<p>In the middle.</p>]]></text>
      <feedback format="html"><text></text></feedback>
    </answer>
    <hint format="html"><text>Look at ¶ 1.</text></hint>
  </question>

  <question type="multichoice">
    <name><text>Several</text></name>
    <questiontext format="markdown"><text>Which does *it* name?</text></questiontext>
    <generalfeedback format="html"><text></text></generalfeedback>
    <defaultgrade>0.5000000</defaultgrade>
    <single>false</single>
    <shuffleanswers>false</shuffleanswers>
    <answer fraction="50"><text>A margin</text></answer>
    <answer fraction="50"><text>A doubt</text></answer>
    <answer fraction="0"><text>A library</text></answer>
  </question>

  <question type="truefalse">
    <name><text>Wide</text></name>
    <questiontext format="html"><text>The margin was wide.</text></questiontext>
    <answer fraction="100" format="moodle_auto_format"><text>true</text>
      <feedback format="html"><text></text></feedback></answer>
    <answer fraction="0" format="moodle_auto_format"><text>false</text>
      <feedback format="html"><text></text></feedback></answer>
  </question>

  <question type="shortanswer">
    <name><text>Short</text></name>
    <questiontext format="plain_text"><text>What was left
wide?</text></questiontext>
    <usecase>1</usecase>
    <answer fraction="100" format="moodle_auto_format"><text>The Margin</text>
      <feedback format="html"><text>Good.</text></feedback></answer>
    <answer fraction="100" format="moodle_auto_format"><text>2 \\* 3</text></answer>
    <answer fraction="80" format="moodle_auto_format"><text>margin</text></answer>
    <answer fraction="0" format="moodle_auto_format"><text>*</text></answer>
  </question>

  <question type="numerical">
    <name><text>Inches</text></name>
    <questiontext format="html"><text>How wide was it?</text></questiontext>
    <answer fraction="100" format="moodle_auto_format"><text>2.125</text>
      <tolerance>0.25</tolerance></answer>
    <answer fraction="0" format="moodle_auto_format"><text>*</text>
      <feedback format="html"><text></text></feedback><tolerance>0</tolerance></answer>
    <unitgradingtype>1</unitgradingtype><unitpenalty>0.1000000</unitpenalty>
    <showunits>0</showunits><unitsleft>0</unitsleft>
    <units>
      <unit><multiplier>1</multiplier><unit_name>in</unit_name></unit>
      <unit><multiplier>25.4</multiplier><unit_name>mm</unit_name></unit>
    </units>
  </question>

  <question type="matching">
    <name><text>Match</text></name>
    <questiontext format="html"><text>What goes with what?</text></questiontext>
    <shuffleanswers>true</shuffleanswers>
    <subquestion format="html"><text><![CDATA[<p>Printers</p>]]></text>
      <answer><text>a wide margin</text></answer></subquestion>
    <subquestion format="html"><text><![CDATA[<p>(Readers)</p>]]></text>
      <answer><text>a doubt</text></answer></subquestion>
    <subquestion format="html"><text></text>
      <answer><text>a library card</text></answer></subquestion>
  </question>

  <question type="ordering">
    <name><text>Order</text></name>
    <questiontext format="html"><text>What came first?</text></questiontext>
    <layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>
    <gradingtype>ABSOLUTE_POSITION</gradingtype><showgrading>SHOW</showgrading>
    <answer fraction="2.0000000" format="html"><text>Readers wrote in it.</text></answer>
    <answer fraction="1.0000000" format="html"><text>Printers left it wide.</text></answer>
  </question>

  <question type="essay">
    <name><text>Essay</text></name>
    <questiontext format="html"><text>What would you write in it?</text></questiontext>
    <responseformat>editor</responseformat><attachments>0</attachments>
    <minwordlimit>50</minwordlimit><maxwordlimit>200</maxwordlimit>
    <graderinfo format="html"><text>Look for a reason.</text></graderinfo>
    <responsetemplate format="html"><text></text></responsetemplate>
  </question>

  <question type="cloze">
    <name><text>Gaps</text></name>
    <questiontext format="html"><text><![CDATA[<p>Fill it in.</p><p>The <em>margin</em> is for
    {1:MULTICHOICE:=doubts#Yes~prices~%0%a &lt; b}, its edge is {1:SHORTANSWER:=blank~%100%bl\\}nk}
    and {2:NUMERICAL:=2:0} inches.</p>]]></text></questiontext>
  </question>

  <question type="gapselect">
    <name><text>Select</text></name>
    <questiontext format="html"><text>It is [[2]] and [[3]].</text></questiontext>
    <selectoption><text>narrow</text><group>1</group></selectoption>
    <selectoption><text>wide</text><group>1</group></selectoption>
    <selectoption><text>old</text><group>2</group></selectoption>
    <selectoption><text>new</text><group>2</group></selectoption>
  </question>
</quiz>
"""

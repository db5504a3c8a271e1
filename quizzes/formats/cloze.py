"""The gaps of Moodle's “embedded answers”: `{1:SHORTANSWER:=Berlin~=berlin}` within the words.

https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape, unescape

from django.utils.translation import gettext as _

from quizzes.formats.exchange import GAP, GapAnswer
from quizzes.formats.rich_text import read_html
from quizzes.formats.weights import others_in_words, said_to_each
from quizzes.questions import GapSpec, refuse
from readings.guides import render_line

_TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"}
_LISTED = re.compile(r"(?:MULTICHOICE|MC)(?:_?(?:V|H|S|HS|VS))?")
_GAP = re.compile(
    # Up to where another begins: one without its end would be looked for from each to the last.
    r"\{(?P<points>[0-9]*):(?P<type>[A-Z_]+):"
    r"(?P<answers>(?:\\.|(?!\{[0-9]*:[A-Z_]+:)[^}\\])*)\}",
    re.DOTALL,
)
_BEGINNING = re.compile(r"\{(?=[0-9]*:[A-Z_]+:)")
# An answer ends at a sign that is not escaped, and is no part of an entity.
_ANSWER = re.compile(r"(?:\\.|(?<=&)#|[^~\\])*", re.DOTALL)
_WEIGHT = re.compile(r"%(?P<weight>-?[0-9]{1,3}(?:\.[0-9]{0,10})?)%")
_FEEDBACK = re.compile(r"(?<![\\&])#")
_ESCAPED = re.compile(r"\\([~}#/\"\\])")
_SIGNS = re.compile(r"[~}#\\]")


@dataclass(slots=True)
class Cloze:
    """Words with GAP in the place of each gap, and what is right there."""

    html: str
    gaps: list[GapAnswer] = field(default_factory=list)
    points: int = 0
    left: list[str] = field(default_factory=list)


def read_cloze(html: str, line: int) -> Cloze:
    """Find the gaps; raise GuideRefused where one is of a kind that a guide has not."""
    found = Cloze("")

    def taken(gap: re.Match[str]) -> str:
        found.gaps.append(_gap(gap, found, line))
        found.points += int(gap["points"][:3] or 1)
        return GAP

    found.html = _GAP.sub(taken, html.replace(GAP, "\ufffd"))
    if not found.gaps:
        refuse(line, _("there is no gap, like “{1:SHORTANSWER:=word}”, in its words."))
    return found


@dataclass(frozen=True, slots=True)
class _ClozeAnswer:
    html: str
    weight: Fraction


def _gap(gap: re.Match[str], found: Cloze, line: int) -> GapAnswer:
    answers = list(_answers(gap["answers"], found))
    kind = gap["type"]
    if kind in _TYPED:
        return GapAnswer(forms=_forms(kind, answers, found))
    if _LISTED.fullmatch(kind):
        if [one.weight for one in answers].count(Fraction(100)) != 1:
            refuse(line, _("in a gap’s list one answer is right, and no more than one."))
        options = []
        for one in answers:
            words = read_html(one.html)
            found.left += words.left
            options.append((words.line, one.weight == 100))
        return GapAnswer(options=tuple(options))
    return refuse(
        line, _("its gap of the kind %(kind)s is none that a guide has.") % {"kind": kind}
    )


def _answers(written: str, found: Cloze) -> Sequence[_ClozeAnswer]:
    answers, at = [], 0
    while at <= len(written):
        one = _ANSWER.match(written, at)
        at = (one.end() if one else at) + 1
        text = one[0].strip() if one else ""
        words, *told = _FEEDBACK.split(text, maxsplit=1)
        if told and told[0].strip():
            found.left.append(said_to_each())
        is_right, words = words.startswith("="), words.removeprefix("=")
        weight = None if is_right else _WEIGHT.match(words)
        if weight:
            words = words[weight.end() :]
        share = Fraction(weight["weight"].rstrip(".")) if weight else Fraction(100 * is_right)
        if text:
            answers.append(_ClozeAnswer(_ESCAPED.sub(r"\1", words.strip()), share))
    return answers


def _forms(kind: str, answers: Sequence[_ClozeAnswer], found: Cloze) -> tuple[str, ...]:
    right = [unescape(one.html) for one in answers if one.weight == 100]
    partly = [unescape(one.html) for one in answers if 0 < one.weight < 100]
    if partly:
        found.left.append(others_in_words(len(partly), partly[0]))
    if kind in {"NUMERICAL", "NM"}:
        if any(one.partition(":")[2].strip(" 0.") for one in right):
            found.left.append(_("how far the number in a gap may be off"))
        right = [one.partition(":")[0] for one in right]
    if kind in {"SHORTANSWER_C", "SAC", "MWC"}:
        found.left.append(_("that capitals matter in a gap"))
    return tuple(right)


def without_gaps(html: str) -> str:
    """Words that stand beside gaps, in which nothing that looks like a gap is read as one."""
    return _BEGINNING.sub("&#123;", html)


def write_gap(gap: GapSpec) -> str:
    """One gap, within HTML."""
    if gap.forms:
        answers = "~".join(_marked(escape(form, quote=False), 100) for form in gap.forms)
        return f"{{1:SHORTANSWER:{answers}}}"
    options = (_marked(render_line(text), 100 * is_right) for text, is_right in gap.options)
    return f"{{1:MULTICHOICE:{'~'.join(options)}}}"


def _marked(html: str, weight: int) -> str:
    text = _SIGNS.sub(r"\\\g<0>", html)
    if text[:1] in {"=", "%"}:
        return f"%{weight}%{text}"
    return f"={text}" if weight else text

"""Gaps: `Gaps: In [[1972 | May 1972]] they met in [[(x) Moscow ( ) Vienna]].`

`accepted` is that one line. A gap is typed, or chosen from a list, whose possibilities are
choices of the gap's slot, from 1. A response has the words, or the key, of each gap in order.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import fold
from documents.plain_markdown import shows_words
from quizzes.marking import Verdict
from quizzes.models import Answer, Choice, Question, QuestionKind
from quizzes.questions.answer_folding import fold_answer
from quizzes.questions.choices import all_or_nothing
from quizzes.questions.protocol import (
    AnswerCount,
    Answered,
    Asked,
    ChoiceView,
    InvalidResponse,
    Message,
    PartView,
    Summary,
    as_html,
    cleaned_each,
    plain,
    shuffled,
)
from quizzes.questions.short_answer import mark_words
from quizzes.questions.specs import (
    ChoiceSpec,
    Key,
    QuestionSpec,
    WrittenQuestion,
    forms_in,
    refuse,
)
from readings.guides import render_line

MAX_GAPS = 20
MAX_CHARACTERS = 100  # of what is typed into one
MAX_COUNTED = 40  # of what stood in gaps, in the results; the rest are counted in one line

# No bracket stands in a gap: a row of opening ones would be tried from each of them to the end.
_GAP = re.compile(r"\[\[([^\[\]]*)\]\]")
_OPTION = re.compile(r"\(([ xX]?)\)")
_MARK = "\ue000"  # stands for a gap while the sentence is rendered: no text has it


@dataclass(frozen=True, slots=True)
class GapSpec:
    """One gap: the `forms` that are right, or the `options` of its list, (text, is right)."""

    forms: tuple[str, ...]
    options: tuple[tuple[str, bool], ...]


class Gaps:
    kind = QuestionKind.GAP
    own_fields: Mapping[str, Message] = {
        "gaps": gettext_lazy("a question has “Gaps:”, or choices or “Answer:”, not both.")
    }
    is_shuffled = True
    asked_template = "quizzes/_asked_gaps.html"
    answered_template = "quizzes/_answered_gaps.html"

    def hint(self, question: Question) -> str:  # noqa: ARG002
        return ""

    # --- Parse ---------------------------------------------------------------------------------
    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.choices or "gaps" not in written.fields:
            return None
        value, line = written.field("gaps")
        sentence = " ".join(value.replace(_MARK, "\ufffd").split())
        gaps = gaps_in(sentence)
        if not gaps:
            refuse(line, _("put what is to be filled in between [[ and ]]."))
        if not _with_marks(sentence):
            refuse(line, _("a gap cannot stand in the address or the title of a link."))
        if len(gaps) > MAX_GAPS:
            refuse(line, _("a question has at most %(most)d gaps.") % {"most": MAX_GAPS})
        for number, gap in enumerate(gaps, start=1):
            problem = _problem(gap)
            if problem:
                said = {"number": number, "problem": problem}
                refuse(line, _("gap %(number)d: %(problem)s") % said)
        choices = (
            ChoiceSpec(text, is_right, "", slot)
            for slot, gap in enumerate(gaps, start=1)
            for text, is_right in gap.options
        )
        return Key(tuple(choices), accepted=(sentence,))

    def write(self, question: QuestionSpec) -> list[str]:
        return [f"Gaps: {question.accepted[0]}"]

    # --- Mark ----------------------------------------------------------------------------------
    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        response = cleaned_each(given)
        gaps = gaps_in(question.accepted[0])
        if not any(response):
            raise InvalidResponse(_("Fill the gaps."))
        if len(response) > len(gaps):
            raise InvalidResponse(_("Choose among the answers that stand here."))
        response += [""] * (len(gaps) - len(response))
        for number, (words, gap) in enumerate(zip(response, gaps, strict=True), start=1):
            if len(words) > MAX_CHARACTERS:
                message = _("Gap %(number)d: write at most %(most)d characters.")
                raise InvalidResponse(message % {"number": number, "most": MAX_CHARACTERS})
            if not words or not (gap.options or fold(words).text.strip()):
                raise InvalidResponse(_("Fill gap %(number)d, too.") % {"number": number})
            if gap.options and words not in {str(one.key) for one in _options(question, number)}:
                raise InvalidResponse(_("Choose among the answers that stand here."))
        return response

    def unfinished(self, question: Question, given: Sequence[str]) -> list[str]:
        response = [one[:MAX_CHARACTERS] for one in cleaned_each(given)]
        for number, gap in enumerate(gaps_in(question.accepted[0]), start=1):
            response += [""] * (number - len(response))
            keys = {str(one.key) for one in _options(question, number)}
            if gap.options and response[number - 1] not in keys:
                response[number - 1] = ""
        kept = response[: len(gaps_in(question.accepted[0]))]
        return kept if any(kept) else []

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        hits = _hits(question, response)
        return Fraction(sum(hits), len(hits))

    # --- Show ----------------------------------------------------------------------------------
    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:
        before, after = pieces_of(question.accepted[0])
        parts = []
        for slot, html in enumerate(before, start=1):
            words = given[slot - 1] if slot <= len(given) else ""
            choices = tuple(
                ChoiceView(str(one.key), as_html(one.html), is_picked=str(one.key) == words)
                for one in _options(question, slot, seed)
            )
            parts.append(PartView(html, choices, words="" if choices else words))
        parts.append(PartView(after, is_asked=False))
        return Asked(parts=tuple(parts), max_length=MAX_CHARACTERS)

    def answered(
        self,
        question: Question,
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,
        seed: str = "",  # noqa: ARG002
    ) -> Answered:
        before, after = pieces_of(question.accepted[0])
        gaps, hits = gaps_in(question.accepted[0]), _hits(question, response)
        parts = [
            PartView(
                html,
                words=_words(question, response[at]) if at < len(response) else "",
                verdict=Verdict.RIGHT if hits[at] else Verdict.WRONG,
                accepted=_right(gaps[at]) if told and not hits[at] else "",
            )
            for at, html in enumerate(before)
        ]
        parts.append(PartView(after, is_asked=False))
        return Answered(result=_result(hits, verdict), parts=tuple(parts))

    # --- Sum up --------------------------------------------------------------------------------
    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        counts: Counter[tuple[int, str]] = Counter()
        shown: dict[tuple[int, str], AnswerCount] = {}
        for answer in answers:
            hits = _hits(question, answer.response)
            for number, (given, is_right) in enumerate(
                zip(answer.response, hits, strict=False), start=1
            ):
                words = _words(question, given)
                same = number, fold_answer(words, language=question.language)
                counts[same] += 1
                shown.setdefault(same, AnswerCount(f"{number}: {words}", 0, is_right))
        order = sorted(counts, key=lambda one: (one[0], -counts[one], one[1]))
        rows = [AnswerCount(shown[one].words, counts[one], shown[one].is_right) for one in order]
        return Summary.of(
            rows,
            MAX_COUNTED,
            caption=_("What stood in each gap"),
            count_name=_("Given"),
            note=_("Each answer fills every gap, so the shares do not add up to 100 %.")
            if len(gaps_in(question.accepted[0])) > 1
            else "",
            mark_note=_("The average mark counts each gap."),
        )


@lru_cache(maxsize=512)
def gaps_in(sentence: str) -> tuple[GapSpec, ...]:
    """The gaps of a sentence as the guide has it, in their order."""
    return tuple(_gap(found[1]) for found in _GAP.finditer(sentence))


def _gap(inside: str) -> GapSpec:
    if not _OPTION.match(inside.strip()):
        return GapSpec(forms_in(inside), ())
    pieces = _OPTION.split(inside.strip())[1:]
    marks, texts = pieces[::2], [text.strip() for text in pieces[1::2]]
    rights = [mark in {"x", "X"} for mark in marks]
    return GapSpec((), tuple(zip(texts, rights, strict=True)))


def _problem(gap: GapSpec) -> str:
    """What is wrong with a gap; "" where nothing is."""
    if not gap.options:
        if not any(fold(form).text.strip() for form in gap.forms):
            return _("no words stand in it.")
        if max(map(len, gap.forms)) > MAX_CHARACTERS:
            return _("it has at most %(most)d characters.") % {"most": MAX_CHARACTERS}
        return ""
    texts = [text for text, _is_right in gap.options]
    if not all(shows_words(render_line(text)) for text in texts):
        return _("this choice has no words.")
    if len(texts) < 2 or len(set(texts)) < len(texts):
        return _("a list has at least two possibilities, and each once.")
    if sum(is_right for _text, is_right in gap.options) != 1:
        return _("mark exactly one choice as right: “(x)”.")
    return ""


@lru_cache(maxsize=512)
def pieces_of(sentence: str) -> tuple[tuple[SafeString, ...], SafeString]:
    """The sanitised HTML before each gap, and what stands behind the last one.

    Of a sentence with a gap within a tag, which was taken in before that was refused, the words
    alone: cut there, a value would go on outside its attribute.
    """
    html = _with_marks(sentence)
    *before, after = (html if html else escape(_GAP.sub(_MARK, sentence))).split(_MARK)
    return tuple(map(as_html, before)), as_html(after)


def _with_marks(sentence: str) -> str:
    """The sentence as sanitised HTML, with a mark for each gap; "" where one is no piece of the
    text, as it stands in a link's title, say."""
    marked = _GAP.sub(_MARK, sentence)
    html = render_line(marked)
    return html if strip_tags(html).count(_MARK) == marked.count(_MARK) else ""


def _options(question: Question, slot: int, seed: str = "") -> list[Choice]:
    """What a gap's list offers."""
    return shuffled((one for one in question.offered if one.slot == slot), seed)


def _hits(question: Question, response: Sequence[str]) -> list[bool]:
    hits = []
    for slot, gap in enumerate(gaps_in(question.accepted[0]), start=1):
        given = response[slot - 1] if slot <= len(response) else ""
        if gap.options:
            rights = (one for one in _options(question, slot) if one.is_correct)
            hits.append(given in {str(one.key) for one in rights})
        else:
            hits.append(bool(mark_words(given, gap.forms, language=question.language)))
    return hits


def _words(question: Question, given: str) -> str:
    """What stood in a gap, as it reads."""
    chosen = next((one for one in question.choices.all() if str(one.key) == given), None)
    return plain(chosen.html) if chosen else given


def _right(gap: GapSpec) -> str:
    if gap.forms:
        return gap.forms[0]
    return next(plain(render_line(text)) for text, is_right in gap.options if is_right)


def _result(hits: Sequence[bool], verdict: Verdict) -> str:
    if verdict != Verdict.PARTLY:
        return all_or_nothing(verdict)
    return _("Partly right: %(hits)d of %(all)d gaps.") % {"hits": sum(hits), "all": len(hits)}

"""Match: `- one side -> the other`, and `- -> what goes with none of them`.

The sides are choices of two slots; a left one's `answer` is the text of the right one that goes
with it. A response has for each left one two keys with a space between them.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from quizzes.marking import Verdict
from quizzes.models import Answer, Choice, Question, QuestionKind
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
    cleaned,
    plain,
    shuffled,
)
from quizzes.questions.specs import (
    ChoiceSpec,
    Key,
    QuestionSpec,
    WrittenQuestion,
    refuse,
    write_feedback,
)

LEFT, RIGHT = 1, 2  # slots
MAX_ROWS = 30  # more is a test of patience
MAX_COUNTED = 40  # pairs that were made, in the results; the rest are counted in one line

_ARROW = re.compile("->|→")


class Pairing:
    kind = QuestionKind.MATCH
    own_fields: Mapping[str, Message] = {}
    is_shuffled = True
    asked_template = "quizzes/_asked_match.html"
    answered_template = "quizzes/_answered_parts.html"

    def hint(self, question: Question) -> str:  # noqa: ARG002
        return _("Choose for each what goes with it.")

    # --- Parse ---------------------------------------------------------------------------------
    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.box != ">":
            return None
        if "answer" in written.fields:
            refuse(written.field("answer")[1], _("a question has pairs or “Answer:”, not both."))
        lefts = [one for one in written.choices if one.text]
        others = [one.answer for one in written.choices if not one.text]
        rights = list(dict.fromkeys(one.answer for one in lefts))
        if len(lefts) < 2 or len({*rights, *others}) < 2:
            refuse(written.line, _("what is matched needs at least two pairs that differ."))
        if len(written.choices) > MAX_ROWS:
            message = _("a question matches at most %(most)d pairs.")
            refuse(written.line, message % {"most": MAX_ROWS})
        if len({one.text for one in lefts}) < len(lefts):
            refuse(written.line, _("two pairs of this question begin with the same words."))
        if len({*rights, *others}) < len(rights) + len(others):
            refuse(written.line, _("what goes with none stands here twice, or goes with one."))
        return Key(
            (
                *(ChoiceSpec(one.text, True, one.feedback, LEFT, one.answer) for one in lefts),
                *(ChoiceSpec(text, text in rights, "", RIGHT) for text in [*rights, *others]),
            )
        )

    def write(self, question: QuestionSpec) -> list[str]:
        lines = []
        for one in question.choices:
            if one.slot == LEFT:
                left = _ARROW.sub(lambda found: "\\" + found[0], one.text)
                lines.append(f"- {left} -> {one.answer}")
                lines += write_feedback(one)
            elif not one.is_correct:
                lines.append(f"- -> {one.text}")
        return [*lines, ""]

    # --- Mark ----------------------------------------------------------------------------------
    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        lefts, rights = _sides(question)
        picked = _picked(cleaned(given))
        if not picked:
            raise InvalidResponse(_("Choose for each what goes with it."))
        known = {str(one.key) for one in rights}
        if not set(picked) <= {str(one.key) for one in lefts} or not set(picked.values()) <= known:
            raise InvalidResponse(_("Choose among the answers that stand here."))
        missing = [one for one in lefts if str(one.key) not in picked]
        if missing:
            message = _("Choose what goes with “%(words)s”, too.")
            raise InvalidResponse(message % {"words": plain(missing[0].html)})
        return [f"{one.key} {picked[str(one.key)]}" for one in lefts]

    def unfinished(self, question: Question, given: Sequence[str]) -> list[str]:
        lefts, rights = _sides(question)
        picked, known = _picked(cleaned(given)), {str(one.key) for one in rights}
        pairs = [(str(one.key), picked.get(str(one.key), "")) for one in lefts]
        return [f"{left} {right}" for left, right in pairs if right in known]

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        lefts, _rights = _sides(question)
        return Fraction(sum(_hits(question, response)), len(lefts))

    # --- Show ----------------------------------------------------------------------------------
    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:
        lefts, rights = _sides(question, seed)
        picked = _picked(given)
        return Asked(
            parts=tuple(
                PartView(
                    as_html(left.html),
                    tuple(
                        ChoiceView(
                            f"{left.key} {right.key}",
                            as_html(right.html),
                            is_picked=picked.get(str(left.key)) == str(right.key),
                        )
                        for right in rights
                    ),
                )
                for left in lefts
            )
        )

    def answered(
        self,
        question: Question,
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,
        seed: str = "",  # noqa: ARG002
    ) -> Answered:
        picked = _picked(response)
        every = {str(one.key): one for one in question.choices.all()}
        lefts = [one for one in _sides(question)[0] if str(one.key) in picked]
        parts = []
        for left in lefts:
            chosen = every.get(picked[str(left.key)])
            is_right = chosen is not None and chosen.text == left.answer
            right = next((one for one in every.values() if _goes_with(one, left)), None)
            parts.append(
                PartView(
                    as_html(left.html),
                    words=plain(chosen.html) if chosen else "",
                    verdict=Verdict.RIGHT if is_right else Verdict.WRONG,
                    feedback=as_html(left.feedback_html),
                    accepted=plain(right.html) if told and right and not is_right else "",
                )
            )
        return Answered(result=self._result(question, response, verdict), parts=tuple(parts))

    def _result(self, question: Question, response: Sequence[str], verdict: Verdict) -> str:
        if verdict != Verdict.PARTLY:
            return all_or_nothing(verdict)
        hits = _hits(question, response)
        counts = {"hits": sum(hits), "all": len(hits)}
        return _("Partly right: %(hits)d of %(all)d.") % counts

    # --- Sum up --------------------------------------------------------------------------------
    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        every = {str(one.key): one for one in question.choices.all()}
        counts = Counter(
            pair
            for answer in answers
            for pair in answer.response
            if set(pair.split()) <= set(every)
        )
        order = {key: at for at, key in enumerate(every)}
        pairs = sorted(counts, key=lambda pair: (order[pair.split()[0]], -counts[pair], pair))
        rows = []
        for pair in pairs:
            left, right = (every[key] for key in pair.split())
            words = f"{plain(left.html)} → {plain(right.html)}"
            rows.append(AnswerCount(words, counts[pair], right.text == left.answer))
        return Summary.of(
            rows,
            MAX_COUNTED,
            caption=_("How often each pair was made"),
            count_name=_("Made"),
            note=_("Each answer makes several pairs, so the shares do not add up to 100 %."),
            mark_note=_("The average mark counts each right pair."),
        )


def _sides(question: Question, seed: str = "") -> tuple[list[Choice], list[Choice]]:
    """What is offered: the left ones in the guide's order, the right ones in one of the seed."""
    rights = shuffled((one for one in question.offered if one.slot == RIGHT), seed)
    return [one for one in question.offered if one.slot == LEFT], rights


def _picked(given: Sequence[str]) -> dict[str, str]:
    """Return left key → right key; what is no pair is left out."""
    return {pair[0]: pair[1] for one in given if len(pair := one.split()) == 2}


def _hits(question: Question, response: Sequence[str]) -> list[bool]:
    """Whether each of what is offered on the left was matched with what goes with it."""
    picked = _picked(response)
    texts = {str(one.key): one.text for one in question.choices.all()}
    return [texts.get(picked.get(str(left.key), "")) == left.answer for left in _sides(question)[0]]


def _goes_with(one: Choice, left: Choice) -> bool:
    return one.slot == RIGHT and one.retired_at is None and one.text == left.answer

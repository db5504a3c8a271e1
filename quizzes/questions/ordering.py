"""Order: `- (1) what comes first`, `- (2) what comes then`, in whatever order they are written.

The choices stand in the right order. A response has for each of them `place key`, by place.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from django.utils.translation import gettext as _

from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
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

MAX_ROWS = 20  # more is a test of patience


class Ordering:
    kind = QuestionKind.ORDER
    own_fields: Mapping[str, Message] = {}
    is_shuffled = True
    asked_template = "quizzes/_asked_order.html"
    answered_template = "quizzes/_answered_parts.html"

    def hint(self, question: Question) -> str:  # noqa: ARG002
        return _("Give each its place; 1 comes first.")

    # --- Parse ---------------------------------------------------------------------------------
    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.box != "#":
            return None
        if "answer" in written.fields:
            refuse(written.field("answer")[1], _("a question has places or “Answer:”, not both."))
        ordered = sorted(written.choices, key=lambda one: int(one.answer))
        if [int(one.answer) for one in ordered] != list(range(1, len(ordered) + 1)):
            refuse(written.line, _("number what is put in order from 1, and each once."))
        if not 2 <= len(ordered) <= MAX_ROWS:
            message = _("what is put in order is 2 to %(most)d things.")
            refuse(written.line, message % {"most": MAX_ROWS})
        if len({one.text for one in ordered}) < len(ordered):
            refuse(written.line, _("two choices of this question have the same words."))
        return Key(tuple(ChoiceSpec(one.text, True, one.feedback) for one in ordered))

    def write(self, question: QuestionSpec) -> list[str]:
        lines = []
        for place, one in enumerate(question.choices, start=1):
            lines.append(f"- ({place}) {one.text}")
            lines += write_feedback(one)
        return [*lines, ""]

    # --- Mark ----------------------------------------------------------------------------------
    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        offered = {str(one.key): one for one in question.offered}
        places = _places(cleaned(given))
        if not places:
            raise InvalidResponse(_("Give each its place."))
        if not set(places) <= set(offered) or max(places.values()) > len(offered):
            raise InvalidResponse(_("Choose among the answers that stand here."))
        # By key: the first of those that are missing would be the first in the right order.
        missing = min((key for key in offered if key not in places), default=None)
        if missing:
            message = _("Give “%(words)s” a place, too.")
            raise InvalidResponse(message % {"words": plain(offered[missing].html)})
        taken = list(places.values())
        twice = next((place for place in sorted(taken) if taken.count(place) > 1), None)
        if twice:
            raise InvalidResponse(_("Two stand at place %(place)d. Move one.") % {"place": twice})
        return [f"{place} {key}" for key, place in sorted(places.items(), key=lambda one: one[1])]

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        return mark_order(_ranks(question, response))

    # --- Show ----------------------------------------------------------------------------------
    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:
        places = _places(given)
        offered = shuffled(question.offered, seed)
        return Asked(
            parts=tuple(
                PartView(
                    as_html(one.html),
                    tuple(
                        ChoiceView(
                            f"{place} {one.key}",
                            as_html(str(place)),
                            is_picked=places.get(str(one.key)) == place,
                        )
                        for place in range(1, len(offered) + 1)
                    ),
                )
                for one in offered
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
        right = {str(one.key): place for place, one in enumerate(question.offered, start=1)}
        every = {str(one.key): one for one in question.choices.all()}
        parts = []
        for key, place in _places(response).items():
            if key in every:
                is_right = right.get(key) == place
                parts.append(
                    PartView(
                        as_html(every[key].html),
                        words=str(place),
                        verdict=Verdict.RIGHT if is_right else Verdict.WRONG,
                        feedback=as_html(every[key].feedback_html),
                        accepted=str(right.get(key, "")) if told and not is_right else "",
                    )
                )
        return Answered(result=self._result(question, response, verdict), parts=tuple(parts))

    def _result(self, question: Question, response: Sequence[str], verdict: Verdict) -> str:
        if verdict != Verdict.PARTLY:
            return all_or_nothing(verdict)
        right, all_pairs = _pairs(_ranks(question, response))
        counts = {"right": right, "all": all_pairs}
        return _("Partly right: of %(all)d pairs, %(right)d stand the right way round.") % counts

    # --- Sum up --------------------------------------------------------------------------------
    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        given = [_places(answer.response) for answer in answers]
        rows = [
            AnswerCount(
                f"{place}. {plain(one.html)}",
                sum(places.get(str(one.key)) == place for places in given),
                is_right=True,
            )
            for place, one in enumerate(question.offered, start=1)
        ]
        return Summary(
            rows=rows if answers else [],
            caption=_("How often each stood in its place"),
            count_name=_("In its place"),
            note=_("What is right stands in its order."),
            mark_note=_("The average mark counts pairs the right way round less the others."),
        )


def mark_order(ranks: Sequence[int]) -> Fraction:
    """(pairs the right way round - pairs the wrong way round) / all pairs, never below 0.

    `ranks` has the right place of each, in the order in which they were put. So a chance order
    earns nothing, and two neighbours changed cost little.
    """
    right, every = _pairs(ranks)
    return max(Fraction(0), Fraction(2 * right - every, every)) if every else Fraction(0)


def _pairs(ranks: Sequence[int]) -> tuple[int, int]:
    pairs = list(combinations(ranks, 2))
    return sum(one < other for one, other in pairs), len(pairs)


def _places(given: Sequence[str]) -> dict[str, int]:
    """Return key → place; what is none is left out."""
    pairs = (one.split() for one in given)
    return {
        pair[1]: int(pair[0])
        for pair in pairs
        if len(pair) == 2 and pair[0].isascii() and pair[0].isdecimal() and 0 < len(pair[0]) < 3
        if int(pair[0])
    }


def _ranks(question: Question, response: Sequence[str]) -> list[int]:
    """The right places of what is offered, in the order of the response; all of it, or nothing."""
    right = {str(one.key): place for place, one in enumerate(question.offered)}
    ranks = [right[key] for key in _places(response) if key in right]
    return ranks if len(ranks) == len(right) else []

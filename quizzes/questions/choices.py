"""What the types have in common in which one picks among possibilities."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.marking import Verdict
from quizzes.models import Answer, Question
from quizzes.questions.protocol import (
    AnswerCount,
    Answered,
    Asked,
    ChoiceView,
    InvalidResponse,
    Message,
    Summary,
    as_html,
    cleaned,
    shuffled,
)
from quizzes.questions.specs import (
    ChoiceSpec,
    QuestionSpec,
    WrittenQuestion,
    refuse,
    write_feedback,
)


@dataclass(frozen=True, slots=True)
class Possibility:
    """One thing that can be picked; `key` is what a form sends for it."""

    key: str
    html: SafeString
    is_right: bool
    feedback: SafeString
    is_offered: bool = True  # False of what was picked when it still stood there


class PickType:
    """A type in which one picks; what there is to pick, each says for itself."""

    own_fields: Mapping[str, Message] = {}
    is_shuffled = False
    asked_template = "quizzes/_asked_choices.html"
    answered_template = "quizzes/_answered_choices.html"

    def hint(self, question: Question) -> str:  # noqa: ARG002
        return ""

    def possibilities(self, question: Question) -> list[Possibility]:
        """What can be picked, in order: the choices of the guide, and those offered no more."""
        return [
            Possibility(
                str(choice.key),
                as_html(choice.html),
                choice.is_correct and choice.retired_at is None,
                as_html(choice.feedback_html),
                choice.retired_at is None,
            )
            for choice in question.choices.all()
        ]

    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        response = cleaned(given)
        if not response:
            raise InvalidResponse(_("Choose an answer."))
        possible = {one.key for one in self.possibilities(question) if one.is_offered}
        if not set(response) <= possible or len(response) > self.most_picks(question):
            raise InvalidResponse(_("Choose among the answers that stand here."))
        return response

    def most_picks(self, question: Question) -> int:  # noqa: ARG002 - for several, it depends
        return 1

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        return mark_choice(response, self.rights(question))

    def rights(self, question: Question) -> set[str]:
        return {one.key for one in self.possibilities(question) if one.is_right}

    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:
        return Asked(
            tuple(
                ChoiceView(one.key, one.html, is_picked=one.key in given)
                for one in self._shown(question, seed)
                if one.is_offered
            )
        )

    def _shown(self, question: Question, seed: str) -> list[Possibility]:
        """In the guide's order; in one of the seed, where the guide says “Shuffle: yes”."""
        found = self.possibilities(question)
        return shuffled(found, seed) if question.settings.get("shuffle") else found

    def answered(
        self,
        question: Question,
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,
        seed: str = "",
    ) -> Answered:
        return Answered(
            result=self.result(question, response, verdict),
            choices=tuple(
                _shown(one, response, told=told)
                for one in self._shown(question, seed)
                if one.is_offered or one.key in response
            ),
        )

    def result(
        self,
        question: Question,  # noqa: ARG002 - for several, it says more
        response: Sequence[str],  # noqa: ARG002
        verdict: Verdict,
    ) -> str:
        return all_or_nothing(verdict)

    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        picked = Counter(key for answer in answers for key in answer.response)
        return Summary(
            rows=[
                AnswerCount(one.html, picked[one.key], one.is_right)
                for one in self.possibilities(question)
                if one.is_offered or picked[one.key]
            ],
            caption=_("How often each answer was chosen"),
            count_name=_("Chosen"),
        )


def _shown(one: Possibility, response: Sequence[str], *, told: bool) -> ChoiceView:
    is_picked = one.key in response
    if not is_picked and not (told and one.is_right):
        return ChoiceView(one.key, one.html)
    verdict = Verdict.RIGHT if one.is_right else Verdict.WRONG
    return ChoiceView(one.key, one.html, is_picked, verdict, one.feedback)


def all_or_nothing(verdict: Verdict) -> str:
    """What came of an answer that is either right or not, in words."""
    return _("Right.") if verdict == Verdict.RIGHT else _("Not yet.")


def mark_choice(picked: Collection[str], right: Collection[str]) -> Fraction:
    """One choice, or true and false: all or nothing."""
    return Fraction(set(picked) == set(right) and len(right) == 1)


def parse_choices(written: WrittenQuestion) -> tuple[ChoiceSpec, ...]:
    """Return the choices of a question that has some; raise GuideRefused where they are none."""
    choices = written.choices
    if "answer" in written.fields:
        refuse(written.field("answer")[1], _("a question has choices or “Answer:”, not both."))
    if len(choices) < 2:
        refuse(written.line, _("a choice needs at least two possibilities."))
    if len({choice.text for choice in choices}) < len(choices):
        refuse(written.line, _("two choices of this question have the same words."))
    return choices


SHUFFLE: Mapping[str, Message] = {
    "shuffle": gettext_lazy("only choices of which one picks are shuffled: “Shuffle: yes”.")
}


def parse_shuffle(written: WrittenQuestion) -> dict[str, object]:
    """Read whether the choices stand in another order for each person and try."""
    value, line = written.field("shuffle")
    if value.lower() not in {"", "yes", "no"} or ("shuffle" in written.fields and not value):
        refuse(line, _("write “Shuffle: yes” or “Shuffle: no”."))
    return {"shuffle": True} if value.lower() == "yes" else {}


def write_choices(question: QuestionSpec, brackets: str) -> list[str]:
    """Write the choices, each with its feedback below it, and an empty line after them."""
    opening, closing = brackets[0], brackets[1]
    lines = []
    for choice in question.choices:
        lines.append(f"- {opening}{'x' if choice.is_correct else ' '}{closing} {choice.text}")
        lines += write_feedback(choice)
    return [*lines, "", *(["Shuffle: yes"] if question.settings.get("shuffle") else [])]

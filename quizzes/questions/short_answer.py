"""Short answer: `Answer: one form | another`, and `Case: matters` where capitals count.

`accepted` are the forms; `settings` may have `case_matters`. A response is a list
of one string, the words as they were typed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import fold
from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
from quizzes.questions.answer_folding import fold_answer
from quizzes.questions.choices import all_or_nothing
from quizzes.questions.protocol import (
    AnswerCount,
    Answered,
    Asked,
    InvalidResponse,
    Message,
    Summary,
    cleaned,
)
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion, in_bars, refuse

MAX_CHARACTERS = 300  # of a short answer: a line or two
MAX_ROWS = 10  # of answers given, in the results; the rest are counted in one line

_MISPLACED = gettext_lazy("only a short answer may say “Case: matters”.")


class ShortAnswer:
    kind = QuestionKind.SHORT_ANSWER
    own_fields: Mapping[str, Message] = {"case": _MISPLACED}
    is_shuffled = False
    asked_template = "quizzes/_asked_words.html"
    answered_template = "quizzes/_answered_words.html"

    def hint(self, question: Question) -> str:  # noqa: ARG002
        return ""

    def parse(self, written: WrittenQuestion) -> Key | None:
        accepted = tuple(form for form in written.accepted if fold(form).text.strip())
        if written.choices or not accepted:
            return None
        if max(map(len, accepted)) > MAX_CHARACTERS:
            # Who gives this very answer would be told that it is too long.
            message = _("an accepted answer has at most %(most)d characters.")
            refuse(written.field("answer")[1], message % {"most": MAX_CHARACTERS})
        return Key(accepted=accepted, settings=self._settings(written))

    def _settings(self, written: WrittenQuestion) -> dict[str, object]:
        case, line = written.field("case")
        if case and case.lower() != "matters":
            refuse(line, str(_MISPLACED))
        return {"case_matters": True} if case else {}

    def write(self, question: QuestionSpec) -> list[str]:
        lines = [f"Answer: {in_bars(question.accepted)}"]
        return [*lines, "Case: matters"] if question.settings.get("case_matters") else lines

    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:  # noqa: ARG002
        response = cleaned(given)
        if len(response) == 1 and len(response[0]) > MAX_CHARACTERS:
            message = _("This has %(count)d characters; an answer has at most %(most)d.")
            counts = {"count": len(response[0]), "most": MAX_CHARACTERS}
            raise InvalidResponse(message % counts)
        if len(response) != 1 or not fold(response[0]).text.strip():
            raise InvalidResponse(_("Write an answer."))
        return response

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        return mark_words(
            " ".join(response),
            question.accepted,
            language=question.language,
            case_matters=_case_matters(question),
        )

    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:  # noqa: ARG002
        return Asked(words=" ".join(given), max_length=MAX_CHARACTERS)

    def answered(
        self,
        question: Question,
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,
        seed: str = "",  # noqa: ARG002
    ) -> Answered:
        return Answered(
            result=all_or_nothing(verdict),
            words=" ".join(response),
            accepted=question.accepted[0] if told else "",
        )

    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        rows = counted_words(question, answers)
        return Summary.of(
            rows,
            MAX_ROWS,
            caption=_("Answers given"),
            count_name=_("Given"),
        )


def counted_words(
    question: Question,
    answers: Sequence[Answer],
    words_of: Callable[[Sequence[str]], str] = " ".join,
) -> list[AnswerCount]:
    """The answers that were given, those that count as the same in one row, commonest first."""
    spellings: Mapping[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, bool] = {}
    for answer in answers:
        words = words_of(answer.response)
        folded = fold_answer(
            words, language=question.language, case_matters=_case_matters(question)
        )
        spellings[folded][words] += 1
        right[folded] = answer.score == question.points
    return [
        AnswerCount(spellings[one].most_common(1)[0][0], spellings[one].total(), right[one])
        for one in sorted(spellings, key=lambda key: (-spellings[key].total(), key))
    ]


def _case_matters(question: Question) -> bool:
    return bool(question.settings.get("case_matters"))


def mark_words(
    words: str, accepted: Collection[str], *, language: str = "en", case_matters: bool = False
) -> Fraction:
    """A short answer: right if it is one of the accepted forms, both folded alike."""

    def folded(form: str) -> str:
        return fold_answer(form, language=language, case_matters=case_matters)

    # An accepted form is right, whatever folding leaves of it.
    return Fraction(words in accepted or folded(words) in {*map(folded, accepted)} - {""})

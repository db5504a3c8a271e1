"""Short answer: `Answer: one form | another`, and `Case: matters` where capitals count.

`accepted` are the forms; `settings` may have `case_matters`. A response is a list
of one string, the words as they were typed.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import fold
from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
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
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion, refuse

MAX_CHARACTERS = 300  # of a short answer: a line or two
MAX_ROWS = 10  # of answers given, in the results; the rest are counted in one line

_MISPLACED = gettext_lazy("only a short answer may say “Case: matters”.")
# In Japanese these marks make another letter: が is not か with an accent.
_VOICED = "\u3099\u309a"


class ShortAnswer:
    kind = QuestionKind.SHORT_ANSWER
    own_fields: Mapping[str, Message] = {"case": _MISPLACED}
    asked_template = "quizzes/_asked_words.html"
    answered_template = "quizzes/_answered_words.html"

    @property
    def hint(self) -> str:
        return ""

    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.choices or not written.accepted:
            return None
        return Key(accepted=written.accepted, settings=self._settings(written))

    def _settings(self, written: WrittenQuestion) -> dict[str, object]:
        case, line = written.field("case")
        if case and case.lower() != "matters":
            refuse(line, str(_MISPLACED))
        return {"case_matters": True} if case else {}

    def write(self, question: QuestionSpec) -> list[str]:
        forms = [form.replace("|", "\\|") for form in question.accepted]
        lines = [f"Answer: {' | '.join(forms)}"]
        return [*lines, "Case: matters"] if question.settings.get("case_matters") else lines

    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:  # noqa: ARG002
        response = cleaned(given)
        if len(response) != 1:
            raise InvalidResponse(_("Write an answer."))
        if len(response[0]) > MAX_CHARACTERS:
            raise InvalidResponse(_("Use at most %(most)d characters.") % {"most": MAX_CHARACTERS})
        return response

    def mark(self, question: Question, response: Sequence[str]) -> Fraction:
        return mark_words(
            " ".join(response), question.accepted, case_matters=_case_matters(question)
        )

    def asked(self, question: Question, given: Sequence[str]) -> Asked:  # noqa: ARG002
        return Asked(words=" ".join(given), max_length=MAX_CHARACTERS)

    def answered(
        self, question: Question, response: Sequence[str], *, verdict: Verdict, told: bool
    ) -> Answered:
        return Answered(
            result=all_or_nothing(verdict),
            words=" ".join(response),
            accepted=question.accepted[0] if told else "",
        )

    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        rows = list(_counted(question, answers))
        return Summary(
            rows=rows[:MAX_ROWS],
            others=sum(row.count for row in rows[MAX_ROWS:]),
            caption=_("Answers given"),
            count_name=_("Given"),
        )


def _counted(question: Question, answers: Sequence[Answer]) -> Iterator[AnswerCount]:
    """The answers that were given, those that count as the same in one row, commonest first."""
    spellings: Mapping[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, bool] = {}
    for answer in answers:
        words = " ".join(answer.response)
        folded = fold_answer(words, case_matters=_case_matters(question))
        spellings[folded][words] += 1
        right[folded] = answer.score == question.points
    for folded in sorted(spellings, key=lambda key: (-spellings[key].total(), key)):
        commonest = spellings[folded].most_common(1)[0][0]
        yield AnswerCount(commonest, spellings[folded].total(), right[folded])


def _case_matters(question: Question) -> bool:
    return bool(question.settings.get("case_matters"))


def mark_words(words: str, accepted: Collection[str], *, case_matters: bool = False) -> Fraction:
    """A short answer: right if it is one of the accepted forms, both folded alike."""
    given = fold_answer(words, case_matters=case_matters)
    forms = {fold_answer(form, case_matters=case_matters) for form in accepted}
    return Fraction(bool(given) and given in forms)


def fold_answer(words: str, *, case_matters: bool = False) -> str:
    """Make answers that a reader would call the same the same string.

    To what anchoring folds (white space, quotation marks, dashes, invisible
    characters, compatibility forms) this adds that capitals and accents count for
    nothing, unless `case_matters`.
    """
    text = unicodedata.normalize("NFKC", words)
    if not case_matters:
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(one for one in text if one in _VOICED or not unicodedata.combining(one))
        # Folding can make new compatibility forms: fold what came of it once more.
        text = unicodedata.normalize("NFKC", text.casefold())
    return " ".join(fold(text).text.split())

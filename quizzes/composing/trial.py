"""An answer that is tried in the form, judged by the rule that will judge members; kept nowhere."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from quizzes.composing.question_forms import QuestionForm
from quizzes.marking import Verdict
from quizzes.models import Question, QuestionKind
from quizzes.questions import InvalidResponse, type_of
from readings.models import Reading

# Their answers are typed, and their marks need no rows.
KINDS = (QuestionKind.SHORT_ANSWER, QuestionKind.NUMERIC)


@dataclass(frozen=True, slots=True)
class Trial:
    """What would come of the answer, in words."""

    verdict: str  # right, partly, wrong; "" where it could not be judged
    said: str

    @classmethod
    def of(cls, form: QuestionForm, reading: Reading) -> "Trial":
        spec = form.cleaned_data.get("spec") if form.is_valid() else None
        if spec is None:
            return cls("", _("First put right what is marked in the form."))
        if spec.kind not in KINDS:
            return cls("", _("Answers of this kind are tried in the preview."))
        question = Question(kind=spec.kind, accepted=list(spec.accepted), settings=spec.settings)
        question.language = reading.essay.language
        rule = type_of(spec)
        try:
            response = rule.normalise(question, [form.cleaned_data["attempt"]])
        except InvalidResponse as why:
            return cls("", str(why))
        share = rule.mark(question, response) or 0
        if share == 1:
            return cls(Verdict.RIGHT, _("Right: counts in full."))
        if share:
            return cls(Verdict.PARTLY, _("Partly right: counts in part."))
        return cls(Verdict.WRONG, _("Not right: does not count."))

"""True or false: `Answer: true`. A response, and what is accepted, is `true` or `false`."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.models import Question, QuestionKind
from quizzes.questions.choices import PickType, Possibility
from quizzes.questions.protocol import as_html
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion


class TrueFalse(PickType):
    kind = QuestionKind.TRUE_FALSE

    def parse(self, written: WrittenQuestion) -> Key | None:
        accepted = written.accepted
        if written.choices or len(accepted) != 1 or accepted[0].lower() not in {"true", "false"}:
            return None
        return Key(accepted=(accepted[0].lower(),))

    def write(self, question: QuestionSpec) -> list[str]:
        return [f"Answer: {question.accepted[0]}"]

    def possibilities(self, question: Question) -> list[Possibility]:
        words = {"true": _("True"), "false": _("False")}
        return [
            Possibility(key, as_html(word), key in question.accepted, SafeString())
            for key, word in words.items()
        ]

"""One choice: `- (x)` before the right one of two or more."""

from django.utils.translation import gettext as _

from quizzes.models import QuestionKind
from quizzes.questions.choices import (
    SHUFFLE,
    PickType,
    parse_choices,
    parse_shuffle,
    write_choices,
)
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion, refuse


class OneChoice(PickType):
    kind = QuestionKind.ONE_CHOICE
    own_fields = SHUFFLE

    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.box != "(":
            return None
        choices = parse_choices(written)
        if sum(choice.is_correct for choice in choices) != 1:
            refuse(written.line, _("mark exactly one choice as right: “- (x)”."))
        return Key(choices, settings=parse_shuffle(written))

    def write(self, question: QuestionSpec) -> list[str]:
        return write_choices(question, "()")

"""The types of questions: one module each, known here and nowhere else by name."""

from collections.abc import Sequence

from quizzes.models import Question
from quizzes.questions.gaps import Gaps
from quizzes.questions.numeric import Numeric
from quizzes.questions.one_choice import OneChoice
from quizzes.questions.open_answer import OpenAnswer
from quizzes.questions.ordering import Ordering
from quizzes.questions.pairing import Pairing
from quizzes.questions.passage import PassageType
from quizzes.questions.places import (
    keep_places,
    moved_questions,
)
from quizzes.questions.protocol import (
    AnswerCount,
    ChoiceView,
    InvalidResponse,
    PartView,
    QuestionType,
    Summary,
    as_html,
    plain,
)
from quizzes.questions.several import Several
from quizzes.questions.short_answer import ShortAnswer
from quizzes.questions.specs import ChoiceSpec, Key, QuestionSpec, WrittenQuestion, refuse
from quizzes.questions.true_false import TrueFalse

# A question in a guide is of the first type that reads it.
TYPES: Sequence[QuestionType] = (
    OneChoice(),
    Several(),
    TrueFalse(),
    ShortAnswer(),
    Numeric(),
    Pairing(),
    Ordering(),
    Gaps(),
    PassageType(),
    OpenAnswer(),
)
_BY_KIND = {str(one.kind): one for one in TYPES}


def type_of(question: Question | QuestionSpec) -> QuestionType:
    return _BY_KIND[question.kind]


def is_shuffled(question: Question | QuestionSpec) -> bool:
    """Whether each person and try sees it in an order of their own."""
    return type_of(question).is_shuffled or bool(question.settings.get("shuffle"))


__all__ = [
    "TYPES",
    "AnswerCount",
    "ChoiceSpec",
    "ChoiceView",
    "InvalidResponse",
    "Key",
    "PartView",
    "QuestionSpec",
    "QuestionType",
    "Summary",
    "WrittenQuestion",
    "as_html",
    "is_shuffled",
    "keep_places",
    "moved_questions",
    "plain",
    "refuse",
    "type_of",
]

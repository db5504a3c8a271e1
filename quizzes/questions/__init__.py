"""The types of questions: one module each, known here and nowhere else by name."""

from collections.abc import Sequence

from quizzes.models import Question
from quizzes.questions.gaps import Gaps, GapSpec, gaps_in, pieces_of
from quizzes.questions.numbers import factor_of, read_number
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
    Answered,
    ChoiceView,
    FoundInTheText,
    InvalidResponse,
    MarkedInParts,
    Message,
    PartView,
    QuestionType,
    Summary,
    as_html,
    plain,
)
from quizzes.questions.rubrics import (
    Criterion,
    criteria_in_words,
    given_levels,
    most_points,
    parse_rubric,
    rubric_of,
)
from quizzes.questions.several import Several
from quizzes.questions.short_answer import ShortAnswer
from quizzes.questions.specs import (
    ChoiceSpec,
    Key,
    QuestionSpec,
    WrittenQuestion,
    in_bars,
    refuse,
)
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
    "Answered",
    "ChoiceSpec",
    "ChoiceView",
    "Criterion",
    "FoundInTheText",
    "GapSpec",
    "InvalidResponse",
    "Key",
    "MarkedInParts",
    "Message",
    "PartView",
    "QuestionSpec",
    "QuestionType",
    "Summary",
    "WrittenQuestion",
    "as_html",
    "criteria_in_words",
    "factor_of",
    "gaps_in",
    "given_levels",
    "in_bars",
    "is_shuffled",
    "keep_places",
    "most_points",
    "moved_questions",
    "parse_rubric",
    "pieces_of",
    "plain",
    "read_number",
    "refuse",
    "rubric_of",
    "type_of",
]

"""What a type of question is: one object with this protocol, in a module of its own.

Whoever reads, marks, shows or sums up questions asks the type and never looks at
its name; `quizzes.questions` knows which types there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, runtime_checkable

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from documents.visible import has_visible
from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion
from seminars.models import Membership

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Message: TypeAlias = "str | _StrPromise"  # words that are said in the reader's language


class InvalidResponse(ValueError):
    """What was answered cannot be taken; the message tells who answered what to do."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A choice; `verdict` and `feedback` only once answered, and only of what was picked."""

    key: str
    html: SafeString
    is_picked: bool = False
    verdict: str = ""  # right, wrong, or nothing
    feedback: SafeString = field(default_factory=SafeString)

    @property
    def words(self) -> str:
        """What a control shows of it that takes no markup."""
        return plain(self.html)


@dataclass(frozen=True, slots=True)
class PartView:
    """One of several things that a question asks: a row to match, a gap in a sentence.

    `html` stands before its control, or is what it is about. Without `choices` it is typed.
    """

    html: SafeString
    choices: tuple[ChoiceView, ...] = ()
    words: str = ""  # as they were given, or as what was chosen reads
    verdict: str = ""  # right or wrong, once it is answered
    feedback: SafeString = field(default_factory=SafeString)
    accepted: str = ""  # what is right, once it may be told
    is_asked: bool = True  # False of what only stands behind the last gap


@dataclass(frozen=True, slots=True)
class Asked:
    """What one answers with: choices or words as they were given so far, and no key."""

    choices: tuple[ChoiceView, ...] = ()
    parts: tuple[PartView, ...] = ()
    words: str = ""
    selection: str = ""  # where in the text the words were chosen
    max_length: int = 0  # of words, in characters


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer. `result` is in words; `accepted`, a right one, if it may be told."""

    result: str
    choices: tuple[ChoiceView, ...] = ()
    parts: tuple[PartView, ...] = ()
    words: str = ""
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """One choice, or one way in which a question was answered, and how often."""

    words: str | SafeString
    count: int
    is_right: bool


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in somebody's own words, and its points, where a person has marked it."""

    words: str
    score: Decimal | None
    points: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How a question was answered, and what its table says of itself."""

    rows: list[AnswerCount]
    caption: str
    count_name: str  # heads the column of counts
    others: int = 0  # answers that have no row of their own
    note: str = ""
    # Where answers can be partly right: what the average mark counts.
    mark_note: str = ""
    texts: Sequence[Written] = ()  # answers that are read one by one

    @classmethod
    def of(
        cls,
        rows: list[AnswerCount],
        most: int,
        *,
        caption: str,
        count_name: str,
        note: str = "",
        mark_note: str = "",
    ) -> "Summary":
        """Show `most` of the rows, and count the rest of the answers in one line."""
        others = sum(row.count for row in rows[most:])
        return cls(rows[:most], caption, count_name, others, note, mark_note)


class QuestionType(Protocol):
    """One type of question."""

    kind: QuestionKind
    # Fields of the guide's file that only this type has: name → what is said where another has it.
    own_fields: Mapping[str, Message]
    # Whether the order of its lists is another for each person and try; of others, where asked for.
    is_shuffled: bool
    asked_template: str  # takes `question`, an attempts.QuestionView
    answered_template: str

    def hint(self, question: Question) -> str:
        """What stands beside the question while it is asked; or nothing."""
        ...

    # --- Parse ---------------------------------------------------------------------------------
    def parse(self, written: WrittenQuestion) -> Key | None:
        """Return the key; None where this is no question of the type; raise GuideRefused."""
        ...

    def write(self, question: QuestionSpec) -> list[str]:
        """Return the lines of a guide's file that `parse` reads the key from."""
        ...

    # --- Mark ----------------------------------------------------------------------------------
    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        """Return the response as it is kept; raise InvalidResponse."""
        ...

    def mark(self, question: Question, response: Sequence[str]) -> Fraction | None:
        """Return the share of the points, 0 to 1; None where a person marks it."""
        ...

    # --- Show ----------------------------------------------------------------------------------
    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:
        """Return what stands there to answer with, `given` what was answered so far.

        `seed` names person and try: what is shuffled stands in an order of theirs.
        """
        ...

    def answered(
        self,
        question: Question,
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,
        seed: str = "",
    ) -> Answered:
        """Return what came of a response; what was right and not picked only if `told`."""
        ...

    # --- Sum up --------------------------------------------------------------------------------
    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        """Return how the question was answered by those who are counted."""
        ...


@runtime_checkable
class MarkedInParts(Protocol):
    """A type whose answer is worth something before it is complete."""

    def unfinished(self, question: Question, given: Sequence[str]) -> list[str]:
        """Return what of an incomplete answer can be marked, as it is kept; or nothing."""
        ...


@runtime_checkable
class FoundInTheText(Protocol):
    """A type whose answer is looked for in the text."""

    def find_in_served(self, question: Question, given: Sequence[str], by: Membership) -> list[str]:
        """Return the response as `normalise` does, of as much of the text as `by` is served; words
        behind a gate are nowhere."""
        ...


def cleaned(given: Sequence[str]) -> list[str]:
    """Return short responses without the white space around and the empty and repeated ones.

    One of characters that show nothing is empty.
    """
    # NUL is no letter, and PostgreSQL keeps none.
    response = [" ".join(one.replace("\0", "").split()) for one in given]
    return list(dict.fromkeys(one for one in response if has_visible(one)))


class Keyed(Protocol):
    """What has a random key."""

    @property
    def key(self) -> Any: ...


K = TypeVar("K", bound=Keyed)


def shuffled(rows: Iterable[K], seed: str) -> list[K]:
    """Put them in an order that tells nothing: by what their keys and the seed are hashed to.

    The same seed gives the same order, and one that came in since leaves that of the others.
    """
    return sorted(rows, key=lambda row: sha256(f"{seed} {row.key}".encode()).digest())


def cleaned_each(given: Sequence[str]) -> list[str]:
    """The same, each in its place: what is empty stays, and what is said twice."""
    found = [" ".join(one.replace("\0", "").split()) for one in given]
    return [one if has_visible(one) else "" for one in found]


def plain(html: str) -> str:
    """The words of sanitised HTML."""
    return unescape(strip_tags(html))


def as_html(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - sanitised when the guide was added

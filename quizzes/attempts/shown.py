"""What the templates of checkpoints are given: only what the page may show.

As long as a member has not answered, these hold neither key nor feedback: a template cannot tell
what it does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.marking import Verdict
from quizzes.questions import ChoiceView, PartView


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to answer or, with a `verdict`, an answered one.

    `template` is that of its type, for what one answers with or for what came of it.
    """

    pk: int
    html: SafeString
    detail: SafeString
    template: str
    choices: tuple[ChoiceView, ...] = ()
    parts: tuple[PartView, ...] = ()
    words: str = ""
    selection: str = ""
    max_length: int = 0
    hint: str = ""
    error: str = ""
    verdict: str = ""
    result: str = ""
    feedback: SafeString = field(default_factory=SafeString)
    source_url: str = ""
    source_name: str = ""
    accepted: str = ""  # a right answer in words, once it is told
    is_added: bool = False  # asked since: this try has no answer to it
    # As it was answered, where it was put right since.
    earlier_html: SafeString = field(default_factory=SafeString)
    earlier_picks: tuple[SafeString, ...] = ()

    @property
    def name(self) -> str:
        """Of its form fields, and the root of its ids."""
        return f"q{self.pk}"


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A checkpoint as one member sees it now."""

    pk: int
    title: str
    number: int
    total: int
    block_key: str
    questions: tuple[QuestionView, ...]
    state: str  # not answered, or the score of the first try in words
    can_attempt: bool
    is_closed: bool  # could be answered, were there time left
    is_answered: bool
    place_url: str
    place_name: str
    answer_url: str
    keep_url: str
    again_url: str
    verdict: str = ""
    tries: int = 0
    is_kept: bool = False  # the server has answers that were not handed in
    practice: str = ""  # the score of the latest try, where that is another one than the first
    asked: str = ""  # the digest of what is asked
    error: str = ""
    client_key: UUID | str = field(default_factory=uuid4)
    late: str = ""  # how late what counts was handed in, to its author
    is_fresh: bool = False  # has just been answered or opened again: it gets the focus

    @property
    def name(self) -> str:
        return _("Checkpoint %(number)d of %(total)d") % {
            "number": self.number,
            "total": self.total,
        }

    @property
    def is_form(self) -> bool:
        return self.can_attempt and not self.is_answered

    @property
    def is_folded(self) -> bool:
        """All was right and nothing waits: the answers stand behind a click."""
        return self.verdict == Verdict.RIGHT and not self.is_fresh and not self.is_kept

    @property
    def names_places(self) -> bool:
        """A question says where in the text its answer can be read."""
        return any(question.source_url for question in self.questions)

    @property
    def is_refused(self) -> bool:
        """Answers were handed in and something was missing or wrong with them."""
        return bool(self.error) or any(question.error for question in self.questions)

    @property
    def is_opened_again(self) -> bool:
        return self.is_form and self.is_fresh and not self.is_refused


@dataclass(frozen=True, slots=True)
class UnsentAnswers:
    """Answers that are shown in the form again, with what is wrong with them."""

    responses: Mapping[int, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=dict)
    general: str = ""
    client_key: UUID | None = None

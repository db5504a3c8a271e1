"""What the templates of checkpoints are given: only what the page may show.

As long as a member has not answered, these hold neither key nor feedback: a template cannot tell
what it does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.attempts.published import PublicationView
from quizzes.attempts.review import Disclosed, withheld
from quizzes.marking import Verdict, verdict_of
from quizzes.models import Question, QuestionKind
from quizzes.questions import ChoiceView, PartView, as_html, type_of


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
    # How sure one is of it: the levels with whether it is chosen, or what was chosen, in words.
    confidence: tuple[tuple[int, str, bool], ...] = ()
    was_sure: str = ""
    hints: tuple[SafeString, ...] = ()  # of the guide, once its answer was wrong
    error: str = ""
    verdict: str = ""
    result: str = ""
    feedback: SafeString = field(default_factory=SafeString)
    remark: str = ""  # of who marked it, once it is released
    levels: tuple[Mapping[str, Any], ...] = ()  # and of the rubric; as AnswerMark keeps them
    source_url: str = ""
    source_name: str = ""
    accepted: str = ""  # a right answer in words, once it is told
    publication: PublicationView | None = None  # of an answer that may stand in the talk
    by_person: bool = False  # whether a person marks it
    is_added: bool = False  # asked since: this try has no answer to it
    # As it was answered, where it was put right since.
    earlier_html: SafeString = field(default_factory=SafeString)
    earlier_picks: tuple[SafeString, ...] = ()

    @property
    def name(self) -> str:
        """Of its form fields, and the root of its ids."""
        return f"q{self.pk}"

    @property
    def is_told_more(self) -> bool:
        """Whether anything stands below what was answered."""
        said = (self.result, self.levels, self.remark, self.feedback, self.hints, self.source_url)
        return any(said)

    @property
    def described_by(self) -> str:
        """The ids of what stands between the question and what one answers with."""
        parts = {"detail": self.detail, "hints": self.hints, "error": self.error}
        return " ".join(f"{self.name}-{part}" for part, there in parts.items() if there)


def question_to_answer(
    question: Question, given: Sequence[str], seed: str, **more: Any
) -> QuestionView:
    """Return the question with what was `given` so far, and neither key nor feedback.

    `seed` names person and try: what is shuffled stands in an order of theirs. `more` are fields
    of the view.
    """
    question_type = type_of(question)
    asked = question_type.asked(question, given, seed)
    return QuestionView(
        pk=question.pk,
        html=as_html(question.html),
        detail=as_html(question.detail_html),
        template=question_type.asked_template,
        choices=asked.choices,
        parts=asked.parts,
        words=asked.words,
        selection=asked.selection,
        max_length=asked.max_length,
        hint=question_type.hint(question),
        by_person=question.kind == QuestionKind.OPEN,
        **more,
    )


def answered_question(
    question: Question,
    response: Sequence[str],
    score: Decimal | None,
    seed: str,
    what: Disclosed,
    **more: Any,
) -> QuestionView:
    """Return what came of a `response` that has this score (None: it waits for its mark), as far
    as it is told. `seed` and `more` are as above."""
    verdict, question_type = verdict_of(score, question.points), type_of(question)
    is_right = verdict == Verdict.RIGHT
    whole = question_type.answered(
        question, response, verdict=verdict, told=what.key and not is_right, seed=seed
    )
    answered = withheld(whole, what)
    is_said = what.general or (what.feedback and is_right)
    return QuestionView(
        pk=question.pk,
        html=as_html(question.html),
        detail=as_html(question.detail_html),
        template=question_type.answered_template,
        choices=answered.choices,
        parts=answered.parts,
        words=answered.words,
        verdict=verdict if what.verdict else "",
        result=answered.result,
        feedback=as_html(question.feedback_html if is_said else ""),
        accepted=answered.accepted,
        by_person=question.kind == QuestionKind.OPEN,
        **more,
    )


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate at a checkpoint: before somebody whose text ends here, or as staff see it."""

    is_soft: bool
    closes: bool  # the text ends here for who looks; else it is shown to staff
    share: int
    tries: int
    can_hand_in: bool
    skip_url: str
    passings_url: str


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A checkpoint as one member sees it now."""

    pk: int
    title: str
    number: int
    total: int
    block_key: str
    questions: tuple[QuestionView, ...]
    state: str  # not answered, or the score that counts in words
    heading: str  # the same, and in which try
    tries: int
    can_attempt: bool
    is_closed: bool  # could be answered, were there time left
    is_answered: bool
    place_url: str
    place_name: str
    answer_url: str
    keep_url: str
    begin_url: str
    arranged_url: str  # of what is arranged for who reads it; "" where nothing is
    again_url: str
    verdict: str = ""
    is_told: bool = True  # what came of it, to who has answered
    later: str = ""  # what is told later, and when
    is_kept: bool = False  # the server has answers that were not handed in
    latest: str = ""  # the score of the latest try, where that alone is not what counts
    counts: str = ""  # then, what counts
    is_practice: bool = False  # then, whether the latest counts for nothing
    is_worth_nothing: bool = False  # what counts earned no point
    rule: str = ""  # which try counts
    left: str = ""  # how many there are still
    terms: str = ""  # both, to who has not answered
    # Questions that are asked no more, and what was just written to them: no words are lost.
    left_over: tuple[tuple[SafeString, str], ...] = ()
    is_to_begin: bool = False  # against the clock: its questions come when the time begins
    until: datetime | None = None  # then, when it ends
    asked: str = ""  # the digest of what is asked
    error: str = ""
    client_key: UUID | str = field(default_factory=uuid4)
    late: str = ""  # how late what counts was handed in, to its author
    is_fresh: bool = False  # has just been answered or opened again: it gets the focus
    gate: GateView | None = None  # where one is to be shown

    @property
    def name(self) -> str:
        return _("Checkpoint %(number)d of %(total)d") % {
            "number": self.number,
            "total": self.total,
        }

    @property
    def is_form(self) -> bool:
        return self.can_attempt and not self.is_answered and not self.is_to_begin

    @property
    def is_beginning(self) -> bool:
        """The time waits to begin."""
        return self.can_attempt and not self.is_answered and self.is_to_begin

    @property
    def until_epoch(self) -> int:
        """The same in seconds, for the page that counts it down."""
        return int(self.until.timestamp()) if self.until else 0

    @property
    def is_folded(self) -> bool:
        """All was right, nothing waits, and nobody has remarked on it: the answers stand behind a
        click."""
        is_done = self.verdict == Verdict.RIGHT and not self.is_fresh and not self.is_kept
        return is_done and not any(one.remark for one in self.questions)

    @property
    def is_by_person(self) -> bool:
        """A person marks all of it: nothing is checked when it is handed in."""
        return bool(self.questions) and all(one.by_person for one in self.questions)

    @property
    def waiting(self) -> int:
        """How many of its answers wait for the mark of a person."""
        return sum(one.verdict == Verdict.UNMARKED for one in self.questions)

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
        is_open = self.is_form or self.is_beginning
        return is_open and self.is_fresh and not self.is_refused


@dataclass(frozen=True, slots=True)
class UnsentAnswers:
    """Answers that are shown in the form again, with what is wrong with them."""

    responses: Mapping[int, Sequence[str]] = field(default_factory=dict)
    confidence: Mapping[int, int | None] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=dict)
    general: str = ""
    client_key: UUID | None = None

"""What a member sees of the checkpoints of a reading.

A page is given only what it may show. As long as a member has not answered, the
objects here hold neither key nor feedback: a template cannot tell what it does
not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from quizzes.models import Answer, Attempt, Choice, Question, QuestionKind, Quiz
from readings.models import Placement, Reading
from seminars.models import Membership
from seminars.permissions import can_attempt

# Who has tried twice is told what is right: the first try counts, and nobody stays stuck.
TRIES_BEFORE_THE_KEY = 2
SHORT = QuestionKind.SHORT_ANSWER
TRUE_FALSE = {"true": "True", "false": "False"}


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A choice; `verdict` and `feedback` only once answered, and only of what was picked."""

    key: str
    html: SafeString
    is_picked: bool = False
    verdict: str = ""  # right, wrong, or nothing
    feedback: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to answer or, with a `verdict`, an answered one."""

    pk: int
    kind: str
    html: SafeString
    detail: SafeString
    choices: tuple[ChoiceView, ...]
    words: str = ""
    error: str = ""
    verdict: str = ""  # right, partly, wrong, or nothing
    result: str = ""
    feedback: SafeString = field(default_factory=SafeString)
    source_url: str = ""
    source_name: str = ""
    accepted: str = ""  # of a short answer, once it is told

    @property
    def name(self) -> str:
        """Of its form fields, and the root of its ids."""
        return f"q{self.pk}"

    @property
    def is_several(self) -> bool:
        return self.kind == QuestionKind.SEVERAL

    @property
    def is_short_answer(self) -> bool:
        return self.kind == SHORT


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A checkpoint as one member sees it now."""

    pk: int
    title: str
    number: int
    total: int
    block_key: str
    questions: tuple[QuestionView, ...]
    state: str  # not answered, or the score in words
    can_attempt: bool
    is_answered: bool
    place_url: str
    place_name: str
    answer_url: str
    again_url: str
    verdict: str = ""
    tries: int = 0
    error: str = ""
    client_key: UUID = field(default_factory=uuid4)
    is_fresh: bool = False  # has just been answered or opened again: it gets the focus

    @property
    def name(self) -> str:
        return f"Checkpoint {self.number} of {self.total}"

    @property
    def is_form(self) -> bool:
        return self.can_attempt and not self.is_answered

    @property
    def is_refused(self) -> bool:
        """Answers were handed in and something was missing or wrong with them."""
        return bool(self.error) or any(question.error for question in self.questions)

    @property
    def is_opened_again(self) -> bool:
        return self.is_form and self.is_fresh and not self.is_refused


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers that are shown in the form again, with what is wrong with them."""

    responses: Mapping[int, Sequence[str]] = field(default_factory=dict)
    errors: Mapping[int, str] = field(default_factory=dict)
    general: str = ""
    client_key: UUID | None = None


def checkpoints_of(
    *, reading: Reading, membership: Membership, only: int | None = None
) -> list["Checkpoint"]:
    """Return the reading's checkpoints in order, in four queries.

    With `only`, that one quiz, even if a later guide has replaced it.
    """
    laid = Quiz.objects.of(reading) if only is None else Quiz.objects.one_of(reading, only)
    quizzes = list(laid.select_related("passage"))
    questions: dict[int, list[Question]] = {quiz.pk: [] for quiz in quizzes}
    for question in Question.objects.of(laid, reading):
        questions[question.quiz_id].append(question)
    choices: dict[int, list[Choice]] = {}
    for choice in Choice.objects.filter(question__quiz__in=laid.order_by().values("pk")):
        choices.setdefault(choice.question_id, []).append(choice)
    latest = Attempt.objects.latest_of(membership).filter(quiz__reading=reading)
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(attempt__in=latest).select_related("attempt"):
        answers.setdefault(answer.attempt.quiz_id, []).append(answer)
    return [
        Checkpoint(
            reading=reading,
            membership=membership,
            quiz=quiz,
            number=number,
            total=len(quizzes),
            questions=questions[quiz.pk],
            choices=choices,
            answers={one.question_id: one for one in answers.get(quiz.pk, [])},
        )
        for number, quiz in enumerate(quizzes, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A quiz with its rows and this member's latest answers: what the views are made of."""

    reading: Reading
    membership: Membership
    quiz: Quiz
    number: int
    total: int
    questions: Sequence[Question]
    choices: Mapping[int, Sequence[Choice]]
    answers: Mapping[int, Answer]

    @property
    def attempt(self) -> Attempt | None:
        return next((answer.attempt for answer in self.answers.values()), None)

    def view(self, *, fresh: bool = False) -> CheckpointView:
        """The result where there is one, else the questions."""
        attempt = self.attempt
        if attempt is None:
            return self.form()
        views = tuple(self._answered(question, attempt.number) for question in self.questions)
        return self._view(
            views,
            is_answered=True,
            state=self._score(attempt),
            verdict=_verdict(attempt.score, attempt.max_score),
            tries=attempt.number,
            is_fresh=fresh,
        )

    @property
    def place_url(self) -> str:
        return f"{self.reading.get_absolute_url()}#quiz-{self.quiz.pk}"

    def form(self, draft: Draft | None = None, *, again: bool = False) -> CheckpointView:
        """The questions to answer, with the answers of `draft`, or of the last try (`again`)."""
        if draft is None:
            given = {pk: answer.response for pk, answer in self.answers.items()}
            draft = Draft(given if again else {})
        views = tuple(self._asked(question, draft) for question in self.questions)
        attempt = self.attempt
        return self._view(
            views,
            is_answered=False,
            state=self._score(attempt) if attempt else "not answered",
            tries=attempt.number if attempt else 0,
            error=draft.general,
            is_fresh=again,
            client_key=draft.client_key or uuid4(),
        )

    def _view(self, questions: tuple[QuestionView, ...], **more: Any) -> CheckpointView:
        path = [self.reading.seminar.slug, self.reading.slug, self.quiz.pk]
        after = self.quiz.after_number
        return CheckpointView(
            pk=self.quiz.pk,
            title=self.quiz.title,
            number=self.number,
            total=self.total,
            block_key=self.quiz.passage.block_key,
            questions=questions,
            can_attempt=can_attempt(self.membership),
            place_url=self.place_url,
            place_name=f"after ¶ {after}" if after else "in the text",
            answer_url=reverse("attempt_create", args=path),
            again_url=reverse("quiz_detail", args=path) + "?again=1",
            **more,
        )

    def _score(self, attempt: Attempt) -> str:
        """“2 of 3 right”, or “2.67 of 3 points” where a question counts more or was half right."""
        right = sum(
            self.answers[question.pk].score == question.points for question in self.questions
        )
        if attempt.score == right and attempt.max_score == len(self.answers):
            return f"{right} of {len(self.answers)} right"
        return f"{attempt.score.normalize():f} of {attempt.max_score.normalize():f} points"

    def _asked(self, question: Question, draft: Draft) -> QuestionView:
        given = draft.responses.get(question.pk, [])
        return QuestionView(
            pk=question.pk,
            kind=question.kind,
            html=_html(question.html),
            detail=_html(question.detail_html),
            choices=tuple(
                ChoiceView(key=key, html=html, is_picked=key in given)
                for key, html in self._possible(question)
            ),
            words=" ".join(given) if question.kind == SHORT else "",
            error=draft.errors.get(question.pk, ""),
        )

    def _answered(self, question: Question, tries: int) -> QuestionView:
        answer = self.answers[question.pk]
        verdict = _verdict(answer.score, Decimal(question.points))
        told = tries >= TRIES_BEFORE_THE_KEY and verdict != "right"
        return QuestionView(
            pk=question.pk,
            kind=question.kind,
            html=_html(question.html),
            detail=_html(question.detail_html),
            choices=tuple(self._marked(question, answer, told=told)),
            words=" ".join(answer.response) if question.kind == SHORT else "",
            verdict=verdict,
            result=self._result(question, answer, verdict),
            feedback=_html(question.feedback_html),
            source_url=self._source_url(question),
            source_name=_source_name(question),
            accepted=question.accepted[0] if told and question.kind == SHORT else "",
        )

    def _possible(self, question: Question) -> list[tuple[str, SafeString]]:
        if question.kind == QuestionKind.TRUE_FALSE:
            return [(key, _html(word)) for key, word in TRUE_FALSE.items()]
        rows = self.choices.get(question.pk, [])
        return [(str(choice.key), _html(choice.html)) for choice in rows]

    def _marked(self, question: Question, answer: Answer, *, told: bool) -> list[ChoiceView]:
        rows = {str(choice.key): choice for choice in self.choices.get(question.pk, [])}
        marked = []
        for key, html in self._possible(question):
            choice = rows.get(key)
            is_right = choice.is_correct if choice else key in question.accepted
            is_picked = key in answer.response
            if is_picked or (told and is_right):
                verdict = "right" if is_right else "wrong"
                feedback = _html(choice.feedback_html) if choice else SafeString()
                marked.append(ChoiceView(key, html, is_picked, verdict, feedback))
            else:
                marked.append(ChoiceView(key, html))
        return marked

    def _result(self, question: Question, answer: Answer, verdict: str) -> str:
        """What came of one answer, in words."""
        if question.kind != QuestionKind.SEVERAL:
            return "Right." if verdict == "right" else "Not yet."
        rows = self.choices.get(question.pk, [])
        rights = {str(choice.key) for choice in rows if choice.is_correct}
        hits = len(rights & set(answer.response))
        misses = len(set(answer.response) - rights)
        if verdict == "right":
            return f"Right: all {len(rights)}." if len(rights) > 1 else "Right."
        missed = f", and {misses} that {'is' if misses == 1 else 'are'} not" if misses else ""
        opening = "Partly right" if verdict == "partly" else "Not yet"
        return f"{opening}: you picked {hits} of the {len(rights)} that are right{missed}."

    def _source_url(self, question: Question) -> str:
        if question.passage is None:
            return ""
        number = question.source_number
        if number is None and question.passage.placement == Placement.UNANCHORED:
            return ""  # the text has changed, and the place is gone from it
        anchor = f"p{number}" if number else f"b-{question.passage.block_key}"
        return f"{self.reading.get_absolute_url()}#{anchor}"


def _verdict(score: Decimal, maximum: Decimal) -> str:
    if score == maximum:
        return "right"
    return "partly" if score else "wrong"


def _source_name(question: Question) -> str:
    number = question.source_number
    return f"¶ {number}" if number else "the place in the text"


def _html(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - sanitised when the guide was laid

"""What a member sees of the checkpoints of a reading.

A page is given only what it may show. As long as a member has not answered, the
objects here hold neither key nor feedback: a template cannot tell what it does
not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, cast
from uuid import uuid4

from django.db.models import (
    BigIntegerField,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    prefetch_related_objects,
)
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from database.prepared import Parameter, PreparedQuery, PreparedRows
from quizzes.attempts.asked import asked_digest
from quizzes.attempts.shown import CheckpointView, QuestionView, UnsentAnswers
from quizzes.marking import Verdict, points_in_words, verdict_of
from quizzes.models import Answer, Attempt, Question, QuestionVersion, Quiz, QuizQuerySet
from quizzes.questions import as_html, type_of
from readings.models import Deadlines, Phase, Placement, Reading
from seminars.models import Membership
from seminars.permissions import can_attempt, can_hand_in

# Who has tried twice is told what is right: the first try counts, and nobody stays stuck.
TRIES_BEFORE_THE_KEY = 2


def _with_own() -> Any:
    """The quizzes of a reading that a member sees as nobody else does."""
    member = Parameter("membership", BigIntegerField())
    tried = Attempt.objects.filter(quiz=OuterRef("pk"), membership=member)
    quizzes = Quiz.objects.filter(reading=Parameter("reading", BigIntegerField()))
    asked = Q(is_shuffled=True, retired_at=None)
    return quizzes.filter(Exists(tried) | asked).order_by().values_list("pk")[:1]


_WITH_OWN = PreparedRows(_with_own)


def has_own(reading: Reading, membership: Membership) -> bool:
    """Whether the member has answered a checkpoint of the reading, or begun to; or is asked
    something in an order of their own."""
    return bool(_WITH_OWN.all(reading=reading.pk, membership=membership.pk))


def checkpoints_of(
    *, reading: Reading, membership: Membership, among: QuizQuerySet | None = None
) -> list["Checkpoint"]:
    """Return the reading's checkpoints in order, in a fixed number of queries.

    With `among`, those quizzes, even where a later guide has replaced them.
    """
    quizzes, asked = _quizzes_now(reading) if among is None else _quizzes_of(reading, among)
    prefetch_related_objects(asked, "choices")
    for quiz in quizzes:
        quiz.reading = reading
    questions: dict[int, list[Question]] = {quiz.pk: [] for quiz in quizzes}
    for question in asked:
        questions[question.quiz_id].append(question)
    tries: dict[int, list[Attempt]] = {}
    if membership.pk:  # one of a class of viewers, and nobody in particular, has answered nothing
        shown_tries = Attempt.objects.shown_to(membership).filter(quiz__reading=reading)
        rows = Prefetch("answers", Answer.objects.select_related("question"))
        for attempt in shown_tries.order_by("number").prefetch_related(rows):
            tries.setdefault(attempt.quiz_id, []).append(attempt)
    return [
        Checkpoint(
            reading=reading,
            membership=membership,
            quiz=quiz,
            number=number,
            total=len(quizzes),
            questions=questions[quiz.pk],
            tries=[one for one in tries.get(quiz.pk, []) if one.submitted_at],
            kept=next((one for one in tries.get(quiz.pk, []) if not one.submitted_at), None),
        )
        for number, quiz in enumerate(quizzes, start=1)
    ]


def _quizzes_now(reading: Reading) -> tuple[list[Quiz], list[Question]]:
    keys = {"reading": reading.pk, "revision": reading.revision_id}
    return _QUIZZES.all(**keys), _QUESTIONS.all(**keys)


def _quizzes_of(reading: Reading, among: QuizQuerySet) -> tuple[list[Quiz], list[Question]]:
    return list(among), list(Question.objects.of(among, reading))


class _AnyReading:
    """A reading with parameters for its keys: what the querysets of quizzes ask of one."""

    pk = Parameter("reading", BigIntegerField())
    revision_id = Parameter("revision", BigIntegerField())


_READING = cast("Reading", _AnyReading())
_QUIZZES = PreparedQuery(lambda: Quiz.objects.of(_READING))
_QUESTIONS = PreparedQuery(lambda: Question.objects.of(Quiz.objects.of(_READING), _READING))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A quiz with its rows and this member's tries, the first and the latest.

    `kept` has the answers that were given so far and not handed in.
    """

    reading: Reading
    membership: Membership
    quiz: Quiz
    number: int
    total: int
    questions: Sequence[Question]
    tries: Sequence[Attempt]
    kept: Attempt | None

    @property
    def attempt(self) -> Attempt | None:
        """The latest: the one whose answers are shown."""
        return self.tries[-1] if self.tries else None

    @property
    def answers(self) -> Mapping[int, Answer]:
        return {one.question_id: one for one in self.attempt.answers.all()} if self.attempt else {}

    def view(self, *, fresh: bool = False) -> CheckpointView:
        """The result where there is one, else the questions."""
        attempt = self.attempt
        if attempt is None:
            return self.form()
        answers, earlier = self.answers, self._earlier()
        views = tuple(
            self._answered(question, answers[question.pk], attempt.number, earlier)
            if question.pk in answers
            else replace(self._asked(question, UnsentAnswers()), is_added=True)
            for question in self.questions
        )
        first = self.tries[0]
        return self._view(
            views,
            is_answered=True,
            state=_score(first),
            practice="" if first is attempt else _score(attempt),
            verdict=verdict_of(attempt.score, attempt.max_score),
            tries=attempt.number,
            is_kept=self.kept is not None,
            late=_late(first, self.reading.deadlines_for(self.membership)),
            is_fresh=fresh,
        )

    @property
    def _next(self) -> int:
        """The number of the try that the form is for."""
        return self.attempt.number + 1 if self.attempt else 1

    def _seed(self, question: Question, number: int) -> str:
        """Name person, question and try; a class of viewers is nobody."""
        member = self.membership.pk
        return f"{member} {question.pk} {number}" if member else ""

    @property
    def _is_closed(self) -> bool:
        may = can_attempt(self.membership)
        return may and not can_hand_in(self.membership, self.reading)

    @property
    def place_url(self) -> str:
        return f"{self.reading.get_absolute_url()}#quiz-{self.quiz.pk}"

    def form(self, draft: UnsentAnswers | None = None, *, again: bool = False) -> CheckpointView:
        """The questions to answer, with the answers of `draft`, or those that were given so far;
        else those of the last try (`again`)."""
        if draft is None:
            given = {pk: answer.response for pk, answer in self.answers.items() if again}
            if self.kept:
                given = {one.question_id: one.response for one in self.kept.answers.all()}
            draft = UnsentAnswers(given)
        views = tuple(self._asked(question, draft) for question in self.questions)
        attempt = self.attempt
        return self._view(
            views,
            is_answered=False,
            state=_score(self.tries[0]) if attempt else _("not answered"),
            asked=asked_digest(self.questions),
            tries=attempt.number if attempt else 0,
            error=draft.general,
            is_kept=self.kept is not None,
            is_fresh=again,
            client_key=draft.client_key or uuid4(),
        )

    def _view(self, questions: tuple[QuestionView, ...], **more: Any) -> CheckpointView:
        path = [self.reading.seminar.slug, self.reading.slug, self.quiz.pk]
        return CheckpointView(
            pk=self.quiz.pk,
            title=self.quiz.title,
            number=self.number,
            total=self.total,
            block_key=self.quiz.passage.block_key,
            questions=questions,
            can_attempt=can_hand_in(self.membership, self.reading),
            is_closed=self._is_closed,
            place_url=self.place_url,
            place_name=self.quiz.place_name,
            answer_url=reverse("attempt_create", args=path),
            keep_url=reverse("kept_answers", args=path),
            again_url=reverse("quiz_detail", args=path) + "?again=1",
            **more,
        )

    def _asked(self, question: Question, draft: UnsentAnswers) -> QuestionView:
        question_type = type_of(question)
        given = draft.responses.get(question.pk, [])
        asked = question_type.asked(question, given, self._seed(question, self._next))
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
            error=draft.errors.get(question.pk, ""),
        )

    def _earlier(self) -> Mapping[tuple[int, int], QuestionVersion]:
        """The questions as they were answered, where they were put right since; in one query."""
        past = [
            Q(question=one.question_id, version=one.version)
            for one in self.answers.values()
            if one.version != one.question.version
        ]
        found = QuestionVersion.objects.filter(reduce(or_, past)) if past else ()
        return {(one.question_id, one.version): one for one in found}

    def _answered(
        self,
        question: Question,
        answer: Answer,
        tries: int,
        earlier: Mapping[tuple[int, int], QuestionVersion],
    ) -> QuestionView:
        verdict = verdict_of(answer.score, question.points)
        told = tries >= TRIES_BEFORE_THE_KEY and verdict != Verdict.RIGHT
        question_type = type_of(question)
        seed = self._seed(question, tries)
        answered = question_type.answered(
            question, answer.response, verdict=verdict, told=told, seed=seed
        )
        return QuestionView(
            pk=question.pk,
            html=as_html(question.html),
            detail=as_html(question.detail_html),
            template=question_type.answered_template,
            choices=answered.choices,
            parts=answered.parts,
            words=answered.words,
            verdict=verdict,
            result=_("Your answer waits for a mark.")
            if verdict == Verdict.UNMARKED
            else answered.result,
            feedback=as_html(question.feedback_html),
            source_url=self._source_url(question),
            source_name=question.source_name,
            accepted=answered.accepted,
            **_as_answered(earlier.get((question.pk, answer.version)), answer),
        )

    def _source_url(self, question: Question) -> str:
        if question.passage is None:
            return ""
        number = question.source_number
        if number is None and question.passage.placement == Placement.UNANCHORED:
            return ""  # the text has changed, and the place is gone from it
        return f"{self.reading.get_absolute_url()}#{question.source_anchor}"


def _as_answered(earlier: QuestionVersion | None, answer: Answer) -> dict[str, Any]:
    """What stood there when it was answered, for who wonders at what stands there now."""
    if earlier is None:
        return {}
    content = earlier.content
    picks = (_pick(content["choices"], one) for one in answer.response)
    return {
        "earlier_html": as_html(content["html"] + content["detail_html"]),
        "earlier_picks": tuple(as_html(one) for one in picks if one),
    }


def _pick(choices: Mapping[str, str], response: str) -> str:
    """What was picked as it read then: a choice, two that were matched, a place in an order."""
    keys = response.split(" ")
    if not any(key in choices for key in keys):
        return ""
    return " → ".join(choices.get(key, escape(key)) for key in keys)


def _late(attempt: Attempt, deadlines: Deadlines) -> str:
    """Say that a try was handed in late; "" where it was not."""
    if attempt.submitted_at is None or not deadlines.is_late_at(attempt.submitted_at):
        return ""
    if deadlines.phase_at(attempt.submitted_at) is Phase.LATE:
        return _("late")
    return _("too late to count")


def _score(attempt: Attempt) -> str:
    """“2 of 3 right”, or “2.67 of 3 points” where a question counts more or was half right."""
    if attempt.score is None:
        return _("answered, not marked yet")
    answers = [one for one in attempt.answers.all() if one.question.retired_at is None]
    right = sum(one.is_right for one in answers)
    if attempt.score == right and attempt.max_score == len(answers):
        return _("%(right)d of %(all)d right") % {"right": right, "all": len(answers)}
    return points_in_words(attempt.score, attempt.max_score)

"""What a member sees of the checkpoints of a reading.

A page is given only what it may show. As long as a member has not answered, the
objects here hold neither key nor feedback: a template cannot tell what it does
not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any
from uuid import uuid4

from django.db.models import (
    Q,
)
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quizzes.attempts.as_answered import as_answered
from quizzes.attempts.asked import asked_digest
from quizzes.attempts.drawing import drawn
from quizzes.attempts.gates_shown import gate_view
from quizzes.attempts.left_over import left_over
from quizzes.attempts.published import PublicationView, Published, publication_view
from quizzes.attempts.review import Disclosed, is_over, review_sentence, told
from quizzes.attempts.shown import (
    CheckpointView,
    QuestionView,
    UnsentAnswers,
    answered_question,
    question_to_answer,
)
from quizzes.attempts.timed import running_until
from quizzes.attempts.tries import (
    counted_sentence,
    counted_tries,
    counted_words,
    heading_words,
    late_words,
    left_sentence,
    rule_sentence,
    score_words,
    terms_sentence,
    time_sentence,
    tries_left,
)
from quizzes.marking import CountedTries, Verdict, points_in_words, verdict_of
from quizzes.models import (
    Accommodation,
    Answer,
    Attempt,
    Confidence,
    GradeBy,
    Question,
    QuestionVersion,
    Quiz,
    QuizSettings,
    adjusted,
)
from quizzes.questions import as_html
from readings.models import Placement, Reading, ReadingGate
from seminars.models import Membership
from seminars.permissions import can_attempt, can_hand_in

_MISSED = {Verdict.WRONG, Verdict.PARTLY}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A quiz with its rows and this member's tries: all that may count, and the latest.

    `kept` has the answers that were given so far and not handed in. Where staff read it,
    `is_for_staff`, nothing waits until the reading is closed.
    """

    reading: Reading
    membership: Membership
    quiz: Quiz
    number: int
    total: int
    questions: Sequence[Question]
    tries: Sequence[Attempt]
    kept: Attempt | None
    gate: ReadingGate | None
    is_for_staff: bool = False
    arranged: Accommodation | None = None  # for this member
    published: Published = field(default_factory=dict)

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
            if question.pk in answers or not self.quiz.drawn  # or it was not drawn
        )
        counts, state, what = self.counts, self.state, self._told
        grade_by = self.settings.grade_by
        is_all = counts.numbers == (attempt.number,) and not counts.is_reduced
        last_counted = next(one for one in self.tries if one.number == counts.numbers[-1])
        return self._view(
            views,
            is_answered=True,
            can_attempt=self._may_hand_in and tries_left(self.settings, attempt.number) != 0,
            state=state,
            counts="" if is_all or not what.verdict else counted_sentence(grade_by, state),
            latest="" if is_all or not what.verdict else score_words(attempt),
            is_told=what.verdict,
            later="" if what.key else self._review_sentence,
            is_practice=grade_by == GradeBy.FIRST,
            is_worth_nothing=what.verdict and counts.score == 0,
            rule=rule_sentence(self.settings),
            left=left_sentence(self.settings, attempt.number),
            verdict=verdict_of(attempt.score, attempt.max_score) if what.verdict else "",
            is_kept=self.kept is not None,
            late=late_words(last_counted, self.reading.deadlines_for(self.membership)),
            is_fresh=fresh,
        )

    @property
    def state(self) -> str:
        """What counts, in words, as far as it is told."""
        if not self.tries:
            return _("not answered")
        return counted_words(self.counts, self.tries) if self._told.verdict else _("handed in")

    @property
    def _told(self) -> Disclosed:
        over = self.is_for_staff or is_over(self.reading, self.membership)
        return told(self.settings, self._made, over=over)

    @property
    def _review_sentence(self) -> str:
        return review_sentence(self.settings, self.reading, self.membership)

    @property
    def settings(self) -> QuizSettings:
        return adjusted(self.quiz.settings, self.arranged)

    @property
    def is_of_ones_own(self) -> bool:
        """Whether this member is asked otherwise than their class."""
        return self.quiz.is_of_ones_own or self.settings != self.quiz.settings

    @property
    def counts(self) -> CountedTries:
        """Which of the tries count; there is one at the least."""
        return counted_tries(self.quiz, self.tries, self.reading.deadlines_for(self.membership))

    @property
    def may_begin_another(self) -> bool:
        """Whether there is a try left, of those that this member may hand in."""
        return tries_left(self.settings, self._made) != 0

    @property
    def _made(self) -> int:
        return self.attempt.number if self.attempt else 0

    @property
    def _may_hand_in(self) -> bool:
        return can_hand_in(self.membership, self.reading)

    @property
    def _next(self) -> int:
        """The number of the try that the form is for."""
        return self._made + 1

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
        is_prefilled = draft is None and self.kept is None
        if draft is None:
            given = {pk: answer.response for pk, answer in self.answers.items() if again}
            kept = self.kept.answers.all() if self.kept else ()
            if self.kept:
                given = {one.question_id: one.response for one in kept}
            draft = UnsentAnswers(given, {one.question_id: one.confidence for one in kept})
        is_to_begin = self.quiz.minutes > 0 and self._until is None
        asked = drawn(self.quiz, self.questions, self.membership, self._next)
        # Before the time begins, not even the questions are told.
        shown = [] if is_to_begin else asked
        views = tuple(self._asked(question, draft) for question in shown)
        return self._view(
            views,
            is_answered=False,
            can_attempt=self._may_hand_in,
            state=self.state,
            terms=self._terms,
            left_over=() if is_prefilled else self._left_over(draft, shown),
            asked="" if is_to_begin else asked_digest(asked),
            is_to_begin=is_to_begin,
            until=self._until,
            error=draft.general,
            is_kept=self.kept is not None,
            is_fresh=again,
            client_key=draft.client_key or uuid4(),
        )

    def _view(
        self, questions: tuple[QuestionView, ...], *, state: str, **more: Any
    ) -> CheckpointView:
        path = [self.reading.seminar.slug, self.reading.slug, self.quiz.pk]
        return CheckpointView(
            pk=self.quiz.pk,
            title=self.quiz.title,
            number=self.number,
            total=self.total,
            block_key=self.quiz.passage.block_key,
            questions=questions,
            state=state,
            heading=self._heading(state),
            tries=self._made,
            is_closed=self._is_closed,
            place_url=self.place_url,
            place_name=self.quiz.place_name,
            answer_url=reverse("attempt_create", args=path),
            keep_url=reverse("kept_answers", args=path),
            begin_url=reverse("attempt_begin", args=path),
            again_url=reverse("quiz_detail", args=path) + "?again=1",
            arranged_url=self._arranged_url,
            gate=gate_view(self.gate, self.quiz, self.membership, path),
            **more,
        )

    @property
    def _arranged_url(self) -> str:
        """Where its person reads what is arranged for them, if it matters here."""
        if self.settings == self.quiz.settings or self.is_for_staff:
            return ""
        return reverse("accommodation", args=[self.reading.seminar.slug, self.membership.pk])

    @property
    def _terms(self) -> str:
        """How it behaves, to who is to answer."""
        said = [terms_sentence(self.settings, self._made), self._review_sentence]
        if 0 < self.quiz.drawn < len(self.questions):
            pool = _("Of %(all)d questions %(drawn)d are drawn for each person and try.")
            said.append(pool % {"all": len(self.questions), "drawn": self.quiz.drawn})
        if self.quiz.minutes:
            said.append(time_sentence(self.settings.minutes))
        return " ".join(filter(None, said))

    @property
    def _until(self) -> datetime | None:
        """When the try ends that was begun against the clock."""
        if self.kept is None or not self.quiz.minutes:
            return None
        return running_until(self.kept, self.reading, self.membership)

    def _left_over(
        self, draft: UnsentAnswers, shown: Sequence[Question]
    ) -> tuple[tuple[SafeString, str], ...]:
        among = (self.quiz, self.questions, self.membership)
        return left_over(*among, made=self._made, draft=draft, shown=shown)

    def _heading(self, state: str) -> str:
        if self.tries and not self._told.verdict:
            return state
        return heading_words(self.settings.grade_by, state, self._made)

    def _asked(self, question: Question, draft: UnsentAnswers) -> QuestionView:
        return question_to_answer(
            question,
            draft.responses.get(question.pk, []),
            self._seed(question, self._next),
            confidence=self._levels(draft.confidence.get(question.pk)),
            hints=self._hints(question),
            error=draft.errors.get(question.pk, ""),
        )

    def _levels(self, chosen: int | None) -> tuple[tuple[int, str, bool], ...]:
        if not self.quiz.asks_confidence:
            return ()
        return tuple((one.value, str(one.label), one.value == chosen) for one in Confidence)

    def _hints(self, question: Question) -> tuple[SafeString, ...]:
        """As many as there were tries, as long as the latest answer was wrong."""
        answer = self.answers.get(question.pk)
        if answer is None or not self._told.verdict:
            return ()
        if verdict_of(answer.score, question.points) not in _MISSED:
            return ()
        return tuple(as_html(one) for one in question.hints_html[: self._made])

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
        what = self._told
        is_marked = what.verdict and _is_told(answer)
        view = answered_question(
            question,
            answer.response,
            answer.score,
            self._seed(question, tries),
            what,
            remark=answer.mark.remark if is_marked else "",
            levels=tuple(answer.mark.levels) if is_marked else (),
            hints=() if what.key else self._hints(question),
            source_url=self._source_url(question) if what.verdict else "",
            source_name=question.source_name,
            was_sure="" if self.is_for_staff else answer.get_confidence_display() or "",
            publication=self.publication(answer),
            **as_answered(earlier.get((question.pk, answer.version)), answer),
        )
        result = self._result(question, answer, view.result, tries) if what.verdict else ""
        return replace(view, result=result)

    def publication(self, answer: Answer) -> PublicationView | None:
        """What its author is shown of the publication of an answer; staff are told of it by the
        thread alone, where they read it."""
        if self.is_for_staff or self.quiz.retired_at is not None:
            return None
        return publication_view(
            answer,
            quiz=self.quiz,
            reading=self.reading,
            member=self.membership,
            published=self.published,
        )

    def _result(self, question: Question, answer: Answer, result: str, number: int) -> str:
        """What came of an answer, in words; of one that a person marked, its points."""
        if answer.score is not None:
            is_by_person = _is_told(answer)
            return (
                points_in_words(answer.score, Decimal(question.points)) if is_by_person else result
            )
        if self.settings.grade_by == GradeBy.FIRST and number > 1:
            return _("Only the first try is marked.")
        return _("Your answer waits for a mark.")

    def _source_url(self, question: Question) -> str:
        if question.passage is None:
            return ""
        number = question.source_number
        if number is None and question.passage.placement == Placement.UNANCHORED:
            return ""  # the text has changed, and the place is gone from it
        return f"{self.reading.get_absolute_url()}#{question.source_anchor}"


def _is_told(answer: Answer) -> bool:
    """Whether its author may read the mark that a person gave it."""
    return hasattr(answer, "mark") and answer.mark.is_released

"""What there is to mark: questions with open answers, and their answers without names."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.safestring import SafeString

from documents.block_names import block_anchor
from quizzes.models import Answer, AnswerMark, Attempt, Question, QuestionKind
from quizzes.questions import as_html
from readings.models import Block, Reading
from seminars.models import Membership
from seminars.permissions import COUNTED_ROLES

REMARKS_OFFERED = 9  # as many as there are keys for


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """One answer to a question as who marks it sees it: a number, and no name."""

    number: int
    answer: Answer
    mark: AnswerMark | None

    @property
    def pk(self) -> int:
        return self.answer.pk

    @property
    def words(self) -> str:
        return "\n".join(self.answer.response)

    @property
    def points(self) -> str:
        return f"{self.mark.points.normalize():f}" if self.mark else ""

    @property
    def is_waiting(self) -> bool:
        return self.mark is None

    @property
    def is_draft(self) -> bool:
        return self.mark is not None and not self.mark.is_released


@dataclass(frozen=True, slots=True)
class QuestionToMark:
    """One question with the answers that a member of staff may mark."""

    question: Question
    answers: Sequence[MarkedAnswer]

    @property
    def pk(self) -> int:
        return self.question.pk

    @property
    def html(self) -> SafeString:
        return as_html(self.question.html)

    @property
    def detail(self) -> SafeString:
        return as_html(self.question.detail_html)

    @property
    def reading(self) -> Reading:
        return self.question.quiz.reading

    @property
    def place_url(self) -> str:
        """Where in the text the question stands, or the text where it is asked no more."""
        quiz, reading = self.question.quiz, self.reading.get_absolute_url()
        if self.question.is_asked:
            return f"{reading}#quiz-{quiz.pk}"
        return f"{reading}#{block_anchor(None, quiz.passage.block_key)}"

    @property
    def waiting(self) -> list[MarkedAnswer]:
        return [one for one in self.answers if one.is_waiting]

    @property
    def drafts(self) -> list[MarkedAnswer]:
        return [one for one in self.answers if one.is_draft]

    @property
    def released(self) -> int:
        return len(self.answers) - len(self.waiting) - len(self.drafts)

    def beside(self, number: int) -> tuple[MarkedAnswer | None, MarkedAnswer | None]:
        """The answers before and after the one of this number."""
        before = self.answers[number - 2] if number > 1 else None
        return before, self.answers[number] if number < len(self.answers) else None


def questions_to_mark(member: Membership, pk: int | None = None) -> list[QuestionToMark]:
    """Return the open questions of the seminar that somebody answered, with those of their answers
    that `member` may mark: the first tries of all who take part, or of an assistant's groups.

    With `pk`, that one alone. Two queries.
    """
    authors = Membership.objects.current().filter(seminar=member.seminar_id, role__in=COUNTED_ROLES)
    if not member.is_instructor:
        authors = authors.filter(group__in=member.group_ids)
    questions = Question.objects.filter(seminar=member.seminar_id, kind=QuestionKind.OPEN)
    if pk is not None:
        questions = questions.filter(pk=pk)
    questions = questions.select_related(
        "quiz__reading__essay", "quiz__reading__seminar", "quiz__item__passage"
    )
    tries = Attempt.objects.that_may_count().filter(membership__in=authors)
    answers: defaultdict[int, list[Answer]] = defaultdict(list)
    found = Answer.objects.filter(question__in=questions.order_by().values("pk"), attempt__in=tries)
    for answer in found.select_related("mark__marked_by__user", "attempt__membership"):
        if answer.response:  # or it was not there when the time was up
            answers[answer.question_id].append(answer)
    ordered = questions.order_by(
        "quiz__reading__position", "quiz__reading", "quiz__item__position", "quiz", "position", "pk"
    )
    return [
        QuestionToMark(question, _numbered(question, answers[question.pk]))
        for question in ordered
        if answers[question.pk] or question.is_asked
    ]


def _numbered(question: Question, answers: Sequence[Answer]) -> list[MarkedAnswer]:
    """In an order that tells nothing of who wrote them or when, and stays when others come in."""

    def shuffled(answer: Answer) -> bytes:
        return sha256(f"{question.pk} {answer.pk}".encode()).digest()

    rows = []
    for number, answer in enumerate(sorted(answers, key=shuffled), start=1):
        answer.question = question
        rows.append(MarkedAnswer(number, answer, getattr(answer, "mark", None)))
    return rows


def paragraph_of(question: Question) -> Block | None:
    """The block after which the question stands, as its reading reads it now. One query."""
    quiz = question.quiz
    blocks = Block.objects.filter(revision=quiz.reading.revision_id)
    return blocks.filter(key=quiz.passage.block_key).first()


def remarks_before(asked: QuestionToMark) -> list[str]:
    """The remarks that these answers have had, those used most first: of answers that who marks
    may read, as a remark often names whom it is for."""
    marks = [one.mark for one in asked.answers if one.mark and one.mark.remark]
    used = Counter(one.remark for one in sorted(marks, key=lambda mark: mark.marked_at))
    return [remark for remark, _ in used.most_common(REMARKS_OFFERED)]

"""What the demonstration's people answered at the checkpoints, and what staff made of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from demo.days import moment
from quizzes.attempts import skip_gate, submit_attempt
from quizzes.manual_marking import release_marks, set_mark
from quizzes.models import Attempt, Question, QuestionKind, Quiz
from quizzes.publishing import publish_answer
from quizzes.questions import given_levels, rubric_of
from readings.models import Reading, ReadingGate
from seminars.models import Membership

People = Mapping[str, Membership]


def hand_in(group: Mapping[str, Any], reading: Reading, people: People) -> None:
    """Hand in what `attempts.yaml` has of one checkpoint, mark it, and let some skip its gate."""
    quizzes = Quiz.objects.of(reading)
    quiz = quizzes[group["checkpoint"] - 1]
    questions = list(quiz.questions.prefetch_related("choices").order_by("position"))
    # Those that are released first: whoever releases, releases all drafts of a question.
    for one in sorted(group["attempts"], key=lambda one: "released" not in one.get("mark", {})):
        attempt = submit_attempt(
            quiz=quiz,
            responses=dict(_responses(questions, one["answers"])),
            by=people[one["by"]],
            at=moment(one["day"], one["time"]),
        )
        if "published" in one:
            _publish(attempt, one["published"])
        if "mark" in one:
            _mark(attempt, one["mark"], people)
    for one in group.get("skipped", []):
        _skip(quiz, one, people)


def _skip(quiz: Quiz, one: Mapping[str, Any], people: People) -> None:
    gate = ReadingGate.objects.get(item=quiz.item_id)
    skip_gate(gate=gate, by=people[one["by"]])
    skipped = gate.passings.filter(membership=people[one["by"]])
    skipped.update(passed_at=moment(one["day"], one["time"]))


def _publish(attempt: Attempt, given: Mapping[str, Any]) -> None:
    """Publish the one answer of an attempt as it was written."""
    answer = attempt.answers.select_related("question").get()
    publish_answer(
        answer=answer,
        quiz=attempt.quiz,
        body=answer.response[0],
        audience=given["to"],
        by=attempt.membership,
        at=moment(given["day"], given["time"]),
    )


def _mark(attempt: Attempt, given: Mapping[str, Any], people: People) -> None:
    answer = attempt.answers.select_related("attempt__membership", "question__quiz").get()
    rubric = rubric_of(answer.question.settings)
    chosen = [
        one.levels[number - 1].words for one, number in zip(rubric, given["levels"], strict=True)
    ]
    levels = given_levels(rubric, chosen)
    points = Decimal(sum(one["points"] for one in levels))
    by, remark = people[given["by"]], given["remark"]
    set_mark(answer=answer, points=points, levels=levels, remark=remark, by=by)
    if given.get("released"):
        instructor = next(one for one in people.values() if one.is_instructor)
        release_marks(question=answer.question, by=instructor)


def _responses(questions: list[Question], answers: list[Any]) -> Iterator[tuple[int, list[str]]]:
    """Yield each question's pk with the response as a form sends it."""
    for question, answer in zip(questions, answers, strict=True):
        yield question.pk, list(_fields(question, answer))


def _fields(question: Question, answer: Any) -> Iterator[str]:
    slots: defaultdict[int, list[str]] = defaultdict(list)
    for choice in question.choices.all():
        slots[choice.slot].append(str(choice.key))
    given = answer if isinstance(answer, list) else [answer]
    if isinstance(answer, dict):
        yield from (f"{slots[1][one - 1]} {slots[2][other - 1]}" for one, other in answer.items())
    elif question.kind == QuestionKind.ORDER:
        yield from (f"{place} {slots[0][one - 1]}" for place, one in enumerate(given, start=1))
    elif question.kind == QuestionKind.GAP:
        for slot, one in enumerate(given, start=1):
            yield slots[slot][one - 1] if isinstance(one, int) else one
    elif slots:
        yield from (slots[0][one - 1] for one in given)
    else:
        yield str(answer).lower() if isinstance(answer, bool) else str(answer)

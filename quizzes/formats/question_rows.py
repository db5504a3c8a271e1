"""The questions of a checkpoint as rows: the same rows where they are the same questions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils import timezone
from rapidfuzz.distance import Indel

from quizzes.formats.checkpoint_head import MAX_QUESTIONS
from quizzes.models import Answer, Choice, Question, QuestionKind, QuestionVersion, Quiz
from quizzes.questions import ChoiceSpec, QuestionSpec
from readings.guides import ItemState, match_items, render_line, render_prose
from readings.models import Passage
from seminars.models import Membership

# Of the letters of two choices: a corrected typo, and not another answer.
ALIKE = 0.6
_PICKED = {QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL}


def match_questions(
    earlier: Sequence[Question], written: Sequence[QuestionSpec]
) -> dict[int, Question]:
    """Return index in `written` → which question it is, by the rule of the guide's items.

    `earlier` has those that are asked first, and then the retired ones.
    """
    same = match_items(
        [_state_of(one, at) for at, one in enumerate(earlier)],
        [_state(one, at) for at, one in enumerate(written)],
    )
    return {i: earlier[j] for i, j in same.items()}


def _state_of(question: Question, at: int) -> ItemState:
    """A question as it is, with what it said before it was put right."""
    said = {one.content.get("wording", "") for one in question.versions.all()}
    return replace(_state(QuestionSpec.of(question), at), wordings=frozenset(said))


def _state(spec: QuestionSpec, at: int) -> ItemState:
    # One right choice may turn out to be one of two.
    kind = "pick" if spec.kind in _PICKED else str(spec.kind)
    words = " ".join([spec.text, spec.detail, *(choice.text for choice in spec.choices)])
    return ItemState(kind, (str(at), None, None), words)


def create_question(
    quiz: Quiz, written: QuestionSpec, source: Passage | None, position: int
) -> Question:
    question = Question.objects.create(
        seminar_id=quiz.seminar_id,
        quiz=quiz,
        passage=source,
        position=position,
        **_columns(written),
    )
    Choice.objects.bulk_create(
        Choice(question=question, position=at, **_choice_columns(choice))
        for at, choice in enumerate(written.choices)
    )
    return question


def make_room(quiz: Quiz) -> None:
    """Let every position be taken anew: no two questions stand at one, not even for a moment."""
    asked = Question.objects.filter(quiz=quiz, retired_at=None)
    asked.update(position=F("position") + MAX_QUESTIONS + 1)


def change_question(
    question: Question,
    written: QuestionSpec,
    source: Passage | None,
    position: int,
    by: Membership,
) -> bool:
    """Bring a question to what the guide says of it; whether its answers are to be marked anew."""
    is_same = QuestionSpec.of(question) == written.content
    was_retired = question.retired_at is not None
    question.passage, question.position, question.retired_at = source, position, None
    columns = _columns(written)
    if not is_same:
        if Answer.objects.filter(question=question).exists():
            _keep_version(question, by)
            question.version += 1
        for name, value in columns.items():
            setattr(question, name, value)
    question.save(update_fields=["passage", "position", "retired_at", "version", *columns])
    if not is_same:
        _change_choices(question, written.choices)
    return was_retired or not is_same


def retire_questions(questions: Iterable[Question]) -> set[int]:
    """Take questions off; those that were answered stay with their answers. Return their pks."""
    pks = [one.pk for one in questions]
    answered = set(Answer.objects.filter(question__in=pks).values_list("question_id", flat=True))
    Question.objects.filter(pk__in=answered).update(retired_at=timezone.now())
    Question.objects.filter(pk__in=set(pks) - answered).delete()
    return answered


def _keep_version(question: Question, by: Membership) -> None:
    choices = question.offered
    QuestionVersion.objects.create(
        seminar_id=question.seminar_id,
        question=question,
        version=question.version,
        content={
            "html": question.html,
            "detail_html": question.detail_html,
            "choices": {str(one.key): one.html for one in choices},
            "key": question.accepted or [str(one.key) for one in choices if one.is_correct],
            "pairs": {str(one.key): one.answer for one in choices if one.answer},
            "settings": question.settings,
            "points": question.points,
            "feedback": question.feedback,
            "hints": question.hints,
            "wording": _state(QuestionSpec.of(question), 0).wording,
        },
        replaced_by=by,
    )


def _columns(written: QuestionSpec) -> dict[str, Any]:
    return {
        "kind": written.kind,
        "text": written.text,
        "html": render_line(written.text),
        "detail": written.detail,
        "detail_html": render_prose(written.detail),
        "feedback": written.feedback,
        "feedback_html": render_prose(written.feedback),
        "hints": list(written.hints),
        "hints_html": [render_line(one) for one in written.hints],
        "accepted": list(written.accepted),
        "settings": dict(written.settings),
        "points": written.points,
    }


# --- Choices ------------------------------------------------------------------------------------
def _choice_columns(written: ChoiceSpec) -> dict[str, Any]:
    return {
        "text": written.text,
        "html": render_line(written.text),
        "is_correct": written.is_correct,
        "slot": written.slot,
        "answer": written.answer,
        "feedback": written.feedback,
        "feedback_html": render_prose(written.feedback),
    }


def _change_choices(question: Question, written: Sequence[ChoiceSpec]) -> None:
    """Keep the choices that are the same, so that who picked one has picked it still."""
    earlier = sorted(question.choices.all(), key=lambda one: (one.retired_at is not None, one.pk))
    same = match_choices(earlier, written)
    for position, choice in enumerate(written):
        row = same.get(position) or Choice(question=question)
        row.position, row.retired_at = position, None
        for name, value in _choice_columns(choice).items():
            setattr(row, name, value)
        row.save()  # many are new
    kept = {row.pk for row in same.values()}
    _retire_choices(question, [one for one in earlier if one.pk not in kept])


def match_choices(earlier: Sequence[Choice], written: Sequence[ChoiceSpec]) -> dict[int, Choice]:
    """Return index in `written` → which choice it is.

    The same words are the same choice; then the most alike; and what is left of right ones
    is the right ones rewritten, in their order, or who had picked them would be wrong.
    """
    left = list(earlier)
    found: dict[int, Choice] = {}

    def take(at: int, row: Choice) -> None:
        if at not in found and row in left and row.slot == written[at].slot:
            found[at] = row
            left.remove(row)

    for at, choice in enumerate(written):
        alike = [one for one in left if (one.slot, one.text) == (choice.slot, choice.text)]
        for row in alike[:1]:
            take(at, row)
    scored = [
        (-Indel.normalized_similarity(choice.text, row.text), at, place)
        for at, choice in enumerate(written)
        for place, row in enumerate(earlier)
    ]
    for score, at, place in sorted(scored):
        if -score >= ALIKE:
            take(at, earlier[place])
    rights = [at for at, one in enumerate(written) if one.is_correct and at not in found]
    rows = [one for one in left if one.is_correct and one.retired_at is None]
    for slot in {one.slot for one in rows}:
        for at, row in zip(
            [at for at in rights if written[at].slot == slot],
            [row for row in rows if row.slot == slot],
            strict=False,
        ):
            take(at, row)
    return found


def _retire_choices(question: Question, rows: Sequence[Choice]) -> None:
    responses = Answer.objects.filter(question=question).values_list("response", flat=True)
    picked = {key for response in responses for one in response for key in one.split()}
    kept = [row.pk for row in rows if str(row.key) in picked]
    Choice.objects.filter(pk__in=kept, retired_at=None).update(retired_at=timezone.now())
    Choice.objects.filter(pk__in=[row.pk for row in rows if row.pk not in kept]).delete()

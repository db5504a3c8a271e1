"""Checkpoints as items of a guide: read from its file, and kept as quizzes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.attempts import Regraded, regrade
from quizzes.formats.guide_questions import CheckpointSpec, parse_checkpoint
from quizzes.formats.question_rows import (
    change_question,
    create_question,
    make_room,
    match_questions,
    retire_questions,
)
from quizzes.marking import points_in_words
from quizzes.models import Question, QuestionVersion, Quiz
from readings.guides import Consequence, ParsedItem, PlacedItem, Source, stands_at
from readings.models import GuideItem, Passage, Reading
from readings.passages import Segment, create_passage
from seminars.models import Membership


def read_sources(item: ParsedItem) -> list[Source]:
    """Read a checkpoint before anything is written; one source for each of its questions."""
    label = _("See: %(place)s of “%(question)s”")
    return [
        Source(
            question.see,
            label % {"place": question.see, "question": question.text},
            question.see_line,
        )
        for question in _spec(item).questions
    ]


class CheckpointHandler:
    """What hangs on a checkpoint: the quiz that is asked, and those that were asked before it."""

    guide_kinds = frozenset({"checkpoint"})

    def apply_items(
        self,
        placed: Sequence[PlacedItem],
        *,
        reading: Reading,
        by: Membership,
    ) -> list[Consequence]:
        before = _source_passages(reading)
        versions = _held_versions([one.item for one in placed])
        consequences = [
            consequence
            for one in placed
            for consequence in _apply(one, versions[one.item.pk], reading, by)
        ]
        _clear(reading, before)
        return consequences

    def remove_items(
        self,
        removed: Sequence[GuideItem],
        *,
        reading: Reading,
        by: Membership,  # noqa: ARG002
    ) -> Set[int]:
        before = _source_passages(reading)
        versions = _held_versions(removed)
        _retire([quiz for held in versions.values() for quiz in held])
        _clear(reading, before)
        left = Quiz.objects.filter(item__in=removed)
        return set(left.values_list("item_id", flat=True))


def _spec(item: ParsedItem) -> CheckpointSpec:
    return parse_checkpoint(item.body, item.body_line)


def _held_versions(items: Sequence[GuideItem]) -> dict[int, list[Quiz]]:
    """Return the quizzes of each item by its pk, the last version first.

    They are held until the transaction ends: an attempt that is being handed in is
    waited for and found, and one that comes later finds its quiz retired.
    """
    held = Quiz.objects.select_for_update(of=("self",), no_key=True).filter(item__in=items)
    versions: defaultdict[int, list[Quiz]] = defaultdict(list)
    rows = ("questions__choices", "questions__passage__continuations")
    for quiz in held.order_by("-version").prefetch_related(*rows):
        versions[quiz.item_id].append(quiz)
    return versions


def _apply(
    one: PlacedItem, versions: Sequence[Quiz], reading: Reading, by: Membership
) -> list[Consequence]:
    """Let the item ask what the guide says: the same questions put right, or another version."""
    spec = _spec(one.parsed)
    found = {quiz: match_questions(_questions(quiz), spec.questions) for quiz in versions}
    quiz = max(versions, key=lambda version: len(found[version]), default=None)
    same = found[quiz] if quiz else {}
    _retire([version for version in versions if version is not quiz or not same])
    if quiz is None or not same:
        version = versions[0].version + 1 if versions else 1
        _create(spec, one, reading, version)
        return []
    quiz.title, quiz.retired_at = spec.title, None
    quiz.save(update_fields=["title", "retired_at"])
    changed = _change(quiz, spec, one, same, by)
    regraded = regrade(quiz, changed, by=by) if changed else []
    _count(regraded)
    return [_consequence(quiz, tried) for tried in regraded]


def _questions(quiz: Quiz) -> list[Question]:
    """Those that it asks, then those that it has asked."""
    return sorted(quiz.questions.all(), key=lambda one: (one.retired_at is not None, one.position))


def _change(
    quiz: Quiz, spec: CheckpointSpec, one: PlacedItem, same: Mapping[int, Question], by: Membership
) -> set[int]:
    """Bring the questions to what the guide says; return those whose answers are marked anew."""
    changed = set()
    make_room(quiz)
    for i, (written, source) in enumerate(zip(spec.questions, one.sources, strict=True)):
        question = same.get(i)
        passage = _source(quiz.reading, source, question.passage if question else None)
        if question is None:
            create_question(quiz, written, passage, i)
        elif change_question(question, written, passage, i, by):
            changed.add(question.pk)
    kept = {question.pk for question in same.values()}
    gone = [one for one in quiz.questions.all() if one.pk not in kept and one.retired_at is None]
    return changed | retire_questions(gone)


def _count(regraded: Sequence[Regraded]) -> None:
    """Keep with what each question was how many tries have other points by what it is."""
    counts = Counter(pk for one in regraded for pk in one.questions)
    for pk, count in counts.items():
        last = QuestionVersion.objects.filter(question=pk).order_by("-version").first()
        if last:
            last.regraded = count
            last.save(update_fields=["regraded"])


def _consequence(quiz: Quiz, tried: Regraded) -> Consequence:
    number = tried.attempt.number
    whose = _("%(name)s, first try") if number == 1 else _("%(name)s, try %(number)d")
    return Consequence(
        item=quiz.title,
        member=whose % {"name": tried.attempt.membership.name, "number": number},
        before=points_in_words(*tried.before),
        after=points_in_words(*tried.after),
    )


def _retire(quizzes: Sequence[Quiz]) -> None:
    pks = [quiz.pk for quiz in quizzes if quiz.retired_at is None]
    Quiz.objects.filter(pk__in=pks).update(retired_at=timezone.now())


def _source_passages(reading: Reading) -> set[int]:
    """The passages where the answers to the reading's questions can be read."""
    questions = Question.objects.filter(quiz__reading=reading, passage__isnull=False)
    return set(questions.values_list("passage__pk", flat=True))


def _clear(reading: Reading, before: set[int]) -> None:
    """Delete the retired quizzes that nobody has tried, and the sources that no question needs.

    `before` are the passages of sources as they were; each is its question's own.
    """
    unanswered = Quiz.objects.filter(reading=reading, attempts=None)
    unanswered.exclude(retired_at=None).delete()
    Passage.objects.filter(pk__in=before - _source_passages(reading)).delete()


def _source(
    reading: Reading, segment: Segment | None, current: Passage | None = None
) -> Passage | None:
    if segment is None:
        return None
    if current is not None and stands_at(current, segment):
        return current
    return create_passage(reading=reading, segments=[segment])


def _create(spec: CheckpointSpec, one: PlacedItem, reading: Reading, version: int) -> None:
    quiz = Quiz.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        item=one.item,
        version=version,
        title=spec.title,
    )
    for number, (written, source) in enumerate(zip(spec.questions, one.sources, strict=True)):
        create_question(quiz, written, _source(reading, source), number)

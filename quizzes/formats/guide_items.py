"""Checkpoints as items of a guide: read from its file, and kept as quizzes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.attempts import Points, Regraded, counted_points, note_passings, regrade
from quizzes.formats.gate_field import parse_gate
from quizzes.formats.guide_questions import CheckpointSpec, parse_checkpoint
from quizzes.formats.question_rows import (
    change_question,
    create_question,
    make_room,
    match_questions,
    retire_questions,
)
from quizzes.marking import points_in_words
from quizzes.models import (
    AnswerMark,
    KeyPassage,
    Question,
    QuestionKind,
    QuestionVersion,
    Quiz,
)
from quizzes.questions import QuestionSpec, is_shuffled, keep_places, refuse
from readings.guides import (
    Consequence,
    ParsedItem,
    PlacedItem,
    Source,
    note_gates,
    set_gate,
    stands_at,
)
from readings.models import GuideItem, Passage, Reading
from readings.passages import Segment, create_passage
from seminars.models import Membership


def read_sources(item: ParsedItem) -> list[Source]:
    """Read a checkpoint before anything is written; one source for each of its questions, and
    then one for each place that is a right answer."""
    questions = _spec(item).questions
    see, key = _("See: %(place)s of “%(question)s”"), _("Passage: %(place)s of “%(question)s”")
    return [
        *(
            Source(one.see, see % {"place": one.see, "question": one.text}, one.see_line)
            for one in questions
        ),
        *(
            Source(place, key % {"place": place, "question": one.text}, one.line, is_key=True)
            for one in questions
            for place in one.places
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A question as it is written, with its places in the text."""

    written: QuestionSpec
    source: Segment | None
    keys: tuple[Segment, ...]

    @classmethod
    def of(cls, spec: CheckpointSpec, one: PlacedItem) -> "list[_Placed]":
        """Those that can be asked: one that asks for words in the text needs them there."""
        sources = iter(one.sources[len(spec.questions) :])
        found = [
            cls(written, source, tuple(filter(None, (next(sources) for _place in written.places))))
            for written, source in zip(spec.questions, one.sources, strict=False)
        ]
        return [placed for placed in found if placed.keys or not placed.written.places]


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
        for one in placed:
            _set_gate(one, reading)
        note_gates(reading.seminar_id)
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
        for item in removed:
            set_gate(item=item, reading=reading, kind="")
        note_gates(reading.seminar_id)
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
    rows = (
        *("questions__choices", "questions__passage__continuations", "questions__versions"),
        "questions__key_passages__passage__continuations",
    )
    for quiz in held.order_by("-version").prefetch_related(*rows):
        versions[quiz.item_id].append(quiz)
    return versions


def _apply(
    one: PlacedItem, versions: Sequence[Quiz], reading: Reading, by: Membership
) -> list[Consequence]:
    """Let the item ask what the guide says: the same questions put right, or another version."""
    spec = _spec(one.parsed)
    placed = _Placed.of(spec, one)
    written = [each.written for each in placed]
    found = {quiz: match_questions(_questions(quiz), written) for quiz in versions}
    quiz = max(versions, key=lambda version: len(found[version]), default=None)
    same = found[quiz] if quiz else {}
    _retire([version for version in versions if version is not quiz or not same])
    if not placed:
        return []  # nothing that it asks for is in the text
    if quiz is None or not same:
        version = versions[0].version + 1 if versions else 1
        _create(spec, placed, one, reading, version)
        return []
    is_same = quiz.settings == spec.settings
    before = {} if is_same else counted_points(quiz)
    columns = {"title": spec.title, "is_shuffled": _is_shuffled(placed), **spec.settings.columns}
    quiz.retired_at = None
    for name, value in columns.items():
        setattr(quiz, name, value)
    quiz.save(update_fields=["retired_at", *columns])
    changed = _change(quiz, placed, same, by)
    regraded = regrade(quiz, changed, by=by) if changed else []
    _count(regraded)
    consequences = [_consequence(quiz, tried) for tried in regraded]
    return consequences if is_same else [*consequences, *_counted_anew(quiz, before)]


def _set_gate(one: PlacedItem, reading: Reading) -> None:
    """Let the gate be as the guide has it; who has met what it asks for comes through."""
    gate = parse_gate(_spec(one.parsed).settings.gate or "none")
    is_asked = gate and Quiz.objects.filter(item=one.item, retired_at=None).exists()
    if gate is None or not is_asked:
        set_gate(item=one.item, reading=reading, kind="")
        return
    set_gate(item=one.item, reading=reading, kind=gate.kind, share=gate.share, tries=gate.tries)
    note_passings([one.item.pk])


def _is_shuffled(placed: Sequence[_Placed]) -> bool:
    return any(is_shuffled(one.written) for one in placed)


def _questions(quiz: Quiz) -> list[Question]:
    """Those that it asks, then those that it has asked."""
    return sorted(quiz.questions.all(), key=lambda one: (one.retired_at is not None, one.position))


def _change(
    quiz: Quiz, placed: Sequence[_Placed], same: Mapping[int, Question], by: Membership
) -> set[int]:
    """Bring the questions to what the guide says; return those whose answers are marked anew."""
    changed = set()
    make_room(quiz)
    for i, one in enumerate(placed):
        question = same.get(i)
        passage = _source(quiz.reading, one.source, question.passage if question else None)
        if question is None:
            _place_keys(create_question(quiz, one.written, passage, i), quiz.reading, one)
            continue
        _keep_points_of_marks(question, one.written)
        is_changed = change_question(question, one.written, passage, i, by)
        if _place_keys(question, quiz.reading, one) or is_changed:
            changed.add(question.pk)
    kept = {question.pk for question in same.values()}
    gone = [one for one in quiz.questions.all() if one.pk not in kept and one.retired_at is None]
    return changed | retire_questions(gone)


def _keep_points_of_marks(question: Question, written: QuestionSpec) -> None:
    """Raise GuideRefused where people have given more points than there would be: what a person
    has marked stays, until a person changes it."""
    if written.points >= question.points or written.kind != QuestionKind.OPEN:
        return
    given = AnswerMark.objects.filter(answer__question=question, points__gt=written.points)
    if most := given.order_by("-points").values_list("points", flat=True).first():
        message = _(
            "an answer to this question has %(points)s points already: leave it as many,"
            " or change that mark first."
        )
        refuse(written.line, message % {"points": f"{most.normalize():f}"})


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


def _counted_anew(quiz: Quiz, before: Mapping[Membership, Points]) -> list[Consequence]:
    """What counts otherwise by the settings that the quiz has now."""
    after = counted_points(quiz)
    return [
        Consequence(
            item=quiz.title,
            member=_("%(name)s, what counts") % {"name": member.name},
            before=points_in_words(*points),
            after=points_in_words(*after[member]),
        )
        for member, points in before.items()
        if after[member] != points
    ]


def _retire(quizzes: Sequence[Quiz]) -> None:
    pks = [quiz.pk for quiz in quizzes if quiz.retired_at is None]
    Quiz.objects.filter(pk__in=pks).update(retired_at=timezone.now())


def _source_passages(reading: Reading) -> set[int]:
    """The passages where the answers to the reading's questions can be read, or which they are."""
    questions = Question.objects.filter(quiz__reading=reading, passage__isnull=False)
    keys = KeyPassage.objects.filter(question__quiz__reading=reading)
    return {
        *questions.values_list("passage__pk", flat=True),
        *keys.values_list("passage__pk", flat=True),
    }


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


def _place_keys(question: Question, reading: Reading, one: _Placed) -> bool:
    """Keep the places that are right; whether they are others than they were."""
    before = [row.passage for row in question.key_passages.all()]
    stands = len(before) == len(one.keys) and all(
        stands_at(passage, key) for passage, key in zip(before, one.keys, strict=True)
    )
    if not stands:
        question.key_passages.all().delete()
        KeyPassage.objects.bulk_create(
            KeyPassage(
                seminar_id=question.seminar_id,
                question=question,
                passage=create_passage(reading=reading, segments=[key]),
                position=position,
            )
            for position, key in enumerate(one.keys)
        )
    keep_places(question)
    return not stands


def _create(
    spec: CheckpointSpec, placed: Sequence[_Placed], one: PlacedItem, reading: Reading, version: int
) -> None:
    quiz = Quiz.objects.create(
        seminar_id=reading.seminar_id,
        reading=reading,
        item=one.item,
        version=version,
        title=spec.title,
        is_shuffled=_is_shuffled(placed),
        **spec.settings.columns,
    )
    for number, each in enumerate(placed):
        question = create_question(quiz, each.written, _source(reading, each.source), number)
        _place_keys(question, reading, each)

"""The questions of a guide's draft, each for itself: found, put in, moved and taken off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.composing.checkpoint_forms import DraftHead
from quizzes.formats import CheckpointSpec, format_checkpoint, parse_checkpoint
from quizzes.questions import QuestionSpec
from readings.guides import (
    Anchor,
    DraftItem,
    ItemChanged,
    ParsedItem,
    PartMark,
    SentForm,
    check_item,
    end_of_paragraph,
    hold_draft,
    parse_draft,
    save_items,
    take_finished,
)
from readings.models import GuideDraft, GuideItemKind, Reading
from seminars.models import Membership


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """One question of a draft; `edit_version` is raised by every change of it."""

    key: int
    edit_version: int
    spec: QuestionSpec
    item: DraftItem

    @property
    def paragraph(self) -> int | None:
        return self.item.parsed.anchor.number


def questions_in(item: DraftItem) -> list[DraftQuestion]:
    """The questions of a checkpoint, in their order."""
    specs = _spec(item.parsed).questions
    return [
        DraftQuestion(mark.key, mark.edit_version, spec, item)
        for mark, spec in zip(item.parts, specs, strict=True)
    ]


def find_head(draft: GuideDraft, item: int) -> DraftHead | None:
    found = next((one for one in parse_draft(draft)[1] if one.key == item and one.parts), None)
    return head_of(found) if found else None


def head_of(item: DraftItem) -> DraftHead:
    """The head of a checkpoint."""
    return DraftHead(_spec(item.parsed), item.parsed.anchor.number)


def find_question(draft: GuideDraft, item: int, key: int) -> DraftQuestion | None:
    found = next((one for one in parse_draft(draft)[1] if one.key == item and one.parts), None)
    return next((one for one in questions_in(found) if one.key == key), None) if found else None


@transaction.atomic
def add_question(
    *,
    reading: Reading,
    by: Membership,
    spec: QuestionSpec,
    paragraph: int,
    sent: SentForm | None = None,
) -> int:
    """Put a question behind those at its paragraph; return the key of its checkpoint.

    What was kept of the form that is done so (`sent`) goes. Raises ItemChanged where somebody has
    gone on with that, NoGuideDraft, and GuideRefused.
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    here = [
        one
        for one in items
        if one.parsed.kind == GuideItemKind.CHECKPOINT and one.parsed.anchor.number == paragraph
    ]
    if here:
        key = here[-1].key
        _put(items, here[-1], [*_spec(here[-1].parsed).questions, spec])
    else:
        key, draft.next_key = draft.next_key, draft.next_key + 1
        body = format_checkpoint(CheckpointSpec(_("Check your reading"), (spec,)))
        item = check_item(GuideItemKind.CHECKPOINT, str(Anchor(paragraph, "")), body)
        items.insert(end_of_paragraph(item, items), DraftItem(key, 1, item))
    take_finished(draft, sent)
    save_items(draft, guide, items, by, sent)
    return key


@transaction.atomic
def change_question(
    *,
    reading: Reading,
    by: Membership,
    item: int,
    key: int,
    version: int,
    spec: QuestionSpec,
    sent: SentForm | None = None,
) -> None:
    """Put a question in the place of one that is there; what stands there already stays.

    Raises ItemChanged where it is no more at `version`, NoGuideDraft, and GuideRefused.
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    held, at = _position(items, item, key)
    question = questions_in(held)[at]
    is_there = replace(question.spec, line=0, see_line=0) == spec
    if not is_there and question.edit_version != version:
        raise ItemChanged(question)
    if not take_finished(draft, sent) and is_there:
        return
    questions = list(_spec(held.parsed).questions)
    questions[at] = spec
    _put(items, held, questions)
    save_items(draft, guide, items, by, sent)


@transaction.atomic
def change_head(
    *,
    reading: Reading,
    by: Membership,
    item: int,
    version: int,
    head: CheckpointSpec,
    sent: SentForm | None = None,
) -> None:
    """Give a checkpoint the title and the settings of `head`; what it has already stays.

    Raises ItemChanged where its head is no more at `version`, NoGuideDraft, and GuideRefused.
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    held = next((one for one in items if one.key == item and one.parts), None)
    if held is None:
        raise ItemChanged(None)
    spec = _spec(held.parsed)
    changed = replace(spec, title=head.title, settings=head.settings)
    if changed != spec and DraftHead(spec).edit_version != version:
        raise ItemChanged(DraftHead(spec))
    if not take_finished(draft, sent) and changed == spec:
        return
    _put_spec(items, held, changed)
    save_items(draft, guide, items, by, sent)


@transaction.atomic
def remove_question(*, reading: Reading, by: Membership, item: int, key: int, version: int) -> None:
    """Take a question off, and its checkpoint with the last one; a step back undoes it.

    Twice is as once. Raises ItemChanged and NoGuideDraft.
    """
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    try:
        held, at = _position(items, item, key)
    except ItemChanged:
        return
    if held.parts[at].edit_version != version:
        raise ItemChanged(questions_in(held)[at])
    questions = list(_spec(held.parsed).questions)
    del questions[at]
    if questions:
        _put(items, held, questions)
    else:
        items.remove(held)
    save_items(draft, guide, items, by)


def shift_question(
    *, reading: Reading, by: Membership, item: int, key: int, version: int, later: bool
) -> None:
    """Let a question change places with its neighbour in the checkpoint; as place_question."""

    def beside(_keys: Sequence[int], at: int) -> int:
        return at + (1 if later else -1)

    _move(reading, by, item, key, version, beside)


def place_question(
    *, reading: Reading, by: Membership, item: int, key: int, version: int, before: int
) -> None:
    """Put a question before another one of its checkpoint (`before`), or behind all of them.

    Raises ItemChanged where the checkpoint is no more at `version`, so that twice is as once.
    And NoGuideDraft.
    """

    def in_front(keys: Sequence[int], at: int) -> int:
        others = [*keys[:at], *keys[at + 1 :]]
        return others.index(before) if before in others else len(others)

    _move(reading, by, item, key, version, in_front)


@transaction.atomic
def _move(
    reading: Reading,
    by: Membership,
    item: int,
    key: int,
    version: int,
    where: Callable[[Sequence[int], int], int],
) -> None:
    """Move a question within its checkpoint: to where `where` says, of the keys of all and its
    place now; no place at all is its own."""
    draft = hold_draft(reading, by)
    guide, items = parse_draft(draft)
    held, at = _position(items, item, key)
    if held.edit_version != version:
        raise ItemChanged(questions_in(held)[at])
    questions = list(_spec(held.parsed).questions)
    to = where([one.key for one in held.parts], at)
    if to == at or not 0 <= to < len(questions):
        return
    questions.insert(to, questions.pop(at))
    _put(items, held, questions)
    save_items(draft, guide, items, by)


def _spec(item: ParsedItem) -> CheckpointSpec:
    return parse_checkpoint(item.body, item.body_line)


def _put(items: list[DraftItem], held: DraftItem, questions: Sequence[QuestionSpec]) -> None:
    """Put these questions into a checkpoint, whatever else it says."""
    _put_spec(items, held, replace(_spec(held.parsed), questions=tuple(questions)))


def _put_spec(items: list[DraftItem], held: DraftItem, spec: CheckpointSpec) -> None:
    body = format_checkpoint(spec)
    parsed = check_item(held.parsed.kind, str(held.parsed.anchor), body)
    changed = replace(held, edit_version=held.edit_version + 1, parsed=parsed)
    items[items.index(held)] = changed


def _position(items: Sequence[DraftItem], item: int, key: int) -> tuple[DraftItem, int]:
    held = next((one for one in items if one.key == item), None)
    marks: Sequence[PartMark] = held.parts if held else ()
    at = next((i for i, one in enumerate(marks) if one.key == key), None)
    if held is None or at is None:
        raise ItemChanged(None)
    return held, at

"""The places of questions in the text, and whether their paragraphs have changed since.

A question is about words that stand somewhere. Where the paragraph around them is another than
it was when the guide was added, somebody has to look whether the question still fits.
"""

from collections.abc import Collection, Sequence
from hashlib import sha256

from quizzes.models import KeyPassage, Question
from readings.models import Block, Passage, Reading


def keep_places(question: Question) -> None:
    """Keep of which text the question was written; a guide that is added again says it fits."""
    passages = _passages_of([question])[question.pk]
    texts = _texts(question.quiz.reading, passages)
    question.places_digest = _digest(passages, texts)
    question.save(update_fields=["places_digest"])


def moved_questions(reading: Reading, questions: Sequence[Question]) -> frozenset[int]:
    """The pks of those whose paragraphs have changed since, or are gone. Two queries."""
    passages = _passages_of(questions)
    texts = _texts(reading, [passage for found in passages.values() for passage in found])
    return frozenset(
        one.pk
        for one in questions
        if passages[one.pk]
        and one.places_digest
        and one.places_digest != _digest(passages[one.pk], texts)
    )


def _passages_of(questions: Sequence[Question]) -> dict[int, list[Passage]]:
    """Where each says that its answer can be read, and what is right."""
    found = {one.pk: [one.passage] if one.passage else [] for one in questions}
    keys = KeyPassage.objects.filter(question__in=found).select_related("passage")
    for key in keys.order_by("question_id", "position"):
        found[key.question_id].append(key.passage)
    return found


def _texts(reading: Reading, passages: Collection[Passage]) -> dict[str, str]:
    keys = {passage.block_key for passage in passages}
    blocks = Block.objects.filter(revision_id=reading.revision_id, key__in=keys)
    return dict(blocks.values_list("key", "text"))


def _digest(passages: Sequence[Passage], texts: dict[str, str]) -> str:
    seen = [texts.get(passage.block_key, "") for passage in passages]
    return sha256(repr(seen).encode()).hexdigest()[:16] if seen else ""

"""A reading's text, with what came of its questions beside the paragraphs that answer them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.safestring import SafeString

from discussions.printing import (
    PrintedBlock,
    PrintWriter,
    Sign,
    picture_addresses,
    printed_blocks,
    safe_lines,
    title_of,
)
from documents import DocumentBlock
from documents.block_names import paragraph_label
from documents.writers import labels_for
from quizzes.statistics.results import QuestionResult, QuizResult, Results
from readings.essays import document_of
from readings.models import Passage, Reading
from readings.passages import segments_of


@dataclass(frozen=True, slots=True)
class PlacedResult:
    """A question beside the text; `is_at_answer` unless it stands at its checkpoint instead."""

    quiz: QuizResult
    question: QuestionResult
    place: str  # "¶ 4", or "" of what has no number
    is_at_answer: bool


@dataclass(frozen=True, slots=True)
class TextRow:
    """A block, what came of the questions about it, and the checkpoints that stand after it."""

    block: PrintedBlock
    placed: Sequence[PlacedResult]
    stops: Sequence[QuizResult]


@dataclass(frozen=True, slots=True)
class ResultsText:
    """`elsewhere` are the questions about the title, and those whose place is gone."""

    rows: Sequence[TextRow]
    notes: SafeString
    elsewhere: Sequence[PlacedResult]

    @property
    def placed(self) -> list[PlacedResult]:
        """All of them, in the order in which they stand."""
        return [*self.elsewhere, *(one for row in self.rows for one in row.placed)]


def text_with_results(*, reading: Reading, results: Results) -> ResultsText:
    """Put beside the text what `results` say of the questions that are asked now. Four queries."""
    document = document_of(reading.essay, reading.revision, with_bytes=False)
    title = title_of(document)
    asked = [
        (quiz, question)
        for quiz in results.quizzes
        if not quiz.is_retired
        for question in quiz.questions
        if not question.is_retired
    ]
    heads = {question.passage_id for _, question in asked if question.passage_id}
    heads |= {quiz.passage_id for quiz, _ in asked}
    passages = Passage.objects.filter(Q(pk__in=heads) | Q(continues__in=heads))
    segments = segments_of(passages)
    known = {block.key: block for block in document.blocks if block is not title}
    placed: defaultdict[str, list[PlacedResult]] = defaultdict(list)
    stops: defaultdict[str, list[QuizResult]] = defaultdict(list)
    signs: defaultdict[str, list[Sign]] = defaultdict(list)
    for quiz, question in asked:
        rows = segments.get(question.passage_id or 0, ())
        answer = next((row.block_key for row in rows if row.block_key in known), "")
        stop = _stop(quiz, segments, known)
        block = known.get(answer or stop)
        place = paragraph_label(block.number) if block and block.number else ""
        placed[answer or stop].append(PlacedResult(quiz, question, place, bool(answer)))
        for row in rows:
            if row.start is not None and row.end is not None:
                signs[row.block_key].append(Sign(row.start, row.end, 0))
    for quiz in {quiz.pk: quiz for quiz, _ in asked}.values():
        stops[_stop(quiz, segments, known)].append(quiz)
    source, labels = picture_addresses(document, reading), labels_for(document.metadata.language)
    writer = PrintWriter(source, signs, labels=labels)
    return ResultsText(
        rows=[
            TextRow(block, placed.get(block.key, ()), stops.get(block.key, ()))
            for block in printed_blocks(document, writer)
        ],
        notes=safe_lines(writer.notes(document.notes)),
        elsewhere=placed[""],
    )


def _stop(
    quiz: QuizResult,
    segments: Mapping[int, Sequence[Passage]],
    known: Mapping[str, DocumentBlock],
) -> str:
    """Return the key of the block that the checkpoint stands after; "" where it is gone."""
    keys = [row.block_key for row in segments.get(quiz.passage_id, ()) if row.block_key in known]
    return keys[-1] if keys else ""

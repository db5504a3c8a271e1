"""Along each text: how much is said at its paragraphs, and how much is answered wrongly there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.common.markdown import plain_words, shorten
from documents.block_names import block_anchor, paragraph_label
from overview.records import Record
from quizzes.models import Question
from quizzes.statistics import MIN_ATTEMPTS, percent
from readings.models import Block, BlockKind, Reading

MOST_TALKED = 3  # paragraphs that are named beside a strip
FIRST_LETTERS = 90  # of a paragraph, to say which it is
QUESTION_LETTERS = 110


class StripBlock(NamedTuple):
    """A block of a text, as far as a strip needs it; `heading` is its words where it is one."""

    key: str
    number: int | None
    kind: str
    level: int | None
    heading: str
    beginning: str


@dataclass(slots=True)
class AnsweredQuestion:
    """How a question was answered at first try; `block_key` is where the answer can be read or,
    where the guide does not say, where the checkpoint stands."""

    pk: int
    quiz: int
    html: str
    block_key: str
    marked: int = 0
    right: int = 0

    @property
    def wrong(self) -> int | None:
        return wrong_share(self.marked, self.right)


@dataclass(frozen=True, slots=True)
class StripCell:
    """One paragraph: the comments in threads that begin there, and the answers about it."""

    block: StripBlock
    talk: int
    marked: int
    right: int

    @property
    def label(self) -> str:
        if self.block.number:
            return paragraph_label(self.block.number)
        return str(BlockKind(self.block.kind).label)

    @property
    def anchor(self) -> str:
        return block_anchor(self.block.number, self.block.key)

    @property
    def beginning(self) -> str:
        return shorten(self.block.beginning, FIRST_LETTERS)

    @property
    def wrong(self) -> int | None:
        """The share of wrong answers in percent; None for too few."""
        return wrong_share(self.marked, self.right)

    @property
    def is_empty(self) -> bool:
        return not self.talk and not self.marked


@dataclass(frozen=True, slots=True)
class StripSection:
    """So many cells under one heading."""

    title: str
    cells: int


@dataclass(frozen=True, slots=True)
class Strip:
    """One text. `elsewhere` is said about the whole of it, or where its words are gone."""

    reading: Reading
    url: str
    threads_url: str
    cells: Sequence[StripCell]
    sections: Sequence[StripSection]
    elsewhere: int
    question: str  # the one that most answered wrongly, in words; "" where there is none
    question_share: int
    question_place: str
    question_url: str

    @property
    def told(self) -> list[StripCell]:
        """The paragraphs of which there is something to tell."""
        return [cell for cell in self.cells if not cell.is_empty]

    @property
    def most_talked(self) -> list[StripCell]:
        said = [cell for cell in self.cells if cell.talk]
        return sorted(said, key=lambda cell: -cell.talk)[:MOST_TALKED]

    @property
    def is_empty(self) -> bool:
        return not self.told and not self.elsewhere


def wrong_share(marked: int, right: int) -> int | None:
    """Return the wrong ones in percent; None for fewer answers than mean something."""
    return percent(marked - right, marked) if marked >= MIN_ATTEMPTS else None


def strips_of(record: Record) -> list[Strip]:
    """Return a strip for each reading of the record. Two queries."""
    blocks = _blocks(record.readings)
    answered = _answered(record)
    talk: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for words in record.words:
        talk[words.reading][words.block_key] += 1
    return [
        _strip(one, blocks[one.revision_id], talk[one.pk], answered[one.pk])
        for one in record.readings
    ]


def _blocks(readings: Sequence[Reading]) -> Mapping[int, list[StripBlock]]:
    is_heading = Q(kind=BlockKind.HEADING)
    rows = (
        Block.objects.filter(revision__in=[one.revision_id for one in readings])
        .annotate(
            heading=Case(
                When(is_heading, then=F("text")), default=Value(""), output_field=CharField()
            ),
            beginning=Left("text", FIRST_LETTERS + 1),
        )
        .order_by("revision_id", "position")
    )
    found: defaultdict[int, list[StripBlock]] = defaultdict(list)
    columns = ("revision_id", "key", "number", "kind", "level", "heading", "beginning")
    for revision, *block in rows.values_list(*columns):
        found[revision].append(StripBlock(*block))
    return found


def _answered(record: Record) -> Mapping[int, list[AnsweredQuestion]]:
    """The questions that are asked, with the answers of the record, by reading."""
    rows = Question.objects.filter(
        quiz__reading__in=[one.pk for one in record.readings],
        quiz__retired_at=None,
        retired_at=None,
    ).order_by("pk")
    columns = ("quiz_id", "html", "passage__block_key", "quiz__item__passage__block_key")
    found: defaultdict[int, list[AnsweredQuestion]] = defaultdict(list)
    questions: dict[int, AnsweredQuestion] = {}
    for reading, pk, quiz, html, source, stop in rows.values_list(
        "quiz__reading_id", "pk", *columns
    ):
        questions[pk] = AnsweredQuestion(pk, quiz, html, source or stop)
        found[reading].append(questions[pk])
    for answer in (one for one in record.answers if one.is_first):
        questions[answer.question].marked += answer.is_marked
        questions[answer.question].right += answer.is_right
    return found


def _worst(questions: Iterable[AnsweredQuestion]) -> AnsweredQuestion | None:
    """The question with most wrong answers of those that enough have answered."""
    told = [one for one in questions if one.wrong]
    return max(told, key=lambda one: (one.wrong or 0, -one.pk), default=None)


def _strip(
    reading: Reading,
    blocks: Sequence[StripBlock],
    talk: Mapping[str, int],
    questions: Sequence[AnsweredQuestion],
) -> Strip:
    worst = _worst(questions)
    marked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in questions:
        marked[one.block_key] += one.marked
        right[one.block_key] += one.right
    cells: list[StripCell] = []
    titles: list[str] = []
    title = ""
    for block in blocks:
        # The essay's title is a heading, too, and no section.
        if block.kind == BlockKind.HEADING and block.level != 1:
            title = block.heading
        key = block.key
        cell = StripCell(block, talk.get(key, 0), marked[key], right[key])
        if block.number or not cell.is_empty:
            cells.append(cell)
            titles.append(title)
    place = next((one.label for one in cells if worst and one.block.key == worst.block_key), "")
    at = [reading.seminar.slug, reading.slug]
    return Strip(
        reading=reading,
        url=reading.get_absolute_url(),
        threads_url=reverse("thread_list", args=at),
        cells=cells,
        sections=_sections(titles),
        elsewhere=sum(talk.values()) - sum(cell.talk for cell in cells),
        question=shorten(plain_words(worst.html), QUESTION_LETTERS) if worst else "",
        question_share=(worst.wrong or 0) if worst else 0,
        question_place=place or _("the text"),
        question_url=f"{reverse('quiz_results', args=at)}#results-{worst.quiz if worst else 0}",
    )


def _sections(titles: Sequence[str]) -> list[StripSection]:
    found: list[StripSection] = []
    for title in titles:
        if found and found[-1].title == title:
            found[-1] = StripSection(title, found[-1].cells + 1)
        else:
            found.append(StripSection(title, 1))
    return found

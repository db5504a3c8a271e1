"""Questions and heads of checkpoints that are not ready, as the page of a draft shows them."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from quizzes.composing.checkpoint_forms import CheckpointForm
from quizzes.composing.draft_questions import head_of, questions_in
from quizzes.composing.question_forms import QuestionForm
from quizzes.composing.question_values import MAX_LINES, WITH_LINES
from quizzes.models import QuestionKind
from readings.guides import DraftItem, KeptForm, Unfinished
from readings.models import Block, Reading

QUESTION, HEAD = "question", "head"
# What else is read of a question than its words, by the fields in which it stands.
OWN_FIELDS = ("accepted", "number", "gaps", "places", "rubric")


class QuestionPartForms:
    """How questions and heads are written."""

    kinds = frozenset({QUESTION, HEAD})

    def name(self, one: Unfinished) -> str:
        return _("Question") if one.place.of == QUESTION else _("Title and tries")

    def form(self, one: Unfinished, item: DraftItem | None, blocks: Sequence[Block]) -> KeptForm:
        if one.place.of == HEAD:
            return CheckpointForm(row=head_of(item) if item else None, unfinished=one)
        questions = questions_in(item) if item else []
        row = next((each for each in questions if each.key == one.place.part), None)
        return QuestionForm(row=row, blocks=blocks, unfinished=one)

    def words(self, one: Unfinished) -> Sequence[str]:
        if one.place.of == HEAD:
            return [_first(one, "title")]
        lines = _first(one, "words").strip().split("\n")
        kind = _first(one, "kind")
        if kind in WITH_LINES:
            lines += _lines(one, is_match=kind == QuestionKind.MATCH)
        else:
            lines += [line for name in OWN_FIELDS for line in _first(one, name).split("\n")]
        return [lines[0], *filter(str.strip, lines[1:])]

    def address(self, one: Unfinished, reading: Reading) -> str:
        path = [reading.seminar.slug, reading.slug, one.place.item]
        if one.place.of == HEAD:
            return reverse("draft_checkpoint", args=path)
        return reverse("draft_question_detail", args=[*path, one.place.part])

    def new_address(self, one: Unfinished, reading: Reading) -> str:
        if one.place.of == HEAD:
            return ""
        return reverse("draft_question_new", args=[reading.seminar.slug, reading.slug]) + "?"


def _lines(one: Unfinished, *, is_match: bool) -> list[str]:
    written = []
    for i in range(MAX_LINES):
        line, other = _first(one, f"line_{i}"), _first(one, f"other_{i}") if is_match else ""
        written.append(" → ".join(filter(None, [line, other])))
    return written


def _first(one: Unfinished, name: str) -> str:
    return one.fields.get(name, [""])[0]

"""The small form of a question: one for all types, of which each shows what it needs.

What a type does not need stays in the form unseen, so that another kind keeps what was written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.fields import PlainTextField
from documents.whole_number import whole_number
from quizzes.composing.question_values import (
    MAX_LINES,
    FieldProblem,
    spec_of,
    values_of,
)
from quizzes.formats import MAX_POINTS
from quizzes.models import QuestionKind
from quizzes.questions import QuestionSpec
from readings.guides import Anchor, Candidate, KeptForm, NotFound, Unfinished, find_place
from readings.models import Block

FIRST_LINES = 4  # as many as most questions need; without JavaScript, more are asked for
MORE_LINES = 3
MAX_WORDS = 1500  # of an open answer
# Into which one writes; the lines have numbers behind their names.
TYPED = (
    *("words", "line_", "other_", "reply_", "accepted", "number", "tolerance", "unit"),
    *("gaps", "places", "rubric", "feedback", "hints"),
)
# In the order in which they are wanted.
KINDS = (
    QuestionKind.ONE_CHOICE,
    QuestionKind.SEVERAL,
    QuestionKind.TRUE_FALSE,
    QuestionKind.SHORT_ANSWER,
    QuestionKind.NUMERIC,
    QuestionKind.ORDER,
    QuestionKind.MATCH,
    QuestionKind.GAP,
    QuestionKind.PASSAGE,
    QuestionKind.OPEN,
)


def _grows(rows: int = 1, **attributes: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "grows", **attributes})


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form: a choice, what stands at a place, or a pair."""

    number: int
    line: BoundField
    reply: BoundField
    other: BoundField
    right: BoundField
    is_right_one: bool

    @property
    def has_reply(self) -> bool:
        return bool(self.reply.value() or self.reply.errors)


class QuestionForm(KeptForm):
    """A question of a guide's draft; `row` is a DraftQuestion, `blocks` the reading's text."""

    typed = TYPED
    kind = forms.ChoiceField(
        label=_("Kind of question"),
        choices=[(one.value, one.label) for one in KINDS],
        widget=forms.RadioSelect,
    )
    words = PlainTextField(label=_("Question"), widget=_grows(2, spellcheck="true"))
    truth = forms.ChoiceField(
        label=_("What is right"),
        choices=[("true", _("True")), ("false", _("False"))],
        required=False,
        widget=forms.RadioSelect,
    )
    accepted = PlainTextField(
        label=_("Accepted answers"),
        required=False,
        widget=_grows(2),
        help_text=_(
            "One on each line. Capitals, accents, quotation marks and a full stop at the end make"
            " no difference."
        ),
    )
    case_matters = forms.BooleanField(label=_("Capitals and accents matter"), required=False)
    number = PlainTextField(
        label=_("The right number"),
        required=False,
        widget=_grows(),
        help_text=_("In digits, without its unit, like 12 or 3.5."),
    )
    tolerance = PlainTextField(
        label=_("Give or take"), required=False, help_text=_("Like 0.5 or 2 %.")
    )
    unit = PlainTextField(
        label=_("Unit"), required=False, widget=_grows(), help_text=_("Each form on its own line.")
    )
    gaps = PlainTextField(
        label=_("The sentence with its gaps"),
        required=False,
        widget=_grows(3),
        help_text=_("Two square brackets around what is to be filled in: [[1972 | May 1972]]."),
    )
    places = PlainTextField(
        label=_("The words that are right"),
        required=False,
        widget=_grows(2),
        help_text=_("Copied from the text; any one of several lines is right."),
    )
    least = forms.IntegerField(
        label=_("At least, in words"), required=False, min_value=1, max_value=MAX_WORDS
    )
    most = forms.IntegerField(
        label=_("At most, in words"), required=False, min_value=1, max_value=MAX_WORDS
    )
    rubric = PlainTextField(
        label=_("Rubric"),
        required=False,
        widget=_grows(2),
        help_text=_(
            "A criterion on each line, and its levels with their points, which add up to those of"
            " the question: Gives a reason: Not yet (0) | In part (1) | Yes (2)"
        ),
    )
    see = PlainTextField(
        label=_("To read again"),
        required=False,
        max_length=700,
        help_text=_("Where the answer stands: a paragraph, like ¶ 4, or words of the text."),
    )
    feedback = PlainTextField(
        label=_("Said to everybody who has answered"), required=False, widget=_grows(2)
    )
    hints = PlainTextField(
        label=_("Hints"),
        required=False,
        widget=_grows(),
        help_text=_("One on each line: after the first wrong try, after the second, and so on."),
    )
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=MAX_POINTS)
    shuffle = forms.BooleanField(label=_("Each member sees another order"), required=False)
    attempt = PlainTextField(label=_("Try an answer"), required=False)

    def __init__(
        self, *args: Any, row: Any, blocks: Sequence[Block] = (), more: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, row=row, **kwargs)
        self._blocks = blocks
        self.count = 0
        self._have_lines(self._count_lines(more=more))
        for field in self.fields.values():
            # Which of them one needs, its kind says; those of the others are not seen.
            field.is_needed = True  # type: ignore[attr-defined]

    def _have_lines(self, count: int) -> None:
        for i in range(self.count, count):
            self._add_line(i)
        self.count = max(count, self.count)
        places = [(str(i), str(i)) for i in range(self.count)]
        self.fields["right_one"] = forms.ChoiceField(
            choices=places, required=False, widget=forms.RadioSelect
        )

    def _add_line(self, i: int) -> None:
        number = {"number": i + 1}
        labels = {
            "line": _("Line %(number)d") % number,
            "other": _("What goes with line %(number)d") % number,
            "right": _("Line %(number)d is right") % number,
            "reply": _("Reply to who chooses line %(number)d") % number,
        }
        for name, label in labels.items():
            named: dict[str, Any] = {"aria-label": str(label)}
            if name == "right":
                box = forms.CheckboxInput(attrs=named)
                field: forms.Field = forms.BooleanField(label=label, required=False, widget=box)
            else:
                widget = _grows(**named) if name == "reply" else forms.TextInput(attrs=named)
                field = PlainTextField(label=label, required=False, widget=widget)
            self.fields[f"{name}_{i}"] = field

    def _count_lines(self, *, more: bool) -> int:
        if self.is_bound:
            wanted = _lines_among(self.data)
        else:
            wanted = 1 + sum(name.startswith(("line_", "other_")) for name in self.initial)
        return min(max(wanted, FIRST_LINES) + (MORE_LINES if more else 0), MAX_LINES)

    def values_of(self, row: Any) -> dict[str, Any]:
        first = {"kind": QuestionKind.ONE_CHOICE, "right_one": "0", "right_0": True}
        first |= {"truth": "true", "points": 1}
        return first | (values_of(row.spec) if row else {})

    @property
    def lines(self) -> list[FormLine]:
        chosen = str(self["right_one"].value() or "0")
        return [
            FormLine(
                i,
                self[f"line_{i}"],
                self[f"reply_{i}"],
                self[f"other_{i}"],
                self[f"right_{i}"],
                chosen == str(i),
            )
            for i in range(self.count)
        ]

    def show_current(self, row: Any) -> None:
        """With as many lines as stand there now."""
        there = row.fields if isinstance(row, Unfinished) else self.values_of(row)
        self._have_lines(min(_lines_among(there), MAX_LINES))
        super().show_current(row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            spec = spec_of(data, self.row.spec if self.row else None)
            for field, anchors in self._anchors(spec):
                self._check_place(field, anchors)
            data["spec"] = spec
        except FieldProblem as problem:
            self.add_error(problem.field if problem.field in self.fields else None, str(problem))
        return data

    def _anchors(self, spec: QuestionSpec) -> list[tuple[str, Anchor]]:
        see = [("see", spec.see)] if spec.see else []
        return [*see, *(("places", one) for one in spec.places)]

    def _check_place(self, field: str, anchor: Anchor) -> None:
        try:
            find_place(anchor, [Candidate(one) for one in self._blocks])
        except NotFound as why:
            raise FieldProblem(field, str(why)) from None


def _lines_among(names: Iterable[str]) -> int:
    """How many lines a form has that has fields of these names."""
    numbers = (whole_number(name.rpartition("_")[2], digits=2) for name in names if "_" in name)
    return max((one for one in numbers if one is not None), default=-1) + 1

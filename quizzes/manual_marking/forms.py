"""The form by which staff mark one answer."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from quizzes.models import MAX_REMARK, AnswerMark, Question
from quizzes.questions import Criterion, given_levels, rubric_of
from seminars.edit_forms import VersionedForm


class MarkForm(VersionedForm):
    """Points, and what is said to the author."""

    points = forms.DecimalField(
        label=gettext_lazy("Points"), min_value=0, max_digits=5, decimal_places=2
    )
    remark = PlainTextField(
        label=gettext_lazy("Remark"),
        max_length=MAX_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Its author reads it with the points, once the marks are released."),
    )

    def __init__(self, data: Any, *, mark: AnswerMark | None, question: Question) -> None:
        self.rubric = rubric_of(question.settings)
        super().__init__(data, row=mark)
        if self.rubric:
            del self.fields["points"]
            criteria = {_name(place): _level_field(one) for place, one in enumerate(self.rubric)}
            self.fields = {**criteria, **self.fields}
            return
        most, points = question.points, self.fields["points"]
        points.validators = [*points.validators, MaxValueValidator(most)]
        points.help_text = _("0 to %(most)d.") % {"most": most}
        points.widget.attrs |= {"max": most, "step": "0.25", "inputmode": "decimal"}

    def values_of(self, row: Any) -> dict[str, Any]:
        if row is None:
            return {"points": None, "remark": ""}
        given = {one["criterion"]: one["words"] for one in row.levels}
        return {
            "points": f"{row.points.normalize():f}",
            "remark": row.remark,
            **{_name(place): given.get(one.name) for place, one in enumerate(self.rubric)},
        }

    def clean(self) -> dict[str, Any]:
        """With a rubric, `levels` as a mark keeps them, and the points that they come to."""
        data = super().clean() or self.cleaned_data
        if self.rubric and not self.errors:
            chosen = [data.pop(_name(place)) for place in range(len(self.rubric))]
            data["levels"] = given_levels(self.rubric, chosen)
            data["points"] = Decimal(sum(one["points"] for one in data["levels"]))
        return data


class _Levels(forms.RadioSelect):
    """The levels of a criterion, each with its points for the script that adds them up."""

    def __init__(self, points: Mapping[str, int]) -> None:
        super().__init__()
        self.points = points

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **more)
        return option | {"attrs": option["attrs"] | {"data-points": self.points[value]}}


def _name(place: int) -> str:
    return f"criterion_{place}"


def _level_field(criterion: Criterion) -> forms.ChoiceField:
    """One level of a criterion, known by its words."""
    return forms.ChoiceField(
        label=criterion.name,
        choices=[(one.words, f"{one.words} ({one.points})") for one in criterion.levels],
        widget=_Levels({one.words: one.points for one in criterion.levels}),
        error_messages={"required": _("Choose a level.")},
    )

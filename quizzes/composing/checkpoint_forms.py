"""The small form of a checkpoint's head: its title, and how it behaves apart from what it asks."""

from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import PlainTextField
from quizzes.formats import (
    MAX_MINUTES,
    MAX_TRIES,
    CheckpointSpec,
    GateSpec,
    format_checkpoint,
    parse_checkpoint,
    parse_gate,
)
from quizzes.models import GradeBy, Review
from readings.guides import MAX_TITLE, GuideRefused, KeptForm
from readings.models import DEFAULT_GATE_TRIES, MOST_GATE_TRIES, GateKind

NUMBERS = ("tries", "penalty", "drawn", "minutes")  # 0 where nothing is said of them


@dataclass(frozen=True, slots=True)
class DraftHead:
    """The head of a checkpoint of a draft, with the rest of it.

    Its version is made of what it says: who changes a question is not in the way of who changes
    the title.
    """

    spec: CheckpointSpec
    paragraph: int | None = None

    @property
    def edit_version(self) -> int:
        said = repr((self.spec.title, self.spec.settings))
        return crc32(said.encode()) % 10**9


class CheckpointForm(KeptForm):
    """`row` is a DraftHead; what no field says stays as it is."""

    title = PlainTextField(label=_("Title"), max_length=MAX_TITLE)
    tries = forms.IntegerField(
        label=_("Tries"),
        required=False,
        min_value=1,
        max_value=MAX_TRIES,
        help_text=_("Empty: as often as they like."),
    )
    grade_by = forms.ChoiceField(label=_("What counts"), choices=GradeBy.choices)
    penalty = forms.IntegerField(
        label=_("What each further try costs, in percent"),
        required=False,
        min_value=1,
        max_value=100,
    )
    review = forms.ChoiceField(label=_("What is told when"), choices=Review.choices)
    drawn = forms.IntegerField(
        label=_("How many of its questions each try asks"),
        required=False,
        min_value=1,
        help_text=_("Empty: all of them."),
    )
    minutes = forms.IntegerField(
        label=_("Time limit, in minutes"),
        required=False,
        min_value=1,
        max_value=MAX_MINUTES,
        help_text=_("From when one begins. Empty: without end."),
    )

    gate = forms.ChoiceField(
        label=_("The text behind it"),
        required=False,
        choices=[("", _("Open")), *GateKind.choices],
    )
    share = forms.IntegerField(
        label=_("Opens with so many percent of the points"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Of a hard gate. Empty: with whatever is handed in."),
    )
    gate_tries = forms.IntegerField(
        label=_("Or else after so many tries"),
        required=False,
        min_value=1,
        max_value=MOST_GATE_TRIES,
        help_text=_("So that nobody stays behind a hard gate. Empty: %(usual)d.")
        % {"usual": DEFAULT_GATE_TRIES},
    )
    asks_confidence = forms.BooleanField(
        label=_("Ask how sure one is of each answer"),
        required=False,
        help_text=_("Worth nothing, and seen by who answered alone."),
    )

    def values_of(self, row: Any) -> dict[str, Any]:
        if row is None:
            return {}
        columns = row.spec.settings.columns
        gate = parse_gate(columns["gate"]) if columns["gate"] else None
        shown = {
            name: value or None if name in NUMBERS else value for name, value in columns.items()
        }
        shown |= {"gate": "", "share": None, "gate_tries": None}
        if gate:
            is_usual = gate.tries == DEFAULT_GATE_TRIES
            shown |= {"gate": gate.kind, "share": gate.share or None}
            shown |= {"gate_tries": None if is_usual else gate.tries}
        return {"title": row.spec.title} | shown

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors or self.row is None:
            return data
        said = {name: data[name] or 0 for name in NUMBERS}
        said |= {name: data[name] for name in ("grade_by", "review", "asks_confidence")}
        said["gate"] = _gate(data)
        spec = self.row.spec
        title = " ".join(data["title"].split())
        head = replace(spec, title=title, settings=replace(spec.settings, **said))
        try:
            data["head"] = parse_checkpoint(format_checkpoint(head))
        except GuideRefused as refused:
            self.add_error("penalty" if data["penalty"] else None, refused.problems[0].message)
        return data


def _gate(data: dict[str, Any]) -> str:
    """The gate as the file writes it; share and tries are a hard one's alone."""
    if data["gate"] != GateKind.HARD:
        return data["gate"] or ""
    tries = (data["gate_tries"] if data["share"] else None) or DEFAULT_GATE_TRIES
    return str(GateSpec(GateKind.HARD.value, data["share"] or 0, tries))

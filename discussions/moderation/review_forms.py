"""What moderators send from the desk: a decision, a case handed over, an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from discussions.models import Action
from discussions.moderation.decision_words import WITH_REASON
from discussions.moderation.forms import ReasonedForm
from discussions.moderation.reasons import reason_choices, reason_notes
from documents.visible import isolated
from seminars.http import SeminarRequest
from seminars.models import Membership, Seminar

DECISIONS = (Action.DISMISS, Action.APPROVE, Action.RESTORE, *WITH_REASON)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason to choose: its key in the form, its name, what the note begins with."""

    key: str
    name: str
    note: str
    is_chosen: bool


class DecisionForm(ReasonedForm):
    """A decision that the desk asks for, where each reason of the list has a key."""

    decision = forms.ChoiceField(
        choices=[(str(one.value), one.label) for one in DECISIONS],
        error_messages={"required": gettext_lazy("Choose what shall happen.")},
    )

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, seminar=seminar, **kwargs)
        reasons: Any = self.fields["reason"]
        reasons.choices = reason_choices(seminar)

    def needs_reason(self, values: dict[str, Any]) -> bool:
        return values.get("decision") in WITH_REASON

    @property
    def reasons(self) -> list[ReasonRow]:
        """The list to choose from; what the note to the author begins with stands beside each."""
        if "reason" not in self.fields:
            return []
        notes, chosen = reason_notes(self._seminar), self["reason"].value()
        choices: Any = self.fields["reason"]
        return [
            ReasonRow(str(key), str(name), notes.get(str(key), ""), key == chosen)
            for key, name in choices.choices
        ]


class ReviewForm(DecisionForm):
    """A decision in the review queue, on the case and the words as they were read."""

    review_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    # Sent once it was told that a colleague has the case open.
    over = forms.BooleanField(required=False, widget=forms.HiddenInput)


class SeveralForm(DecisionForm):
    """One decision about several comments; each has its versions beside it in the list."""

    version = None  # type: ignore[assignment]  # Django's way to leave a field out

    def __init__(self, data: Any = None, *, request: SeminarRequest, **kwargs: Any) -> None:
        super().__init__(data, seminar=request.seminar, **kwargs)
        self.fields["decision"].widget = forms.HiddenInput()
        if self.action not in WITH_REASON:
            del self.fields["reason"], self.fields["reason_text"]

    @property
    def action(self) -> Action:
        """What shall happen; to leave them, where that is not said."""
        value = self["decision"].value()
        return Action(value) if value in DECISIONS else Action.DISMISS


class CaseForm(forms.Form):
    """Something done with a case as it was read."""

    review_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class HandOverForm(CaseForm):
    """To which colleague a case goes."""

    to = forms.TypedChoiceField(
        coerce=int,
        label=gettext_lazy("Leave it to"),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    note_to_staff = PlainTextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Note to staff"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        named = [(one.pk, f"{isolated(one.name)}, {one.get_role_display()}") for one in colleagues]
        to.choices = [("", _("Choose a colleague")), *named]


class AnswerForm(CaseForm):
    """What an instructor answers those who reported their words, where nobody else may decide."""

    note_to_member = PlainTextField(
        max_length=1000,
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Who reported it sees it, and it stands in the log."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what you answer to who reported it.")},
    )

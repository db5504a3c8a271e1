"""What staff set on a thread as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from discussions.common.pace_choices import PACES, pace_words
from discussions.models import Thread, ThreadState
from seminars.edit_forms import VersionedForm

STATES = {
    ThreadState.OPEN: gettext_lazy("Open: members reply as they like"),
    ThreadState.SLOW: gettext_lazy("Slow: each member waits between two comments"),
    ThreadState.LOCKED: gettext_lazy("Locked: it is read, and nobody replies"),
    ThreadState.ARCHIVED: gettext_lazy("Archived: locked, and out of the list unless looked for"),
}


class ThreadModerationForm(VersionedForm):
    """Its state, how slow it is, and whether comments in it wait for staff."""

    state = forms.ChoiceField(
        choices=STATES, widget=forms.RadioSelect, label=gettext_lazy("The thread")
    )
    slow_seconds = forms.TypedChoiceField(
        coerce=int,
        label=gettext_lazy("Where it is slow: how long each waits"),
        help_text=gettext_lazy("Staff never wait."),
    )
    is_premoderated = forms.BooleanField(
        required=False,
        label=gettext_lazy("Staff look at each comment before others see it"),
        help_text=gettext_lazy("Whoever writes here is told so before they post."),
    )
    note_to_staff = PlainTextField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Note to staff"),
        help_text=gettext_lazy("Only staff see it, in the log."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, row: Thread, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        choices: list[tuple[int, Any]] = list(PACES)
        if row.slow_seconds and row.slow_seconds not in dict(PACES):
            choices.insert(0, (row.slow_seconds, pace_words(row.slow_seconds)))
        field: Any = self.fields["slow_seconds"]
        field.choices = choices

    def values_of(self, row: Thread) -> dict[str, Any]:
        return {
            "state": row.state,
            "slow_seconds": row.slow_seconds or PACES[2][0],
            "is_premoderated": row.is_premoderated,
        }

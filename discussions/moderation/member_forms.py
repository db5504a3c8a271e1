"""What staff decide about who writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import PlainTextField
from discussions.models import MAX_REASON_NAME
from discussions.moderation.forms import NotesForm
from seminars import permissions
from seminars.models import Membership

HOURS = (
    (1, gettext_lazy("1 hour")),
    (3, gettext_lazy("3 hours")),
    (24, gettext_lazy("1 day")),
    (3 * 24, gettext_lazy("3 days")),
    (7 * 24, gettext_lazy("1 week")),
    (28 * 24, gettext_lazy("4 weeks")),
)


class MuteForm(NotesForm):
    """For how long, and why; an assistant is offered a day at the most."""

    hours = forms.TypedChoiceField(coerce=int, label=gettext_lazy("For how long, from now"))
    reason = PlainTextField(
        max_length=MAX_REASON_NAME,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("They read it, and it stands in the log."),
    )

    field_order = ("hours", "reason", "note_to_member", "note_to_staff")

    def __init__(self, *args: Any, by: Membership, other: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (hours, name) for hours, name in HOURS if permissions.can_mute(by, other, hours=hours)
        ]
        field: Any = self.fields["hours"]
        field.choices = offered
        self.fields["note_to_member"].label = gettext_lazy("Note to them")
        self.fields["note_to_member"].help_text = gettext_lazy("They read it with the reason.")

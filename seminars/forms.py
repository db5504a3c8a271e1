"""Forms about seminars, their people, groups and invitations."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import NameField, PlainTextField
from seminars.edit_forms import VersionedForm
from seminars.models import INVITATION_DAYS, Role, Seminar

MAX_USES = 1000  # a lecture; a link that lets in more is better made anew
MAX_DAYS = 366
NO_GROUP = gettext_lazy("No group")
ROLES = {
    Role.INSTRUCTOR: gettext_lazy("Instructor: prepares the readings, invites people, moderates"),
    Role.ASSISTANT: gettext_lazy("Assistant: moderates and follows their own group"),
    Role.PARTICIPANT: gettext_lazy("Participant: reads, marks and discusses"),
    Role.GUEST: gettext_lazy("Guest: reads what is open to guests"),
}


class SeminarForm(forms.Form):
    name = NameField(
        max_length=200, help_text=gettext_lazy("Such as “China and NATO, spring term”.")
    )
    description = PlainTextField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What you read together and why, when you meet. Members see it."),
    )


class SeminarSettingsForm(VersionedForm, SeminarForm):
    pass


class RoleAndGroupForm(forms.Form):
    """A role and a group of one seminar."""

    role = forms.ChoiceField(choices=ROLES, widget=forms.RadioSelect, initial=Role.PARTICIPANT)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = forms.ModelChoiceField(
            seminar.groups.all(), required=False, empty_label=NO_GROUP
        )
        self.order_fields(["role", "group"])


class MembershipForm(VersionedForm, RoleAndGroupForm):
    pass


class GroupForm(forms.Form):
    name = NameField(max_length=80, help_text=gettext_lazy("Such as “Monday” or “Group A”."))


class GroupNameForm(VersionedForm, GroupForm):
    pass


class InvitationForm(RoleAndGroupForm):
    max_uses = forms.IntegerField(
        label=gettext_lazy("How many people may join with it"),
        min_value=1,
        max_value=MAX_USES,
        initial=30,
        help_text=gettext_lazy("For an instructor or an assistant, make a link for one person."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=INVITATION_DAYS,
    )

    @property
    def valid_for(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])

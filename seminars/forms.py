"""Forms about seminars, their people, groups and invitations."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import NameField, PlainTextField
from documents.visible import isolated
from documents.whole_number import whole_number
from seminars.audience import DefaultAudience
from seminars.edit_forms import VersionedForm
from seminars.markdown_fields import MarkdownField
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
    default_audience = forms.ChoiceField(
        label=gettext_lazy("Who a new thread is for, unless its writer chooses"),
        choices=DefaultAudience.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Staff begin with the whole seminar in place of a group."),
    )
    rules = MarkdownField(
        label=gettext_lazy("Rules"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=gettext_lazy(
            "What members agree to. They see it here, beside the form of a new thread, and before "
            "they join. Markdown works."
        ),
    )
    assistants_see_authors = forms.BooleanField(
        required=False,
        label=gettext_lazy("Assistants may look up who wrote anonymously"),
        help_text=gettext_lazy(
            "In their own groups, where a reading lets people be anonymous to classmates."
            " Instructors always may. Each time is logged."
        ),
    )


class RoleAndGroupForm(forms.Form):
    """A role and a group of one seminar."""

    role = forms.ChoiceField(choices=ROLES, widget=forms.RadioSelect, initial=Role.PARTICIPANT)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = forms.ModelChoiceField(
            seminar.groups.all(), required=False, empty_label=NO_GROUP
        )
        self.order_fields(["role", "group"])


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several groups, each with a name that may be written in another direction."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        for key in value or ():
            # Longer than any key: no database takes it in a list.
            if whole_number(str(key)) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        return isolated(obj.name)


class MembershipForm(VersionedForm, RoleAndGroupForm):
    """A member's role and group and, of an assistant, the further groups that they look after."""

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, seminar=seminar, **kwargs)
        if seminar.groups.count() > 1:
            self.fields["assists"] = GroupsField(
                seminar.groups.all(),
                required=False,
                label=gettext_lazy("Looks after, as an assistant"),
                help_text=gettext_lazy("Beside their own group. Other roles have none of these."),
            )

    def values_of(self, row: Any) -> dict[str, Any]:
        groups = [] if row is None else list(row.assists.all())
        return super().values_of(row) | {"assists": groups}


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

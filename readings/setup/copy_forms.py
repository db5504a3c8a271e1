"""The forms of a seminar's copy: by how much its dates move, and what it is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from documents.visible import isolated
from readings.setup.copy_plan import CopyPlan, plan_copy
from seminars.models import Membership, Role, Seminar

USUAL_WEEKS = 26  # half a year: from one term to the next
MOST_WEEKS = 520


class WeeksForm(forms.Form):
    """How many weeks later; `plan` is what that makes of the dates, once it is valid."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Move all dates by so many weeks"),
        min_value=0,
        max_value=MOST_WEEKS,
        help_text=gettext_lazy("26 is half a year, 52 a year; the day of the week stays."),
    )
    plan: CopyPlan | None = None

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seminar = seminar

    def clean_weeks(self) -> int:
        weeks = int(self.cleaned_data["weeks"])
        try:
            self.plan = plan_copy(self._seminar, weeks)
        except OverflowError:
            raise forms.ValidationError(
                _("A date would be later than any calendar goes.")
            ) from None
        return weeks


class SeminarOfMembership(forms.ModelChoiceField[Membership]):
    """A seminar of one's own, known by one's membership in it."""

    def label_from_instance(self, obj: Membership) -> str:
        return isolated(obj.seminar.name)


class ReadingCopyForm(forms.Form):
    """Into which of the seminars that `member` instructs, too."""

    to = SeminarOfMembership(
        Membership.objects.none(),
        label=gettext_lazy("Into which seminar"),
        empty_label=None,
        help_text=gettext_lazy("Those that you instruct."),
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Membership.objects.in_use().filter(user=member.user_id, role=Role.INSTRUCTOR)
        others = mine.exclude(pk=member.pk).select_related("seminar", "user")
        field: Any = self.fields["to"]
        field.queryset = others.order_by("-seminar__created_at", "-pk")


class SeminarCopyForm(forms.Form):
    name = NameField(
        label=gettext_lazy("Name of the copy"),
        max_length=200,
        help_text=gettext_lazy("Such as “China and NATO, autumn term”."),
    )

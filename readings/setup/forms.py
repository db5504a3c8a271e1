"""Forms of a reading: where one stands in it, and how it is put before the seminar."""

from datetime import datetime
from typing import Any

from django import forms
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from readings.models import Anonymity, Essay, Reading
from seminars.edit_forms import VersionedForm
from seminars.forms import GroupsField
from seminars.models import Group, Seminar

REQUIRED = ("required_posts", "required_replies")
MOST_ASKED = 50  # of one person in one reading: more is a slip of the hand
DATES = ("opens_at", "due_at", "late_until", "closes_at")


class DateTimeField(forms.DateTimeField):
    """A date and a time as the browser's own control gives them."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class NumberField(forms.IntegerField):
    """How many are asked; empty is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, initial=0, min_value=0, max_value=MOST_ASKED, **kwargs)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class DatesForm(forms.ModelForm):  # type: ignore[type-arg]
    """For whom a reading is, when it opens, is due and closes, and how its talk is shown."""

    groups = GroupsField(
        Group.objects.none(),
        required=False,
        label=gettext_lazy("Only for these groups"),
        help_text=gettext_lazy(
            "None ticked: for everybody. Members of other groups, and guests, do not see it at all."
        ),
    )
    opens_at = DateTimeField(
        label=gettext_lazy("Opens"),
        required=False,
        help_text=gettext_lazy("Members see it from then on; empty: at once."),
    )
    due_at = DateTimeField(label=gettext_lazy("Due"), required=False)
    late_until = DateTimeField(
        label=gettext_lazy("Counts as late until"),
        required=False,
        help_text=gettext_lazy(
            "What comes after the due date counts as late until then, and not at all after it;"
            " empty: as late for as long as the reading is open."
        ),
    )
    closes_at = DateTimeField(
        label=gettext_lazy("Closes"),
        required=False,
        help_text=gettext_lazy(
            "From then on it can be read, and members can post, change and hand in nothing."
        ),
    )
    peek_after = NumberField(
        label=gettext_lazy("Comments of one’s own before others’ are shown"),
        help_text=gettext_lazy(
            "Participants read what others wrote once they have written so many comments to"
            " their group or the seminar. 0: at once. What staff write always shows."
        ),
    )
    peek_at = DateTimeField(
        label=gettext_lazy("Others’ comments show in any case from"), required=False
    )

    required_posts = NumberField(
        label=gettext_lazy("Posts asked of each participant"),
        help_text=gettext_lazy(
            "Threads that they begin for others to read. 0: none are asked. Reading to the end and"
            " the checkpoints are asked of everybody."
        ),
    )
    required_replies = NumberField(
        label=gettext_lazy("Replies asked of each participant"),
        help_text=gettext_lazy(
            "Replies to what somebody else has written; an answer to a prompt is one. 0: none."
        ),
    )

    class Meta:
        model = Reading
        fields = [
            "groups",
            *DATES,
            *REQUIRED,
            "open_to_guests",
            "peek_after",
            "peek_at",
            "anonymity",
        ]
        labels = {
            "open_to_guests": gettext_lazy("Guests may read it"),
            "anonymity": gettext_lazy("Names among participants"),
        }
        help_texts = {
            "anonymity": gettext_lazy(
                "Staff can look up who wrote, and each time is logged. It holds for what is"
                " written from now on."
            ),
        }

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._let_choose_groups(seminar)
        self.fields["anonymity"].required = False
        zone = _("Times are %s.") % timezone.get_current_timezone_name()
        for name in (*DATES, "peek_at"):
            self.fields[name].help_text = f"{self.fields[name].help_text} {zone}".strip()

    def clean_anonymity(self) -> str:
        return str(self.cleaned_data["anonymity"] or Anonymity.OFF)

    def _let_choose_groups(self, seminar: Seminar) -> None:
        groups = self.fields["groups"]
        assert isinstance(groups, GroupsField)  # noqa: S101 - declared above
        groups.queryset = seminar.groups.all()
        if not groups.queryset:
            del self.fields["groups"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        opens, due, late, closes = (self.cleaned_data.get(name) for name in DATES)
        if opens and due and due <= opens:
            self.add_error("due_at", _("This is before the reading opens."))
        if late and not due:
            self.add_error("late_until", _("Say first when it is due."))
        elif late and due and late <= due:
            self.add_error("late_until", _("This is before it is due."))
        if closes:
            self._check_last(closes, opens, due, late)
        return self.cleaned_data

    def _check_last(
        self,
        closes: datetime,
        opens: datetime | None,
        due: datetime | None,
        late: datetime | None,
    ) -> None:
        if opens and closes <= opens:
            self.add_error("closes_at", _("This is before the reading opens."))
        elif due and closes < due:
            self.add_error("closes_at", _("This is before it is due."))
        elif late and closes < late:
            self.add_error("closes_at", _("This is before late work stops to count."))


class ReadingSettingsForm(VersionedForm, DatesForm):
    """The same, of a reading that there is."""

    def __init__(self, *args: Any, row: Reading, **kwargs: Any) -> None:
        super().__init__(*args, row=row, instance=row, seminar=row.seminar, **kwargs)

    def values_of(self, row: Reading) -> dict[str, Any]:
        return super().values_of(row) | {"groups": list(row.groups.all())}


def essay_in_words(essay: Essay) -> str:
    """Name an essay where one is chosen: its title, by whom, of when, and when it was added."""
    known = [essay.byline, essay.published_in_words]
    known.append(_("added %s") % date(localtime(essay.created_at), "j F Y"))
    about = ", ".join(word for word in known if word)
    return _("%(title)s (%(about)s)") % {"title": essay.title, "about": about}


class ReadingForm(DatesForm):
    """An essay of one's library, to be put before the seminar."""

    class Meta(DatesForm.Meta):
        fields = ["essay", *DatesForm.Meta.fields]

    def __init__(self, *args: Any, user: User, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, seminar=seminar, **kwargs)
        essays = Essay.objects.in_library_of(user)
        essay = self.fields["essay"]
        assert isinstance(essay, forms.ModelChoiceField)  # noqa: S101 - a foreign key's field
        essay.queryset = essays.exclude(readings__seminar=seminar)
        # Two of one title are told apart by what else is known of them.
        essay.label_from_instance = essay_in_words  # type: ignore[method-assign, assignment]
        essay.empty_label = _("Choose an essay")
        essay.error_messages["invalid_choice"] = _(
            "Choose an essay that the seminar does not read."
        )

"""What people send when they make a link: words at two ends, and how one stands to the other."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.template_tags import quoted
from discussions.common.errors import FarWordsNotFound
from discussions.models import LinkKind
from discussions.threads import PassageForm, SeenField, WordsField
from readings.models import Reading
from readings.page import silence_sentence
from readings.passages import PassageNotFound, Unreadable
from readings.revisions import TextRevised
from seminars import permissions
from seminars.models import Membership

# What the names of the fields begin with: of the end where a link begins, and of the other.
NEAR, FAR = "", "far_"
# Buttons that only show the form again: what they take back of what was chosen.
STEPS = {
    "show": (),
    "near": ("block", "segments", "words"),
    "far": ("far_block", "far_segments", "far_words"),
    "reading": ("far", "far_block", "far_segments", "far_words"),
}


class LinkForm(PassageForm):
    """A link from words of the reading `near` to words of another of `readings`.

    `sent` is what came with the request; a form that is only shown again has it as `initial`.
    """

    far = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    far_block = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    far_segments = forms.CharField(required=False, widget=forms.HiddenInput)
    far_words = forms.CharField(required=False, max_length=5000)
    far_seen = SeenField()
    link_kind = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose how the one stands to the other."),
            "invalid_choice": gettext_lazy(
                "The seminar has no such kind of link any more. Choose another."
            ),
        }
    )
    body = WordsField(label=gettext_lazy("Your comment, if you like"), required=False)

    def __init__(
        self,
        *args: Any,
        sent: QueryDict,
        near: Reading,
        readings: Sequence[Reading],
        kinds: Sequence[LinkKind],
        member: Membership,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, member=member, **kwargs)
        self._sent, self._near, self._member = sent, near, member
        self._readings = {one.slug: one for one in readings}
        self._kinds = {str(one.pk): one for one in kinds}
        kind = self.fields["link_kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - declared above
        kind.choices = [(pk, one.name) for pk, one in self._kinds.items()]

    @property
    def offered(self) -> list[Reading]:
        """The readings to which a link may lead: where the member may write."""
        return [one for one in self._readings.values() if permissions.can_write(self._member, one)]

    @property
    def far_reading(self) -> Reading | None:
        """The one that is chosen, where they may open it."""
        return self._readings.get(str(self["far"].value() or ""))

    def ticked_at(self, end: str) -> list[str]:
        return [] if self.is_forgotten(end) else self._sent.getlist(f"{end}sentence")

    def clean_far(self) -> Reading:
        """Return it. One that is hidden is refused as one that is not there."""
        found = self._readings.get(self.cleaned_data["far"])
        if found is None:
            raise forms.ValidationError(_("Choose the other text: one that is open to you."))
        if not permissions.can_write(self._member, found):
            said = silence_sentence(found, self._member)
            raise forms.ValidationError(said or _("You may not write in this text."))
        return found

    def clean_link_kind(self) -> LinkKind:
        return self._kinds[self.cleaned_data["link_kind"]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for end in (NEAR, FAR) if values.get("far") else (NEAR,):
            try:
                chosen = self.segments_at(values, end)
            except Unreadable as error:
                self.forget_choice(end)
                self.add_error(f"{end}block", str(error))
                continue
            if not chosen and f"{end}block" not in self.errors:
                self.add_error(f"{end}block", _("Choose the paragraph, and its words."))
            values[f"{end}segments"] = chosen
        return values

    def refuse_words(self, error: PassageNotFound) -> None:
        is_far = isinstance(error, FarWordsNotFound)
        end, reading = (FAR, self.cleaned_data["far"]) if is_far else (NEAR, self._near)
        is_revised = isinstance(error, TextRevised)
        if isinstance(error, FarWordsNotFound):
            is_revised = error.is_revised
        if is_revised:
            self.forget_choice(end)
            said = _(
                "“%(title)s” was revised meanwhile, and these words have changed. The rest of what "
                "you chose and wrote is kept: choose these words anew."
            ) % {"title": quoted(reading.title)}
            self.add_error(f"{end}block", said)
        else:
            is_typed = bool(self.cleaned_data.get(f"{end}words"))
            self.add_error(f"{end}words" if is_typed else f"{end}block", str(error))

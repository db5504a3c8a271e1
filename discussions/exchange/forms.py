"""The form that takes a file of annotations in."""

from hashlib import sha256
from typing import Any

from django import forms
from django.core.cache import cache
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.exchange.incoming import (
    MAX_BYTES,
    FileRefused,
    Incoming,
    read_annotations,
)
from discussions.threads import AudienceField, audience_choices
from readings.models import Reading
from seminars import permissions
from seminars.audience import Audience, parse_audience
from seminars.models import Membership

KEPT_SECONDS = 3600  # while the places are looked at
GONE = gettext_lazy("The file is no longer kept here. Choose it again.")


class AnnotationImportForm(forms.Form):
    """A file; or, once its places were looked at, the one that is kept (`kept` is its digest)."""

    file = forms.FileField(
        label=gettext_lazy("The file of annotations"),
        help_text=gettext_lazy("From Hypothesis, or from a reading here: JSON, up to 5 MB."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file that holds the annotations.")},
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,application/json"}),
    )
    kept = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    audience = AudienceField(label=gettext_lazy("Who may read them"), initial=Audience.ME.value)

    def __init__(self, *args: Any, reading: Reading, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._key = f"annotations-{reading.pk}-{member.pk}"
        self.annotations: list[Incoming] = []
        self.digest = ""
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 - declared above
        audience.choices = [
            (value, name) for value, name in audience_choices(member) if _may_take_in(member, value)
        ]
        # It is asked when the places are shown.
        audience.required = False
        self.fields["file"].required = not self.data.get("kept")

    @property
    def is_confirmed(self) -> bool:
        """Whether the places were looked at, and the file is to be taken in."""
        return bool(self.cleaned_data["kept"]) and self.cleaned_data["file"] is None

    def clean_audience(self) -> str:
        return str(self.cleaned_data["audience"] or Audience.ME.value)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("This file is %(size)s; the limit is 5 MB. Export fewer annotations at a time.")
                % {"size": filesizeformat(file.size)}
            )
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        file, kept = values.get("file"), values.get("kept")
        data = file.read() if file is not None else cache.get(self._key)
        if data is None:
            self.add_error("file", GONE)
            return values
        digest = sha256(data).hexdigest()
        if file is None and digest != kept:
            self.add_error("file", _("Another file was chosen meanwhile. Choose this one again."))
            return values
        try:
            self.annotations = read_annotations(data)
        except FileRefused as refused:
            self.add_error("file", str(refused))
            return values
        cache.set(self._key, data, KEPT_SECONDS)
        self.digest = digest
        self.fields["audience"].required = True
        return values

    def forget(self) -> None:
        """Keep the file no longer: it was taken in."""
        cache.delete(self._key)


def _may_take_in(member: Membership, name: str) -> bool:
    audience, group_id = parse_audience(name)
    return permissions.can_import_to_audience(member, audience, group_id=group_id)

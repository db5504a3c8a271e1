"""The name of a tag."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.fields import NameField
from discussions.models import MAX_TAG
from seminars.edit_forms import VersionedForm


class TagForm(forms.Form):
    name = NameField(max_length=MAX_TAG, help_text=gettext_lazy("Such as “method” or “sources”."))


class TagNameForm(VersionedForm, TagForm):
    pass

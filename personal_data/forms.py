"""What somebody is asked before they are erased."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.own_password import OwnPasswordForm
from personal_data.models import Words


class ErasureForm(OwnPasswordForm):
    """What becomes of one's words; and the password: an open session alone erases nobody."""

    field_order = ("words", "password")

    words = forms.ChoiceField(
        label=gettext_lazy("What I wrote for others"),
        choices=Words.choices,
        widget=forms.RadioSelect,
    )

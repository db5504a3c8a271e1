"""django-allauth's forms in this site's words.

Apart from forms.py, because django-allauth loads NameForm from there while it is
itself still being loaded.
"""

from typing import Any

from allauth.account import forms as theirs
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "login": gettext_lazy("E-mail address"),
    "email": gettext_lazy("E-mail address"),
    "name": gettext_lazy("Your name"),
    "password": gettext_lazy("Password"),
    "remember": gettext_lazy("Keep me signed in on this device"),
    "oldpassword": gettext_lazy("Your password now"),
    "password1": gettext_lazy("New password"),
    "password2": gettext_lazy("New password again"),
    "code": gettext_lazy("Code"),
}
HELP = {
    "password": "",  # the way to a new one stands below the form
    "oldpassword": "",
    "password1": gettext_lazy(
        "At least 10 characters. A few words that have nothing to do with each other "
        "are easy to remember and hard to guess."
    ),
}


class PlainWords:
    """A form whose labels and help are ours, without examples inside the fields."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # A word inside a field is gone once one types; the label says it already.
            field.widget.attrs.pop("placeholder", None)
            field.label = WORDS.get(name, field.label)
            field.help_text = HELP.get(name, field.help_text)


class SignInForm(PlainWords, theirs.LoginForm):  # type: ignore[misc]
    pass


class SignUpForm(PlainWords, theirs.SignupForm):  # type: ignore[misc]
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")
        self.fields["email"].help_text = _("You sign in with it. The seminar does not see it.")


class AddEmailForm(PlainWords, theirs.AddEmailForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainWords, theirs.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(PlainWords, theirs.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(PlainWords, theirs.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(PlainWords, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(PlainWords, theirs.ReauthenticateForm):  # type: ignore[misc]
    pass

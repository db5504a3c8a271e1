"""django-allauth's forms of second factors in this site's words.

What a browser sends of a passkey is JSON that anybody can write: all that it can be wrong in is
one answer, and no failure of ours.
"""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy

from accounts import security_log as log
from accounts.fields import NameField
from accounts.models import User
from accounts.sign_in_forms import PlainWords

# What reading a made-up credential can end in: it is decoded, taken apart and looked up.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
MAX_CODE_LETTERS = 40
# With an attestation of several certificates they have some 10 000.
MAX_CREDENTIAL_LETTERS = 50_000


class CodeForm(PlainWords):
    """A code of digits, from an authenticator app or the list of recovery codes."""

    user: User

    def clean(self) -> Any:
        if "code" not in self.cleaned_data:  # type: ignore[attr-defined]
            log.note("wrong code", self.user.pk)
        return super().clean()  # type: ignore[misc]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.max_length = MAX_CODE_LETTERS
        field.widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class SaysRecoveryCode:
    """Tells the person by mail that one of their recovery codes was used."""

    authenticator: Authenticator

    def save(self) -> None:
        super().save()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            self.authenticator.refresh_from_db()  # which codes are used was noted on another copy
            left = len(self.authenticator.wrap().get_unused_codes())
            get_account_adapter().send_notification_mail(
                "mfa/email/recovery_code_used", self.authenticator.user, {"left": left}
            )


class AuthenticateForm(SaysRecoveryCode, CodeForm, base.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateByCodeForm(SaysRecoveryCode, CodeForm, base.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateAppForm(CodeForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """Take the code, once: nobody who saw it on this page signs in with it."""
        code: str = super().clean_code()
        TOTP(Authenticator(user=self.user))._mark_code_used(code)
        return code


class DeactivateAppForm(PlainWords, totp.DeactivateTOTPForm):  # type: ignore[misc]
    pass


class GenerateCodesForm(PlainWords, recovery_codes.GenerateRecoveryCodesForm):  # type: ignore[misc]
    pass


class CredentialField(forms.JSONField):
    """What a passkey answered: a JSON object, of a size that passkeys have.

    `false` would be stored unread: theirs takes it for a field that was left empty.
    """

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if len(str(value)) > MAX_CREDENTIAL_LETTERS:
            raise get_adapter().validation_error("incorrect_code")
        try:
            credential = super().to_python(value)
        except RecursionError as too_deep:
            raise get_adapter().validation_error("incorrect_code") from too_deep
        if not isinstance(credential, dict | None):
            raise get_adapter().validation_error("incorrect_code")
        return credential


class ReadableCredential:
    """A passkey's answer that cannot be read is refused as one that is wrong is."""

    def clean(self) -> Any:
        try:
            return super().clean()  # type: ignore[misc]
        except UNREADABLE as unreadable:
            raise get_adapter().validation_error("incorrect_code") from unreadable

    def clean_credential(self) -> Any:
        theirs = getattr(super(), "clean_credential", None)
        if theirs is None:
            return self.cleaned_data["credential"]  # type: ignore[attr-defined]
        try:
            return theirs()
        except UNREADABLE as unreadable:
            raise get_adapter().validation_error("incorrect_code") from unreadable


class AddPasskeyForm(ReadableCredential, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()
    name = NameField(
        label=gettext_lazy("Name"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("By which you know it: “My phone”, say."),
    )
    passwordless = forms.BooleanField(
        label=gettext_lazy("Sign in with it alone, without my password"),
        initial=True,
        required=False,
        help_text=gettext_lazy(
            "Your device then asks for your finger, your face or its own code. An older security "
            "key may not be able to: then leave this out, and it is asked for after your password."
        ),
    )


class EditPasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = NameField(label=gettext_lazy("Name"), max_length=60)


class AuthenticatePasskeyForm(ReadableCredential, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()


class ReauthenticatePasskeyForm(ReadableCredential, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()


class SignInWithPasskeyForm(ReadableCredential, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()

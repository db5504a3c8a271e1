"""How django-allauth's second factors are fitted to this site: their names, and their secrets."""

import base64
import hashlib
from typing import Any, ClassVar

import qrcode  # type: ignore[import-untyped]
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User

QUIET_ZONE = 4  # modules of white around a QR code, as ISO/IEC 18004 asks


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors in this site's words, their secrets enciphered in the database."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy(
            "Whoever runs this site asks a second factor of you: add another before you remove "
            "this one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes are for who has an authenticator app or a passkey. Set one up first."
        ),
        "incorrect_code": gettext_lazy("This is not right, or it was used already."),
    }

    def get_totp_issuer(self) -> str:
        return f"Colloquy {self._get_site_name()}"

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code of `url` to stand in the page: our policy loads no `data:` image."""
        code = qrcode.QRCode(border=QUIET_ZONE)
        code.add_data(url)
        rows = code.get_matrix()
        dark = "".join(
            f"M{x} {y}h1v1h-1z"
            for y, row in enumerate(rows)
            for x, is_dark in enumerate(row)
            if is_dark
        )
        drawn: str = format_html(
            '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}"><path d="{}"/></svg>',
            _("QR code for your authenticator app"),
            len(rows),
            len(rows),
            dark,
        )
        return drawn

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; one that nobody knows where it was enciphered with another key.

        Whoever lost the site's key lets people in anew: no code of theirs is right any more.
        """
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": f"Colloquy {host}"}


def _cipher() -> MultiFernet:
    """With the site's key first, and with those that it had before."""
    keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    derived = [hashlib.sha256(f"second-factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])

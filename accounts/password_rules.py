"""A rule for new passwords beside Django's."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Whoever guesses here begins with these; docs/security.md lists them.
OWN_WORDS = ("colloquy", "seminar", "reading", "password", "instructor", "university")
# So much must be left of a password when they are taken out: as much as of six chance letters.
LEAST_BESIDE = 6


class OwnWordsValidator:
    """Refuses a password that is little more than words of this site."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        rest = password.casefold()
        for word in (*OWN_WORDS, *(host.split(".")[0] for host in settings.ALLOWED_HOSTS)):
            rest = rest.replace(word.casefold(), "") if len(word) > 3 else rest
        if rest != password.casefold() and len(rest) < LEAST_BESIDE:
            raise ValidationError(
                _("This is little more than a word that everybody here would try."),
                code="own_words",
            )

    def get_help_text(self) -> str:
        return ""

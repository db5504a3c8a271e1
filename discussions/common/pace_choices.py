"""How slow slow mode can be: the steps that are offered, and in words."""

from django.utils.translation import gettext_lazy, ngettext

# Seconds and their words.
PACES = (
    (30, gettext_lazy("30 seconds")),
    (60, gettext_lazy("1 minute")),
    (300, gettext_lazy("5 minutes")),
    (900, gettext_lazy("15 minutes")),
    (3600, gettext_lazy("1 hour")),
    (6 * 3600, gettext_lazy("6 hours")),
    (24 * 3600, gettext_lazy("1 day")),
)


def pace_words(seconds: int) -> str:
    """Return how long one waits, in words; "" for not at all."""
    if not seconds:
        return ""
    if known := dict(PACES).get(seconds):
        return str(known)
    minutes = max(1, round(seconds / 60))
    return ngettext("%d minute", "%d minutes", minutes) % minutes

"""How slow slow mode can be, in the steps that are offered."""

from django.utils.translation import gettext_lazy

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

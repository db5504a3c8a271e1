"""Starting: settings that are wrong are told in one sentence, and not in a traceback."""

import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def settings_or_exit() -> None:
    """Read the settings. Ends the process, with what is wrong on its last line, where they are."""
    try:
        settings.configured or settings.DEBUG  # noqa: B018 - read, so that they are loaded
    except ImproperlyConfigured as wrong:
        sys.exit(f"Colloquy does not start: {wrong}")

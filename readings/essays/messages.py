"""What was found in a file, in the words of whoever is shown it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from documents import ImportRefused
from documents.messages import Message


def translated(message: Message | Mapping[str, Any]) -> str:
    """A message, or one kept as JSON, in the language that is active."""
    if not isinstance(message, Message):
        message = Message.from_json(message)
    return message.in_words(gettext, ngettext)


def translated_refusal(refused: ImportRefused | Mapping[str, Any]) -> str:
    """What is wrong with a file, and what to do, in the language that is active."""
    if not isinstance(refused, ImportRefused):
        refused = ImportRefused.from_json(refused)
    return f"{translated(refused.message)} {translated(refused.advice)}"

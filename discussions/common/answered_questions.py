"""Which question a thread answers, where somebody has published their answer to one.

Checkpoints stand above this app: what knows their questions is registered here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from discussions.models import Thread


@dataclass(frozen=True, slots=True)
class ThreadQuestion:
    """What was asked, in plain words, and where; `url` is "" where it is asked no more."""

    words: str
    url: str


FindQuestion = Callable[[Thread], ThreadQuestion | None]
_finders: list[FindQuestion] = []


def register_answered_questions(find: FindQuestion) -> None:
    """Say which question a thread answers; called from AppConfig.ready()."""
    _finders.append(find)


def answered_question(thread: Thread) -> ThreadQuestion | None:
    """Return the question that a thread answers, in one query; None, in no query, of the others."""
    if thread.answered_item_id is None:
        return None
    return next((one for find in _finders if (one := find(thread))), None)

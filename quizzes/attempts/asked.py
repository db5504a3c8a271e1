"""What a checkpoint asks, by a name: whether who answers has read what is asked now."""

from collections.abc import Iterable
from hashlib import sha256

from quizzes.models import Question
from quizzes.questions import type_of


def asked_digest(questions: Iterable[Question]) -> str:
    """Name what is asked: the words of the questions and choices, with no key and no feedback."""
    words = [
        [one.pk, one.html, one.detail_html, *_offered(one), *_between(one)]
        for one in sorted(questions, key=lambda one: one.position)
    ]
    return sha256(repr(words).encode()).hexdigest()[:16]


def _between(question: Question) -> list[str]:
    """What stands between the gaps of a sentence, and on the left of what is matched."""
    return [str(part.html) for part in type_of(question).asked(question, []).parts]


def _offered(question: Question) -> list[tuple[str, str]]:
    return [(str(one.key), one.html) for one in question.choices.all() if one.retired_at is None]

"""What a checkpoint asks, by a name: whether who answers has read what is asked now."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from quizzes.models import Question
from quizzes.questions import type_of

_ANY = "asked"  # a seed by which rows are shuffled, the same each time


def asked_digest(questions: Iterable[Question]) -> str:
    """Name what is asked: the words of the questions and choices, with no key and no feedback.

    The page sends it before the answer, so it must not be possible to try out what it was made
    of: it is signed, and rows that stand in the right order go in by another.
    """
    words = [
        [one.pk, one.html, one.detail_html, *_offered(one), *_between(one)]
        for one in sorted(questions, key=lambda one: one.position)
    ]
    return salted_hmac("quizzes.asked", repr(words)).hexdigest()[:16]


def _between(question: Question) -> list[str]:
    """What stands between the gaps of a sentence, and on the left of what is matched."""
    return [str(part.html) for part in type_of(question).asked(question, [], _ANY).parts]


def _offered(question: Question) -> list[tuple[str, str]]:
    return sorted((str(one.key), one.html) for one in question.offered)

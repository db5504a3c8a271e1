"""A question as it stood when it was answered, where it was put right since."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape

from quizzes.models import Answer, QuestionVersion
from quizzes.questions import as_html


def as_answered(earlier: QuestionVersion | None, answer: Answer) -> dict[str, Any]:
    """What stood there when it was answered, for who wonders at what stands there now."""
    if earlier is None:
        return {}
    content = earlier.content
    picks = (_pick(content["choices"], one) for one in answer.response)
    return {
        "earlier_html": as_html(content["html"] + content["detail_html"]),
        "earlier_picks": tuple(as_html(one) for one in picks if one),
    }


def _pick(choices: Mapping[str, str], response: str) -> str:
    """What was picked as it read then: a choice, two that were matched, a place in an order."""
    keys = response.split(" ")
    if not any(key in choices for key in keys):
        return ""
    return " → ".join(choices.get(key, escape(key)) for key in keys)

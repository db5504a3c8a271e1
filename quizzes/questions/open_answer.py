"""An open answer: `Open: 50 to 200 words`, `Open: up to 200 words`, or `Open:` alone.

A person marks it, by the criteria of `Rubric:` where there are such lines. `settings` may have
`least` and `most`, in words, and `rubric` (quizzes.questions.rubrics). A response is a list of
one string, with its lines as they were written.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anchoring import fold
from documents.visible import has_visible
from quizzes.marking import Verdict
from quizzes.models import Answer, Question, QuestionKind
from quizzes.questions.protocol import (
    Answered,
    Asked,
    InvalidResponse,
    Message,
    Summary,
    Written,
)
from quizzes.questions.rubrics import most_points, parse_rubric, rubric_of, write_rubric
from quizzes.questions.specs import Key, QuestionSpec, WrittenQuestion, refuse

MAX_CHARACTERS = 10_000  # some three pages; more is a paper, and no answer at a paragraph
MAX_WORDS = 1500  # as many as that has room for

_LIMITS = re.compile(
    r"(?:(?P<least>[0-9]{1,4}) *(?:to|-|–) *|(?:up to|at most) +)(?P<most>[0-9]{1,4}) +words?\.?",
    re.IGNORECASE,
)


class OpenAnswer:
    kind = QuestionKind.OPEN
    own_fields: Mapping[str, Message] = {
        "open": gettext_lazy("a question has “Open:”, or choices or “Answer:”, not both."),
        "rubric": gettext_lazy("“Rubric:” belongs to a question with “Open:”."),
    }
    is_shuffled = False
    asked_template = "quizzes/_asked_open.html"
    answered_template = "quizzes/_answered_open.html"

    def hint(self, question: Question) -> str:
        least, most = _limits(question)
        if least:
            words = _("In your own words, %(least)d to %(most)d of them. A person marks it.")
            return words % {"least": least, "most": most}
        if most:
            return _("In your own words, %(most)d at most. A person marks it.") % {"most": most}
        return _("In your own words. A person marks it.")

    # --- Parse ---------------------------------------------------------------------------------
    def parse(self, written: WrittenQuestion) -> Key | None:
        if written.choices or "open" not in written.fields:
            return None
        value, line = written.field("open")
        settings = _read_limits(value, line) | _read_rubric(written)
        return Key(settings=settings)

    def write(self, question: QuestionSpec) -> list[str]:
        settings = question.settings
        asked = f"Open: up to {settings['most']} words" if "most" in settings else "Open:"
        if "least" in settings:
            asked = f"Open: {settings['least']} to {settings['most']} words"
        return [asked, *write_rubric(settings)]

    # --- Mark ----------------------------------------------------------------------------------
    def normalise(self, question: Question, given: Sequence[str]) -> list[str]:
        words = "\n".join(one.replace("\0", "").replace("\r\n", "\n") for one in given).strip()
        if not has_visible(words):
            raise InvalidResponse(_("Write an answer."))
        if len(words) > MAX_CHARACTERS:
            message = _("This has %(count)d characters; an answer has at most %(most)d.")
            raise InvalidResponse(message % {"count": len(words), "most": MAX_CHARACTERS})
        count, (least, most) = len(fold(words).words), _limits(question)
        if most and not least <= count <= most:
            message = _("You have written this many words: %(written)d. Asked for are %(wanted)s.")
            wanted = f"{least}–{most}" if least else _("at most %(most)d") % {"most": most}
            raise InvalidResponse(message % {"written": count, "wanted": wanted})
        return [words]

    def unfinished(self, question: Question, given: Sequence[str]) -> list[str]:  # noqa: ARG002
        words = "\n".join(one.replace("\0", "").replace("\r\n", "\n") for one in given).strip()
        return [words[:MAX_CHARACTERS]] if has_visible(words) else []

    def mark(self, question: Question, response: Sequence[str]) -> None:
        """A person does."""

    # --- Show ----------------------------------------------------------------------------------
    def asked(self, question: Question, given: Sequence[str], seed: str = "") -> Asked:  # noqa: ARG002
        return Asked(words="\n".join(given), max_length=MAX_CHARACTERS)

    def answered(
        self,
        question: Question,  # noqa: ARG002
        response: Sequence[str],
        *,
        verdict: Verdict,
        told: bool,  # noqa: ARG002 - nothing is right in advance
        seed: str = "",  # noqa: ARG002
    ) -> Answered:
        results = {Verdict.RIGHT: _("Full marks."), Verdict.PARTLY: _("Partly right.")}
        return Answered(result=results.get(verdict, _("Not yet.")), words="\n".join(response))

    # --- Sum up --------------------------------------------------------------------------------
    def summarise(self, question: Question, answers: Sequence[Answer]) -> Summary:
        return Summary(
            rows=[],
            caption=_("Answers given"),
            count_name=_("Given"),
            texts=[Written("\n".join(one.response), one.score, question.points) for one in answers],
        )


def _read_limits(value: str, line: int) -> dict[str, Any]:
    if not value:
        return {}
    found = _LIMITS.fullmatch(value)
    least, most = (int(found["least"] or 0), int(found["most"])) if found else (0, 0)
    if not least < most <= MAX_WORDS:
        message = _("“Open:” stands alone, or with “up to %(most)d words” or fewer.")
        refuse(line, message % {"most": MAX_WORDS})
    return {"least": least, "most": most} if least else {"most": most}


def _read_rubric(written: WrittenQuestion) -> dict[str, Any]:
    """The rubric, whose levels add up to the points of the question."""
    if "rubric" not in written.fields:
        return {}
    value, line = written.field("rubric")
    settings = {"rubric": parse_rubric(value.split("\n"), line)}
    most = most_points(rubric_of(settings))
    points, at = written.field("points")
    if points != str(most) and (points or most != 1):
        message = _(
            "the highest levels of this rubric add up to %(most)d: write “Points: %(most)d”."
        )
        refuse(at, message % {"most": most})
    return settings


def _limits(question: Question) -> tuple[int, int]:
    """The fewest and the most words; 0 of each that is not set."""
    least, most = question.settings.get("least", 0), question.settings.get("most", 0)
    return int(least), int(most)

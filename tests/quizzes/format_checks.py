"""What the tests of formats share: when two questions are the same to whoever reads them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from quizzes.formats.exchange import ReadFile
from quizzes.formats.guide_questions import CheckpointSpec
from quizzes.formats.holdings import tolerance_of
from quizzes.questions import QuestionSpec, gaps_in, pieces_of, read_number
from readings.guides import GuideRefused, render_line, render_prose


def shown(spec: QuestionSpec) -> QuestionSpec:
    """The question with its words as they are shown and its numbers as they count."""
    accepted = spec.accepted
    settings = dict(spec.settings)
    if spec.kind == "numeric":
        accepted = tuple(str(_value(one)) for one in spec.accepted)
        if "tolerance" in settings:
            off = {tolerance_of(spec, "en")(_value(one)) for one in spec.accepted}
            settings["tolerance"] = " ".join(map(str, sorted(off)))
        if settings.get("tolerance") == "0":
            del settings["tolerance"]
    if spec.kind == "short_answer" and accepted[-1].lower() in {"true.", "false."}:
        accepted = tuple(one for one in accepted if f"{one}." not in accepted) or accepted[:1]
    if spec.kind == "gap":
        before, after = pieces_of(spec.accepted[0])
        gaps = [
            (one.forms, [(_line(t), right) for t, right in one.options])
            for one in gaps_in(spec.accepted[0])
        ]
        accepted = (str(([_space(one) for one in before], _space(after), gaps)),)
    return replace(
        spec.content,
        kind=str(spec.kind),
        text=_line(spec.text),
        detail=_prose(spec.detail),
        feedback=_prose(spec.feedback),
        hints=tuple(map(_line, spec.hints)),
        accepted=accepted,
        settings=settings,
        choices=tuple(
            replace(
                one, text=_line(one.text), answer=_line(one.answer), feedback=_prose(one.feedback)
            )
            for one in spec.choices
        ),
    )


def _value(written: str) -> Fraction:
    found = read_number(written)
    assert found is not None
    return found.value


def _space(html: str) -> str:
    # Between the elements of a list there is white space, or none.
    return re.sub(r"(?<=>) (?=<)", "", " ".join(html.split()))


def _line(markdown: str) -> str:
    return _space(render_line(markdown))


def _prose(markdown: str) -> str:
    return _space(render_prose(markdown))


def shown_all(sets: Sequence[CheckpointSpec]) -> list[tuple[str, list[QuestionSpec]]]:
    return [(one.title, [shown(each) for each in one.questions]) for one in sets]


def shown_file(read: ReadFile) -> list[tuple[str, list[QuestionSpec]]]:
    return [(one.title, [shown(each.spec) for each in one.questions]) for one in read.sets]


def parsed(read: Callable[[], ReadFile]) -> int:
    """How much came of a file: its questions, or the problems for which it is refused."""
    try:
        found = read()
    except GuideRefused as refused:
        return len(refused.problems)
    return found.count + len(found.refused)

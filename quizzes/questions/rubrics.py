"""The rubric of an open answer: criteria, each with levels of so many points.

In a guide's file each is a line: `Rubric: Applies the test: Not yet (0) | In part (1) | Yes (2)`.
A question keeps them under `rubric` of its settings: `{"name": …, "levels": [[words, points], …]}`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents.visible import has_visible
from quizzes.questions.specs import forms_in, in_bars, refuse

MAX_CRITERIA = 12  # as many as one still judges by
MAX_LEVELS = 9  # as many as there are keys for
MAX_NAME = 120  # characters of a criterion or a level: a line

_LEVEL = re.compile(r"(?P<words>.*\S)\s*\((?P<points>[0-9]{1,3})\)")


@dataclass(frozen=True, slots=True)
class Level:
    words: str
    points: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is judged; `levels` in the order in which they are offered."""

    name: str
    levels: tuple[Level, ...]

    @property
    def most(self) -> int:
        return max(one.points for one in self.levels)


def rubric_of(settings: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """Return the criteria that a question's settings have."""
    return tuple(
        Criterion(one["name"], tuple(Level(words, points) for words, points in one["levels"]))
        for one in settings.get("rubric", ())
    )


def most_points(rubric: Iterable[Criterion]) -> int:
    return sum(one.most for one in rubric)


def given_levels(rubric: Iterable[Criterion], words: Sequence[str]) -> list[dict[str, Any]]:
    """Return what a mark keeps of the level of each criterion, known by its words."""
    given = []
    for one, chosen in zip(rubric, words, strict=True):
        points = next(level.points for level in one.levels if level.words == chosen)
        given.append({"criterion": one.name, "words": chosen, "points": points, "most": one.most})
    return given


def parse_rubric(lines: Sequence[str], first_line: int) -> list[dict[str, Any]]:
    """Read the values of the lines “Rubric:” as they are kept; raise GuideRefused."""
    if len(lines) > MAX_CRITERIA:
        refuse(first_line, _("a rubric has at most %(most)d criteria.") % {"most": MAX_CRITERIA})
    found = [_criterion(line, first_line + place) for place, line in enumerate(lines)]
    if len({one["name"] for one in found}) < len(found):
        refuse(first_line, _("two criteria of this rubric have the same name."))
    return found


def write_rubric(settings: Mapping[str, Any]) -> list[str]:
    """Return the lines from which `parse_rubric` reads the same."""
    return [f"Rubric: {line}" for line in criteria_in_words(settings)]


def criteria_in_words(settings: Mapping[str, Any]) -> list[str]:
    """Return each criterion with its levels as people write it."""
    return [
        f"{one.name}: {in_bars(f'{level.words} ({level.points})' for level in one.levels)}"
        for one in rubric_of(settings)
    ]


def _criterion(line: str, number: int) -> dict[str, Any]:
    name, colon, rest = line.partition(":")
    name = " ".join(name.split())
    levels = [_LEVEL.fullmatch(form) for form in forms_in(rest)]
    if not colon or not has_visible(name) or len(levels) < 2 or not all(levels):
        refuse(
            number,
            _(
                "write what is judged, a colon, and between bars its levels with their points, such"
                " as “Gives a reason: Not yet (0) | Yes (2)”."
            ),
        )
    read = [(one["words"].strip(), int(one["points"])) for one in levels if one]
    if len(read) > MAX_LEVELS or len({words for words, _points in read}) < len(read):
        message = _("a criterion has at most %(most)d levels, each with other words.")
        refuse(number, message % {"most": MAX_LEVELS})
    if max(map(len, [name, *(words for words, _points in read)])) > MAX_NAME:
        message = _("the name of a criterion or level has at most %(most)d characters.")
        refuse(number, message % {"most": MAX_NAME})
    if not max(points for _words, points in read):
        refuse(number, _("one of the levels of a criterion gives points."))
    return {"name": name, "levels": [[words, points] for words, points in read]}

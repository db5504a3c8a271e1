"""What the form of a question has in its fields, and the question that comes of it.

`values_of` and `spec_of` are each other's inverse. Lines are choices, what is put in order, or
pairs: so what was written in them stays where another kind is chosen.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from django.utils.translation import gettext as _

from anchoring import fold
from quizzes.formats import as_prose, as_typed, format_question, parse_checkpoint
from quizzes.models import QuestionKind
from quizzes.questions import (
    ChoiceSpec,
    QuestionSpec,
    criteria_in_words,
    most_points,
    parse_rubric,
    rubric_of,
    type_of,
)
from readings.guides import Anchor, GuideRefused, parse_anchor

MAX_LINES = 30  # as many as the longest type takes; nobody reads more
Values = Mapping[str, Any]

WITH_LINES = (
    QuestionKind.ONE_CHOICE,
    QuestionKind.SEVERAL,
    QuestionKind.ORDER,
    QuestionKind.MATCH,
)
# Which field is told of what only the type itself finds wrong.
MAIN_FIELD = {
    QuestionKind.SHORT_ANSWER: "accepted",
    QuestionKind.NUMERIC: "number",
    QuestionKind.GAP: "gaps",
    QuestionKind.PASSAGE: "places",
    QuestionKind.OPEN: "most",
}
# What the form says of a type's settings; others are left as they are.
OWN_SETTINGS = {"shuffle", "case_matters", "tolerance", "units", "least", "most", "rubric"}
LEFT, RIGHT = 1, 2  # the sides of a pair
_AS_IN_FILE = re.compile(r"^ *rubric *: *(?=[^|]*:)", re.IGNORECASE)


class FieldProblem(ValueError):
    """What is wrong with one field, told to who filled it."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


# --- From a question -----------------------------------------------------------------------------
def values_of(spec: QuestionSpec) -> dict[str, Any]:
    """Return what stands in the fields of the form."""
    words = [spec.text, *([as_typed(spec.detail)] if spec.detail else [])]
    values: dict[str, Any] = {
        "kind": spec.kind,
        "words": "\n".join(words),
        "feedback": as_typed(spec.feedback),
        "see": in_words(spec.see) if spec.see else "",
        "hints": "\n".join(spec.hints),
        "points": spec.points,
        "shuffle": bool(spec.settings.get("shuffle")),
    }
    if spec.kind in WITH_LINES:
        for i, one in enumerate(_lines(spec)):
            values |= {f"{name}_{i}": value for name, value in one.items()}
        rights = [i for i, one in enumerate(spec.choices) if one.is_correct]
        values["right_one"] = str(rights[0]) if rights else "0"
    return values | _own_values(spec)


def _lines(spec: QuestionSpec) -> list[dict[str, Any]]:
    if spec.kind != QuestionKind.MATCH:
        return [
            {"line": one.text, "reply": one.feedback, "right": one.is_correct}
            for one in spec.choices
        ]
    lefts = [one for one in spec.choices if one.slot == LEFT]
    others = [one for one in spec.choices if one.slot == RIGHT and not one.is_correct]
    return [
        *({"line": one.text, "other": one.answer, "reply": one.feedback} for one in lefts),
        *({"line": "", "other": one.text, "reply": ""} for one in others),
    ]


def _own_values(spec: QuestionSpec) -> dict[str, Any]:
    """The fields that only one type has."""
    accepted, settings = "\n".join(spec.accepted), spec.settings
    match spec.kind:
        case QuestionKind.TRUE_FALSE:
            return {"truth": accepted}
        case QuestionKind.SHORT_ANSWER:
            return {"accepted": accepted, "case_matters": bool(settings.get("case_matters"))}
        case QuestionKind.NUMERIC:
            units = cast("list[str]", settings.get("units", []))
            tolerance = settings.get("tolerance", "")
            return {"number": accepted, "tolerance": tolerance, "unit": "\n".join(units)}
        case QuestionKind.GAP:
            return {"gaps": accepted}
        case QuestionKind.PASSAGE:
            return {"places": "\n".join(map(in_words, spec.places))}
        case QuestionKind.OPEN:
            limits = {name: settings.get(name) for name in ("least", "most")}
            return {**limits, "rubric": "\n".join(criteria_in_words(settings))}
    return {}


# --- To a question -------------------------------------------------------------------------------
def spec_of(values: Values, old: QuestionSpec | None = None) -> QuestionSpec:
    """Return the question that the fields say, with all of `old` that no field has.

    Raises FieldProblem.
    """
    kind = values["kind"]
    first, _line, rest = values["words"].strip().replace("\r\n", "\n").partition("\n")
    kept = old.settings if old and old.kind == kind else {}
    spec = replace(
        old or QuestionSpec(kind, ""),
        kind=kind,
        text=" ".join(first.split()),
        detail=_prose(rest),
        feedback=_prose(values["feedback"]).strip(),
        choices=(),
        accepted=(),
        places=(),
        settings={name: value for name, value in kept.items() if name not in OWN_SETTINGS},
        see=anchor_of(values["see"], "see") if values["see"].strip() else None,
        hints=_forms(values["hints"]),
        points=values["points"],
    )
    return _as_read(_with_key(spec, values))


def _with_key(spec: QuestionSpec, values: Values) -> QuestionSpec:
    settings = {**spec.settings, **_settings(spec.kind, values)}
    match spec.kind:
        case QuestionKind.TRUE_FALSE:
            return replace(spec, accepted=(values["truth"] or "true",))
        case QuestionKind.SHORT_ANSWER:
            return replace(spec, accepted=_accepted(values), settings=settings)
        case QuestionKind.NUMERIC:
            return replace(spec, accepted=_forms(values["number"]), settings=settings)
        case QuestionKind.GAP:
            return replace(spec, accepted=(" ".join(values["gaps"].split()),))
        case QuestionKind.PASSAGE:
            return replace(spec, places=_places(values))
        case QuestionKind.OPEN:
            # By a rubric, its levels say how many there are.
            most = most_points(rubric_of(settings))
            return replace(spec, settings=settings, points=most or spec.points)
    return replace(spec, choices=tuple(_choices(spec.kind, values)), settings=settings)


def _settings(kind: str, values: Values) -> dict[str, Any]:
    """What the fields say of a type's settings; nothing of what is empty."""
    said: dict[str, Any] = {}
    match kind:
        case QuestionKind.SHORT_ANSWER:
            said = {"case_matters": values["case_matters"]}
        case QuestionKind.NUMERIC:
            tolerance, units = " ".join(values["tolerance"].split()), _forms(values["unit"])
            said = {"tolerance": tolerance, "units": list(units)}
        case QuestionKind.OPEN:
            said = {name: values[name] for name in ("least", "most")}
            said["rubric"] = _rubric(values)
        case QuestionKind.ONE_CHOICE | QuestionKind.SEVERAL:
            said = {"shuffle": values["shuffle"]}
    return {name: value for name, value in said.items() if value}


def _choices(kind: str, values: Values) -> list[ChoiceSpec]:
    rows = [i for i in range(MAX_LINES) if _line_of(values, f"line_{i}")]
    if kind == QuestionKind.MATCH:
        return _pairs(values)
    if len(rows) < 2:
        raise FieldProblem(f"line_{min(len(rows), 1)}", _("Write at least two of them."))
    if kind == QuestionKind.ORDER:
        rights = rows
    elif kind == QuestionKind.SEVERAL:
        rights = [i for i in rows if values.get(f"right_{i}")]
    else:
        rights = [i for i in rows if str(i) == values.get("right_one")]
    if not rights:
        raise FieldProblem(f"line_{rows[0]}", _("Mark what is right beside one that has words."))
    _check_once(rows, values)
    return [ChoiceSpec(_line_of(values, f"line_{i}"), i in rights, _reply(values, i)) for i in rows]


def _pairs(values: Values) -> list[ChoiceSpec]:
    lefts, others = [], []
    for i in range(MAX_LINES):
        line, other = _line_of(values, f"line_{i}"), _line_of(values, f"other_{i}")
        if line and not other:
            raise FieldProblem(f"other_{i}", _("Write what goes with it."))
        if line:
            lefts.append(ChoiceSpec(line, True, _reply(values, i), LEFT, other))
        elif other:
            others.append(ChoiceSpec(other, False, "", RIGHT))
    if len(lefts) < 2:
        raise FieldProblem(f"line_{len(lefts)}", _("Write at least two pairs."))
    _check_once([i for i in range(MAX_LINES) if _line_of(values, f"line_{i}")], values)
    return [*lefts, *others]


def _check_once(rows: list[int], values: Values) -> None:
    seen: set[str] = set()
    for i in rows:
        line = _line_of(values, f"line_{i}")
        if line in seen:
            raise FieldProblem(f"line_{i}", _("These words stand here twice."))
        seen.add(line)


def _accepted(values: Values) -> tuple[str, ...]:
    forms = tuple(one for one in _forms(values["accepted"]) if fold(one).text.strip())
    if not forms:
        raise FieldProblem("accepted", _("Write an answer that is right."))
    if len(forms) == 1 and forms[0].lower() in {"true", "false"}:
        raise FieldProblem("accepted", _("Choose “True or false” above for this one."))
    return forms


def _rubric(values: Values) -> list[dict[str, Any]]:
    # As the file has it, too: who has seen “Rubric:” there writes it here.
    lines = [_AS_IN_FILE.sub("", line) for line in _forms(values["rubric"])]
    try:
        return parse_rubric(lines, 1)
    except GuideRefused as refused:
        raise FieldProblem("rubric", refused.problems[0].message) from None


def _places(values: Values) -> tuple[Anchor, ...]:
    lines = [one for one in values["places"].split("\n") if one.strip()]
    if not lines:
        raise FieldProblem("places", _("Choose in the text the words that are right."))
    return tuple(dict.fromkeys(anchor_of(one, "places") for one in lines))


def in_words(anchor: Anchor) -> str:
    """A place as people write it; `anchor_of` reads it."""
    number = f"¶ {anchor.number}" if anchor.number is not None else ""
    return " ".join(filter(None, [number, f"“{anchor.quote}”" if anchor.quote else ""]))


def anchor_of(written: str, field: str) -> Anchor:
    """Read a place, like ¶ 4 “quoted words”, or words of the text alone; raise FieldProblem."""
    words = " ".join(written.split())
    try:
        return parse_anchor(words, 1)
    except GuideRefused:
        if words.startswith("¶"):
            message = _("Write a place like ¶ 4 “quoted words”, or the words alone.")
            raise FieldProblem(field, message) from None
        return Anchor(None, words)


def _as_read(spec: QuestionSpec) -> QuestionSpec:
    """Return the question as a guide's file has it; raise FieldProblem where it is another."""
    main = MAIN_FIELD.get(QuestionKind(spec.kind), "line_0")
    try:
        found = parse_checkpoint(format_question(spec)).questions
    except GuideRefused as refused:
        raise FieldProblem(main, refused.problems[0].message) from None
    read = found[0]
    if len(found) > 1 or read.text != spec.text or read.detail != spec.detail:
        raise FieldProblem("words", _("These words cannot be kept as they stand."))
    if read.kind != spec.kind:
        name = type_of(read).kind.label
        raise FieldProblem("kind", _("This is a question of another kind: “%s”.") % name)
    if read.hints != spec.hints:
        raise FieldProblem("hints", _("These words cannot be kept as they stand."))
    if read.feedback != spec.feedback:
        raise FieldProblem("feedback", _("These words cannot be kept as they stand."))
    return replace(read, settings={**spec.settings, **read.settings}, line=0, see_line=0)


def _forms(written: str) -> tuple[str, ...]:
    """One on each line, without what is empty or said twice."""
    lines = (" ".join(one.split()) for one in written.split("\n"))
    return tuple(dict.fromkeys(one for one in lines if one))


def _line_of(values: Values, name: str) -> str:
    return " ".join(str(values.get(name) or "").split())


def _reply(values: Values, i: int) -> str:
    lines = str(values.get(f"reply_{i}") or "").replace("\r\n", "\n").split("\n")
    return "\n".join(one.rstrip() for one in lines).strip("\n")


def _prose(words: str) -> str:
    lines = as_prose(words).split("\n")
    return "\n".join(one.rstrip() for one in lines).strip("\n")

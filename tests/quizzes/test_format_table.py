"""The table of what each format holds, in docs/instructors.md, is what the code holds."""

from quizzes.formats import FORMATS
from quizzes.models import QuestionKind
from tests.rules import ROOT

ORDER = ("markdown", "moodle", "gift", "aiken", "qti12", "qti22", "qti30")
# What is held with a limit: (format, type) → what the table says.
LIMITED = {
    ("gift", "gap"): "one gap",
    ("qti12", "gap"): "all typed, or all lists",
    ("aiken", "true_false"): "as a choice",
}
FLAGS = {
    "what is said after it": "feedback",
    "points": "points",
    "hints": "hints",
    "shuffled choices": "shuffle",
    "capitals that matter": "case",
    "units": "units",
    "limits of words": "limits",
    "emphasis, links, lists": "markup",
    "where the answer can be read": "places",
    "rubrics": "rubric",
    "how a checkpoint behaves": "behaviour",
}


def rows() -> list[str]:
    names = [FORMATS[key].name for key in ORDER]
    table = [["", *names], ["---"] * (len(names) + 1)]
    for kind in QuestionKind:
        held = [
            LIMITED.get((key, kind.value), "✓") if kind in FORMATS[key].holdings.kinds else "–"
            for key in ORDER
        ]
        table.append([str(kind.label).lower(), *held])
    told = [FORMATS[key].holdings.told_of_choices for key in ORDER]
    table.append(["what is said to a choice", *("✓" if one else "–" for one in told)])
    for words, flag in FLAGS.items():
        held = ["✓" if getattr(FORMATS[key].holdings, flag) else "–" for key in ORDER]
        table.append([words, *held])
    return [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in table]


def test_the_table_is_true() -> None:
    page = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    assert set(ORDER) == set(FORMATS)
    assert "\n".join(rows()) in page

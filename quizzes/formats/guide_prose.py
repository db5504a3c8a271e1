"""Words that somebody typed who knows nothing of the guide's file: none of them is a mark of it.

A line that would be read as a choice, a field or a heading gets a sign before it that readers do
not see, and `as_typed` takes it off again.
"""

import re
from collections.abc import Callable

from quizzes.formats.guide_questions import is_structure
from readings.guides import fenced

# Nobody sees the entity: it is the colon that it stands for.
_COLON = "&#58;"
_FIELD = re.compile(r"(?P<name>[A-Za-z]+ *):(?P<rest>.*)")
_HIDDEN_FIELD = re.compile(rf"(?P<name>[A-Za-z]+ *){_COLON}(?P<rest>.*)")


def as_prose(typed: str) -> str:
    """Return the words so that a guide's file reads them as words."""
    return _each_line(typed, _hide)


def as_typed(prose: str) -> str:
    """Return the words as somebody typed them; `as_prose` makes the same of them again."""
    return _each_line(prose, _show)


def _each_line(words: str, change: Callable[[str], str]) -> str:
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    inside = fenced(lines, 0, [])
    return "\n".join(one if i in inside else change(one) for i, one in enumerate(lines))


def _hide(line: str) -> str:
    if not is_structure(line):
        return line
    if line[0] in "#-":
        return f"\\{line}"
    return _FIELD.sub(rf"\g<name>{_COLON}\g<rest>", line, count=1)


def _show(line: str) -> str:
    if line.startswith(("\\#", "\\-")) and is_structure(line[1:]):
        return line[1:]
    shown = _HIDDEN_FIELD.sub(r"\g<name>:\g<rest>", line, count=1)
    return shown if is_structure(shown) else line

"""What is said about a file: made so that it can be translated, and the same after a journey."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.messages import Message, gettext_lazy, ngettext_lazy, words_of_file
from tests.rules import lists_offences, parsed, short, tracked

# Who takes what is said to a person, and the place or the name of it among its arguments.
SINKS: dict[str, dict[int | str, str]] = {
    "ImportRefused": {1: "message", 2: "advice"},
    "CannotEdit": {0: "message"},
    "ParseWarning": {2: "message"},
    "DocumentWarning": {2: "message"},
    "AppliedRepair": {2: "detail"},
    "applied_repair": {2: "detail"},
    "Repair": {2: "detail"},
    "ParsedBlock": {"running_header": "running_header"},
    "on_progress": {0: "message"},
}
MAKERS = {"_": 1, "gettext_lazy": 1, "ngettext_lazy": 2}
NAMED = re.compile(r"%\((\w+)\)s")


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id, node
            elif isinstance(function, ast.Attribute):
                yield function.attr, node


def speaking_files() -> list[Path]:
    """Every module that may make a message: the pure ones, and what works on drafts."""
    files = tracked("documents/**.py", "anchoring/**.py", "readings/drafts/*.py")
    return [path for path in files if path.name != "messages.py"]


def assigned(path: Path) -> dict[str, list[ast.expr]]:
    """What each name of a module is given, in any of its functions."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def bare(value: ast.expr, names: dict[str, list[ast.expr]]) -> bool:
    """Whether this is, or may be, a string as it is written, and no message."""
    match value:
        case ast.Constant():
            return isinstance(value.value, str)
        case ast.JoinedStr() | ast.BinOp():
            return True
        case ast.IfExp():
            return bare(value.body, names) or bare(value.orelse, names)
        case ast.Name():
            return any(bare(one, {}) for one in names.get(value.id, ()))
    return False


def given(call: ast.Call, places: dict[int | str, str]) -> Iterator[ast.expr]:
    """The arguments of a call at these places, or of these names."""
    for place, name in places.items():
        if isinstance(place, int) and place < len(call.args):
            yield call.args[place]
        yield from (keyword.value for keyword in call.keywords if keyword.arg == name)


def bare_strings(path: Path) -> Iterator[str]:
    names = assigned(path)
    for name, call in calls(path):
        for value in given(call, SINKS.get(name, {})):
            if bare(value, names):
                yield f"{short(path)}:{value.lineno} {name}({ast.unparse(value)[:60]})"


@lists_offences
def test_whatever_is_said_of_a_file_can_be_translated() -> Iterator[str]:
    for path in speaking_files():
        yield from bare_strings(path)


def test_bare_strings_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the rule above would be kept by everything."""
    path = tmp_path / "reader.py"
    path.write_text(
        "message = f'{n} pages'\n"
        "raise ImportRefused('empty', 'It is empty.', _('Choose another.'))\n"
        "ParseWarning('long', None, message)\n"
        "documents.Repair('name', None, detail='One' if n else _('More'))\n"
        "on_progress(_('Reading'), 3)\n"
    )
    monkeypatch.setattr("tests.rules.ROOT", tmp_path)
    assert [line.partition(" ")[0] for line in bare_strings(path)] == [
        "reader.py:2",
        "reader.py:3",
        "reader.py:4",
    ]


def test_there_is_much_to_translate() -> None:
    made = [name for path in speaking_files() for name, _ in calls(path) if name in MAKERS]
    assert len(made) > 100


@lists_offences
def test_sentences_are_written_where_they_are_marked() -> Iterator[str]:
    """A sentence that is put together, or that comes in a variable, is in no catalogue."""
    for path in speaking_files():
        for name, call in calls(path):
            for sentence in call.args[: MAKERS.get(name, 0)]:
                if not isinstance(sentence, ast.Constant) or not isinstance(sentence.value, str):
                    yield f"{short(path)}:{sentence.lineno} {ast.unparse(sentence)[:60]}"


@lists_offences
def test_sentences_have_a_place_for_each_value_and_no_other() -> Iterator[str]:
    for path in tracked("documents/**.py"):
        for name, call in calls(path):
            names = {keyword.arg for keyword in call.keywords}
            if name not in MAKERS or None in names:
                continue  # ** gives some of them: reading the files of the tests fills those in
            for sentence in call.args[: MAKERS[name]]:
                wanted = set(NAMED.findall(str(ast.literal_eval(sentence))))
                if wanted - {"count"} != names:
                    yield f"{short(path)}:{sentence.lineno} {ast.unparse(sentence)[:60]}"


def test_is_english_as_text() -> None:
    assert str(gettext_lazy("There is no note %(number)s.", number="7")) == "There is no note 7."
    assert str(gettext_lazy("Half of it, 50 %, is lost.")) == "Half of it, 50 %, is lost."
    assert str(words_of_file("%(odd)s 100 %")) == "%(odd)s 100 %"


@pytest.mark.parametrize(("count", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages")])
def test_counts(count: int, words: str) -> None:
    assert str(ngettext_lazy("%(count)s page", "%(count)s pages", count)) == words


def test_messages_in_a_message_are_translated_with_it() -> None:
    whole = gettext_lazy(
        "This file holds %(what)s on %(pages)s: %(words)s.",
        what=gettext_lazy("a link"),
        pages=ngettext_lazy("%(count)s page", "%(count)s pages", 2),
        words="its own words",
    )
    german = {
        "This file holds %(what)s on %(pages)s: %(words)s.": "%(words)s, %(pages)s, %(what)s!",
        "a link": "ein Verweis",
        "%(count)s pages": "%(count)s Seiten",
    }
    said = whole.in_words(german.__getitem__, lambda one, more, n: german[one if n == 1 else more])
    assert said == "its own words, 2 Seiten, ein Verweis!"


def test_comes_back_from_json_as_it_was() -> None:
    inner = ngettext_lazy("%(count)s page", "%(count)s pages", 3)
    message = gettext_lazy("%(what)s of “%(name)s”, level %(level)s", what=inner, name="é", level=2)
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message


@pytest.mark.parametrize("data", [{}, {"text": "Only this."}])
def test_what_is_no_message_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        Message.from_json(data)

"""The layout of the house: its rooms, their doors, and the one way in which imports flow."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignObjectRel

from scripts import architecture
from scripts.architecture import PACKAGES, SLICES, modules, room_of
from tests.rules import lists_offences, our_modules, parsed, python_files, short, source, tracked

# What a queryset's method takes by a name that may lead to another table.
LOOKUPS = re.compile(r"[a-z_]+(__[a-z_]+)+")
# Names that Django asks for.
DJANGOS = {"Command", "Meta", "DatabaseWrapper"}
RECORDS = {"record", "record_thread", "record_comment"}
# Actions of people on their own drafts and essays: no seminar is there to be told.
WITHOUT_SEMINAR = ("readings/drafts/", "readings/essays/")
# And questions, which change nothing; and what is nobody else's business until it is handed in.
WITHOUT_EVENT = {"why_not_withdrawn", "plan_import", "keep_answers", "practise"}
# A guide is told of once it is published.
WITHOUT_EVENT |= {"begin_draft", "put_item", "shift_item", "remove_item", "restore_item"}
WITHOUT_EVENT |= {"discard_draft", "restore_draft", "undo_step"}
WITHOUT_EVENT |= {"add_question", "change_question", "remove_question", "shift_question"}
WITHOUT_EVENT |= {"import_questions"}
WITHOUT_EVENT |= {"change_head", "keep_unfinished", "take_back"}
WITHOUT_EVENT |= {"remove_second_factors"}  # of an account, not of a seminar
WITHOUT_EVENT |= {"keep_roster", "correct_roster", "discard_roster", "put_aside"}


def place(room: str) -> tuple[int, int]:
    """Where a room stands in the order; a package's own files stand above its slices."""
    package, _, part = room.partition(".")
    parts = SLICES.get(package, [])
    return PACKAGES.index(package), parts.index(part) if part else len(parts)


@lists_offences
def test_imports_flow_one_way() -> Iterator[str]:
    for room, others in architecture.room_imports().items():
        for other in sorted(others):
            if place(other) > place(room):
                yield f"{room} imports {other}"


@lists_offences
def test_no_circle_between_rooms() -> Iterator[str]:
    for way in architecture.circles(architecture.room_imports()):
        yield " → ".join(way)


@lists_offences
def test_rooms_are_entered_by_their_door() -> Iterator[str]:
    """What a slice gives to others stands in its __init__; urls.py alone reaches its views."""
    for module, path in modules():
        if path.stem.endswith("urls"):
            continue
        for name in architecture.imported(path):
            there = room_of(name)
            inner = name.removeprefix(f"{there}.").partition(".")[2]
            # discussions.common has no door: its modules are what they are named for.
            is_slice = "." in there and there != "discussions.common"
            if is_slice and room_of(module) != there and inner and name != there:
                yield f"{short(path)} imports {name}: use {there}"


def _relations_from_above() -> dict[str, set[str]]:
    """By package: the names under which its models reach rows of packages above it."""
    names: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models():
        package = model.__module__.partition(".")[0]
        if package not in PACKAGES:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignObjectRel) and field.get_accessor_name():
                other = field.related_model.__module__.partition(".")[0]
                if other in PACKAGES and PACKAGES.index(other) > PACKAGES.index(package):
                    names[package].add(field.name)
    return names


@lists_offences
def test_querysets_flow_one_way() -> Iterator[str]:
    """A name in a string is an import too: `readings__revision` in seminars knows readings."""
    above = _relations_from_above()
    assert "readings" in above["seminars"], "or this test reads nothing"
    for path in our_modules():
        package = short(path).partition("/")[0]
        if package not in PACKAGES:
            continue
        names = set().union(
            *(above[one] for one in PACKAGES[: PACKAGES.index(package) + 1] if one in above)
        ) - _own_names(package)
        for node in ast.walk(parsed(path)):
            words = []
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = [node.value] if LOOKUPS.fullmatch(node.value) else []
            elif isinstance(node, ast.keyword) and node.arg:
                words = [node.arg]
            for word in words:
                if "__" in word and set(word.split("__")) & names:
                    yield f"{short(path)}: {word}"


def _own_names(package: str) -> set[str]:
    """The names of relations whose rows are the package's own, or below it."""
    names = set()
    for model in apps.get_models():
        home = model.__module__.partition(".")[0]
        if home in PACKAGES and PACKAGES.index(home) <= PACKAGES.index(package):
            names |= {
                field.remote_field.name
                for field in model._meta.get_fields()
                if field.is_relation and field.remote_field and field.remote_field.name
            }
            names |= {field.name for field in model._meta.fields}
    return names


@lists_offences
def test_one_name_is_one_class() -> Iterator[str]:
    where: dict[str, list[Path]] = defaultdict(list)
    for path in python_files():
        if short(path).startswith("tests/"):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and node.name not in DJANGOS:
                where[node.name].append(path)
    for name, paths in where.items():
        if len(paths) > 1:
            yield f"{name}: {', '.join(map(short, paths))}"


@lists_offences
def test_names_of_members_go_through_the_author_label() -> Iterator[str]:
    """One function decides whose name a viewer sees."""
    told = re.compile(r"\b(author|actor|reporter|editor)\.(name|user)\b(?!_)")
    for path in [*our_modules(), *(architecture.ROOT / "templates").rglob("*.html")]:
        if short(path) == "discussions/models/authors.py":
            continue
        for found in told.finditer(source(path)):
            # A path in a string fetches the row; it shows nothing.
            yield f"{short(path)}: {found[0]}"


@lists_offences
def test_each_action_records_what_happened() -> Iterator[str]:
    """Every public action reaches `record`, itself or through what it calls."""
    calls: dict[str, set[str]] = defaultdict(set)
    actions: list[tuple[Path, str]] = []
    for path in our_modules():
        name = short(path)
        for node in parsed(path).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            calls[node.name] |= {
                call.func.id
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            is_action = path.stem.endswith("actions") and not node.name.startswith("_")
            takes = {argument.arg for argument in node.args.kwonlyargs}
            if is_action and "by" in takes and not name.startswith(WITHOUT_SEMINAR):
                actions.append((path, node.name))
    recording = set(RECORDS)
    while more := {one for one, called in calls.items() if called & recording} - recording:
        recording |= more
    assert len(actions) > 20
    for path, name in actions:
        if name not in recording | WITHOUT_EVENT:
            yield f"{short(path)}: {name} records no event"


def test_drawing_is_what_the_code_says() -> None:
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert architecture.page_with(architecture.drawing()) == page, "Run `make architecture`."


@lists_offences
def test_files_named_in_the_flows_are_there() -> Iterator[str]:
    page = architecture.PAGE.read_text(encoding="utf-8")
    files = [short(path) for path in tracked("*.py", "*.html")]
    named = set(re.findall(r"`([\w/]+\.(?:py|html))`", page))
    assert len(named) > 20
    for name in sorted(named):
        if not any(file == name or file.endswith(f"/{name}") for file in files):
            yield name

"""The rules of the house that a machine can hold (the others are for readers)."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from scripts.architecture import PACKAGES
from tests.rules import (
    ROOT,
    imports_of,
    lists_offences,
    our_modules,
    parsed,
    python_files,
    short,
    source,
    tracked,
    tree_of,
)
from tests.views import routes

OURS = [route for route in routes() if route.is_ours]
PURE = ("documents", "anchoring")
MAX_VIEW_LINES = 25
MAX_FILE_LINES = 400
MAX_ELEMENT_LINES = 80
WRITES = {"save", "create", "filter", "update", "delete", "bulk_create", "get_or_create"}


def test_the_rules_have_something_to_read() -> None:
    """A rule that finds no view and no file would be kept by everything."""
    assert len(OURS) > 40
    assert len(our_modules()) > 100


def test_every_offence_is_told() -> None:
    @lists_offences
    def rule() -> Iterator[str]:
        yield from ("one.py is long", "two.py is long")

    with pytest.raises(AssertionError, match=r"(?s)rule: 2 .*one\.py is long.*two\.py is long"):
        rule()


# Views and their URLs


@lists_offences
def test_view_is_named_as_its_url() -> Iterator[str]:
    for route in OURS:
        if route.function.__name__ != route.name:
            yield f"{route.path}: {route.function.__name__} is not {route.name}"


@lists_offences
def test_view_has_a_test_file_of_its_name() -> Iterator[str]:
    for route in OURS:
        if not (ROOT / "tests" / route.app / f"test_{route.name}.py").exists():
            yield f"tests/{route.app}/test_{route.name}.py"


@lists_offences
def test_view_renders_the_template_of_its_name() -> Iterator[str]:
    """A page of the view's name, or partials shared with other views."""
    for route in OURS:
        for node in ast.walk(tree_of(route)):
            if isinstance(node, ast.Constant) and str(node.value).endswith(".html"):
                name = Path(str(node.value)).name
                if not name.startswith("_") and name != f"{route.name}.html":
                    yield f"{route.name} renders {node.value!r}"


@lists_offences
def test_view_is_short() -> Iterator[str]:
    for route in OURS:
        function = tree_of(route)
        assert function.end_lineno is not None
        lines = function.end_lineno - function.lineno + 1
        if lines > MAX_VIEW_LINES:
            yield f"{route.name} has {lines} lines"


@lists_offences
def test_view_is_marked_with_who_may_see_it() -> Iterator[str]:
    for route in OURS:
        if not getattr(route.view, "access", None):
            yield f"{route.name} has no access decorator"


@lists_offences
def test_view_names_the_methods_it_answers() -> Iterator[str]:
    """405 and not a surprise: each view carries one of the require_… decorators."""
    for route in OURS:
        written = inspect.getsource(route.function)
        if not re.search(r"@require_(GET|POST|safe|http_methods)", written):
            yield route.name


@lists_offences
def test_view_writes_nothing_itself() -> Iterator[str]:
    for route in OURS:
        for node in ast.walk(tree_of(route)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in WRITES:
                yield f"{route.name} calls .{called.attr}"


@lists_offences
def test_urls_are_nouns() -> Iterator[str]:
    # A lock and a guide are things; to lock is a verb: threads/<id>/lock/ is the lock.
    verbs = {"edit", "delete", "add", "create", "update", "hide", "post", "submit"}
    for route in OURS:
        if verbs & set(re.findall(r"[a-z]+", re.sub(r"<[^>]*>", "", route.path))):
            yield route.path


# What imports what


@lists_offences
def test_pure_packages_know_nothing_of_django() -> Iterator[str]:
    """What reads a file runs in a process of its own, without settings and database."""
    framework = {"django", "config", *PACKAGES} - set(PURE)
    for package in PURE:
        for path in tracked(f"{package}/**.py"):
            for name in imports_of(path):
                if name.split(".")[0] in framework:
                    yield f"{short(path)} imports {name}"


# Python


@lists_offences
def test_actions_take_keywords_and_say_by_whom() -> Iterator[str]:
    """Nothing ambient: whoever acts is named, and no argument is told by its place."""
    for path in our_modules():
        if not path.stem.endswith("actions") and path.parent.stem != "actions":
            continue
        for node in parsed(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if node.args.args:
                yield f"{short(path)}: {node.name} takes arguments by place"
            if not {"by", "user"} & {argument.arg for argument in node.args.kwonlyargs}:
                yield f"{short(path)}: {node.name} does not say by whom"


@lists_offences
def test_no_ambient_state() -> Iterator[str]:
    """No state of a thread or a context, and no signals but those of the migrations.

    But for the request's number: a line of the log is written by code that knows no request.
    """
    migrated = "from django.db.models.signals import post_migrate, pre_migrate"
    for path in our_modules():
        for word in ("threading.local", "ContextVar", "django.dispatch", "db.models.signals"):
            is_number = (short(path), word) == ("config/logs.py", "ContextVar")
            if word in source(path).replace(migrated, "") and not is_number:
                yield f"{short(path)} names {word}"


@lists_offences
def test_models_are_ordered_by_their_own_columns() -> Iterator[str]:
    """An ordering by another table's columns makes each query join it, and each lock hold it."""
    for model in apps.get_models():
        if model.__module__.partition(".")[0] not in PACKAGES:
            continue
        own = {"pk", *(field.attname for field in model._meta.concrete_fields)}
        for name in model._meta.ordering or ():
            if not isinstance(name, str) or name.lstrip("-") not in own:
                yield f"{model.__name__} is ordered by {name}"


@lists_offences
def test_files_are_short() -> Iterator[str]:
    for path in [*python_files(), *tracked("static/js/*.js", "static/css/*.css")]:
        lines = source(path).count("\n")
        if lines > MAX_FILE_LINES:
            yield f"{short(path)} has {lines} lines"


CLOCKS = {"perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "time_ns", "time"}


@lists_offences
def test_no_test_looks_at_the_clock() -> Iterator[str]:
    """What it shows is how busy the machine is; tests/processor.py tells what work costs."""
    for path in tracked("tests/*.py"):
        for node in ast.walk(parsed(path)):
            names: set[str] = set()
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                names = {node.attr} if node.value.id == "time" else set()
            elif isinstance(node, ast.ImportFrom) and node.module == "time":
                names = {alias.name for alias in node.names}
            for name in names & CLOCKS:
                yield f"{short(path)} asks for time.{name}"


# What the browser gets


@lists_offences
def test_elements_are_short_and_clean_up() -> Iterator[str]:
    for path in tracked("static/js/elements/*.js"):
        text = source(path)
        if text.count("\n") > MAX_ELEMENT_LINES:
            yield f"{short(path)} is too long"
        if f'customElements.define("{path.stem}"' not in text:
            yield f"{short(path)} does not define {path.stem}"
        if "disconnectedCallback" not in text:
            yield f"{short(path)} does not clean up"


# The policy forbids inline script and style; htmx's evaluated attributes need eval.
INLINE = {
    "a style": r"\sstyle\s*=|<style\b",
    "a handler": r"\son\w+\s*=",
    "a script": r"<script(?![^>]*\bsrc=)",
    "htmx that evaluates or boosts": r"\bhx-(on|boost)\b|hx-on|js:",
    "autofocus": r"autofocus",
    "|safe (render safe HTML in Python, where it is tested)": r"\|safe",
}


@lists_offences
def test_templates_have_nothing_inline() -> Iterator[str]:
    for path in tracked("templates/**.html"):
        for what, pattern in INLINE.items():
            if re.search(pattern, source(path)):
                yield f"{short(path)} has {what}"


@lists_offences
def test_browser_tests_wait_within_the_policy() -> Iterator[str]:
    """Playwright's own way has the page evaluate a string, which the page's policy refuses as soon
    as it has to wait: a test of it passes where it need not, and fails on a slow machine."""
    for path in tracked("tests/**.py"):
        if re.search(r"\.wait_for_function\(", source(path)):
            yield f"{short(path)}: wait with tests.browser.steps.wait_until"


# Other people's words


def test_founding_essays_are_not_in_the_repository() -> None:
    """Their text is their authors': a few words are a quotation, a long run is a copy."""
    essays = list((ROOT.parent / "shared" / "essays").glob("*.txt"))
    if not essays:
        pytest.skip("The founding essays are not beside this folder.")
    length = 16  # longer than the name of any ministry

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}

    theirs = set().union(*(runs(path.read_text(encoding="utf-8")) for path in essays))
    patterns = ("*.py", "*.md", "*.html", "*.yaml", "*.json", "*.toml", "*.txt", "*.js")
    copied = {
        short(path): " ".join(next(iter(common)))
        for path in tracked(*patterns)
        if (common := runs(source(path)) & theirs)
    }
    assert not copied

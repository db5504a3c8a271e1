"""The rules of the house that a machine can hold (the others are for readers)."""

import ast
import inspect
import re
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.views import OUR_APPS, Route, routes

ROOT = Path(__file__).resolve().parents[1]
OURS = [route for route in routes() if route.is_ours]
ORDER = ["accounts", "seminars", "readings", "discussions", "quizzes", "demo"]
MAX_VIEW_LINES = 25
MAX_FILE_LINES = 400
WRITES = {"save", "create", "filter", "update", "delete", "bulk_create", "get_or_create"}


def tracked(*patterns: str) -> list[Path]:
    """The files in the repository (new ones too) that match."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).exists()]


def python_files() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def tree_of(route: Route) -> ast.FunctionDef:
    source = textwrap.dedent(inspect.getsource(route.function))
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef), f"{route.name} is not a function view"
    return function


@pytest.fixture(params=OURS, ids=[route.name or route.path for route in OURS])
def route(request: pytest.FixtureRequest) -> Route:
    found: Route = request.param
    return found


def test_view_is_named_as_its_url(route: Route) -> None:
    assert route.function.__name__ == route.name


def test_view_has_a_test_file_of_its_name(route: Route) -> None:
    assert (ROOT / "tests" / route.app / f"test_{route.name}.py").exists()


def test_view_renders_the_template_of_its_name(route: Route) -> None:
    """A page of the view's name, or partials shared with other views."""
    for node in ast.walk(tree_of(route)):
        if isinstance(node, ast.Constant) and str(node.value).endswith(".html"):
            name = Path(str(node.value)).name
            assert name.startswith("_") or name == f"{route.name}.html", node.value


def test_view_is_short(route: Route) -> None:
    function = tree_of(route)
    assert function.end_lineno is not None
    assert function.end_lineno - function.lineno + 1 <= MAX_VIEW_LINES


def test_view_is_marked_with_who_may_see_it(route: Route) -> None:
    assert getattr(route.view, "access", None), f"{route.name} has no access decorator"


def test_view_names_the_methods_it_answers(route: Route) -> None:
    """405 and not a surprise: each view carries one of the require_… decorators."""
    source = inspect.getsource(route.function)
    assert re.search(r"@require_(GET|POST|safe|http_methods)", source), route.name


def test_view_writes_nothing_itself(route: Route) -> None:
    for node in ast.walk(tree_of(route)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in WRITES, f"{route.name} calls .{node.func.attr}"


def test_urls_are_nouns() -> None:
    verbs = {"edit", "delete", "add", "create", "update", "hide", "lock", "post", "submit"}
    for route in OURS:
        words = set(re.findall(r"[a-z]+", re.sub(r"<[^>]*>", "", route.path)))
        # A lock and a guide are things; to lock is a verb: threads/<id>/lock/ is the lock.
        assert not words & (verbs - {"lock"}), route.path


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("app", ORDER)
def test_imports_flow_one_way(app: str) -> None:
    """accounts ← seminars ← readings ← discussions ← quizzes ← demo."""
    later = set(ORDER[ORDER.index(app) + 1 :])
    for path in tracked(f"{app}/**.py"):
        assert not later & set(imports_of(path)), path


def test_importing_is_pure() -> None:
    for path in tracked("readings/importing/**.py"):
        source = path.read_text(encoding="utf-8")
        assert "django.db" not in source, path
        assert "readings.models" not in source, path


def test_actions_take_keywords_and_say_by_whom() -> None:
    """Nothing ambient: whoever acts is named, and no argument is told by its place."""
    files = [p for p in python_files() if p.stem.endswith("actions") or p.parent.stem == "actions"]
    for path in files:
        if "tests" in path.parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            where = f"{path.relative_to(ROOT)}: {node.name}"
            assert not node.args.args, f"{where} takes arguments by place"
            names = {argument.arg for argument in node.args.kwonlyargs}
            assert names & {"by", "user"}, f"{where} does not say by whom"


def test_no_ambient_state() -> None:
    for path in python_files():
        if path.parts[len(ROOT.parts)] in OUR_APPS:
            source = path.read_text(encoding="utf-8")
            assert "threading.local" not in source, path
            assert "ContextVar" not in source, path
            assert "django.dispatch" not in source, f"{path}: no signals"
            assert "db.models.signals" not in source, f"{path}: no signals"


def test_locks_hold_their_own_rows_alone() -> None:
    """An ordering may join other tables, and a lock without `of` then holds those rows too."""
    for path in python_files():
        if "tests" not in path.parts:
            for call in re.findall(r"select_for_update\(.*", path.read_text(encoding="utf-8")):
                assert 'of=("self",)' in call, f"{path}: {call}"


def test_files_are_short() -> None:
    for path in [*python_files(), *tracked("static/js/*.js", "static/css/*.css")]:
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= MAX_FILE_LINES, f"{path.relative_to(ROOT)} has {lines} lines"


def test_elements_are_short_and_clean_up() -> None:
    for path in tracked("static/js/elements/*.js"):
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 80, path
        assert f'customElements.define("{path.stem}"' in source, path
        if "addEventListener" in source and "connectedCallback" in source:
            assert "disconnectedCallback" in source, path


def test_templates_have_nothing_inline() -> None:
    """The policy forbids inline script and style; htmx's evaluated attributes need eval."""
    for path in tracked("templates/**.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle\s*=", source), path
        assert not re.search(r"\son[a-z]+\s*=", source), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", source), path
        assert "<style" not in source, path
        assert "hx-on" not in source, path
        assert "js:" not in source, path
        assert "|safe" not in source, f"{path}: render safe HTML in Python, where it is tested"


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
    for path in tracked("*.py", "*.md", "*.html", "*.yaml", "*.json", "*.toml", "*.txt", "*.js"):
        common = runs(path.read_text(encoding="utf-8")) & theirs
        assert not common, f"{path.relative_to(ROOT)}: {' '.join(next(iter(common)))}"

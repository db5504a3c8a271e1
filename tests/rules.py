"""What the tests of the house's rules read, and how they tell: every offence, not the first."""

import ast
import functools
import inspect
import subprocess
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import ParamSpec

from tests.views import Route

ROOT = Path(__file__).resolve().parents[1]
P = ParamSpec("P")


def lists_offences(rule: Callable[P, Iterable[str]]) -> Callable[P, None]:
    """Make a test of a function that yields what offends; it fails with all of it at once."""

    @functools.wraps(rule)
    def test(*args: P.args, **kwargs: P.kwargs) -> None:
        found = list(rule(*args, **kwargs))
        told = "\n  ".join(found)
        assert not found, f"{rule.__name__}: {len(found)} against the rule\n  {told}"

    return test


@functools.cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """The files in the repository (new ones too) that match."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).exists())


def python_files() -> list[Path]:
    """Every module but migrations."""
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def our_modules() -> list[Path]:
    """The modules of the packages, without their tests."""
    beside = {"tests", "scripts"}
    return [path for path in python_files() if path.relative_to(ROOT).parts[0] not in beside]


def short(path: Path) -> str:
    """The path as a message names it."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(source(path))


@functools.cache
def tree_of(route: Route) -> ast.FunctionDef:
    """The view of a route as it is written, its decorators too."""
    function = ast.parse(textwrap.dedent(inspect.getsource(route.function))).body[0]
    assert isinstance(function, ast.FunctionDef), f"{route.name} is not a function view"
    return function


def imports_of(path: Path) -> Iterator[str]:
    """The modules that a file imports, dotted as it names them, wherever in it they stand."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module

"""docs/security.md speaks of every requirement, and each test that it names is there."""

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
# Of OWASP's ASVS 5.0.0.
REQUIREMENTS = Path(__file__).with_name("asvs_5_levels_1_and_2.txt").read_text().split()


def answered() -> list[str]:
    """The requirements of the table's first column; `10.*` stands for all of a chapter."""
    said: list[str] = []
    for line in PAGE.splitlines():
        first = line.split("|")[1].strip() if line.startswith("| ") else ""
        for one in re.findall(r"\d+\.(?:\d+\.\d+|\*)", first):
            chapter = one.removesuffix("*")
            all_of_it = [each for each in REQUIREMENTS if each.startswith(chapter)]
            said += all_of_it if one.endswith("*") else [one]
    return said


def test_every_requirement_is_answered_once() -> None:
    assert Counter(answered()) == Counter(REQUIREMENTS)


def test_every_test_that_is_named_is_there() -> None:
    named = {(match[1], match[2]) for match in NAMED.finditer(PAGE)}
    assert len(named) > 80
    missing = [f"{path}::{name}" for path, name in named if not is_there(path, name)]
    assert not missing, missing


def is_there(path: str, name: str | None) -> bool:
    file = ROOT / path
    if not file.is_file() or name is None:
        return file.is_file()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(isinstance(one, ast.FunctionDef) and one.name == name for one in tree.body)


def test_every_answer_says_how_or_why_not() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 90
    assert not [row for row in rows if len(row.split("|")[2].strip()) < 2]


COOKIES = """
from django.conf import settings as s
for kind in ("SESSION", "CSRF"):
    parts = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "DOMAIN", "PATH")
    print(*(getattr(s, f"{kind}_COOKIE_{part}") for part in parts))
"""


def test_cookies_of_production(tmp_path: Path) -> None:
    """Browsers heed the prefix where a cookie is Secure, of one host and of all its paths."""
    production = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "k" * 40,
        "ALLOWED_HOSTS": "read.example.org",
        "EMAIL_URL": "off",
        "VAR_DIR": str(tmp_path),
    }
    told = subprocess.run(
        [sys.executable, "-c", COOKIES],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **production},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines() == [
        "__Host-session True True Lax None /",
        "__Host-csrf True True Lax None /",
    ]

"""The rules of the front-end that a machine can hold: size, form, and nothing inline."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
STYLES = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

KB = 1024
ELEMENT_LINES = 80
SCRIPT_BUDGET = 30 * KB  # gzip, with htmx, on first view of the reading page
STYLE_BUDGET = 12 * KB
FONT_BUDGET = 100 * KB
FIRST_FONTS = [
    "source-serif-4-latin-400-normal.woff2",
    "source-serif-4-latin-400-italic.woff2",
    "source-serif-4-latin-600-normal.woff2",
    "source-sans-3-latin-wght-normal.woff2",
]

IMPORT = re.compile(r'^import (?:\{ [\w, ]+ \} from )?"(\.{1,2}/[\w./-]+\.js)";$')


def gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def imported(path: Path, seen: set[Path]) -> set[Path]:
    """`path` and all that it imports at once; what it imports later, on demand, is not counted."""
    if path in seen:
        return seen
    seen.add(path)
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := IMPORT.match(line):
            imported((path.parent / match[1]).resolve(), seen)
    return seen


def test_first_view_of_scripts_is_within_budget() -> None:
    files: set[Path] = {STATIC / "vendor" / "htmx.min.js"}
    # What reading.js fetches where it is present, and may well be.
    present = ("checkpoint-result", "print-page", "unread-nav")
    for name in ("app", "reading", *(f"elements/{tag}" for tag in present)):
        imported(STATIC / "js" / f"{name}.js", files)
    assert sum(map(gzipped, files)) <= SCRIPT_BUDGET


def styles_of_the_reading_page() -> list[Path]:
    """What its template puts into the block `css`, and what base.html links outside of it."""
    base = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    reading = (ROOT / "templates" / "readings" / "reading_detail.html").read_text(encoding="utf-8")
    block = r"\{% block css %\}.*?\{% endblock %\}"
    links = re.sub(block, "", base, flags=re.S) + "".join(re.findall(block, reading, flags=re.S))
    return [STATIC / name for name in re.findall(r"static '(css/[\w-]+\.css)'", links)]


def test_first_view_of_styles_is_within_budget() -> None:
    files = styles_of_the_reading_page()
    assert {"tokens.css", "essay.css", "threads.css"} <= {path.name for path in files}
    assert sum(map(gzipped, files)) <= STYLE_BUDGET


def test_first_view_of_fonts_is_within_budget() -> None:
    assert sum((STATIC / "fonts" / name).stat().st_size for name in FIRST_FONTS) <= FONT_BUDGET


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_modules_are_written_as_the_manifest_storage_reads_them(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(r"\s*import[\s{\"']", line):
            assert IMPORT.match(line), line
        assert not re.match(r"\s*export\s.*\sfrom\s", line), line
        for quoted in re.findall(r"\bimport\(([^)]*)\)", line):
            assert re.fullmatch(r'"\.{1,2}/[\w./-]+\.js"', quoted), line


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_markup_or_evaluates_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    banned = r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b"
    assert not re.search(banned, text)
    # Markup of our own server becomes nodes in one place alone.
    if path.name != "dom.js":
        assert "createContextualFragment" not in text


@pytest.mark.parametrize(
    "path", sorted((STATIC / "js" / "elements").glob("*.js")), ids=lambda path: path.name
)
def test_an_element_is_small_named_for_its_tag_and_cleans_up(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= ELEMENT_LINES
    assert f'customElements.define("{path.stem}"' in text
    assert "disconnectedCallback" in text


def test_dark_mode_changes_tokens_alone() -> None:
    for path in STYLES:
        text = path.read_text(encoding="utf-8")
        assert "prefers-color-scheme" not in text, path.name
        if path.name != "tokens.css":
            assert "data-theme" not in text, path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_inline(path: Path) -> None:
    if "email" in path.parts or "emails" in path.parts:
        return  # a mail has no policy, and no style sheet either
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son\w+\s*=", text)
    assert not re.search(r"\bhx-(on|boost)\b|js:", text)
    assert "autofocus" not in text

"""The rules of the front-end that a machine can hold: size and form."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from config.storage import MINIFIED, minified_script
from config.styles import styles_in
from tests.rules import ROOT, lists_offences, short, source, tracked

STATIC = ROOT / "static"
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
STYLES = sorted((STATIC / "css").glob("*.css"))

KB = 1024
SCRIPT_BUDGET = 30 * KB  # gzip, with htmx, on first view of the reading page
STYLE_BUDGET = 11_000
FONT_BUDGET = 100 * KB
FIRST_FONTS = [
    "source-serif-4-latin-400-normal.woff2",
    "source-serif-4-latin-400-italic.woff2",
    "source-serif-4-latin-600-normal.woff2",
    "source-sans-3-latin-wght-normal.woff2",
]

DECLARATION = re.compile(r"[\w-]+: \S[^;]*;( /\* .* \*/)?|@[\w-]+ [^;{]+;")
IMPORT = re.compile(r'^import (?:\{ [\w, ]+ \} from )?"(\.{1,2}/[\w./-]+\.js)";$')


def gzipped(*paths: Path) -> int:
    """What they weigh on the way to the browser, together as one file, in bytes."""
    return len(gzip.compress("".join(map(minified, paths)).encode(), 9))


def minified(path: Path) -> str:
    text = source(path)
    for folder, minify in MINIFIED.items():
        if path.is_relative_to(STATIC / folder):
            text = minify(text)
    return text


def imported(path: Path, seen: set[Path]) -> set[Path]:
    """`path` and all that it imports at once; what it imports later, on demand, is not counted."""
    if path in seen:
        return seen
    seen.add(path)
    for line in source(path).splitlines():
        if match := IMPORT.match(line):
            imported((path.parent / match[1]).resolve(), seen)
    return seen


def test_first_view_of_scripts_is_within_budget() -> None:
    files: set[Path] = {STATIC / "vendor" / "htmx.min.js"}
    # What reading.js fetches where it is present, and may well be.
    present = ("checkpoint-result", "print-page")
    for name in ("app", "reading", *(f"elements/{tag}" for tag in present)):
        imported(STATIC / "js" / f"{name}.js", files)
    assert sum(map(gzipped, files)) <= SCRIPT_BUDGET


def styles_of_the_reading_page() -> list[list[Path]]:
    """By link: what its template puts into the block `css`, and what base.html has outside."""
    base = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    base = re.sub(
        r'\{% constant "(.*?)" %\}',
        lambda part: (ROOT / "templates" / part[1]).read_text(encoding="utf-8"),
        base,
    )
    reading = (ROOT / "templates" / "readings" / "reading_detail.html").read_text(encoding="utf-8")
    block = r"\{% block css %\}.*?\{% endblock %\}"
    links = re.sub(block, "", base, flags=re.S) + "".join(re.findall(block, reading, flags=re.S))
    names = re.findall(r'"(\w+)"', "".join(re.findall(r"\{% css (.*?) %\}", links)))
    names += re.findall(r"\{% static 'css/(\w+)\.css' %\}", links)
    return [[STATIC / "css" / f"{style}.css" for style in styles_in(name)] for name in names]


def test_first_view_of_styles_is_within_budget() -> None:
    links = styles_of_the_reading_page()
    found = {path.name for paths in links for path in paths}
    assert {"tokens.css", "essay.css", "threads.css", "print.css"} <= found
    assert sum(gzipped(*paths) for paths in links) <= STYLE_BUDGET


def test_first_view_of_fonts_is_within_budget() -> None:
    assert sum((STATIC / "fonts" / name).stat().st_size for name in FIRST_FONTS) <= FONT_BUDGET


@lists_offences
def test_modules_are_written_as_the_manifest_storage_reads_them() -> Iterator[str]:
    for path in SCRIPTS:
        for line in source(path).splitlines():
            if re.match(r"\s*import[\s{\"']", line) and not IMPORT.match(line):
                yield f"{short(path)}: {line}"
            if re.match(r"\s*export\s.*\sfrom\s", line):
                yield f"{short(path)}: {line}"
            for quoted in re.findall(r"\bimport\(([^)]*)\)", line):
                if not re.fullmatch(r'"\.{1,2}/[\w./-]+\.js"', quoted):
                    yield f"{short(path)}: {line}"


@lists_offences
def test_no_literal_of_a_script_spans_lines() -> Iterator[str]:
    """Else what collectstatic takes away (lines of comment, indents) could stand in a text."""
    for path in SCRIPTS:
        for line in minified_script(source(path)).splitlines():
            if line.count("`") % 2 or ("/*" in line and "*/" not in line):
                yield f"{short(path)}: {line}"


@lists_offences
def test_no_script_writes_markup_or_evaluates_text() -> Iterator[str]:
    banned = r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b"
    for path in SCRIPTS:
        for word in re.findall(banned, source(path)):
            yield f"{short(path)} has {word}"
        # Markup of our own server becomes nodes in one place alone.
        if path.name != "dom.js" and "createContextualFragment" in source(path):
            yield f"{short(path)} makes nodes of text"


@lists_offences
def test_dark_mode_changes_tokens_alone() -> Iterator[str]:
    for path in STYLES:
        if "prefers-color-scheme" in source(path):
            yield f"{short(path)} asks for the colour scheme"
        if path.name != "tokens.css" and "data-theme" in source(path):
            yield f"{short(path)} asks for the theme"


@lists_offences
def test_styles_have_one_declaration_and_one_selector_a_line() -> Iterator[str]:
    """Two spaces for each brace that is open; a comment on its own line, or after a declaration."""
    for path in tracked("*.css"):
        depth = 0
        for number, line in enumerate(source(path).splitlines(), start=1):
            text = line.strip()
            if not text:
                continue
            depth -= text == "}"
            if not line.startswith("  " * depth + text):
                yield f"{short(path)}:{number} is not indented by its depth: {text}"
            if text.endswith("{"):
                depth += 1
            selector = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "", text).rstrip(",{ ")
            is_selector = text.endswith(("{", ",")) and (text[0] == "@" or "," not in selector)
            is_comment = text.startswith("/*") and text.endswith("*/")
            if not (text == "}" or is_comment or is_selector or DECLARATION.fullmatch(text)):
                yield f"{short(path)}:{number} has more than one thing: {text}"


# The region itself; and what came of a checkpoint, which has the focus when it comes.
LIVE = {"templates/base.html", "templates/quizzes/_checkpoint_result.html"}


@lists_offences
def test_a_page_has_one_polite_live_region() -> Iterator[str]:
    """All else speaks through it: scripts by announce(), the server by [data-say]."""
    for path in (*tracked("templates/**.html"), *SCRIPTS):
        found = re.search(r"aria-live|role=\"status\"|role: \"status\"|<output\b", source(path))
        if found and short(path) not in LIVE:
            yield f"{short(path)} has {found.group()}"

"""Draw the rooms of the house and what each imports: `make architecture`.

It writes the drawing into docs/architecture.md, between its two marks; tests/test_layout.py
fails where the drawing is not what the code says, and where an import goes against the order.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawing: begin -->", "<!-- drawing: end -->"

# From the ground up: a room may import what stands before it, and nothing else. A package
# with slices is named by them; its own files (apps, urls, commands) stand above all of them.
SLICES = {
    "readings": [
        "models",
        "passages",
        "essays",
        "page",
        "guides",
        "revisions",
        "drafts",
        "setup",
    ],
    "discussions": [
        "models",
        "common",
        "threads",
        "general",
        "comments",
        "questions",
        "reactions",
        "thread_marks",
        "links",
        "notebook",
        "moderation",
        "exchange",
        "printing",
        "search",
        "notifications",
    ],
    "quizzes": [
        "models",
        "marking",
        "questions",
        "attempts",
        "publishing",
        "manual_marking",
        "practice",
        "statistics",
        "formats",
        "composing",
        "bank",
    ],
}
PACKAGES = [
    "documents",
    "anchoring",
    "database",
    "rendering",
    "accounts",
    "seminars",
    "readings",
    "discussions",
    "quizzes",
    "overview",
    "gradebook",
    "home",
    "personal_data",
    "lifecycle",
    "hosting",
    "demo",
]


def room_of(module: str) -> str:
    """Return the room in which a module is: `readings.page` for `readings.page.views`."""
    package, _, rest = module.partition(".")
    part = rest.partition(".")[0]
    return f"{package}.{part}" if part in SLICES.get(package, ()) else package


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module of the packages by its dotted name, migrations left out."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                yield ".".join(part for part in parts if part != "__init__"), path


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_imports() -> dict[str, set[str]]:
    """Return, for each room, the rooms that it imports."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, path in modules():
        here = room_of(module)
        for name in imported(path):
            there = room_of(name)
            if there != here and name.partition(".")[0] in PACKAGES:
                found[here].add(there)
    return dict(found)


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the circles among the rooms, each as the way round it; none is what we want."""
    found: list[list[str]] = []
    done: set[str] = set()

    def walk(room: str, way: list[str]) -> None:
        if room in way:
            found.append([*way[way.index(room) :], room])
            return
        if room in done:
            return
        for other in sorted(imports.get(room, ())):
            walk(other, [*way, room])
        done.add(room)

    for room in sorted(imports):
        walk(room, [])
    return found


def reduced(imports: dict[str, set[str]]) -> dict[str, set[str]]:
    """Leave out each arrow that a longer way says already: what is left can be read."""

    def reaches(start: str, goal: str) -> bool:
        return any(one == goal or reaches(one, goal) for one in imports.get(start, ()))

    return {
        room: {one for one in others if not any(reaches(o, one) for o in others if o != one)}
        for room, others in imports.items()
    }


def drawing() -> str:
    """Return the drawing as a Mermaid graph; an arrow leads from a room to what it imports."""
    imports = room_imports()
    round_ways = circles(imports)
    if round_ways:
        raise SystemExit("\n".join(" → ".join(way) for way in round_ways))
    lines = ["```mermaid", "graph BT"]
    rooms = {*imports, *(one for others in imports.values() for one in others)}
    for package in PACKAGES:
        inner = [f"{package}.{part}" for part in SLICES.get(package, ())]
        inner = [room for room in inner if room in rooms]
        if inner:
            lines.append(f"  subgraph {package}")
            lines += [f"    {room}[{room.partition('.')[2]}]" for room in inner]
            lines.append("  end")
        elif package in rooms:
            lines.append(f"  {package}")
    for room, others in sorted(reduced(imports).items()):
        if room in SLICES:  # its own files above the slices: urls and apps import them all
            continue
        lines += [f"  {room} --> {one}" for one in sorted(others) if one not in SLICES]
    return "\n".join([*lines, "```"])


def page_with(picture: str) -> str:
    """Return the page's text with this drawing between its marks."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{picture}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page_with(drawing()), encoding="utf-8")
    sys.stdout.write(f"Drawn in {PAGE.relative_to(ROOT)}\n")

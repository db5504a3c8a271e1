"""What others made is exactly what static/vendor.toml pins."""

import hashlib
import re
import tomllib
from collections.abc import Iterator

from tests.rules import ROOT, lists_offences, source, tracked

MANIFEST = tomllib.loads((ROOT / "static" / "vendor.toml").read_text(encoding="utf-8"))
PINNED = [
    (file["to"], file["sha256"]) for package in MANIFEST["package"] for file in package["file"]
] + [(MANIFEST[part]["to"], MANIFEST[part]["sha256"]) for part in ("icons", "fonts")]


@lists_offences
def test_files_are_as_pinned() -> Iterator[str]:
    for name, sha256 in PINNED:
        if hashlib.sha256((ROOT / name).read_bytes()).hexdigest() != sha256:
            yield name


def test_nothing_stands_beside_the_pinned_files() -> None:
    pinned = {ROOT / name for name, _ in PINNED}
    folders = (ROOT / "static" / "vendor", ROOT / "static" / "fonts", ROOT / "tests" / "vendor")
    found = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    assert found <= pinned


def test_every_package_comes_with_its_licence() -> None:
    for package in MANIFEST["package"]:
        assert package["licence"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        licences = [file["to"] for file in package["file"] if "LICENSE" in file["to"]]
        assert licences, package["name"]


def test_font_rules_name_files_that_are_there() -> None:
    faces = ROOT / MANIFEST["fonts"]["to"]
    urls = re.findall(r'url\("([^"]+)"\)', faces.read_text(encoding="utf-8"))
    assert urls
    for url in urls:
        assert (faces.parent / url).resolve().is_file()


# {% icon "check" %}, {% include "…" with icon_name="check" %}, icon="check", icon_html("check")
ICON_NAME = re.compile(r"""\bicon(?:_name=|_html\(|=|\s)["']([a-z0-9-]+)["']""")


def test_every_icon_in_use_is_in_the_sprite() -> None:
    used = set()
    for path in tracked("*.html", "*.py"):
        used |= set(ICON_NAME.findall(source(path)))
    sprite = (ROOT / MANIFEST["icons"]["to"]).read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert {"check", "plus", "bell"} <= used <= drawn

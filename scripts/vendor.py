"""Fetch the pinned vendored assets of static/vendor.toml, and write their hashes there.

    python scripts/vendor.py           fetch all with npm, rewrite the files and hashes
    python scripts/vendor.py --check   only compare; exit 1 on a difference

The registry is npm's own configured one: no host is written here. npm checks each
package against the registry's integrity hash before it is unpacked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "static" / "vendor.toml"


def read_manifest() -> dict[str, Any]:
    """The manifest as TOML: `package` (list), `icons`, `fonts`."""
    return tomllib.loads(MANIFEST.read_text(encoding="utf-8"))


def pinned(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each vendored file, relative to the repository, with the SHA-256 it must have."""
    for package in manifest["package"]:
        for file in package["file"]:
            yield file["to"], file["sha256"]
    yield manifest["icons"]["to"], manifest["icons"]["sha256"]
    yield manifest["fonts"]["to"], manifest["fonts"]["sha256"]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences(manifest: dict[str, Any]) -> list[str]:
    """One line for each file that is missing or is not what the manifest says."""
    lines = []
    for name, expected in pinned(manifest):
        path = ROOT / name
        if not path.is_file():
            lines.append(f"{name}: missing")
        elif digest(path) != expected:
            lines.append(f"{name}: {digest(path)}, expected {expected or 'nothing yet'}")
    return lines


def unpack(name: str, version: str, into: Path) -> Path:
    """Fetch one pinned package with `npm pack` and unpack it; returns its folder."""
    packed = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(into)],
        check=True,
        capture_output=True,
        text=True,
    )
    archive = into / packed.stdout.strip().splitlines()[-1]
    folder = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def icon_sprite(icons: Path, names: list[str], version: str) -> str:
    """One SVG of `<symbol>`s, each with its icon's name as id."""
    symbols = []
    for name in sorted(names):
        svg = (icons / f"{name}.svg").read_text(encoding="utf-8")
        body = re.sub(r"\s+", " ", svg[svg.index(">", svg.index("<svg")) + 1 : svg.index("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body.strip()}</symbol>')
    # How an icon is drawn (stroke, width, no fill) is the CSS of `.i`: a <use> takes
    # presentation from the place that uses it, not from the sprite.
    head = f"<!-- lucide-static {version}, ISC: icons.LICENSE.txt -->\n"
    root = '<svg xmlns="http://www.w3.org/2000/svg">'
    return f"{head}{root}\n" + "\n".join([*symbols, "</svg>\n"])


def font_faces(manifest: dict[str, Any], folders: dict[str, Path]) -> str:
    """The @font-face rules, one per face and subset, each fetched only for its code points."""
    rules = []
    for family in manifest["fonts"]["family"]:
        ranges = json.loads((folders[family["package"]] / "unicode.json").read_text())
        for face in family["faces"]:
            for subset in family["subsets"]:
                file = face["file"].format(subset=subset)
                declarations = (
                    f'font-family: "{family["name"]}"',
                    f"font-style: {face['style']}",
                    f"font-weight: {face['weight']}",
                    "font-display: swap",
                    f'src: url("../fonts/{file}") format("woff2")',
                    f"unicode-range: {ranges[subset]}",
                )
                lines = "".join(f"  {declaration};\n" for declaration in declarations)
                rules.append(f"@font-face {{\n{lines}}}\n")
    return "/* Written by scripts/vendor.py from static/vendor.toml. */\n" + "\n".join(rules)


def write_hashes() -> None:
    """Put the hash of each file as it is now into the manifest, leaving all else as written."""
    lines, target = [], ""
    for line in MANIFEST.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r'to = "(.+)"', line):
            target = match[1]
        if line.startswith("sha256 = "):
            line = f'sha256 = "{digest(ROOT / target)}"'
        lines.append(line)
    MANIFEST.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if left := differences(read_manifest()):
        raise SystemExit("\n".join(left))


def refresh() -> None:
    manifest = read_manifest()
    with tempfile.TemporaryDirectory() as scratch:
        folders = {}
        for package in manifest["package"]:
            print(f"{package['name']} {package['version']}")
            folder = unpack(package["name"], package["version"], Path(scratch))
            folders[package["name"]] = folder
            for file in package["file"]:
                target = ROOT / file["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes((folder / file["from"]).read_bytes())
        icons = manifest["icons"]
        version = next(p["version"] for p in manifest["package"] if p["name"] == icons["package"])
        sprite = icon_sprite(folders[icons["package"]] / "icons", icons["names"], version)
        (ROOT / icons["to"]).write_text(sprite, encoding="utf-8")
        faces = ROOT / manifest["fonts"]["to"]
        faces.parent.mkdir(parents=True, exist_ok=True)
        faces.write_text(font_faces(manifest, folders), encoding="utf-8")
    write_hashes()


def main() -> None:
    parser = argparse.ArgumentParser(description="Vendored assets of static/vendor.toml")
    parser.add_argument("--check", action="store_true", help="compare only, fetch nothing")
    if parser.parse_args().check:
        lines = differences(read_manifest())
        print("\n".join(lines) or "all vendored files are as pinned")
        sys.exit(1 if lines else 0)
    refresh()


if __name__ == "__main__":
    main()

"""What is installed is what was locked: every version pinned, every file known by its hash."""

import re

import pytest

from tests.rules import ROOT

PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """The versions that a file pins, by the package's name as the registry compares names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {re.sub(r"[-_.]+", "-", key).lower(): version for key, version in PIN.findall(text)}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_has_what_the_list_names(name: str) -> None:
    locked = pins(f"{name}.lock")
    listed = pins("requirements.txt") | pins(f"{name}.txt")
    assert {key: locked.get(key) for key in listed} == listed


def test_both_locks_agree() -> None:
    app, tests = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {key: tests.get(key) for key in app} == app


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_release_is_known_by_hashes_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for release in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in release, release
    assert "://" not in text
    assert "index-url" not in text


def test_setup_installs_by_hashes() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install .*", text)
    assert len(installs) == 2
    assert all("--require-hashes --requirement requirements" in each for each in installs)

"""What many tests begin with, made once: savepoints beneath those of the tests.

A seed is a function that makes rows, such as the people of the seminar; one may stand on
another, as the reading stands on the people. Each is made in a savepoint that stays open when
the test that asked for it first is over, so that the next test that begins with the same
finds its rows there. A test is rolled back to that savepoint, as it would be to an empty
database; and before a test that begins with something else, or with nothing, or that commits,
they are rolled back too. No test can tell whether it is the first.
"""

import copy
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.test import override_settings


@dataclass(frozen=True)
class Seed:
    """`make` is given what the seed below it made, if there is one, and returns what it made."""

    make: Callable[..., Any]
    below: "Seed | None" = None

    @property
    def chain(self) -> "tuple[Seed, ...]":
        """This seed and those below it, the lowest first."""
        return (*(self.below.chain if self.below else ()), self)


BY_FIXTURE: dict[str, Seed] = {}


def fixture_of(seed: Seed) -> Any:
    """The fixture `seed_<name of make>`: what `seed` made, for the test to do as it likes with.

    Another fixture is to ask for it and to give it the name that tests use: where a module has a
    fixture of that name of its own, its tests ask for no seed.
    """
    name = f"seed_{seed.make.__name__}"
    BY_FIXTURE[name] = seed

    @pytest.fixture(name=name)
    def found(db: None, seeds: Seeds) -> Any:
        return seeds.found(seed)

    return found


def wanted_by(request: pytest.FixtureRequest) -> Seed | None:
    """The topmost seed that a test asks for; all that it asks for stand on each other."""
    asked = [seed for name, seed in BY_FIXTURE.items() if name in request.fixturenames]
    top = max(asked, key=lambda seed: len(seed.chain), default=None)
    assert top is None or set(asked) <= set(top.chain), f"{request.node.nodeid} asks for two worlds"
    return top


@dataclass
class Planted:
    seed: Seed
    savepoint: transaction.Atomic
    depth: int  # of nested blocks, with this one
    made: Any
    files: Path


class Seeds:
    """The seeds whose savepoints are open, and the connection on which they are.

    This thread may meanwhile have another connection: Django gives it one when an event loop
    begins to run in it, as Playwright's does.
    """

    def __init__(self) -> None:
        self.planted: list[Planted] = []
        self.connection: Any = None
        self.given: dict[Seed, Any] = {}  # to the test under way

    def stand_on(self, wanted: Seed | None) -> None:
        """Bring the database to what `wanted` makes; with None, to an empty one."""
        chain = wanted.chain if wanted else ()
        self.given = {}
        if self.planted and len(self.connection.atomic_blocks) != self.planted[-1].depth:
            self.planted.clear()  # a test closed the connection, and they went with it
        here = connections[DEFAULT_DB_ALIAS]
        if self.connection is not here:
            self._uproot_all()
            self.connection = here
        while tuple(one.seed for one in self.planted) != chain[: len(self.planted)]:
            self._uproot()
        for seed in chain[len(self.planted) :]:
            self._plant(seed)

    def found(self, seed: Seed) -> Any:
        """What `seed` made, in copies of this test's own, with its files in this test's media."""
        if self.planted and not self.given:
            # All are copied together: what a reading says of its people are these very people.
            made = copy.deepcopy([one.made for one in self.planted])
            self.given = dict(zip((one.seed for one in self.planted), made, strict=True))
            for one in self.planted:
                if any(one.files.iterdir()):
                    shutil.copytree(one.files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        if seed not in self.given:  # a test that commits has everything of its own
            below = [self.found(seed.below)] if seed.below else []
            self.given[seed] = seed.make(*below)
        return self.given[seed]

    def _plant(self, seed: Seed) -> None:
        files = Path(tempfile.mkdtemp(prefix="colloquy-seed-"))
        below = [self.planted[-1].made] if self.planted else []
        savepoint = transaction.Atomic(DEFAULT_DB_ALIAS, savepoint=True, durable=False)
        # As of a test case: what is durable in the app may stand in it.
        savepoint._from_testcase = True  # type: ignore[attr-defined]
        savepoint.__enter__()
        depth = len(self.connection.atomic_blocks)
        self.planted.append(Planted(seed, savepoint, depth, None, files))
        try:
            with override_settings(MEDIA_ROOT=files):
                self.planted[-1].made = seed.make(*below)
        except BaseException:
            self._uproot()
            raise

    def _uproot_all(self) -> None:
        here = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = self.connection or here
        try:
            while self.planted:
                self._uproot()
        finally:
            connections[DEFAULT_DB_ALIAS] = here

    def _uproot(self) -> None:
        one = self.planted.pop()
        transaction.set_rollback(True)
        one.savepoint.__exit__(None, None, None)
        shutil.rmtree(one.files)

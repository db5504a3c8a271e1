"""A term in simulation: at the end of each week the pages tell what a plain recount of all says.

On a database of its own: SQLite's, or one beside the PostgreSQL that DATABASE_URL names.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg

from scripts.drills.instance import ROOT, Instance, copy_of
from scripts.drills.report import DrillReport, Workspace


def run(workspace: Workspace) -> DrillReport:
    """Play it, and tell what was done in it."""
    report = DrillReport()
    with _place(workspace) as instance:
        told = _play(instance, "brief" if workspace.short else "whole")
    done = told["done"]
    told_done = ", ".join(
        f"{name} {done[name]}" for name in sorted(done, key=lambda one: -done[one])
    )
    report.figure("done", told_done)
    report.figure("comments", told["comments"])
    report.figure("times that somebody's pages were held against a recount", told["compared"])
    report.figure("numbers on them", told["numbers"])
    report.figure("comments new to somebody then", told["new"])
    report.figure("readings owed by somebody then", told["owed"])
    report.figure("seconds of the processor", told["seconds"])
    report.faults += told["faults"]
    report.expect(told["new"] > 0, "nothing was ever new to anybody")
    report.expect(told["owed"] > 0, "nobody ever owed anything")
    return report


def _play(instance: Instance, size: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.term", size],
        cwd=ROOT,
        env=instance.environment(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextmanager
def _place(workspace: Workspace) -> Iterator[Instance]:
    """An instance without the term, on the kind of database that DATABASE_URL names."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield copy_of(workspace)
        return
    name = f"colloquy_term_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            ours = urlsplit(url)._replace(path=f"/{name}").geturl()
            instance = copy_of(workspace, DATABASE_URL=ours)
            instance.manage("migrate", "--verbosity", "0")
            instance.manage("createcachetable")
            yield instance
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

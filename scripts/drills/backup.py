"""Backups under load: each is proven, has what was acknowledged before it, and no cut one passes.

On SQLite, or beside the PostgreSQL that DATABASE_URL names.
"""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from scripts.drills.instance import Instance, copy_of
from scripts.drills.people import until
from scripts.drills.report import DrillReport, Workspace, percentile
from scripts.drills.uploads import Uploads
from scripts.drills.writers import Writers

ROUNDS, SHORT_ROUNDS = 50, 2
KEPT = 3
PAUSE = 0.2  # seconds of each writer: together up to thirty posts a second
DAMAGED_MEDIA = 3  # of each backup, and each file beside them
COPIED = "SELECT body FROM discussions_comment WHERE body LIKE 'by %'"


@dataclass
class OnPostgresql(Instance):
    """An instance whose database is on a server: the questions of drills go there."""

    def query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.variables["DATABASE_URL"]) as connection:
            found: list[tuple[object, ...]] = connection.execute(
                sql.replace("%", "%%").replace("?", "%s").encode(), values
            ).fetchall()
            return found


def run(workspace: Workspace) -> DrillReport:
    """Six people write and one uploads; meanwhile backups are taken, proven, and damaged."""
    report = DrillReport()
    backups = workspace.folder / "backups"
    with _place(workspace) as (instance, thread), instance.serving():
        writers, uploads = Writers(instance, thread, pause=PAUSE), Uploads(instance)
        writers.start()
        uploads.start()
        try:
            until(lambda: bool(writers.acknowledged) and uploads.removed > 0)
            rounds = SHORT_ROUNDS if workspace.short else ROUNDS
            _rounds(report, instance, backups, writers, rounds)
        finally:
            writers.end()
            uploads.end()
    report.figure("replies acknowledged meanwhile", len(writers.acknowledged))
    report.figure("files uploaded, and removed again", f"{uploads.put}, {uploads.removed}")
    report.expect(uploads.removed > 0, "no file came and went")
    return report


def _rounds(
    report: DrillReport, instance: Instance, backups: Path, writers: Writers, rounds: int
) -> None:
    proven = lost = damaged = passed = 0
    took = []
    for _ in range(rounds):
        before = set(writers.acknowledged)
        begun = time.monotonic()
        instance.manage("backup", str(backups), "--keep", str(KEPT))
        took.append(time.monotonic() - begun)
        folder = max(backups.glob("*Z*"), key=lambda path: path.stat().st_mtime_ns)
        try:
            instance.manage("backup", "--prove", str(folder))
            proven += 1
        except subprocess.CalledProcessError:
            report.faults.append(f"{folder.name} could not be proven")
        lost += len(before - _words_in(folder))
        for _ in _damaged(folder, backups / "damaged"):
            damaged += 1
            passed += _passes(backups / "damaged")
    report.figure("backups taken under load, and proven", f"{rounds}, {proven}")
    report.figure(
        "seconds for one, median and slowest", f"{percentile(took, 0.5):.1f}, {max(took):.1f}"
    )
    report.figure("replies acknowledged before a backup, and not in it", lost)
    report.figure("damaged backups, and those that passed", f"{damaged}, {passed}")
    left = [path.name for path in backups.iterdir() if path.name.endswith(".unfinished")]
    report.expect(proven == rounds, "a backup was not proven")
    report.expect(not lost, "acknowledged words are not in a backup")
    report.expect(not passed, "a damaged backup passed")
    report.expect(not left, f"something was left: {left}")
    report.expect(len(list(backups.glob("*Z*"))) == min(KEPT, rounds), "not as many were kept")


def _words_in(folder: Path) -> set[str]:
    """The writers' words in a backup, by the databases' own programs."""
    dump = folder / "database.dump"
    if not dump.exists():
        copy = Instance(folder.parent / "read")
        copy.folder.mkdir(exist_ok=True)
        shutil.copyfile(folder / "database.sqlite3", copy.database)
        return {str(row[0]) for row in copy.query(COPIED)}
    words = ["pg_restore", "--data-only", "--table=discussions_comment", "--file=-", str(dump)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return {cell for line in told.splitlines() for cell in line.split("\t") if cell[:3] == "by "}


def _damaged(folder: Path, copy: Path) -> Iterator[None]:
    """One file of the backup after another, cut or with one byte changed, at a place of chance."""
    media = sorted(one for one in (folder / "media").rglob("*") if one.is_file())
    beside = sorted(one for one in folder.iterdir() if one.is_file())
    for path in (*beside, *random.sample(media, min(DAMAGED_MEDIA, len(media)))):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
        data = bytearray(path.read_bytes())
        place = random.randrange(len(data))
        if random.random() < 0.5:
            del data[place:]
        else:
            data[place] ^= random.randrange(1, 256)
        (copy / path.relative_to(folder)).write_bytes(data)
        yield
    shutil.rmtree(copy, ignore_errors=True)


def _passes(copy: Path) -> bool:
    """Whether a damaged backup is taken for a whole one, or is refused without a reason."""
    from hosting.backups import BackupRefused, check_backup

    try:
        check_backup(copy)
    except BackupRefused as refused:
        return not str(refused)
    return True


@contextmanager
def _place(workspace: Workspace) -> Iterator[tuple[Instance, int]]:
    """The seeded instance, and a thread of it in which everybody may write."""
    instance = copy_of(workspace)
    thread = instance.thread()
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield instance, thread
        return
    name = f"colloquy_backup_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            ours = urlsplit(url)._replace(path=f"/{name}").geturl()
            instance.manage("move_database", ours)
            yield (
                OnPostgresql(instance.folder, {"DATABASE_URL": ours}, workers=instance.workers),
                thread,
            )
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

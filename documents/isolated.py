"""Reading a file in a process of its own, within limits: whatever is in it, we go on.

`import_document` does the reading; this starts it (see `__main__.py`), watches what
it takes, and turns every way in which it can end into a document or a refusal.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from documents.document import Document
from documents.messages import Message
from documents.messages import gettext_lazy as _
from documents.progress import OnProgress, silent
from documents.refusal import ImportRefused

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[1]
_MEGABYTE = 1 << 20
_KILO = 1 << 10
_TICKS, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
# How often the child's memory and time are looked at.
_LOOK_SECONDS = 0.02
# Where a PDF says that it is one.
_HEAD = 1024
# Of the processor, for hundreds of pages: some take a tenth of a second.
_PAGES_SECONDS = 120
# Of all that comes back: the text many times over, and the pictures.
_ANSWER_MOST = 200 * _MEGABYTE
# A container is packed: its text is some five times as long.
_PACKED = 5

_SPLIT = _("Split the essay, or save it as plain text (.txt).")
_AGAIN = _("Save it again from the program that made it, or as plain text (.txt).")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may take: of memory, with pandoc's, and of time.

    `cpu_seconds` is of the processor, and so what a file made to be slow costs. Pages tell
    that they are read: with them it is `idle_seconds`, from one to the next, that counts.
    """

    megabytes: int
    idle_seconds: float
    cpu_seconds: float
    clock_seconds: int = 300

    @classmethod
    def of(cls, data: bytes) -> Limits:
        size = len(data) * (_PACKED if data.startswith(b"PK") else 1) >> 20
        seconds = min(4.4 + 3 * size, 40)
        pages = b"%PDF-" in data[:_HEAD]
        return cls(min(260 + 60 * size, 1000), seconds, _PAGES_SECONDS if pages else seconds)


@dataclass(slots=True)
class Usage:
    """What a reading took, pandoc's part with it: seconds of the processor, the most memory."""

    seconds: float = 0
    megabytes: float = 0


def import_isolated(
    data: bytes,
    filename: str,
    refuse: Collection[str] = (),
    on_progress: OnProgress = silent,
    usage: Usage | None = None,
    limits: Limits | None = None,
) -> Document:
    """The essay in a file, as `import_document` gives it, whatever the file does.

    Raises ImportRefused, too where reading takes too long or too much memory, or fails.
    `usage` is filled with what was taken; `limits` stand for those of the file's size.
    """
    limits = limits or Limits.of(data)
    asked = {
        "filename": filename,
        "refuse": list(refuse),
        "megabytes": limits.megabytes,
        # The system's limit comes after ours: a child that it kills cannot say why.
        "cpu_seconds": math.floor(limits.cpu_seconds) + 1,
    }
    with tempfile.TemporaryFile() as question, tempfile.TemporaryDirectory() as folder:
        question.write(json.dumps(asked).encode() + b"\n")
        question.write(data)
        question.seek(0)
        # Nothing of our surroundings goes along: no key, no address of the database.
        process = subprocess.Popen(
            [sys.executable, "-P", "-B", "-m", "documents"],
            stdin=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
            cwd=folder,
            start_new_session=True,
        )
        watch = _Watch(process, limits, usage or Usage())
        try:
            return _answer(watch, on_progress)
        finally:
            watch.end()


def _answer(watch: _Watch, on_progress: OnProgress) -> Document:
    for line in watch.lines():
        answer: dict[str, Any] = json.loads(line)
        if "progress" in answer:
            message, percent = answer["progress"]
            on_progress(Message.from_json(message), percent)
        elif "document" in answer:
            document = Document.from_json(answer["document"])
            kept = zip(document.pictures, answer["pictures"], strict=True)
            pictures = tuple(replace(one, data=b64decode(data)) for one, data in kept)
            return replace(document, pictures=pictures)
        elif "refused" in answer:
            raise ImportRefused.from_json(answer["refused"])
        elif answer["crashed"] == "memory":
            raise _too_complex()
        else:
            logger.error("Reading a file failed: %s", answer["crashed"])
            raise _unreadable()
    code = watch.end(kill=False)
    # The system may have seen it before we looked.
    if code == -signal.SIGXCPU or watch.usage.seconds >= watch.limits.cpu_seconds:
        raise _too_slow()
    logger.error("Reading a file ended with %s", code)
    raise _unreadable()


class _Watch:
    """The child and what it takes; `lines` ends it as soon as it takes too much."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits, usage: Usage) -> None:
        self.process = process
        self.limits = limits
        self.usage = usage
        self.started = time.monotonic()
        # Of the processor, when the last line came.
        self.moved = 0.0

    def lines(self) -> Iterator[bytes]:
        assert self.process.stdout  # noqa: S101 - it was asked for
        pipe = self.process.stdout.fileno()
        poll = select.poll()
        poll.register(pipe, select.POLLIN | select.POLLHUP)
        rest: list[bytes] = []
        size = 0
        while True:
            ready = poll.poll(_LOOK_SECONDS * 1000)
            self._look()
            if not ready:
                continue
            piece = os.read(pipe, _MEGABYTE)
            if not piece:
                return
            size += len(piece)
            if size > _ANSWER_MOST:
                raise _too_complex()
            self.moved = self.usage.seconds
            *whole, last = piece.split(b"\n")
            for line in whole:
                yield b"".join([*rest, line])
                rest = []
            rest.append(last)

    def _look(self) -> None:
        seconds, megabytes, most = _taken(self.process.pid)
        self.usage.seconds = max(self.usage.seconds, seconds)
        self.usage.megabytes = max(self.usage.megabytes, megabytes, most)
        if megabytes > self.limits.megabytes:
            raise _too_complex()
        idle = self.usage.seconds - self.moved
        clock = time.monotonic() - self.started
        if (
            idle > self.limits.idle_seconds
            or self.usage.seconds > self.limits.cpu_seconds
            or clock > self.limits.clock_seconds
        ):
            raise _too_slow()

    def end(self, *, kill: bool = True) -> int:
        """End the child with all that it started, or wait for its own end; return how it ended."""
        if self.process.returncode is None:
            pid = self.process.pid
            if not kill:
                os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
            _, status, used = os.wait4(pid, 0)
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.usage.seconds = max(self.usage.seconds, used.ru_utime + used.ru_stime)
            if self.process.stdout:
                self.process.stdout.close()
        return self.process.returncode


def _taken(pid: int) -> tuple[float, float, float]:
    """What a process and its children take; 0 where it is not known.

    Seconds of the processor, megabytes now, and the most megabytes of one of them so far.
    """
    ticks = pages = most = 0
    waiting, first = [pid], True
    while waiting:
        one = waiting.pop()
        folder = Path("/proc") / str(one)
        # It may end while it is looked at; and some systems have no such files.
        with contextlib.suppress(OSError, ValueError):
            times = (folder / "stat").read_text().rpartition(")")[2].split()
            # utime, stime, and both of the children that have ended.
            ticks += sum(int(times[n]) for n in ((11, 12, 13, 14) if first else (11, 12)))
            pages += int((folder / "statm").read_text().split()[1])
            high = re.search(r"VmHWM:\s*(\d+)", (folder / "status").read_text())
            most = max(most, int(high[1]) if high else 0)
            for task in (folder / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        first = False
    return ticks / _TICKS, pages * _PAGE / _MEGABYTE, most / _KILO


def _too_slow() -> ImportRefused:
    return ImportRefused("too_slow", _("Reading this file takes too long."), _SPLIT)


def _too_complex() -> ImportRefused:
    return ImportRefused("too_complex", _("Reading this file needs too much memory."), _SPLIT)


def _unreadable() -> ImportRefused:
    return ImportRefused("unreadable", _("This file could not be read."), _AGAIN)

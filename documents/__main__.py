"""`python -m documents`: read one file, in a process that can do nothing else.

A line of JSON and then the file's bytes come in; lines of JSON go out:
`{"progress": [message, percent]}` many times, then one of `{"document", "pictures"}`,
`{"refused"}` and `{"crashed"}`. `isolated.py` starts it and reads them.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from base64 import b64encode
from pathlib import Path
from typing import Any

from documents import ImportRefused, import_document

_MEGABYTE = 1 << 20
_FILES = 64
# Beyond what this user runs already: pandoc is one process of some threads.
_MORE_PROCESSES = 256
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


def main() -> None:
    """Take the file from standard input and answer on standard output."""
    # What a library prints must not stand between our lines.
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    asked = json.loads(sys.stdin.buffer.readline())
    sandbox(asked["megabytes"], asked["cpu_seconds"])

    def say(line: dict[str, Any]) -> None:
        answers.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        answers.flush()

    try:
        document = import_document(
            sys.stdin.buffer.read(),
            asked["filename"],
            refuse=asked["refuse"],
            on_progress=lambda message, percent: say({"progress": [message.to_json(), percent]}),
        )
        pictures = [b64encode(picture.data).decode() for picture in document.pictures]
        say({"document": document.to_json(), "pictures": pictures})
    except ImportRefused as refused:
        say({"refused": refused.to_json()})
    except (MemoryError, RecursionError):
        say({"crashed": "memory"})
    except Exception as error:  # noqa: BLE001 - whatever it is, the other side must know
        say({"crashed": _error_location(error)})


def _error_location(error: Exception) -> str:
    """What failed and where, without a word of the file."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"


def sandbox(megabytes: int, cpu_seconds: int) -> None:
    """Take from this process, and from what it starts, all that reading a file does not need."""
    limits = {
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_DATA": megabytes * _MEGABYTE,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": _FILES,
        "RLIMIT_CORE": 0,
    }
    if processes := _processes_of_user():
        limits["RLIMIT_NPROC"] = processes + _MORE_PROCESSES
    for name, value in limits.items():
        _limit(getattr(resource, name), value)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # A network with nothing in it. Where the system allows none of its own, nothing is
        # lost: no step of the pipeline opens an address.
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _limit(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    least = value if hard == resource.RLIM_INFINITY else min(value, hard)
    # Some systems know a limit and do not let it be set.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (least, least))


def _processes_of_user() -> int:
    """How many processes and threads this user has, which is what the limit counts; 0: unknown."""
    count, user = 0, os.getuid()
    for folder in Path("/proc").glob("[0-9]*"):
        # A process may end while it is counted.
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == user:
                count += sum(1 for _ in (folder / "task").iterdir())
    return count


if __name__ == "__main__":
    main()

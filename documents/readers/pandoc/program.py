"""pandoc as a sealed tool: bytes in, its JSON tree out, within limits."""

from __future__ import annotations

import importlib.util
import json
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from documents.encoding import visible_text
from documents.messages import gettext_lazy as _
from documents.refusal import ImportRefused

# An essay of 1 MB takes a second of the processor; what takes this long is made
# to. On a busy machine the clock runs faster than the processor's time.
CPU_SECONDS = 4
CPU_SECONDS_PER_MEGABYTE = 4
CLOCK_SECONDS = 60
# Of pandoc's heap, beside 170 of the program itself; and more for each megabyte to read.
MEGABYTES = 100
MEGABYTES_PER_MEGABYTE = 100
_MOST_MEGABYTES = 800
# A container's text is some five times as long.
_PACKED = 5

_OUT_OF_MEMORY = 251  # GHC's exit code


@cache
def _program() -> str:
    """The pandoc that is installed with us.

    pypandoc would find it too, but loads a web client first and starts pandoc to ask its version.
    """
    found = importlib.util.find_spec("pypandoc")
    own = Path(str(found and found.origin)).parent / "files" / "pandoc"
    return str(own if own.exists() else shutil.which("pandoc") or own)


def pandoc_json(
    given: str | bytes, source: str, put_back: Callable[[str], str] = str, size: int = 0
) -> dict[str, Any]:
    """pandoc's document tree of a text, or of a file's bytes, in the format `source`.

    `put_back` may change the JSON before it is parsed (see `placeholders.py`). `size` is how
    many bytes there are to read where they are packed.

    pandoc runs in a process of its own, sandboxed (no files, no network), with
    an empty environment. Raises ImportRefused when it takes too long, needs
    too much memory or cannot read the text.
    """
    data = given if isinstance(given, bytes) else given.encode("utf-8", "replace")
    command = [_program(), "--sandbox", "-f", source, "-t", "json"]
    size = max(size, len(data) * (_PACKED if data.startswith(b"PK") else 1))
    command += ["+RTS", f"-M{_megabytes(size)}m", "-RTS"]
    returned, out = _run(command, data, _seconds(size))
    if returned in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise ImportRefused("too_slow", _("Reading this file takes too long."), _ADVICE)
    if returned == _OUT_OF_MEMORY:
        raise ImportRefused("too_complex", _("Reading this file needs too much memory."), _ADVICE)
    if returned:
        message = _("This file is damaged, or not what its name says it is.")
        raise ImportRefused("unreadable", message, _ADVICE)
    tree: dict[str, Any] = json.loads(put_back(visible_text(out.decode("utf-8", "replace"))))
    return tree


def _seconds(size: int) -> int:
    return CPU_SECONDS + CPU_SECONDS_PER_MEGABYTE * (size >> 20)


def _megabytes(size: int) -> int:
    return min(MEGABYTES + (MEGABYTES_PER_MEGABYTE * size >> 20), _MOST_MEGABYTES)


_ADVICE = _("Split the essay, or save it as plain text (.txt) and try that.")


def _run(command: list[str], data: bytes, seconds: int) -> tuple[int, bytes]:
    """The exit code (negative: the signal that ended it) and the output."""
    with subprocess.Popen(  # noqa: S603 - our own program and arguments
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
    ) as process:
        # Linux alone can limit another process; elsewhere the clock must do.
        if hasattr(resource, "prlimit"):
            # It has our own limit already, and may be given less but no more.
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            most = seconds + 1 if hard == resource.RLIM_INFINITY else min(hard, seconds + 1)
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (min(seconds, most), most))
        try:
            out, _ = process.communicate(data, timeout=CLOCK_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return -signal.SIGKILL, b""
        return process.returncode, out

"""pandoc as a sealed tool: bytes in, its JSON tree out, within limits."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
from functools import cache
from typing import Any

import pypandoc

from readings.importing.refusal import ImportRefused

# An essay of 1 MB takes a second of the processor; what takes this long is made
# to. On a busy machine the clock runs faster than the processor's time.
CPU_SECONDS = 4
CPU_SECONDS_PER_MEGABYTE = 4
CLOCK_SECONDS = 60
# Of pandoc's heap. 5 MB of Markdown needs some 550 MB.
MEGABYTES = 800

_OUT_OF_MEMORY = 251  # GHC's exit code


@cache
def _program() -> str:
    return str(pypandoc.get_pandoc_path())


def pandoc_json(text: str, source: str) -> dict[str, Any]:
    """pandoc's document tree of a text in the format `source`.

    pandoc runs in a process of its own, sandboxed (no files, no network), with
    an empty environment. Raises ImportRefused when it takes too long, needs
    too much memory or cannot read the text.
    """
    data = text.encode("utf-8", "replace")
    command = [_program(), "--sandbox", "-f", source, "-t", "json"]
    command += ["+RTS", f"-M{MEGABYTES}m", "-RTS"]
    returned, out = _run(command, data, CPU_SECONDS + CPU_SECONDS_PER_MEGABYTE * (len(data) >> 20))
    if returned in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise ImportRefused("too_slow", "Reading this file takes too long.", _ADVICE)
    if returned == _OUT_OF_MEMORY:
        raise ImportRefused("too_complex", "Reading this file needs too much memory.", _ADVICE)
    if returned:
        raise ImportRefused("unreadable", "This file could not be read as Markdown.", _ADVICE)
    tree: dict[str, Any] = json.loads(out)
    return tree


_ADVICE = "Split the essay, or save it as plain text (.txt)."


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
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (seconds, seconds + 1))
        try:
            out, _ = process.communicate(data, timeout=CLOCK_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return -signal.SIGKILL, b""
        return process.returncode, out

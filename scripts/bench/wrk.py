"""Clients that ask as fast as they are answered: `wrk`, its scripts, and what it prints."""

import contextlib
import math
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scripts.bench.server import Server

CLIENTS = 8
ANSWERS_AT_LEAST = 2 * CLIENTS  # fewer say nothing: pages that are slow are given longer
LONGEST = 60  # seconds
TIMEOUT = 30  # seconds; wrk's own 2 would count slow answers as lost ones
POSTS_IN = 200  # of the mixed run, one request in so many writes
MISSING = "The benchmarks need wrk, which is not here: apt-get install wrk (or: brew install wrk)."
RUN = "@run@"  # in a script: what makes the posts of each run its own
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0, "h": 3_600_000.0}


class WrkMissing(Exception):
    """There is no `wrk` on this machine; says how to get it."""


class UnknownOutput(Exception):
    """wrk printed something that is not a report."""


@dataclass(frozen=True)
class Load:
    """What every client sends: a GET of `path`, or whatever the Lua `script` makes."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    expect: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Timing:
    """What one run gave: answers per second, milliseconds, answers, and how many went wrong."""

    rate: float
    p50: float
    p99: float
    requests: int
    errors: int = 0
    # Milliseconds of the processor for each answer, the server's and wrk's; None if not known.
    processor: float | None = None

    @property
    def spread(self) -> float:
        """How many times as long as most the slowest one in a hundred waits."""
        return self.p99 / self.p50 if self.p50 else 0.0


def require_wrk() -> str:
    """Return where wrk is; raise WrkMissing."""
    found = shutil.which("wrk")
    if found is None:
        raise WrkMissing(MISSING)
    return found


def run(server: Server, load: Load, seconds: float, clients: int = CLIENTS) -> Timing:
    """Let `clients` send `load` for `seconds`, for longer where hardly anything is answered."""
    timing = _run(server, load, seconds, clients)
    while timing.requests < ANSWERS_AT_LEAST and seconds < LONGEST:
        seconds *= 4
        timing = _run(server, load, seconds, clients)
    return timing


def _run(server: Server, load: Load, seconds: float, clients: int) -> Timing:
    before = _processor_seconds(server)
    timing = parse(_output(server.port, load, seconds, clients))
    after = _processor_seconds(server)
    if before is None or after is None or not timing.requests:
        return timing
    return replace(timing, processor=(after - before) * 1000 / timing.requests)


def _processor_seconds(server: Server) -> float | None:
    """Of the server, and of every wrk that has ended: on a quiet machine they share its cores."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    served = server.processor_seconds()
    return None if served is None else served + used.ru_utime + used.ru_stime


def _output(port: int, load: Load, seconds: float, clients: int) -> str:
    command = [require_wrk(), "--threads", "1", "--connections", str(clients), "--latency"]
    command += ["--duration", f"{math.ceil(seconds)}s", "--timeout", f"{TIMEOUT}s"]
    for name, value in load.headers.items():
        command += ["--header", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if load.script:
            script.write(load.script.replace(RUN, uuid.uuid4().hex[:8]))
            script.flush()
            command += ["--script", script.name]
        command.append(f"http://127.0.0.1:{port}{load.path}")
        returncode, output, errors = _stopped_after(seconds, command)
    if returncode:
        raise UnknownOutput(errors or output)
    return output


def _stopped_after(seconds: float, command: Sequence[str]) -> tuple[int, str, str]:
    """Run wrk: it counts whole seconds, and is interrupted to report at a part of one."""
    wrk = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with wrk:
        if seconds < math.ceil(seconds):
            with contextlib.suppress(subprocess.TimeoutExpired):
                wrk.wait(seconds)
            wrk.send_signal(signal.SIGINT)
        output, errors = wrk.communicate()
    return wrk.returncode, output, errors


def parse(output: str) -> Timing:
    """Read wrk's report; raise UnknownOutput where it is none.

    Errors are answers of 400 and above, connections that failed, and timeouts.
    """
    percentiles = dict(re.findall(r"^ +(\d+)% +(\S+) *$", output, re.MULTILINE))
    rate = re.search(r"^Requests/sec: +([\d.]+)$", output, re.MULTILINE)
    requests = re.search(r"^ +(\d+) requests in ", output, re.MULTILINE)
    if rate is None or requests is None or not {"50", "99"} <= set(percentiles):
        raise UnknownOutput(output)
    lost = re.search(r"Socket errors: (.*)$", output, re.MULTILINE)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    errors = sum(map(int, re.findall(r"\d+", lost[1]))) if lost else 0
    return Timing(
        rate=float(rate[1]),
        p50=_milliseconds(percentiles["50"]),
        p99=_milliseconds(percentiles["99"]),
        requests=int(requests[1]),
        errors=errors + (int(wrong[1]) if wrong else 0),
    )


def _milliseconds(words: str) -> float:
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m|h)", words)
    if found is None:
        raise UnknownOutput(words)
    return float(found[1]) * _UNITS[found[2]]


# --- Scripts ---------------------------------------------------------------------------------
_POSTS = """\
local paths = {paths}
local writers = {writers}
local sent = 0

-- A reply that no other request of any run has: other words, and another key.
local function reply()
  local headers = {headers}
  headers["Cookie"] = writers[sent % #writers + 1]
  local body = string.format(
    "body=Reply+%d+of+the+run+@run@.&client_key=@run@-0000-4000-8000-%012x", sent, sent)
  return wrk.format("POST", paths[sent % #paths + 1], headers, body)
end
"""
_ALL_POSTS = """
function request()
  sent = sent + 1
  return reply()
end
"""
# The tenth request is the first to write: slow pages, too, then meet a post within seconds.
_SOME_POSTS = """
function request()
  sent = sent + 1
  if sent % {posts_in} == 10 then
    return reply()
  end
  return wrk.format("GET")
end
"""


def posting(paths: Sequence[str], writers: Sequence[str], headers: Mapping[str, str]) -> str:
    """Return a script that posts a reply to each of `paths` in turn, with the writers' cookies."""
    return _posts(paths, writers, headers) + _ALL_POSTS


def reading_and_posting(
    paths: Sequence[str], writers: Sequence[str], headers: Mapping[str, str]
) -> str:
    """Return a script that reads the page of the load, and posts a reply now and then."""
    some = _SOME_POSTS.replace("{posts_in}", str(POSTS_IN))
    return _posts(paths, writers, headers) + some


def _posts(paths: Sequence[str], writers: Sequence[str], headers: Mapping[str, str]) -> str:
    pairs = ", ".join(f"[{_lua(name)}] = {_lua(value)}" for name, value in headers.items())
    return (
        _POSTS.replace("{paths}", _lua_list(paths))
        .replace("{writers}", _lua_list(writers))
        .replace("{headers}", f"{{{pairs}}}")
    )


def _lua(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _lua_list(many: Sequence[str]) -> str:
    return "{" + ", ".join(map(_lua, many)) + "}"

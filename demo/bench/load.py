"""Clients that ask as fast as they are answered, in processes of their own."""

import http.client
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

CLIENTS = 8


@dataclass(frozen=True)
class Call:
    """One request as every client sends it."""

    method: str
    path: str
    headers: dict[str, str]
    body: str = ""
    expect: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Timing:
    """What one run of calls gave: rate in answers per second, times in milliseconds."""

    rate: float
    p50: float
    p99: float


def _client(port: int, call: Call, seconds: float, seed: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        # A body may hold {n}: a number that no other request of the run has.
        body = call.body.replace("{n}", f"{seed:04d}{len(times):08d}")
        connection.request(call.method, call.path, body, call.headers)
        response = connection.getresponse()
        response.read()
        if response.status not in call.expect:
            raise RuntimeError(f"{call.method} {call.path} answered {response.status}")
        times.append((time.perf_counter() - began) * 1000)
    connection.close()
    return times


def run(port: int, call: Call, seconds: float, clients: int = CLIENTS) -> Timing:
    """Let `clients` send `call` for `seconds`; raise where an answer is not as expected."""
    with ProcessPoolExecutor(clients) as pool:
        jobs = [pool.submit(_client, port, call, seconds, number) for number in range(clients)]
        times = sorted(moment for job in jobs for moment in job.result())
    if len(times) < 2:
        raise RuntimeError(f"{call.path} was answered fewer than twice in {seconds} s")
    return Timing(
        rate=len(times) / seconds,
        p50=statistics.median(times),
        p99=times[min(len(times) - 1, int(len(times) * 0.99))],
    )


def wait_for(answers: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until `answers()`; raise TimeoutError after `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answers():
            return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")

"""One client that asks and waits, and is told by the server what each answer cost it."""

import http.client
import re
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_TIMING = re.compile(r"app;dur=([\d.]+), cpu;dur=([\d.]+)")


@dataclass(frozen=True)
class TimedAnswer:
    """What came back; `took` (by the clock) and `processor` are the server's own milliseconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    took: float
    processor: float


class Client:
    """A connection that stays open, with a session's cookies; a context manager."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {**headers, "X-Bench-Timing": "1"}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    def ask(
        self,
        path: str,
        *,
        expect: tuple[int, ...] = (200,),
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> TimedAnswer:
        """GET `path`, or POST `body` to it; raise RuntimeError on a status not in `expect`."""
        method = "GET" if body is None else "POST"
        self._connection.request(method, path, body, {**self._headers, **(headers or {})})
        response = self._connection.getresponse()
        words = response.read()
        if response.status not in expect:
            raise RuntimeError(f"{method} {path} answered {response.status}, not {expect}")
        found = {name.lower(): value for name, value in response.getheaders()}
        timing = _TIMING.search(found.get("server-timing", ""))
        took, processor = (float(timing[1]), float(timing[2])) if timing else (0.0, 0.0)
        return TimedAnswer(response.status, found, words, took, processor)

"""What wrk prints is read right, and what its scripts send is what the forms take."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest

from scripts.bench.server import Server
from scripts.bench.wrk import Load, Timing, UnknownOutput, parse, posting, reading_and_posting, run

PART_OF_A_SECOND = 0.2  # wrk itself counts whole ones

FAST = """\
Running 3s test @ http://127.0.0.1:8765/raw/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   553.82us    0.95ms  10.50ms   88.99%
    Req/Sec    28.39k     2.11k   31.05k    76.67%
  Latency Distribution
     50%  199.00us
     75%  402.00us
     90%    1.52ms
     99%    4.70ms
  84759 requests in 3.00s, 4.74GB read
Requests/sec:  28253.17
Transfer/sec:      1.58GB
"""
SLOW = """\
Running 3s test @ http://127.0.0.1:8799/late
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.14s    32.21ms   1.17s    14.29%
    Req/Sec    21.67     31.50    58.00     66.67%
  Latency Distribution
     50%    1.14s@
     75%    1.17s@
     90%    1.17s@
     99%    1.17s@
  14 requests in 3.02s, 1.54KB read
Requests/sec:      4.63
Transfer/sec:     523.52B
""".replace("@", " ")  # wrk ends a line with a space where the unit has one letter
REFUSED = """\
Running 1s test @ http://127.0.0.1:8799/no
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    46.23ms   10.55ms  67.97ms   86.55%
    Req/Sec   171.60     17.19   200.00     60.00%
  Latency Distribution
     50%   44.62ms
     75%   50.55ms
     90%   55.96ms
     99%   67.96ms
  171 requests in 1.01s, 20.96KB read
  Non-2xx or 3xx responses: 171
Requests/sec:    168.83
Transfer/sec:     20.69KB
"""
TIMED_OUT = """\
Running 3s test @ http://127.0.0.1:8799/slow
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     0.00us    0.00us   0.00us    -nan%
    Req/Sec     2.00      0.00     2.00    100.00%
  Latency Distribution
     50%    0.00us
     75%    0.00us
     90%    0.00us
     99%    0.00us
  8 requests in 3.11s, 0.88KB read
  Socket errors: connect 0, read 0, write 0, timeout 8
Requests/sec:      2.58
Transfer/sec:     291.04B
"""


@pytest.mark.parametrize(
    ("output", "timing"),
    [
        (FAST, Timing(rate=28253.17, p50=0.199, p99=4.7, requests=84759)),
        (SLOW, Timing(rate=4.63, p50=1140.0, p99=1170.0, requests=14)),
        (REFUSED, Timing(rate=168.83, p50=44.62, p99=67.96, requests=171, errors=171)),
        (TIMED_OUT, Timing(rate=2.58, p50=0.0, p99=0.0, requests=8, errors=8)),
    ],
    ids=["fast", "slow", "refused", "timed out"],
)
def test_reads_a_report(output: str, timing: Timing) -> None:
    assert parse(output) == timing


def test_spread_of_a_report() -> None:
    assert parse(FAST).spread == pytest.approx(4.7 / 0.199)
    assert parse(TIMED_OUT).spread == 0


def test_refuses_what_is_no_report() -> None:
    with pytest.raises(UnknownOutput):
        parse("unable to connect to 127.0.0.1:8799 Connection refused\n")


@contextmanager
def listening() -> Iterator[tuple[Server, list[tuple[str, str, dict[str, list[str]]]]]]:
    """A server that keeps what it is sent: method and path, cookie, and the form."""
    sent: list[tuple[str, str, dict[str, list[str]]]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            asked = f"{self.command} {self.path}"
            sent.append((asked, self.headers.get("Cookie", ""), parse_qs(body)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *args: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Server(server.server_port, os.getpid()), sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_every_post_is_its_own() -> None:
    script = posting(["/a", "/b"], ["who=1", "who=2", 'who="3\\"'], {"X-CSRFToken": "token"})
    with listening() as (server, sent):
        timing = run(server, Load("/", script=script), PART_OF_A_SECOND, clients=2)
        run(server, Load("/", script=script), PART_OF_A_SECOND, clients=2)
    assert timing.errors == 0
    forms = [form for _, _, form in sent]
    assert len(sent) > timing.requests > 1
    assert len({form["body"][0] for form in forms}) == len(sent)
    assert len({form["client_key"][0] for form in forms}) == len(sent)
    assert {asked for asked, _, _ in sent} == {"POST /a", "POST /b"}
    assert {cookie for _, cookie, _ in sent} == {"who=1", "who=2", 'who="3\\"'}


def test_reads_and_now_and_then_posts() -> None:
    script = reading_and_posting(["/a"], ["who=writer"], {})
    with listening() as (server, sent):
        run(server, Load("/page", {"Cookie": "who=reader"}, script), 1, clients=1)
    asked = [(asked, cookie) for asked, cookie, _ in sent]
    assert set(asked) == {("GET /page", "who=reader"), ("POST /a", "who=writer")}
    assert asked.count(("POST /a", "who=writer")) <= 1 + len(asked) // 200


def test_processor_time_of_the_server_is_counted() -> None:
    with listening() as (server, _):
        timing = run(server, Load("/"), PART_OF_A_SECOND, clients=2)
    assert timing.processor is None or timing.processor > 0

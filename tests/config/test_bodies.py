"""A body is taken in whole before the app begins, and nobody waits for a slow sender."""

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

import pytest

from config import bodies
from config.bodies import WholeBodies
from config.middleware import largest_body

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Slow:
    """A body that stops after its first byte, until the sender goes on."""

    def __init__(self) -> None:
        self.is_read = threading.Event()
        self.goes_on = threading.Event()
        self._pieces = [b"a", b"b" * 9]

    def read(self, size: int) -> bytes:
        if size == 9:
            self.is_read.set()
            assert self.goes_on.wait(20)
        return self._pieces.pop(0) if self._pieces else b""


def echo(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))]


def too_large(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("413 Content Too Large", [])
    return []


def post(app: WholeBodies, source: IO[bytes] | Slow, length: int) -> tuple[str, bytes]:
    """Send it; return status and answer."""
    statuses = []

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        statuses.append(status)

    answer = b"".join(app({"CONTENT_LENGTH": str(length), "wsgi.input": source}, start))
    return statuses[0], answer


def in_thread(app: WholeBodies, source: Slow, answers: list[str]) -> threading.Thread:
    thread = threading.Thread(target=lambda: answers.append(post(app, source, 10)[0]))
    thread.start()
    assert source.is_read.wait(10)
    return thread


def test_body_comes_whole() -> None:
    words = b"w" * 3_000_000  # over what is kept in memory
    assert post(WholeBodies(echo), BytesIO(words), len(words)) == ("200 OK", words)


def test_others_are_served_while_one_is_slow() -> None:
    app, slow = WholeBodies(echo), [Slow() for _ in range(bodies.MOST_WAITING)]
    answers: list[str] = []
    threads = [in_thread(app, one, answers) for one in slow]
    assert post(app, BytesIO(), 0) == ("200 OK", b"")
    for one in slow[1:]:
        one.goes_on.set()
    for thread in threads[1:]:
        thread.join(20)
    assert answers == ["200 OK"] * (bodies.MOST_WAITING - 1)
    slow[0].goes_on.set()
    threads[0].join(20)
    assert answers[-1] == "200 OK"


def test_app_keeps_to_few_threads_whatever_the_server_has() -> None:
    """What is kept for each thread, such as connections to the database, is kept for those."""
    seen: set[int] = set()

    class Pieces(list[bytes]):
        def close(self) -> None:
            seen.add(threading.get_ident())

    def noted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        seen.add(threading.get_ident())
        start_response("200 OK", [])
        return Pieces([b"a", b"b"])

    app = WholeBodies(noted)
    # All are there until the last is answered: the name of a thread that ends is given again.
    together = threading.Barrier(40, timeout=20)

    def ask() -> None:
        post(app, BytesIO(), 0)
        together.wait()

    asked = [threading.Thread(target=ask) for _ in range(40)]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join(20)
    assert 0 < len(seen) <= bodies.MOST_AT_WORK
    assert not seen & {thread.ident for thread in asked}
    assert post(app, BytesIO(), 0) == ("200 OK", b"ab")


def test_fault_of_the_app_is_the_servers_to_tell() -> None:
    def broken(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        post(WholeBodies(broken), BytesIO(), 0)


def test_pages_are_served_where_too_many_are_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_WAITING", 1)
    app, slow = WholeBodies(echo), Slow()
    answers: list[str] = []
    sending = in_thread(app, slow, answers)
    status, answer = post(app, BytesIO(b"words"), 5)
    assert status == "503 Service Unavailable"
    assert b"Nothing was taken" in answer
    assert post(app, BytesIO(), 0)[0] == "200 OK"
    slow.goes_on.set()
    sending.join(20)
    assert answers == ["200 OK"]
    assert post(app, BytesIO(b"words"), 5) == ("200 OK", b"words")


def test_half_of_the_words_is_not_taken() -> None:
    """A sender whose connection broke sends again; the half would look like another post."""
    assert post(WholeBodies(echo), BytesIO(b"half"), 8)[0] == "400 Bad Request"


def test_what_is_too_large_is_left_to_the_app_unread() -> None:
    source = BytesIO(b"x")
    assert post(WholeBodies(too_large), source, largest_body() + 1)[0][:3] == "413"
    assert source.tell() == 0

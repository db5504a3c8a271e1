"""What people send is taken in whole before the app begins: a slow sender keeps nobody waiting.

The server gives each request a thread, and whoever sends a byte a minute keeps it. So the server
has many threads, which wait for bodies, and the app has a few of its own. Whatever is kept for each
thread that it runs in, such as connections to the database, is then kept for those few.
"""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from config.middleware import HEADERS, largest_body
from database.full import has_no_room
from documents.whole_number import whole_number

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Of docs/hosting.md's 128 threads for each process; what is left serves those who read.
MOST_WAITING = 112
# Requests that the app works on: more at a time would only take turns on the processor.
MOST_AT_WORK = 2
PIECE = 64 * 1024


class WholeBodies:
    """A WSGI application that calls another with the whole body of each request, in its threads.

    It gives nobody up who is still sending: granian, where it is answered before the body is
    there, serves nobody else until that connection ends.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(MOST_AT_WORK, thread_name_prefix="app")
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        length = whole_number(environ.get("CONTENT_LENGTH") or "0", digits=12) or 0
        # What is too large is refused unread.
        if not 0 < length <= largest_body():
            return self._work(environ, start_response)
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        with SpooledTemporaryFile(max_size=most) as body:
            if refusal := self._take_in(environ["wsgi.input"], length, body):
                return _refused(refusal, start_response)
            environ["wsgi.input"] = body
            return self._work(environ, start_response)

    def _work(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        status, headers, answer = self._threads.submit(self._answer, environ).result()
        start_response(status, headers)
        return [answer]

    def _answer(self, environ: "WSGIEnvironment") -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status, headers and body, all of which are made and closed in this thread."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[..., object]:
            begun.append((status, headers))
            return _cannot_write

        pieces = self._application(environ, start)
        try:
            answer = b"".join(pieces)
        finally:
            getattr(pieces, "close", lambda: None)()
        return *begun[-1], answer

    def _take_in(self, source: IO[bytes], length: int, body: IO[bytes]) -> HTTPStatus | None:
        """Read it all into `body`; return with which status it is refused, if it is."""
        if not self._waiting.acquire(blocking=False):
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            return _copy(source, length, body)
        finally:
            self._waiting.release()


def _cannot_write(_: bytes) -> None:
    raise NotImplementedError("An answer is returned whole: WSGI's write() is not there.")


def _copy(source: IO[bytes], length: int, body: IO[bytes]) -> HTTPStatus | None:
    left = length
    while left and (piece := source.read(min(PIECE, left))):
        left -= len(piece)
        try:
            body.write(piece)
        except OSError as error:
            if has_no_room(error):
                return HTTPStatus.INSUFFICIENT_STORAGE
            raise
    body.seek(0)
    # Half of somebody's words is not what they wrote, though it looks like a form.
    return HTTPStatus.BAD_REQUEST if left else None


def _refused(status: HTTPStatus, start_response: "StartResponse") -> Iterable[bytes]:
    """Say why; the page with the words is still before whoever sent them."""
    reasons = {
        HTTPStatus.SERVICE_UNAVAILABLE: _("Too many are sending at this moment."),
        HTTPStatus.INSUFFICIENT_STORAGE: _("The server’s disk is full."),
        HTTPStatus.BAD_REQUEST: _("Only a part of this arrived."),
    }
    words = _("%s Nothing was taken: go back, and send it again.") % reasons[status]
    headers = {
        **HEADERS,
        "Content-Type": "text/plain; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
    }
    start_response(f"{status.value} {status.phrase}", list(headers.items()))
    return [words.encode()]

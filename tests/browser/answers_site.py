"""Pages and answers that Django made before, on a server that makes nothing itself.

What a page does with an answer can be tried many times over, without anything having happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from tests.browser.static_site import STATIC, Quiet

Answer = Any  # as Django's test client has it; None: the connection breaks


@dataclass
class Answers:
    """What is answered: to GET by path, to POST what is put here, one after the other."""

    pages: dict[str, Answer] = field(default_factory=dict)
    posts: list[Answer] = field(default_factory=list)
    # Where to, and with which token, it was posted. Chromium sends once more what a connection
    # that broke has taken, and that may come late.
    tokens: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""


class Handler(Quiet):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, answers: Answers, **kwargs: Any) -> None:
        self.answers = answers
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:  # noqa: N802 - as http.server calls it
        prefix = f"/{settings.STATIC_URL.strip('/')}/"
        if self.path.startswith(prefix):
            self.path = f"/{self.path.removeprefix(prefix)}"
            super().do_GET()
        else:
            self.send(self.answers.pages.get(self.path, HttpResponse(status=204)))

    def do_POST(self) -> None:  # noqa: N802
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answers.tokens.append((self.path, self.headers.get("X-CSRFToken", "")))
        self.send(self.answers.posts.pop(0))

    def send(self, answer: Answer) -> None:
        if answer is None:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in {"content-length", "set-cookie", "connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)


@contextmanager
def serve_answers() -> Iterator[Answers]:
    answers = Answers()
    handler = partial(Handler, answers=answers, directory=str(STATIC))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        answers.address = f"http://127.0.0.1:{server.server_port}"
        yield answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

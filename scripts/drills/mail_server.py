"""Mail servers for the drills: one that never says a word, and one that takes what comes."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silent() -> Iterator[socket.socket]:
    """A server that takes connections and does not answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 drill\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                    lines.append(line)
                self.server.taken.append(b"".join(lines).decode())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True  # none is waited for whose client has forgotten to hang up


@contextmanager
def taking(port: int) -> Iterator[list[str]]:
    """A server at `port` that takes every mail; the list grows by its text for each."""
    with _Server(("127.0.0.1", port), _Session) as server:
        taken: list[str] = []
        server.taken = taken  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield taken
        server.shutdown()

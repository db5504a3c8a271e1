"""The queue of those who write to one SQLite file, over threads and processes.

SQLite lets one connection write at a time; the others ask again and again, after pauses that
grow to a tenth of a second. Whoever asks at the right moment goes first, and an unlucky writer
waits for a second. The kernel keeps a better queue for `flock`, without pauses, and forgets a
process that dies, so nobody has to clean up after one.

But whoever has just let a lock go may take it again before one who waited is awake. So there are
two: who holds the *turn* is the next to write, and lets it go once they do. Who has written
competes for the turn with those who wait, and cannot go before who has it.
"""

import fcntl
import os
import threading
from contextlib import suppress


class WriteLock:
    """One connection's place in the queue; taking it twice is taking it once.

    `flock` is held by an open file, so each connection opens the files of the queue for itself:
    two threads of one process then exclude one another as two processes do.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_held = False
        self._files: tuple[int, int] | None = None  # of the lock and of the turn
        self._opened_by = 0

    def acquire(self, timeout: float) -> bool:
        """Wait for at most `timeout` seconds; say whether it is held now.

        Raises OSError where the files cannot be opened, as on a disk that may not be written.
        """
        if self.is_held:
            return True
        files = lock, turn = self._open()
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(turn, fcntl.LOCK_UN)
            self.is_held = True
        except BlockingIOError:
            self.is_held = self._wait(files, timeout)
        return self.is_held

    def release(self) -> None:
        """Let the next one write; nothing where it is not held."""
        if self.is_held and self._files is not None:
            self.is_held = False
            fcntl.flock(self._files[0], fcntl.LOCK_UN)

    def close(self) -> None:
        """Release it, and close the files."""
        self.release()
        if self._files is not None:
            _close(self._files)
            self._files = None

    def __del__(self) -> None:
        with suppress(OSError):
            self.close()

    def _open(self) -> tuple[int, int]:
        """The open files of the queue; a process that was forked off opens its own."""
        if self._opened_by != os.getpid():
            self._files = None
        if self._files is None:
            # To read is enough to queue: a command that root ran once shuts nobody out.
            flags = os.O_RDONLY | os.O_CREAT
            lock = os.open(self.path, flags, 0o644)
            try:
                self._files = lock, os.open(f"{self.path}-turn", flags, 0o644)
            except OSError:
                os.close(lock)
                raise
            self._opened_by = os.getpid()
        return self._files

    def _wait(self, files: tuple[int, int], timeout: float) -> bool:
        """Stand in the kernel's queue, which knows no timeout, by a thread that one can leave.

        Asking again and again would keep the time as well, but not the order.
        """
        granted, guard, left = threading.Event(), threading.Lock(), False
        lock, turn = files

        def stand_in_queue() -> None:
            fcntl.flock(turn, fcntl.LOCK_EX)
            fcntl.flock(lock, fcntl.LOCK_EX)
            fcntl.flock(turn, fcntl.LOCK_UN)
            with guard:
                if not left:
                    granted.set()
                    return
            _close(files)  # too late: nobody waits any more

        threading.Thread(target=stand_in_queue, daemon=True).start()
        if granted.wait(timeout):
            return True
        with guard:
            if granted.is_set():
                return True
            left = True
        self._files = None  # they are the thread's now; whoever comes back opens others
        return False


def _close(files: tuple[int, int]) -> None:
    for file in files:
        os.close(file)

"""The queue of those who write to one SQLite file, over threads and processes.

SQLite lets one connection write at a time; the others ask again and again, after pauses that
grow to a tenth of a second. Whoever asks at the right moment goes first, and an unlucky writer
waits for a second. The kernel keeps a better queue for `flock`: fair, and without pauses. It
forgets a process that dies, so nobody has to clean up after one.
"""

import fcntl
import os
import threading
from contextlib import suppress


class WriteLock:
    """One connection's place in the queue; taking it twice is taking it once.

    `flock` is held by an open file, so each connection opens the file of the queue for itself:
    two threads of one process then exclude one another as two processes do.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.is_held = False
        self._file: int | None = None
        self._opened_by = 0

    def acquire(self, timeout: float) -> bool:
        """Wait for at most `timeout` seconds; say whether it is held now.

        Raises OSError where the file cannot be opened, as on a disk that may not be written.
        """
        if self.is_held:
            return True
        file = self._open()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.is_held = True
        except BlockingIOError:
            self.is_held = self._wait(file, timeout)
        return self.is_held

    def release(self) -> None:
        """Let the next one write; nothing where it is not held."""
        if self.is_held and self._file is not None:
            self.is_held = False
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Release it, and close the file."""
        self.release()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __del__(self) -> None:
        with suppress(OSError):
            self.close()

    def _open(self) -> int:
        """The open file of the queue; a process that was forked off opens its own."""
        if self._opened_by != os.getpid():
            self._file = None
        if self._file is None:
            # To read is enough to queue: a command that root ran once shuts nobody out.
            self._file = os.open(self.path, os.O_RDONLY | os.O_CREAT, 0o644)
            self._opened_by = os.getpid()
        return self._file

    def _wait(self, file: int, timeout: float) -> bool:
        """Stand in the kernel's queue, which knows no timeout, by a thread that one can leave.

        Asking again and again would keep the time as well, but not the order.
        """
        granted, guard, left = threading.Event(), threading.Lock(), False

        def stand_in_queue() -> None:
            fcntl.flock(file, fcntl.LOCK_EX)
            with guard:
                if not left:
                    granted.set()
                    return
            os.close(file)  # too late: nobody waits any more

        threading.Thread(target=stand_in_queue, daemon=True).start()
        if granted.wait(timeout):
            return True
        with guard:
            if granted.is_set():
                return True
            left = True
        self._file = None  # it is the thread's now; whoever comes back opens another
        return False

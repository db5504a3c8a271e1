"""Six people who write at the same time, and remember what was acknowledged."""

import threading
import time
import uuid
from dataclasses import dataclass, field

from scripts.drills.instance import HttpAnswer, Instance

MEMBERS = range(5, 11)
DONE = 302


@dataclass
class Writers:
    """What `acknowledged` holds must be there; each of `broken` may be there, or not."""

    instance: Instance
    thread: int
    acknowledged: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)  # by key: the words
    pause: float = 0.0  # seconds that each waits after a post
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._ended.clear()
        self._threads = [threading.Thread(target=self._write, args=[one]) for one in MEMBERS]
        for each in self._threads:
            each.start()

    def end(self) -> None:
        self._ended.set()
        for each in self._threads:
            each.join()

    def _write(self, member: int) -> None:
        while not self._ended.is_set():
            key = str(uuid.uuid4())
            words = f"by {member} {key}"
            if self._send(words, key, member).status == DONE:
                self.acknowledged.append(words)
                time.sleep(self.pause)
            else:
                self.broken[key] = words
                time.sleep(0.05)

    def _send(self, words: str, key: str, member: int) -> HttpAnswer:
        return self.instance.reply(self.thread, words, key, member=member)

    def send_again(self) -> int:
        """Send each that was broken once more; return how many were not acknowledged now."""
        left = {}
        for key, words in self.broken.items():
            if self._send(words, key, int(words.split()[1])).status == DONE:
                self.acknowledged.append(words)
            else:
                left[key] = words
        self.broken = left
        return len(left)

    def found(self) -> list[str]:
        """The words of theirs that the database has."""
        rows = self.instance.query("SELECT body FROM discussions_comment WHERE body LIKE 'by %'")
        return [str(row[0]) for row in rows]

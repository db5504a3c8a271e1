"""Somebody who uploads files and throws every second one away, so that files come and go."""

import http.client
import re
import threading
import uuid
from dataclasses import dataclass, field

from scripts.drills.instance import TOKEN, Instance

UPLOADER = 0  # who instructs
PAUSE = 0.5  # seconds between two files


@dataclass
class Uploads:
    """How many files came, and how many of them went."""

    instance: Instance
    put: int = 0
    removed: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._ended.clear()
        self._thread = threading.Thread(target=self._go_on)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _go_on(self) -> None:
        while not self._ended.wait(PAUSE):
            draft = self._upload()
            self.put += bool(draft)
            if draft and self.put % 2:
                gone = self.instance.ask(f"/library/import/{draft}/removal/", {}, member=UPLOADER)
                self.removed += gone.status == 302

    def _upload(self) -> str:
        """The key of the new draft; empty where none was made."""
        mark = uuid.uuid4().hex
        parts = [
            f'name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}',
            f'name="file"; filename="essay.md"\r\nContent-Type: text/markdown\r\n\r\n# {mark}\n',
        ]
        body = "".join(f"--{mark}\r\nContent-Disposition: form-data; {one}\r\n" for one in parts)
        headers = {
            "Cookie": f"sessionid=bench-seminar-0-{UPLOADER}; csrftoken={TOKEN}",
            "Host": "localhost",
            "Content-Type": f"multipart/form-data; boundary={mark}",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.instance.port, timeout=20)
        try:
            connection.request("POST", "/library/import/", f"{body}--{mark}--\r\n", headers)
            location = connection.getresponse().headers.get("Location") or ""
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()
        found = re.search(r"/import/(\d+)/", location)
        return found[1] if found else ""

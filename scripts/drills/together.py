"""Thirty people post for ten minutes while their pages ask for hints: no error, nobody waits."""

import json
import random
import threading
import time
import uuid
from dataclasses import dataclass, field

from scripts.drills.instance import READING, Instance, copy_of
from scripts.drills.report import DrillReport, Workspace, percentile

PEOPLE, SHORT_PEOPLE = 30, 6
SECONDS, SHORT_SECONDS = 600.0, 5.0
ASK_EVERY = 2.0  # seconds, as a page does while people are active
POST_EVERY, SHORT_POST_EVERY = 20.0, 2.0  # seconds, of each of them
THREADS = 5  # in which they post
POSTED = 302
HINTS = {200, 204}


@dataclass
class Together:
    """What all of them saw: statuses that were wrong, and how long answers took, in seconds."""

    instance: Instance
    threads: list[int]
    until: float
    post_every: float
    wrong: list[str] = field(default_factory=list)
    hints: list[float] = field(default_factory=list)
    quiet: int = 0  # hints that nothing is new
    posts: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)  # from a post until another page was told
    here: int = 0
    posted: dict[tuple[int, int], float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take_part(self, member: int) -> None:
        """Read, ask for hints, open what they name, and post now and then."""
        page = self._ask(READING, member)
        after = int(page.partition('after="')[2].partition('"')[0] or 0)
        here = 0
        next_post = time.monotonic() + random.uniform(0, self.post_every)
        while time.monotonic() < self.until:
            begun = time.monotonic()
            after, here = self._hear(member, after, here)
            if time.monotonic() > next_post:
                self._post(member)
                next_post += random.uniform(0.5, 1.5) * self.post_every
            time.sleep(max(0.0, ASK_EVERY - (time.monotonic() - begun)))

    def _ask(self, path: str, member: int) -> str:
        answer = self.instance.ask(path, member=member)
        if answer.status not in HINTS:
            self.wrong.append(f"{path} answered {answer.status}")
        return answer.text

    def _hear(self, member: int, after: int, here: int) -> tuple[int, int]:
        begun = time.monotonic()
        text = self._ask(f"{READING}hints/?after={after}&here={here}", member)
        now = time.monotonic()
        self.hints.append(now - begun)
        if not text.startswith("{"):
            self.quiet += 1
            return after, here
        heard = json.loads(text)
        for one in heard["threads"]:
            with self._lock:
                said = self.posted.get((one["thread"], one["seq"]))
            if said is not None:
                self.told.append(now - said)
        if heard["threads"] and random.random() < 0.2:
            self._ask(f"{READING}threads/{heard['threads'][0]['thread']}/", member)
        self.here = max(self.here, heard["here"])
        return heard["after"], heard["here"]

    def _post(self, member: int) -> None:
        thread, key = random.choice(self.threads), str(uuid.uuid4())
        begun = time.monotonic()
        answer = self.instance.reply(thread, f"together {key}", key, member=member)
        now = time.monotonic()
        if answer.status != POSTED:
            self.wrong.append(f"a post answered {answer.status}")
            return
        self.posts.append(now - begun)
        found = self.instance.query(
            "SELECT seq FROM discussions_comment WHERE body = ?", f"together {key}"
        )
        with self._lock:
            self.posted[thread, int(str(found[0][0]))] = now


def run(workspace: Workspace) -> DrillReport:
    """Let all of them read, write and be told, and compare what they saw with what is there."""
    report = DrillReport()
    instance = copy_of(workspace)
    people = SHORT_PEOPLE if workspace.short else PEOPLE
    with instance.serving():
        instance.ask(READING)
        seconds = SHORT_SECONDS if workspace.short else SECONDS
        together = Together(
            instance,
            [instance.thread() + number for number in range(THREADS)],
            time.monotonic() + seconds,
            SHORT_POST_EVERY if workspace.short else POST_EVERY,
        )
        begun = [
            threading.Thread(target=together.take_part, args=[member]) for member in range(people)
        ]
        for each in begun:
            each.start()
        for each in begun:
            each.join()
    _tell(report, together, workspace)
    return report


def _tell(report: DrillReport, together: Together, workspace: Workspace) -> None:
    report.figure("requests for hints", len(together.hints))
    report.figure("of them with nothing new", together.quiet)
    report.figure("posts", len(together.posts))
    report.figure("most people here at once, as told", together.here)
    for name, values in (
        ("a hint, ms", together.hints),
        ("a post, ms", together.posts),
        ("from a post until another page is told, ms", together.told),
    ):
        half, most = (percentile(values, share) * 1000 for share in (0.5, 0.99))
        report.figure(f"{name}: half within, 99 of 100 within", f"{half:.0f}, {most:.0f}")
    query = "SELECT count(*) FROM discussions_comment WHERE body LIKE 'together %'"
    report.expect(
        together.instance.query(query) == [(len(together.posts),)],
        "not all that was posted is there",
    )
    report.expect(not together.wrong, f"{len(together.wrong)} failed, like {together.wrong[:3]}")
    report.expect(bool(together.told), "nobody was told of anything")
    report.expect(
        workspace.short or percentile(together.told, 0.99) < 3, "somebody was told after 3 seconds"
    )

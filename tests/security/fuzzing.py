"""Requests as no browser sends them, to every view of the site: from a seed, to come again."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.permissions.world import World
from tests.rules import our_modules, source
from tests.views import Route, routes

ASKED = re.compile(
    r"(?:GET|POST|data)\.get(?:list)?\(\"([a-z_]+)\"|number_in\(request, \"([a-z_]+)\""
)
FIELD = re.compile(r"^    ([a-z_]+) = .*(?:Field|forms\.)", re.MULTILINE)
HEADERS = (
    *("HX-Request", "HX-Current-URL", "HX-Target", "HX-Trigger", "HX-Boosted", "X-Reader"),
    *("If-None-Match", "If-Modified-Since", "Range", "Accept-Language", "Accept", "Referer"),
    *("Origin", "Host", "Sec-Fetch-Site", "Cookie", "X-Forwarded-For", "Content-Length"),
)
TEXTS = (
    *("", " ", "0", "1", "-1", "²", "1e9", "NaN", "None", "null", "true", "[]", "{}", "[[[[1]]]]"),
    *(
        "9" * 18,
        str(2**63),
        "9" * 40,
        "9" * 5000,
        "x" * 20_000,
        "a\0b",
        "\0",
        "\ud800",
        "\udcff",
        "\uffff",
    ),
    *("‮abc", "e" + "\u0301" * 300, "😀" * 50, "\u200b", "<script>", "'; DROP", "%00", "%ff%fe"),
    *("../../etc/passwd", "http://[", "//[::1", "http://x/\u2100", "https://a:b", "seminar"),
    *("group:", "group:x", "group:99999999999999999999", "me", "p1", "p1-2", "1-2", "00-00"),
    '[{"block": "p1", "start": 0, "end": 1e400}]',
    '[{"block": "p1", "start": -5, "end": 99999999999999999999999, "quote": "\ud800"}]',
    '[{"block": null}]',
    '{"a": [' + "[" * 3000,
    *("2030-01-01T00:00", "0000-00-00T99:99", "9999-12-31T23:59", "0001-01-01T00:00"),
    *("bytes=0-", "bytes=9-1", 'W/"x"', "*", "xx-yy;q=2,;;;", "de;q=\u00e9", "text/" * 99),
)


def names_asked_for() -> list[str]:
    """Every field and parameter that some view or form of ours reads."""
    found: set[str] = {"csrfmiddlewaretoken", "file", "q1", "q99999999999999999999"}
    for path in our_modules():
        text = source(path)
        found |= {name for pair in ASKED.findall(text) for name in pair if name}
        if "form" in path.name:
            found |= set(FIELD.findall(text))
    return sorted(found)


@dataclass
class Outcome:
    """What came of a run: how many answers of each status, and what raised."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def sent(self) -> int:
        return self.statuses.total()


@dataclass
class Fuzzer:
    """Sends requests drawn from `seed` as one person, each undone when it is answered."""

    world: World
    seed: int

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - nothing secret
        self.names = names_asked_for()
        self.routes = list(routes())

    def run(self, who: str, count: int) -> Outcome:
        outcome, raised = Outcome(), list[str]()

        def note(**_: Any) -> None:
            import traceback

            raised.append(" ".join(traceback.format_exc(limit=-2).split())[-300:])

        got_request_exception.connect(note)
        try:
            for path, method, sent in self.requests(count):
                raised.clear()
                status = self.send(who, path, method, sent)
                outcome.statuses[status] += 1
                if status >= 500 and status != 503:
                    outcome.faults[f"{method} {path[:90]}: {raised[0] if raised else status}"] += 1
        finally:
            got_request_exception.disconnect(note)
        return outcome

    def send(self, who: str, path: str, method: str, sent: dict[str, Any]) -> int:
        client = Client(raise_request_exception=False)
        user = self.world.users[who]
        with transaction.atomic():
            if user is not None:
                client.force_login(user)
            try:
                response = getattr(client, method)(path, **sent)
                status: int = response.status_code
                if response.streaming:
                    b"".join(response)
            except UnicodeEncodeError:
                status = 0  # no server would be handed this
            transaction.set_rollback(True)
        return status

    def requests(self, count: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for at in range(count):
            path = self.path(self.routes[at % len(self.routes)])
            method = self.random.choice(("get", "post", "post", "head"))
            headers = {name: self.header() for name in self.random.sample(HEADERS, 2)}
            headers.pop("Cookie", None)
            if self.random.random() < 0.5:
                headers["HX-Request"] = "true"
            query = "&".join(
                f"{name}={quote(self.text(), errors='surrogatepass')}"
                for name in self.random.sample(self.names, self.random.randrange(5))
            )
            sent: dict[str, Any] = {"headers": headers}
            if method == "post":
                sent |= self.body()
            yield f"{path}?{query}"[:8000], method, sent

    def path(self, route: Route) -> str:
        """An address of the view: of a thing that there is, or of nonsense."""
        for kwargs in self.random.sample(list(self.world.kwargs.values()), len(self.world.kwargs)):
            try:
                path = reverse(route.name, kwargs=kwargs)
            except NoReverseMatch:
                continue
            if self.random.random() < 0.2:
                parts = [part for part in path.split("/") if part]
                at = self.random.randrange(len(parts) or 1)
                parts[at : at + 1] = [quote(self.text()[:2000], safe="", errors="surrogatepass")]
                return "/" + "/".join(parts) + "/"
            return path
        return "/" + re.sub(
            r"<[^>]*>", lambda _: quote(self.text()[:99], errors="replace"), route.path
        )

    def body(self) -> dict[str, Any]:
        kind = self.random.random()
        if kind < 0.1:
            form = b"body=%ff%fe%00&\xff\xfe=1&a[]=1&=&&;;;version=%u0041"
            return {"data": form, "content_type": "application/x-www-form-urlencoded"}
        if kind < 0.15:
            form = b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n\0\r\n--x"
            return {"data": form, "content_type": "multipart/form-data; boundary=x"}
        names = self.random.sample(self.names, self.random.randrange(len(self.names)))
        data: dict[str, Any] = {
            name: [
                self.text().encode("utf-8", "replace").decode()
                for _ in range(self.random.choice((1, 1, 1, 3)))
            ]
            for name in names
        }
        if self.random.random() < 0.2:
            content = self.random.choice((b"", b"\0" * 99, b"# A\n\nB", b"\xff\xfe", b"{" * 9999))
            name = self.random.choice(("a.md", "x\0y", "..x", "a.docx", "a.pdf", "é" * 200))
            data["file"] = SimpleUploadedFile(name, content)
        return {"data": data}

    def text(self) -> str:
        return self.random.choice(TEXTS)

    def header(self) -> str:
        """A value as it can stand in a header: no line breaks, and bytes that mean nothing."""
        value = self.random.choice((self.text(), "\xff\xfe", "http://testserver/s/seminar/"))
        return value.encode("utf-8", "replace").decode("latin-1")[:4000].replace("\0", "")

"""What the tests of scores for participation share: addresses, and the table as it is shown."""

from typing import Any

from django.test import Client
from lxml.html import fromstring

from tests.base import People
from tests.forms import send
from tests.overview.base import Busy, words_of

PAGE = "/s/seminar/desk/participation/"
SCORING = f"{PAGE}scoring/"


def score_url(busy: Busy, who: str, reading: str = "first") -> str:
    member = getattr(busy.people, who, None) or getattr(busy, who)
    return f"/s/seminar/r/{reading}/participation/{member.pk}/"


def release_url(reading: str = "first") -> str:
    return f"/s/seminar/r/{reading}/participation/release/"


def begin(people: People) -> Client:
    """Let the seminar have scores; Alice's browser."""
    client = people.client("alice")
    assert send(client, PAGE, SCORING).status_code == 302
    return client


def shown(client: Client) -> dict[str, list[str]]:
    """The cells of the table behind each name."""
    tree: Any = fromstring(client.get(PAGE).content)
    return {
        words_of(row.xpath("./th")[0]): [words_of(cell) for cell in row.xpath("./td")]
        for row in tree.xpath("//table[@class='scores']/tbody/tr")
    }

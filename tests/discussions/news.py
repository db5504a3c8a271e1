"""What members are told, as the tests read it from their pages."""

import re
from typing import Any

import lxml.html

from tests.base import People


def told(people: People, key: str, query: str = "") -> list[str]:
    """The rows of a member's news, each as plain text."""
    page = lxml.html.fromstring(people.client(key).get(f"/news/{query}").content.decode())
    return [" ".join(row.text_content().split()) for row in page.iterfind(".//li[@data-told]")]


def bell(people: People, key: str, page: str = "/") -> int:
    """The number at the bell of a page."""
    return bell_of(people.client(key).get(page))


def bell_of(response: Any) -> int:
    found = re.search(r'aria-label="News(?:: (\d+)\+? new)?"', response.content.decode())
    assert found, "no bell"
    return int(found[1] or 0)

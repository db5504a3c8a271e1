"""Two long readings side by side, with links, as tests in the browser open them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from discussions.models import Thread
from readings.models import Reading
from readings.passages.segments import Segment
from seminars.models import Membership
from tests.base import People, make_reading
from tests.browser.steps import wait_until
from tests.discussions.pairs import link

SENTENCES = " ".join(
    f"Sentence {n} of this paragraph is long enough to fill more than a line of it."
    for n in range(2)
)


@dataclass
class TwoTexts:
    people: People
    first: Reading
    second: Reading

    @property
    def path(self) -> str:
        slugs = [self.first.seminar.slug, self.first.slug, self.second.slug]
        return reverse("reading_pair", args=slugs)

    def link(self, near: int, far: int, by: Membership, **fields: Any) -> Thread:
        """Link the third sentence of a paragraph of the first text to that of one of the second."""
        ends = tuple(Segment(f"p{n}", quote=third_of(n)) for n in (near, far))
        return link(self.first, self.second, by, ends=ends, **fields)  # type: ignore[arg-type]


def third_of(paragraph: int) -> str:
    return f"Here paragraph {paragraph} says what it means."


def make_texts(people: People, number: int = 30) -> TwoTexts:
    """Two texts of this many paragraphs."""
    paragraphs = [f"{SENTENCES} {third_of(n)} {SENTENCES}" for n in range(1, number + 1)]
    first = make_reading(people, slug="doors", paragraphs=paragraphs)
    second = make_reading(people, slug="fences", paragraphs=paragraphs)
    for reading, title in ((first, "Small Doors"), (second, "Good Fences")):
        reading.essay.title = title
        reading.essay.save(update_fields=["title"])
    return TwoTexts(people, first, second)


def ready(page: Page) -> Page:
    """Wait until the behaviours are there, and have drawn once."""
    wait_until(
        page,
        """() => ["link-lines", "link-cards", "pair-keys", "pair-panes"].every(
             (tag) => customElements.get(tag))
           && document.fonts.status === "loaded"
           && document.querySelector("[data-in-sight]")?.textContent !== "" """,
    )
    return page


def height_of(page: Page, thread: Thread, side: str) -> float:
    """The middle of a link's words in one of the texts, in the window."""
    found: float = page.evaluate(
        """([pk, side]) => {
          const box = document.querySelector(
            `.pane[data-side=${side}] mark[data-mark~=l${pk}]`).getBoundingClientRect();
          return (box.top + box.bottom) / 2;
        }""",
        [thread.pk, side],
    )
    return found

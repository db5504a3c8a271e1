"""What a guide does is read and confirmed in a browser: by keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import Page

from readings.guides import apply_guide
from readings.models import GuideItem, Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.steps import shown
from tests.browser.test_accessibility import check
from tests.quizzes.base import GUIDE

URL = "/s/seminar/r/margins/guide/"
CHANGED = GUIDE.partition("## Checkpoint")[0].replace("*of readers*", "*of all readers*") + (
    "## Note ¶ 1\n\nNew here.\n\n## Note ¶ 9\n\nFor another text.\n"
)


@pytest.fixture
def page_of_guide(people: People, reading: Reading, open_page: OpenPage) -> Page:
    apply_guide(reading=reading, text=GUIDE, by=people.alice)
    return open_page(people.alice, URL)


def focus(page: Page, words: str) -> None:
    """Go on with Tab until the control with these words has the focus."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"Tab does not reach “{words}”")


@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(page_of_guide: Page, reading: Reading) -> None:
    page = page_of_guide
    focus(page, "## Context")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(CHANGED)
    focus(page, "See what it changes")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Not added yet: this is what it does").wait_for()
    focus(page, "What is other in it")
    page.keyboard.press("Enter")
    assert page.locator("#preview ins").inner_text().split() == ["[added:", "all", "]"]
    assert not GuideItem.objects.filter(body="New here.").exists()
    focus(page, "Add the guide")
    page.keyboard.press("Enter")
    shown(page, "has been added to the text").wait_for()
    assert GuideItem.objects.of(reading).filter(body="New here.").exists()


@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_in_it(page_of_guide: Page) -> None:
    page_of_guide.locator("textarea").fill(CHANGED)
    page_of_guide.get_by_role("button", name="See what it changes").click()
    page_of_guide.get_by_text("What is other in it").click()
    assert not check(page_of_guide, "preview of a guide")


@pytest.mark.django_db(transaction=True)
def test_without_scripts(people: People, reading: Reading, open_page: OpenPage) -> None:
    page = open_page(people.alice, URL, width=390, js=False)
    page.locator("textarea").fill(GUIDE)
    page.get_by_role("button", name="See what it changes").click()
    assert page.locator("#preview h4").all_inner_texts() == ["Added (3)"]
    page.get_by_role("button", name="Add the guide").click()
    shown(page, "has been added to the text").wait_for()
    assert GuideItem.objects.of(reading).count() == 3

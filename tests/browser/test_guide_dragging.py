"""Items and questions of a guide's draft are dragged to another place, by mouse and by touch."""

import pytest
from playwright.sync_api import Locator, Page, expect

from readings.guides.draft_actions import begin_draft, put_item
from readings.guides.draft_items import check_item
from readings.models import GuideDraft, Reading
from tests.base import People
from tests.browser.conftest import OpenPage
from tests.readings.guide_drafts import URL, bodies

CHECKPOINT = "Title: Stop\n\n" + "\n\n".join(f"### {one}?\n\nAnswer: a" for one in "ABC")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(people: People, reading: Reading) -> GuideDraft:
    draft = begin_draft(reading=reading, by=people.alice)
    for kind, number, body in (
        ("note", 1, "First"),
        ("note", 1, "Second"),
        ("checkpoint", 2, CHECKPOINT),
        ("note", 3, "Third"),
    ):
        put_item(reading=reading, by=people.alice, item=check_item(kind, f"¶ {number}", body))
    return draft


def part(page: Page, words: str) -> Locator:
    """The item, or the question, that says this."""
    return page.locator(".draft-item:not(.checkpoint), .question").filter(has_text=words)


def handle(page: Page, words: str) -> Locator:
    return part(page, words).locator(".drag-handle")


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, words: str, to: Locator, *, above: bool = True) -> None:
    """Take a part by its handle, and hold it above the middle of another thing, or below it."""
    held = handle(page, words)
    held.scroll_into_view_if_needed()
    part(page, words).hover()
    page.mouse.move(*middle(held))
    page.mouse.down()
    box = to.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2 + (-3 if above else 3), steps=6)


def live(page: Page) -> Locator:
    return page.locator("#live")


def test_an_item_goes_up_and_to_another_paragraph_and_back(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, height=1400)
    drag(page, "Second", part(page, "First"))
    expect(page.locator(".drop-line")).to_have_count(1)
    expect(part(page, "Second")).to_have_attribute("data-dragged", "")
    page.mouse.up()
    expect(live(page)).to_contain_text("Moved to ¶ 1.")
    expect(page.locator("#items-p1 > .draft-item").first).to_contain_text("Second")
    drag(page, "First", part(page, "Third"), above=False)
    page.mouse.up()
    expect(page.locator("#items-p3 > .draft-item")).to_have_count(2)
    expect(page.locator("#items-p3 > .draft-item").last).to_contain_text("First")
    expect(page.locator("#items-p1 > .draft-item")).to_have_count(1)
    assert bodies() == ["Second", CHECKPOINT, "Third", "First"]
    page.keyboard.press("Control+z")
    expect(page.locator("#items-p1 > .draft-item")).to_have_count(2)
    assert bodies() == ["Second", "First", CHECKPOINT, "Third"]


def test_a_question_goes_within_its_checkpoint_alone(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, height=1400)
    questions = page.locator(".question .asked")
    expect(questions).to_have_text(["A?", "B?", "C?"])
    drag(page, "A?", part(page, "Third"), above=False)  # far below its checkpoint
    page.mouse.up()
    expect(questions).to_have_text(["B?", "C?", "A?"])
    expect(live(page)).to_contain_text("Moved to place 3.")
    drag(page, "A?", part(page, "B?"))
    page.mouse.up()
    expect(questions).to_have_text(["A?", "B?", "C?"])
    assert bodies()[2] == CHECKPOINT


def test_what_is_let_go_where_it_was_stays_and_escape_puts_it_back(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, height=1400)
    steps = draft.steps.count()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    drag(page, "First", part(page, "First"), above=False)
    page.mouse.up()
    drag(page, "First", part(page, "Third"))
    page.keyboard.press("Escape")
    expect(page.locator(".drop-line")).to_have_count(0)
    page.mouse.up()
    part(page, "First").hover()
    handle(page, "First").click()
    expect(page.locator("[data-dragged]")).to_have_count(0)
    assert not [one for one in sent if "/place/" in one]
    assert draft.steps.count() == steps


def test_by_touch_the_handles_are_there_and_large(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, width=390, height=1400, touch=True)
    box = handle(page, "Second").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    assert handle(page, "Second").evaluate("one => getComputedStyle(one).opacity") == "1"
    target = part(page, "First").bounding_box()
    assert target
    (x, y), to = middle(handle(page, "Second")), target["y"] + 8
    cdp = page.context.new_cdp_session(page)
    for kind, at in [("Start", y), *(("Move", y + (to - y) * n / 5) for n in range(1, 6))]:
        point = {"x": x, "y": at}
        cdp.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [point]})
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#items-p1 > .draft-item").first).to_contain_text("Second")
    assert page.evaluate("scrollY") == 0
    assert bodies()[:2] == ["Second", "First"]


def test_near_the_edge_the_page_goes_on(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, height=500)
    held = handle(page, "First")
    part(page, "First").hover()
    page.mouse.move(*middle(held))
    page.mouse.down()
    page.mouse.move(700, 495, steps=5)
    expect(page.locator("#items-p3 .drop-line")).to_have_count(1)
    assert page.evaluate("scrollY") > 100
    page.mouse.up()
    expect(page.locator("#items-p3")).to_contain_text("First")


def test_without_scripts_there_are_no_handles(
    people: People, draft: GuideDraft, open_page: OpenPage
) -> None:
    page = open_page(people.alice, URL, js=False)
    expect(page.locator(".drag-handle").first).to_be_hidden()
    expect(page.get_by_role("button", name="Down").first).to_be_visible()

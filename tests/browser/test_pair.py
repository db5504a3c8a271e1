"""Two readings side by side: links followed by mouse, keyboard and touch, and without a script."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.base import People
from tests.browser.conftest import OpenPage
from tests.browser.pairs import TwoTexts, height_of, make_texts, ready, third_of
from tests.browser.steps import wait_until
from tests.browser.test_accessibility import check
from tests.discussions.base import answer


@pytest.fixture
def texts(people: People) -> TwoTexts:
    return make_texts(people)


def block(page: Page, side: str, number: int) -> Locator:
    return page.locator(f".block:has(> #{side}-p{number})")


def test_by_mouse(open_page: OpenPage, texts: TwoTexts) -> None:
    thread = texts.link(2, 12, texts.people.dan, body="So it is.")
    page = ready(open_page(texts.people.carol, texts.path))
    tag = page.locator(f"#l{thread.pk}")
    expect(tag.locator(".link-label")).to_be_visible()
    expect(page.locator("[data-in-sight]")).to_have_text("· 1 in sight")
    # One end is out of sight: its words stand below the label, and one click goes there.
    where = tag.locator(".link-where:visible")
    expect(where).to_have_text(re.compile(re.escape(third_of(12)) + r"”?\s*Good Fences ¶\s12"))
    where.click()
    expect(block(page, "second", 12)).to_be_in_viewport()
    near, far = (height_of(page, thread, side) for side in ("first", "second"))
    assert abs(near - far) < 3  # the line is pulled straight
    expect(where).to_have_count(0)
    # A chip goes back.
    page.get_by_role("button", name="Back to Good Fences ¶ 1").click()
    expect(block(page, "second", 1)).to_be_in_viewport()
    expect(page.locator(".place-back:visible")).to_have_count(0)
    # The words open the conversation between the texts; it covers none of them.
    page.locator(".pane[data-side=first] mark").first.click()
    card = tag.locator(".link-card")
    expect(card).to_be_focused()
    expect(card).to_contain_text("So it is.")
    box, pane = card.bounding_box(), page.locator("#first-text").bounding_box()
    assert box
    assert pane
    assert box["x"] >= pane["x"] + pane["width"]
    # What is answered there stays there.
    card.get_by_label("Reply in this thread").fill("Is it?")
    card.get_by_role("button", name="Reply", exact=True).last.click()
    expect(card.locator(".comment")).to_have_count(2)
    assert thread.comments.count() == 2
    expect(tag.locator(".link-label .count > span[aria-hidden]")).to_have_text("2")
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()
    expect(block(page, "first", 2)).to_be_focused()


def test_by_keyboard(open_page: OpenPage, texts: TwoTexts) -> None:
    first = texts.link(2, 12, texts.people.dan, body="So it is.")
    second = texts.link(5, 9, texts.people.dan, code="contradicts")
    page = ready(open_page(texts.people.carol, texts.path))
    for _ in range(3):
        page.keyboard.press("j")
    expect(block(page, "first", 2)).to_be_focused()
    # Tab goes to the other text, and from there on; back it leads the same way.
    page.keyboard.press("Tab")
    expect(page.locator(".pane[data-side=second] .block:focus")).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    expect(block(page, "first", 2)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".pane .block:focus")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(block(page, "first", 2)).to_be_focused()
    # g follows, b goes back.
    page.keyboard.press("g")
    expect(block(page, "second", 12)).to_be_focused()
    assert abs(height_of(page, first, "first") - height_of(page, first, "second")) < 3
    page.keyboard.press("b")
    expect(block(page, "first", 2)).to_be_focused()
    expect(block(page, "second", 12)).not_to_be_in_viewport()
    # Enter opens, Escape closes.
    page.keyboard.press("Enter")
    card = page.locator(f"#l{first.pk} > .link-card")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(block(page, "first", 2)).to_be_focused()
    # n goes on to the next link, and round.
    page.keyboard.press("n")
    expect(block(page, "first", 5)).to_be_focused()
    expect(block(page, "second", 9)).to_be_in_viewport()
    expect(page.locator("#live")).to_contain_text("Small Doors ¶ 5 contradicts Good Fences ¶ 9")
    page.keyboard.press("n")
    expect(block(page, "first", 2)).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(page.locator(f"#l{second.pk} > .link-card")).to_be_focused()
    page.keyboard.press("Escape")
    # The notes of a paragraph are reached from it.
    page.keyboard.press("k")
    for _ in range(6):
        page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys in the two texts")).to_be_visible()


def test_no_single_keys_for_who_turned_them_off(open_page: OpenPage, texts: TwoTexts) -> None:
    texts.link(2, 12, texts.people.dan)
    texts.people.carol.user.set_display(single_keys=False)
    page = ready(open_page(texts.people.carol, texts.path))
    page.keyboard.press("j")
    expect(page.locator(".block:focus")).to_have_count(0)
    expect(page.locator("#first-p2")).not_to_have_attribute("tabindex", "-1")


def test_by_touch_one_text_at_a_time(open_page: OpenPage, texts: TwoTexts) -> None:
    thread = texts.link(2, 12, texts.people.dan, body="So it is.")
    page = open_page(texts.people.carol, texts.path, width=390, height=844, touch=True)
    wait_until(page, "() => customElements.get('pair-panes') && document.fonts.status === 'loaded'")
    dock = page.get_by_role("navigation", name="The two texts")
    end = block(page, "first", 2).locator(".end")
    end.scroll_into_view_if_needed()
    expect(dock.get_by_role("button", name="Small Doors")).to_contain_text("¶ 2 of 30")
    expect(block(page, "second", 1)).to_be_hidden()
    end.locator(".end-way").tap()
    expect(block(page, "second", 12)).to_be_in_viewport()
    expect(dock.get_by_role("button", name="Good Fences")).to_have_attribute("aria-pressed", "true")
    # Both places are kept, whichever text is shown.
    dock.get_by_role("button", name="Small Doors").tap()
    expect(end).to_be_in_viewport()
    dock.get_by_role("button", name="Good Fences").tap()
    expect(block(page, "second", 12)).to_be_in_viewport()
    page.get_by_role("button", name="Back to Small Doors ¶ 2").tap()
    expect(end).to_be_in_viewport()
    # The conversation rises from the bottom, and leaves the words in sight.
    end.locator(".count").tap()
    card = page.locator(f"#l{thread.pk} > .link-card")
    expect(card).to_contain_text("So it is.")
    box = card.bounding_box()
    assert box
    assert height_of(page, thread, "first") < box["y"]
    card.get_by_role("button", name="Close").tap()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390])
def test_without_a_script(open_page: OpenPage, texts: TwoTexts, width: int) -> None:
    thread = texts.link(2, 12, texts.people.dan, body="So it is.")
    page = open_page(texts.people.carol, texts.path, width=width, js=False)
    told = block(page, "first", 2).locator(".end")
    expect(told).to_contain_text("answers Good Fences ¶ 12")
    told.locator(".end-way").click()
    expect(page).to_have_url(re.compile("#second-p12$"))
    expect(block(page, "second", 12)).to_be_in_viewport()
    expect(block(page, "second", 12).locator(".end")).to_contain_text(
        "is answered by Small Doors ¶ 2"
    )
    expect(page.locator(".link-label:visible")).to_have_count(0)
    block(page, "second", 12).locator(".count").click()
    expect(page).to_have_url(re.compile(rf"/doors/threads/{thread.pk}/$"))
    expect(page.get_by_text("So it is.")).to_be_visible()


def test_the_address_opens_a_link(open_page: OpenPage, texts: TwoTexts) -> None:
    thread = texts.link(20, 25, texts.people.dan, body="So it is.")
    answer(thread, texts.people.bob)
    page = ready(open_page(texts.people.carol, f"{texts.path}#l{thread.pk}"))
    expect(page.locator(f"#l{thread.pk} > .link-card")).to_contain_text("An answer.")
    expect(block(page, "first", 20)).to_be_in_viewport()
    expect(block(page, "second", 25)).to_be_in_viewport()


def test_the_map_at_the_edge(open_page: OpenPage, texts: TwoTexts) -> None:
    for near, far in ((2, 12), (25, 20)):
        texts.link(near, far, texts.people.dan)
    page = ready(open_page(texts.people.carol, texts.path))
    edge = page.locator(".pane[data-side=first] .edge-map")
    expect(edge.locator(".tick")).to_have_count(2)
    box = edge.bounding_box()
    assert box
    edge.click(position={"x": 2, "y": box["height"] * 0.8})
    expect(block(page, "first", 25)).to_be_in_viewport()


def test_numbers_stand_outside_whichever_way_a_text_runs(
    open_page: OpenPage, texts: TwoTexts
) -> None:
    texts.link(2, 12, texts.people.dan)
    texts.second.essay.language, texts.second.essay.direction = "ar", "rtl"
    texts.second.essay.save(update_fields=["language", "direction"])
    page = ready(open_page(texts.people.carol, texts.path))
    expect(page.locator("#second-text")).to_have_attribute("dir", "rtl")

    def edges(selector: str) -> tuple[float, float]:
        box = page.locator(selector).bounding_box()
        assert box
        return box["x"], box["x"] + box["width"]

    first, second = edges("#first-b-p1 > [data-text]"), edges("#second-b-p1 > [data-text]")
    between = edges(".link-label")
    assert edges("#first-p1")[1] <= first[0]
    assert first[1] <= between[0] < between[1] <= second[0]
    assert edges("#second-p1")[0] >= second[1]


def test_long_titles_leave_room(open_page: OpenPage, texts: TwoTexts) -> None:
    texts.link(2, 12, texts.people.dan)
    for reading, title in ((texts.first, "A Title"), (texts.second, "One")):
        reading.essay.title = f"{title} That Goes On and On, for Nobody Would Cut It Short, " * 3
        reading.essay.save(update_fields=["title"])
    page = ready(open_page(texts.people.carol, texts.path))
    troubles = check(page, "long titles")
    page.set_viewport_size({"width": 390, "height": 844})
    block(page, "first", 2).locator(".end-way").click()
    back = page.locator(".place-back:visible").bounding_box()
    assert back
    assert back["x"] >= 0
    assert back["x"] + back["width"] <= 390
    assert not troubles, "\n".join(troubles)


def test_axe_finds_nothing(open_page: OpenPage, texts: TwoTexts) -> None:
    """With links, none of them open, and then one; an end out of sight, and one's own."""
    texts.link(1, 2, texts.people.carol, audience="group", body="Mine.")
    thread = texts.link(2, 12, texts.people.dan, code="same_word", body="So it is.")
    page = ready(open_page(texts.people.carol, texts.path))
    troubles = check(page, "two texts")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{texts.path}#l{thread.pk}")
    page.reload()
    expect(page.locator(f"#l{thread.pk} > .link-card")).to_contain_text("So it is.")
    troubles += check(page, "an open link")
    page.goto(reverse("pair_choice", args=["seminar", "doors"]) + "?choose")
    troubles += check(page, "the choice")
    assert not troubles, "\n".join(troubles)


# From the browser's own trace: what the page did while both texts were scrolled.
SCROLL = """() => new Promise((done) => {
  const panes = [...document.querySelectorAll(".pane-scroll")];
  let frames = 0;
  performance.mark("scroll-begins");
  const step = () => {
    for (const pane of panes) pane.scrollTop += 40;
    frames += 1;
    if (frames < 60) requestAnimationFrame(step);
    else done();
  };
  requestAnimationFrame(step);
})"""


def test_nothing_is_laid_out_in_answer_to_a_scroll(open_page: OpenPage, texts: TwoTexts) -> None:
    for n in range(40):
        texts.link(n % 30 + 1, (n * 7) % 30 + 1, texts.people.dan, body="Words.")
    page = ready(open_page(texts.people.carol, texts.path))
    assert page.locator(".pair-link").count() == 40
    trace = traced(page, SCROLL)
    began = next(one["ts"] for one in trace if one.get("name") == "scroll-begins")
    layouts = [one for one in trace if one.get("name") == "Layout" and one["ts"] > began]
    assert layouts  # the trace has them
    forced = [
        frame["functionName"]
        for one in layouts
        for frame in one.get("args", {}).get("beginData", {}).get("stackTrace", [])
    ]
    assert not forced


def traced(page: Page, script: str) -> list[dict]:  # type: ignore[type-arg]
    """Run a script while the browser writes its trace; return what that has."""
    session = page.context.new_cdp_session(page)
    found: list[dict] = []  # type: ignore[type-arg]
    session.on("Tracing.dataCollected", lambda part: found.extend(part["value"]))
    ended: list[bool] = []
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    categories = [
        "devtools.timeline",
        "disabled-by-default-devtools.timeline.stack",
        "blink.user_timing",
    ]
    session.send(
        "Tracing.start",
        {"traceConfig": {"includedCategories": categories}, "transferMode": "ReportEvents"},
    )
    page.evaluate(script)
    session.send("Tracing.end")
    for _ in range(100):
        if ended:
            break
        page.wait_for_timeout(50)
    return found
